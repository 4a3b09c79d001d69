"""What commands share: reading the file they were given, and telling what was refused."""

import sys
from pathlib import Path

import click

from megler.vocabulary.problems import Problem, Refused

MOST_BYTES = 32 * 1024 * 1024
"""No document that a command reads is larger."""


def content_of(path: Path, expected: str) -> bytes:
    """What the file, or with - standard input, holds. Raises `Refused`; `expected` says of what."""
    try:
        if str(path) == "-":
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
    except OSError as error:
        found = error.strerror or type(error).__name__
        raise Refused(Problem("cannot_read", str(path), found, expected)) from error
    if len(content) > MOST_BYTES:
        limit = f"{MOST_BYTES // 1024**2} MB"
        raise Refused(Problem("cannot_read", str(path), f"> {limit}", f"{expected} ≤ {limit}"))
    return content


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
