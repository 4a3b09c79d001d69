"""`./megler feed import FILE --source X`: a carrier's status file, read at once."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from msgspec.json import encode

from megler.vocabulary.problems import Problem, Refused


@click.group()
def feed() -> None:
    """Carriers' status files: what they say of our cases."""


@feed.command("import")
@click.argument("path", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", required=True, help="The source, by its short name.")
@click.option("--as-of", default="", help="When the carrier said it, such as 2026-03-01.")
@click.option(
    "--as", "email", default="", help="In whose name, by e-mail. Default: an administrator."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_(path: Path, source: str, as_of: str, email: str, as_json: bool) -> None:
    """Read the file at PATH and do what it says; exit 2 if it cannot be read.

    The same file again is the file that came first: nothing is done twice.
    """
    from megler.accounts.models import User
    from megler.accounts.rules.roles import Role
    from megler.feeds.actions.receiving import receive_file
    from megler.feeds.actions.taking import take_file
    from megler.feeds.models import FeedFile, FeedSource
    from megler.feeds.names import FileState
    from megler.feeds.pages.shown import problems_of
    from megler.ui.problems import sentence

    people = User.objects.filter(is_active=True)
    named = people.filter(email=email.strip().lower()) if email else None
    person = (named if named is not None else people.filter(role=Role.ADMINISTRATOR)).first()
    if person is None:
        raise Refused(Problem("nothing_here", "--as", email))
    found = FeedSource.objects.select_related("carrier").filter(slug=source).first()
    if found is None:
        raise Refused(Problem("nothing_here", "--source", source))
    done = receive_file(person, found, path.name, path.read_bytes(), as_of=_moment(as_of))
    take_file(done.file.pk)
    file = FeedFile.objects.get(pk=done.file.pk)
    problems = problems_of(file.told)
    if as_json:
        told = {
            "id": str(file.pk), "file": file.name, "source": source, "is_new": done.is_new,
            "state": file.state, "as_of": file.as_of, "records": file.records,
            "counts": file.counts, "problems": [_plain(p) for p in problems],
        }  # fmt: skip
        click.echo(encode(told))
    else:
        for problem in problems:
            click.echo(sentence(problem))
        counts = ", ".join(f"{name} {n}" for name, n in sorted(file.counts.items()))
        again = "" if done.is_new else " (came before)"
        click.echo(f"{file.name}: {file.state}{again}; {file.records} records; {counts}")
    sys.exit(0 if file.state == FileState.DONE else 2)


def _plain(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
    }


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(Problem("wrong_value", "--as-of", text, "2026-03-01")) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


commands = [feed]
