"""`./megler mail-in FILE.eml`: take an e-mail with papers in, as a mail server's pipe may."""

import sys
from typing import BinaryIO

import click


@click.command("mail-in")
@click.argument("file", type=click.File("rb"), default="-")
def mail_in(file: BinaryIO) -> None:
    """Take in the papers of an e-mail (RFC 5322): FILE, or standard input.

    Into its case when it was sent to the case's own address by an agent of that case; into the
    receipt tray otherwise. Exits with 2, and says why, when nothing of it can be taken. The same
    message again changes nothing.
    """
    from megler.papers.actions.mail import take_mail
    from megler.ui.problems import sentence
    from megler.vocabulary.problems import Refused

    try:
        taken = take_mail(file.read())
    except Refused as refused:
        for problem in refused.problems:
            click.echo(sentence(problem), err=True)
        sys.exit(2)
    for problem in taken.problems:
        click.echo(sentence(problem), err=True)
    click.echo(f"filed: {len(taken.filed)} {taken.case}".strip())
    click.echo(f"waiting: {len(taken.waiting)}")


commands = [mail_in]
