"""The field's words for what guides rate: conditions, events, hobbies; drugs and what they are for.

The lists stand in `data/`: `conditions.csv`, `medications.csv`. Carriers' guides add words and codes of
their own. Texts are compared without case, accents and punctuation; an entry may name several things.
"""

import csv
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that guides rate. `listed` is the list of the facts document that it stands in.

    `parent` is the wider thing it is a kind of (a guide without a rule for melanoma judges cancer);
    `words` are its other names, lower case; `icd10` ICD-10-CM codes or beginnings of them.
    """

    code: str
    name: str
    listed: str
    group: str
    parent: str
    words: tuple[str, ...]
    icd10: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug, its class, and the codes of the conditions that it is usually taken for."""

    name: str
    drug_class: str
    likely: tuple[str, ...]


@cache
def conditions() -> Mapping[str, Condition]:
    """Every condition by its code, in the order of the list."""
    return {
        row["code"]: Condition(
            row["code"],
            row["name"],
            row["list"],
            row["group"],
            row["parent"],
            tuple(w for w in row["words"].split("|") if w),
            tuple(row["icd10"].split()),
        )
        for row in _rows("conditions.csv")
    }


def wider(code: str) -> Iterator[str]:
    """The code itself, then each wider thing it is a kind of.

    >>> list(wider("melanoma"))
    ['melanoma', 'cancer']
    """
    known: Condition | None = conditions().get(code)
    yield code
    while known is not None and known.parent:
        yield known.parent
        known = conditions().get(known.parent)


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("megler.vocabulary").joinpath("data", name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines())


def plain(text: str) -> str:
    """A text without case, accents and punctuation, single spaces between its words."""
    bare = unicodedata.normalize("NFKD", text.lower())
    kept = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(kept.split())


def recognised(text: str, listed: str | None = None) -> tuple[str, ...]:
    """The codes of what a text names, the longest words first."""
    said = f" {plain(text)} "
    found = [
        (len(word), one.code)
        for one in conditions().values()
        if listed is None or one.listed == listed
        for word in (plain(one.code), plain(one.name), *one.words)
        if f" {word} " in said
    ]
    return tuple(dict.fromkeys(code for _, code in sorted(found, reverse=True)))[:1]


def by_icd10(code: str) -> str | None:
    """The condition of an ICD-10-CM code, by its longest beginning; None: none."""
    fits = [
        (len(start), one.code)
        for one in conditions().values()
        for start in one.icd10
        if code.upper().startswith(start.upper())
    ]
    return max(fits)[1] if fits else None


def drug(text: str) -> Drug | None:
    """The drug that a text names; None: it is not known."""
    del text
    return None
