"""`./megler txlife check|import|export|dialect`: ACORD TXLife messages on the command line."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from megler.vocabulary.problems import Problem, Refused, Severity

if TYPE_CHECKING:
    from megler.accounts.models import User
    from megler.applications.rules.acord.report import Report
    from megler.exchange.txlife.dialects import Dialect
    from megler.exchange.txlife.records import Kept

_FILE = click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
_DIALECT = click.option(
    "--dialect",
    "dialect_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The partner's dialect, a TOML file.",
)


@click.group()
def txlife() -> None:
    """ACORD TXLife messages: check one, make an application of a 103, write a 103."""


@txlife.command()
@_FILE
@_DIALECT
@_JSON
def check(path: Path, dialect_path: Path | None, as_json: bool) -> None:
    """Print what the message at PATH is, what of it is understood, what is not, and what is wrong.

    Reads every transaction; needs no database. Exit 2 if anything is an error.
    """
    from megler.applications.rules.acord.report import report_on

    report = report_on(path.read_bytes(), _dialect(dialect_path))
    if as_json:
        _print_json(
            {
                "path": str(path),
                "in_order": report.is_in_order,
                "understood": [{"name": one.name, "text": one.said} for one in report.lines],
                "not_understood": [_kept(one) for one in report.kept],
                "not_understood_more": report.kept_more,
                "problems": [_problem(one) for one in report.problems],
            }
        )
    else:
        _tell(report)
        click.echo(f"{path}: {_counted(report.problems)}")
    sys.exit(0 if report.is_in_order else 2)


@txlife.command("import")
@_FILE
@click.option("--agent", "npn", default="", help="The agent, by National Producer Number.")
@click.option("--product", default="", help="The product, as carrier/product.")
@click.option("--again", is_flag=True, help="Take it though it may be here already.")
@click.option(
    "--as", "email", default="", help="In whose name, by e-mail. Default: an administrator."
)
@_JSON
def import_(  # noqa: PLR0917 - an argument for each option
    path: Path, npn: str, product: str, again: bool, email: str, as_json: bool
) -> None:
    """Make a draft application of the 103 at PATH; exit 2, with everything wrong, if it is refused."""
    from megler.applications.actions.importing import Choice, import_message, problems_of

    try:
        person = _person(email)
        done = import_message(person, path.name, path.read_bytes(), Choice(npn, product, again))
    except Refused as refused:
        if as_json:
            told = [_problem(one) for one in refused.problems]
            _print_json({"path": str(path), "imported": False, "problems": told})
        else:
            _tell_problems(refused.problems)
            click.echo("Nothing was imported.")
        sys.exit(2)
    told_problems, left = problems_of(done.message), done.understood.left
    if as_json:
        _print_json(
            {
                "path": str(path),
                "imported": True,
                "application": done.application.reference,
                "id": str(done.application.pk),
                "filled_in": done.message.filled_in,
                "files": done.message.files.count(),
                "possible_doubles": [one.reference for one in done.doubles],
                "not_understood": [_kept(one) for one in left],
                "not_understood_more": done.message.left_more,
                "problems": [_problem(one) for one in told_problems],
            }
        )
        return
    for one in left:
        click.echo(f"not understood: {_place(one)}: {one.text}")
    _tell_problems(told_problems)
    click.echo(
        f"{done.application.reference}: {done.message.filled_in} questions filled in, "
        f"{len(left) + done.message.left_more} things not understood and kept."
    )


@txlife.command()
@click.argument("number")
@_DIALECT
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Default: standard output.")
@click.option(
    "--as", "email", default="", help="In whose name, by e-mail. Default: an administrator."
)
def export(number: str, dialect_path: Path | None, output: Path | None, email: str) -> None:
    """Write the 103 of application NUMBER, such as A-10001.

    Without a dialect everything that is kept of the application stands in it; with one only what a
    carrier is to see.
    """
    from megler.applications.actions.exporting import export as export_application
    from megler.applications.models import Application
    from megler.vocabulary.numbers import whole

    person = _person(email)
    digits = whole(number.upper().removeprefix("A-"))
    found = Application.objects.visible_to(person).filter(number=digits or 0).first()
    if found is None:
        raise Refused(Problem("txlife_no_application", "number", number[:40]))
    wanted = _dialect(dialect_path) if dialect_path else None
    data = export_application(person, found, wanted)
    if output is None:
        click.echo(data, nl=False)
    else:
        output.write_bytes(data)
        click.echo(f"{output}: {len(data):,} bytes")


@txlife.command()
@_FILE
@click.option("--name", default="", help="Its short name. Default: the file's.")
def dialect(path: Path, name: str) -> None:
    """Keep the dialect at PATH under a short name, for the trading partners that want it."""
    from megler.applications.actions.exporting import keep_dialect
    from megler.journal.rules.actors import Actor

    operator = Actor("command", "command line", "system")
    kept = keep_dialect(operator, name or path.stem, path.read_text("utf-8", "replace"))
    click.echo(f"Kept {kept.slug}: {kept.name}, for {kept.carrier_slug}.")


def _dialect(path: Path | None) -> "Dialect":
    from megler.exchange.txlife.dialects import ACORD, read_dialect

    if path is None:
        return ACORD
    found, problems = read_dialect(path.read_text("utf-8", "replace"))
    if found is None:
        raise Refused(problems)
    return found


def _person(email: str) -> "User":
    """In whose name it is done: somebody named, or the first administrator who may apply."""
    from megler.accounts.models import User
    from megler.accounts.rules.roles import Can

    people = User.objects.filter(is_active=True).order_by("joined_at")
    found = people.filter(email=email.strip().lower()) if email else people
    person = next((one for one in found if one.is_staff_member and one.may(Can.APPLY)), None)
    person = person or next((one for one in found if email and one.may(Can.APPLY)), None)
    if person is None:
        raise Refused(Problem("txlife_nobody", "as", email[:80]))
    return person


def _tell(report: "Report") -> None:
    from megler.applications.message_sentences import NAMES

    for line in report.lines:
        click.echo(f"{NAMES[line.name]}: {line.said}")
    for one in report.kept:
        click.echo(f"not understood: {_place(one)}: {one.text}")
    if report.kept_more:
        click.echo(f"not understood: {report.kept_more} more")
    _tell_problems(report.problems)


def _place(one: "Kept") -> str:
    return f"{one.path} line {one.line}" if one.line else one.path


def _tell_problems(problems: Iterable[Problem]) -> None:
    from megler.ui.problems import sentence

    for one in problems:
        click.echo(f"{one.severity.value}: {sentence(one)}")


def _counted(problems: Iterable[Problem]) -> str:
    wrong = [one.severity is Severity.ERROR for one in problems]
    return f"{sum(wrong)} errors, {len(wrong) - sum(wrong)} warnings"


def _kept(one: "Kept") -> dict[str, Any]:
    told = {"path": one.path, "line": one.line, "text": one.text}
    return {**told, "vendor": one.vendor, "extension": one.code}


def _problem(one: Problem) -> dict[str, Any]:
    from megler.ui.problems import sentence

    path, _, line = one.where.partition(" line ")
    return {
        "severity": one.severity.value,
        "code": one.code,
        "where": one.where,
        "path": path,
        "line": int(line) if line.isdecimal() else None,
        "found": one.found,
        "expected": one.expected,
        "text": sentence(one),
    }


def _print_json(document: object) -> None:
    import msgspec

    click.echo(msgspec.json.encode(document).decode())


commands = [txlife]
