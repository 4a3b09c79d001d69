"""Countries by the names that people give them. Codes are ISO 3166 alpha-2."""

import csv
from functools import cache
from importlib.resources import files

from megler.vocabulary.words import Phrasebook, tokens


def countries_named(text: str) -> tuple[tuple[str, int, int], ...]:
    """Every country named in a text: its code, and from which to which character.

    >>> countries_named("two weeks in Norway")
    (('NO', 13, 19),)
    """
    words = tokens(text)
    found = _names().find(words)
    return tuple((one.value, words[one.first].start, words[one.last - 1].end) for one in found)


@cache
def country_names() -> dict[str, str]:
    """The name of every country by its code."""
    return {row["code"]: row["name"] for row in _rows()}


@cache
def peoples() -> dict[str, str]:
    """What people of a country are called, in small letters, and the country's code: `canadian` `CA`."""
    return {word: row["code"] for row in _rows() for word in row["people"].split("|") if word}


@cache
def _names() -> Phrasebook:
    return Phrasebook(
        [
            (name, row["code"])
            for row in _rows()
            for name in (row["name"], *(w for w in row["words"].split("|") if w))
        ]
    )


def _rows() -> list[dict[str, str]]:
    text = files("megler.vocabulary").joinpath("data", "countries.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
