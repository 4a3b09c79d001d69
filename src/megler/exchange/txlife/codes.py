"""ACORD's numbers and our words for them: only the codes in use, in `codes.csv`.

Source of the numbers: ACORD's Life code lists as published, and messages seen. A number that is not
here is kept with its text, never guessed.
"""

import csv
from functools import cache
from importlib.resources import files

OTHER_TC = 2147483647
"""ACORD's "other": the meaning is in the text."""
OTHER = "other"


@cache
def numbers() -> dict[str, dict[str, int]]:
    """ACORD's number by our word, for each list.

    >>> numbers()["role"]["owner"]
    8
    """
    found: dict[str, dict[str, int]] = {}
    for row in _rows():
        found.setdefault(row["list"], {})[row["word"]] = int(row["tc"])
    return found


@cache
def words() -> dict[str, dict[int, str]]:
    """Our word by ACORD's number, for each list.

    >>> words()["role"][36]
    'contingent_beneficiary'
    """
    return {name: {tc: word for word, tc in known.items()} for name, known in numbers().items()}


@cache
def labels() -> dict[tuple[str, str], str]:
    """What people read for a word of a list."""
    return {(row["list"], row["word"]): row["label"] for row in _rows()}


@cache
def _by_text() -> dict[tuple[str, str], str]:
    found = {(row["list"], row["word"].casefold()): row["word"] for row in _rows()}
    return {(row["list"], row["label"].casefold()): row["word"] for row in _rows()} | found


def said_as(codes: str, text: str) -> str:
    """The word of a list whose name the text is; nothing when it is the name of none.

    >>> said_as("gender", "Female"), said_as("gender", "F")
    ('female', '')
    """
    return _by_text().get((codes, " ".join(text.split()).casefold()), "")


def label(codes: str, word: str) -> str:
    """A word as people read it in a message; the word itself where the list lacks it.

    >>> label("role", "owner"), label("role", "witch")
    ('Owner', 'witch')
    """
    return labels().get((codes, word), word)


def _rows() -> list[dict[str, str]]:
    text = files("megler.exchange.txlife").joinpath("codes.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
