"""What commands share: reading the file they were given, and telling what was refused."""

import sys
from pathlib import Path

import click

from megler.vocabulary.problems import Problem, Refused


def content_of(path: Path, expected: str) -> bytes:
    """What the file, or with - standard input, holds. Raises `Refused`; `expected` says of what."""
    try:
        return sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise Refused(Problem("cannot_read", str(path), found, expected)) from error


def tell_problems(refused: Refused, as_json: bool) -> None:
    """What was refused and why: sentences on standard error, or one JSON document."""
    from msgspec.json import encode

    from megler.ui.problems import sentence

    if as_json:
        told = [
            {
                "code": p.code,
                "where": p.where,
                "found": p.found,
                "expected": p.expected,
                "severity": p.severity.value,
                "text": sentence(p),
            }
            for p in refused.problems
        ]
        click.echo(encode({"problems": told}).decode())
        return
    for p in refused.problems:
        click.echo(f"{p.severity.value}: {sentence(p)}", err=True)
