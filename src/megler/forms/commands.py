"""`./megler seal verify FILE`: is a sealed PDF as it was sealed? `./megler seal certificate`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from megler.forms.actions.seal_checks import Verdict


@click.group()
def seal() -> None:
    """The seal of signed packets."""


@seal.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option(
    "--certificate",
    "own",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="PEM file of the seal's certificates, the signer's first, when it is not this installation's.",
)
def verify(file: Path, as_json: bool, own: Path | None) -> None:
    """Check that FILE is sealed and not a byte of it changed; exit 2 and say why if not."""
    import msgspec

    from megler.forms.actions.seal_checks import certificates_in, verify_seal
    from megler.forms.actions.sealing import has_seal_key, seal_key
    from megler.ui.problems import sentence
    from megler.vocabulary.problems import Refused

    if not own and not has_seal_key():
        raise click.UsageError("nothing was ever sealed here: name the seal with --certificate")
    try:
        content = file.read_bytes()
        certificates = certificates_in(own.read_bytes()) if own else seal_key().certificates
    except OSError as error:
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    except Refused as refused:
        raise click.ClickException(" ".join(map(sentence, refused.problems))) from None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--certificate") from None
    verdict = verify_seal(content, certificates, file.name)
    if as_json:
        told = {
            "holds": verdict.holds,
            "by": verdict.by,
            "at": verdict.at,
            "time_confirmed": verdict.is_confirmed,
            "problems": verdict.problems,
        }
        click.echo(msgspec.json.encode(told).decode())
    else:
        _tell(file, verdict)
    sys.exit(0 if verdict.holds else 2)


def _tell(file: Path, verdict: "Verdict") -> None:
    from megler.ui.problems import sentence

    for problem in verdict.problems:
        click.echo(sentence(problem), err=True)
    if verdict.by:
        click.echo(f"Sealed by: {verdict.by}")
    if verdict.at:
        clock = (
            "confirmed by an independent clock" if verdict.is_confirmed else "as the sealer says"
        )
        click.echo(f"Sealed at: {verdict.at.isoformat()} ({clock})")
    if verdict.holds:
        click.echo(f"{file.name} is as it was sealed: one seal, over the whole file, unchanged.")


@seal.command()
def certificate() -> None:
    """Print the certificates of this installation's seal (PEM), for whoever checks its packets."""
    from megler.forms.actions.sealing import seal_key
    from megler.ui.problems import sentence
    from megler.vocabulary.problems import Refused

    try:
        click.echo(seal_key().pem(), nl=False)
    except Refused as refused:
        raise click.ClickException(" ".join(map(sentence, refused.problems))) from None


commands = [seal]
