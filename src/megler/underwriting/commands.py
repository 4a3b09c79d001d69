"""`./megler assess FACTS.json` and `./megler requirements FACTS.json`."""

import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from megler.ui.console import content_of, tell_problems
from megler.vocabulary.problems import Refused

_facts = click.argument("facts", type=click.Path(path_type=Path, allow_dash=True))
_on = click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to ask for; default today."
)
_as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print the answer as one JSON document."
)


@click.command()
@_facts
@_on
@_as_json
def assess(facts: Path, on: datetime | None, as_json: bool) -> None:
    """What every carrier makes of the facts document FACTS (- reads standard input)."""
    from megler.underwriting.actions import answers
    from megler.underwriting.telling import assessment_lines

    _tell(answers.assessments, assessment_lines, (facts, on), as_json)


@click.command()
@_facts
@_on
@_as_json
def requirements(facts: Path, on: datetime | None, as_json: bool) -> None:
    """What every carrier will ask for, given the facts document FACTS (- reads standard input)."""
    from megler.underwriting.actions import answers
    from megler.underwriting.telling import requirement_lines

    _tell(answers.requirements, requirement_lines, (facts, on), as_json)


def _tell(
    ask: Callable[[object, date], Mapping[str, Any]],
    lines: Callable[[Mapping[str, Any]], Iterator[str]],
    given: tuple[Path, datetime | None],
    as_json: bool,
) -> None:
    """Asks and prints; exits with 2 when the document is refused or cannot be read."""
    from django.utils import timezone
    from msgspec.json import encode

    facts, on = given
    try:
        answer = ask(
            content_of(facts, "a facts document"), on.date() if on else timezone.localdate()
        )
    except Refused as refused:
        tell_problems(refused, as_json)
        sys.exit(2)
    if as_json:
        click.echo(encode(answer).decode())
        return
    for problem in answer["problems"]:
        click.echo(f"{problem['severity']}: {problem['text']}", err=True)
    for line in lines(answer):
        click.echo(line)


commands = [assess, requirements]
