"""`./megler edition check|publish PATH`."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from megler.vocabulary.problems import Problem, Refused, Severity

_PATH = click.argument("path", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def edition() -> None:
    """Rate books and underwriting guides: check one, publish one."""


def _read(path: Path, as_json: bool, more: Mapping[str, object]) -> Mapping[str, bytes]:
    from megler.carriers.packages import read_files

    try:
        return read_files(path)
    except Refused as refused:
        _tell(path, refused.problems, as_json, more)
        sys.exit(2)


def _tell(
    path: Path, problems: Sequence[Problem], as_json: bool, more: Mapping[str, object]
) -> None:
    """Print every problem, as lines or as one document."""
    from megler.carriers.rules.place import split_place
    from megler.ui.problems import sentence

    wrong = sum(p.severity is Severity.ERROR for p in problems)
    if not as_json:
        for p in problems:
            click.echo(f"{p.severity.value}: {sentence(p)}")
        click.echo(f"{path}: {wrong} errors, {len(problems) - wrong} warnings")
        return
    import msgspec

    told = []
    for p in problems:
        file, row, column = split_place(p.where)
        told.append(
            {
                "severity": p.severity.value,
                "code": p.code,
                "where": p.where,
                "file": file,
                "row": row,
                "column": column,
                "found": p.found,
                "expected": p.expected,
                "text": sentence(p),
            }
        )
    answer = {"path": str(path), "errors": wrong, "warnings": len(problems) - wrong}
    click.echo(msgspec.json.encode({**answer, **more, "problems": told}).decode())


@edition.command()
@_PATH
@_JSON
def check(path: Path, as_json: bool) -> None:
    """Print every problem of the edition at PATH, a folder or a zip; exit 2 if any is an error."""
    from megler.carriers.rules.checks import check_edition
    from megler.vocabulary.problems import errors

    _, _, problems = check_edition(_read(path, as_json, {}))
    _tell(path, problems, as_json, {})
    sys.exit(2 if errors(problems) else 0)


@edition.command()
@_PATH
@_JSON
def publish(path: Path, as_json: bool) -> None:
    """Check the edition at PATH and publish it, all or nothing; exit 2 if it is refused."""
    from megler.carriers.actions import publish_edition
    from megler.journal.rules.actors import Actor

    refusal = {"published": False}
    operator = Actor("command", "command line", "system")
    try:
        done = publish_edition(operator, _read(path, as_json, refusal))
    except Refused as refused:
        _tell(path, refused.problems, as_json, refusal)
        if not as_json:
            click.echo("Nothing was published.")
        sys.exit(2)
    reference = done.edition.reference
    first = done.edition.effective_from.isoformat()
    more = {"published": True, "new": done.new, "edition": reference, "effective_from": first}
    _tell(path, done.warnings, as_json, more)
    if not as_json:
        how = "Published" if done.new else "Was published already, unchanged:"
        click.echo(f"{how} {reference}, in effect from {first}.")


commands = [edition]
