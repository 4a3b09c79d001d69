"""`./megler journal verify`: does the journal hold?"""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from megler.journal.rules.chain import Head


@click.group()
def journal() -> None:
    """The append-only record of what happened."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--head",
    "noted",
    metavar="NUMBER:HASH",
    multiple=True,
    help="A last seal that an earlier run told and that you kept elsewhere; may be given often.",
)
def verify(as_json: bool, noted: tuple[str, ...]) -> None:
    """Check every seal of the hash chain; exit 2 and name the places if anything was tampered with."""
    import msgspec

    from megler.journal.actions import last_seal
    from megler.journal.actions import verify as verify_journal
    from megler.vocabulary.problems import errors

    problems, sealed, unsealed = verify_journal(*(_head(text) for text in noted))
    broken, head = errors(problems), last_seal()
    if as_json:
        answer = {"sealed": sealed, "unsealed": unsealed, "problems": problems, "head": head}
        click.echo(msgspec.json.encode(answer).decode())
    else:
        for problem in problems:
            click.echo(f"{problem.where}: {problem.code}, found {problem.found}", err=True)
        state = "does not hold" if broken else "holds"
        click.echo(f"The journal {state}: {sealed} entries sealed, {unsealed} not sealed yet.")
        click.echo(f"Last seal: {head.number}:{head.hash}")
    sys.exit(2 if broken else 0)


def _head(text: str) -> "Head":
    from megler.journal.rules.chain import Head

    number, _colon, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise click.BadParameter(f"{text!r}; expected NUMBER:HASH", param_hint="--head")
    return Head(int(number), digest)


commands = [journal]
