"""`./megler export cases --format csv`: everything of a kind as a file."""

import sys
from pathlib import Path

import click

NOUNS = ("cases", "requirements", "documents", "tasks", "messages")


@click.command()
@click.argument("noun", type=click.Choice(NOUNS))
@click.option("--format", "ends", type=click.Choice(["csv", "xlsx", "json"]), default="csv")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--as", "email", metavar="EMAIL", help="As whom; default the first administrator.")
def export(noun: str, ends: str, output: Path | None, email: str | None) -> None:
    """Write everything of a kind that somebody may see, to a file or to where the output goes."""
    from megler.accounts.models import User
    from megler.accounts.rules.roles import Role
    from megler.events.everything import KINDS, pieces
    from megler.journal.actions import record

    people = User.objects.filter(is_active=True)
    found = people.filter(email=email.lower()) if email else people.filter(role=Role.ADMINISTRATOR)
    person = found.order_by("joined_at").first()
    if person is None or not person.may(KINDS[noun].needs):
        raise click.ClickException(f"nobody who may export {noun}: {email or 'administrator'}")
    record(person.actor(), "export.made", ("user", person.pk), {"noun": noun, "format": ends})
    if output is None:
        for piece in pieces(person, noun, ends):
            sys.stdout.buffer.write(piece)
        return
    half = output.with_name(output.name + ".half")
    with half.open("wb") as file:
        for piece in pieces(person, noun, ends):
            file.write(piece)
    half.replace(output)


commands = [export]
