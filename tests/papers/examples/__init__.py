"""Papers made up for measuring: those the rules were made with, and those they had never seen."""

import re
from collections.abc import Iterator
from pathlib import Path

from megler.papers.rules.kinds import PaperKind

Example = tuple[PaperKind, str, list[str]]


def examples(which: str) -> Iterator[Example]:
    """The kind, the file's name and the lines of each example of `train` or `test`."""
    text = (Path(__file__).parent / f"{which}.txt").read_text()
    for block in text.split("=== ")[1:]:
        head, _end, body = block.partition("\n")
        kind, _bar, name = head.partition(" | ")
        yield PaperKind(kind), name, body.splitlines()


def words(lines: list[str]) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", " ".join(lines).lower()))


def alike(one: Example, other: Example) -> float:
    """The share of words that two examples have in common."""
    mine, theirs = words(one[2]), words(other[2])
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
