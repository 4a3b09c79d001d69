"""`./megler journal verify`: does the journal hold?"""

import sys

import click


@click.group()
def journal() -> None:
    """The append-only record of what happened."""


@journal.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(as_json: bool) -> None:
    """Check every seal of the hash chain; exit 2 and name the places if anything was tampered with."""
    import msgspec

    from megler.journal.actions import verify as verify_journal

    problems, sealed, unsealed = verify_journal()
    if as_json:
        answer = {"sealed": sealed, "unsealed": unsealed, "problems": problems}
        click.echo(msgspec.json.encode(answer).decode())
    else:
        for problem in problems:
            click.echo(f"{problem.where}: {problem.code}, found {problem.found}", err=True)
        state = "does not hold" if problems else "holds"
        click.echo(f"The journal {state}: {sealed} entries sealed, {unsealed} not sealed yet.")
    sys.exit(2 if problems else 0)


commands = [journal]
