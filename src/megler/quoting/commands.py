"""`./megler quote FACTS.json`, and the replay of a saved quote."""

import re
import sys
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from megler.ui.console import content_of, tell_problems
from megler.vocabulary.problems import Problem, Refused

if TYPE_CHECKING:
    from megler.quoting.rules.tools.ladder import Need


class _FileFirst(click.Group):
    """`quote FACTS.json` prices; `quote replay ID` replays. The first word decides."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = [a for a in args if not a.startswith("-")][:1]
        if not (args and args[0] in {"--help", "-h"}) and (
            not known or known[0] not in self.commands
        ):
            args = ["price", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_FileFirst)
def quote() -> None:
    """Price everything for a facts document: quote FACTS.json [--on DATE] [--json].

    \b
    quote FACTS.json            prices (- reads standard input)
    quote ask TOOL FACTS.json   other classes, terms, ages, ladders (docs/quoting.md)
    quote replay ID             prices a saved quote anew from its own editions
    """


@quote.command(hidden=True)
@click.argument("facts", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to quote for; default today."
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
def price(facts: Path, on: datetime | None, as_json: bool) -> None:
    """Price everything for the facts document FACTS."""
    from django.utils import timezone

    from megler.quoting.actions import quotes as actions

    try:
        answer = actions.shown(
            actions.quote(
                content_of(facts, "a facts document"), on.date() if on else timezone.localdate()
            )
        )
    except Refused as refused:
        tell_problems(refused, as_json)
        sys.exit(2)
    _tell(answer, as_json)


@quote.command()
@click.argument("quote_id")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
def replay(quote_id: str, as_json: bool) -> None:
    """Price the saved quote QUOTE_ID anew; exit 2 if a premium differs from what was saved."""
    from uuid import UUID

    from megler.quoting.actions import quotes as actions
    from megler.quoting.models import Quote

    try:
        kept = Quote.objects.filter(pk=UUID(quote_id)).first()
    except ValueError:
        kept = None
    if kept is None:
        problem = Problem("wrong_value", "QUOTE_ID", quote_id, "the id of a saved quote")
        tell_problems(Refused(problem), as_json)
        sys.exit(2)
    answer = actions.replay(kept)
    _tell(answer, as_json)
    if actions.premiums_of(answer) != actions.premiums_of(kept.answer):
        click.echo("The replay differs from what was saved.", err=True)
        sys.exit(2)


@quote.command()
@click.argument("tool")
@click.argument("facts", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask for; default today.")
@click.option("--need", multiple=True, help="A ladder's step: AMOUNTxYEARS, as 500000x10. Repeat.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
def ask(tool: str, facts: Path, on: datetime | None, need: tuple[str, ...], as_json: bool) -> None:
    """Ask TOOL about FACTS: classes, terms, bands, ages, ladder, by_age, by_term."""
    from django.utils import timezone
    from msgspec.json import encode
    from msgspec.json import format as formatted

    from megler.quoting.actions.tools import Question
    from megler.quoting.actions.tools import ask as asked

    day = on.date() if on else timezone.localdate()
    try:
        question = Question(need=tuple(_step(step) for step in need))
        answer = asked(tool, content_of(facts, "a facts document"), day, question)
    except Refused as refused:
        tell_problems(refused, as_json)
        sys.exit(2)
    told = encode({"tool": tool, "on": day.isoformat(), "answer": answer})
    click.echo((told if as_json else formatted(told, indent=1)).decode())


def _step(text: str) -> "Need":
    """A step of a falling need. Raises `Refused`."""
    from megler.quoting.rules.tools.ladder import Need

    found = re.fullmatch(r"(\d{1,12})x(\d{1,3})", text)
    if not found:
        raise Refused(Problem("wrong_value", "--need", text[:40], "500000x10"))
    return Need(Decimal(found[1]), int(found[2]))


def _tell(answer: Mapping[str, Any], as_json: bool) -> None:
    from msgspec.json import encode

    if as_json:
        click.echo(encode(answer).decode())
        return
    for problem in answer["problems"]:
        click.echo(f"{problem['severity']}: {problem['text']}", err=True)
    for assumed in answer["assumptions"]:
        click.echo(f"assumed: {assumed['text']}")
    for number, offer in enumerate(answer["offers"], 1):
        click.echo(f"{number:3}. {_offer_line(offer)}")
        for taken in offer["steps"]:
            if taken["mode"] in {offer["mode"], "annual", offer["steps"][0]["mode"]}:
                of = taken.get("life") or taken.get("rider") or ""
                step = f"{taken['step']} {of}".strip()
                click.echo(f"       {step:<24} {taken['figure']:>14}  {taken['amount']:>16}")
        for later in offer["later"]:
            click.echo(f"       from year {later['from_year']}: {_modes(later['premium'])}")
        for reason in offer["reasons"]:
            click.echo(f"       {reason['text']}")
    if answer["not_offered"]:
        click.echo("Not possible:")
    for one in answer["not_offered"]:
        years = f", {one['term_years']} years" if one["term_years"] else ""
        why = " ".join(reason["text"] for reason in one["reasons"])
        click.echo(f"  {one['carrier_name']}, {one['product_name']}{years}: {why}")


def _offer_line(offer: Mapping[str, Any]) -> str:
    years = f", {offer['term_years']} years" if offer["term_years"] else ""
    plan = f", {offer['plan']}" if offer["plan"] else ""
    of_class = f", {offer['class_name'] or offer['class']}" if offer["class"] else ""
    table = f", table {offer['table']}" if offer["table"] else ""
    riders = "".join(f" + {rider['name']}" for rider in offer["riders"])
    age = "" if offer["age_used"] is None else f"age {offer['age_used']}, "
    return (
        f"{offer['carrier_name']}, {offer['product_name']}{years}{plan}{of_class}{table}{riders}: "
        f"{offer['currency']} {_yielded(offer)}  ({age}{offer['edition']})"
    )


def _yielded(offer: Mapping[str, Any]) -> str:
    """The premium or the income by mode, or the value at the end."""
    if "value" in offer:
        years, rate = offer["value"]["years"], offer["rate"]
        return f"{offer['value']['amount']} after {years} years at {rate} percent"
    return _modes(offer["premium"]) if "premium" in offer else f"pays {_modes(offer['income'])}"


def _modes(amounts: Mapping[str, str]) -> str:
    return ", ".join(f"{amount} {mode}" for mode, amount in amounts.items())


commands = [quote]
