"""`./megler ask "QUESTION"`: a question in plain words."""

import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import click


@click.command()
@click.argument("question", nargs=-1, required=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask for; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON document.")
def ask(question: tuple[str, ...], on: datetime | None, as_json: bool) -> None:
    """Answer QUESTION from the guides: "52 male 1M term, stent 2019, who is best?" """
    from django.utils import timezone
    from msgspec.json import encode

    from megler.underwriting.actions.questions import questions_answer

    text = sys.stdin.read() if question == ("-",) else " ".join(question)
    answer = questions_answer(text, on.date() if on else timezone.localdate())
    if as_json:
        click.echo(encode(answer))
    else:
        for line in answer_lines(answer):
            click.echo(line)


def answer_lines(answer: Mapping[str, Any]) -> Iterator[str]:
    """What was understood, the answer, what it stands on and what is still to be asked."""
    from django.utils.translation import gettext as _

    understood = answer["understood"]
    chips = [f"{chip['words']} = {chip['value']}" for chip in understood["chips"]]
    yield _("Understood") + f": {'; '.join([', '.join(answer['intent_texts']), *chips])}"
    if understood["unread"]:
        yield _("Not understood") + f": {', '.join(understood['unread'])}"
    yield from (problem["text"] for problem in understood["problems"])
    if answer["kind"] != "answered":
        yield answer["kind_text"]
    yield from (reason["text"] for reason in answer["summary"])
    if answer.get("rephrased"):
        told = " ".join(str(answer["rephrased"]).split())
        yield _("In other words (language model)") + f": {told}"
    for one in answer["carriers"]:
        name = " – ".join(part for part in (one["carrier_name"], one["product_name"]) if part)
        yield f"{name}: {_sourced(one['headline'])}"
        yield from (f"    {_sourced(reason)}" for reason in (*one["lines"], *one["improvements"]))
        if one["more"]:
            yield "    " + _("and %(count)s more") % {"count": one["more"]}
    for open_fact in answer["asks"]:
        told = open_fact["question"] or open_fact["name"]
        yield _("What decides") + f": {told}"
    yield from (f"({reason['text']})" for reason in answer["assumptions"])
    if answer["place_text"]:
        yield answer["place_text"]


def _sourced(reason: Mapping[str, Any]) -> str:
    source = reason["source"]
    named = ", ".join(source[key] for key in ("edition", "page") if source.get(key))
    return f"{reason['text']} [{named}]" if named else str(reason["text"])


commands = [ask]
