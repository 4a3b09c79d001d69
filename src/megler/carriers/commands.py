"""`./megler edition check|publish PATH`, `./megler edition differences OLD NEW`."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from megler.vocabulary.problems import Problem, Refused, Severity

if TYPE_CHECKING:
    from megler.carriers.rules.guide import Guide

_PATH = click.argument("path", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group()
def edition() -> None:
    """Rate books and underwriting guides: check one, publish one, compare two guides."""


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


@edition.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@_JSON
def differences(old: Path, new: Path, as_json: bool) -> None:
    """Print what the underwriting guide at NEW says otherwise than the one at OLD.

    Both are folders or zips without errors; exit 2 if one is not, or is no guide.
    """
    from megler.carriers.difference_sentences import PARTS, difference_in_words
    from megler.carriers.rules.differences.guides import differences as differences_of

    found = differences_of(_guide(old, as_json), _guide(new, as_json))
    if as_json:
        import msgspec

        told = [
            {
                "part": one.part,
                "kind": one.kind.value,
                "code": one.code,
                "place": one.place,
                "text": difference_in_words(one),
            }
            for one in found
        ]
        answer = {"old": str(old), "new": str(new), "differences": told}
        click.echo(msgspec.json.encode(answer).decode())
        return
    part = ""
    for one in found:
        if one.part != part:
            part = one.part
            click.echo(f"{PARTS[part]}")
        click.echo(f"  {difference_in_words(one)}")
    click.echo("1 difference" if len(found) == 1 else f"{len(found)} differences")


def _guide(path: Path, as_json: bool) -> "Guide":
    """The guide at a path; prints what is wrong and exits where there is none."""
    from megler.carriers.rules.checks import check_edition
    from megler.vocabulary.problems import errors

    read, _, problems = check_edition(_read(path, as_json, {}))
    wrong: Sequence[Problem] = errors(problems)
    if read is not None and read.guide is None:
        wrong = [Problem("not_a_guide", "edition.toml edition.kind", read.kind.value, "guide")]
    if wrong or read is None or read.guide is None:
        _tell(path, wrong, as_json, {})
        sys.exit(2)
    return read.guide


commands = [edition]
