"""The field's words for what guides rate: conditions, events, hobbies; drugs and what they are for.

The lists stand in `data/`: `conditions.csv`, `medications.csv`. Carriers' guides add words and codes of
their own. Texts are compared without case, accents and punctuation; an entry may name several things.
"""

import csv
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
