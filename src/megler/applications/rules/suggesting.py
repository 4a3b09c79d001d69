"""Names of drugs and conditions for what somebody began to type."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from megler.vocabulary.conditions import conditions, medications, plain

SHORTEST = 2
"""Letters from which on names are suggested."""
MOST = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name to put in the field, and what stands beside it: a brand's content, a wider group."""

    name: str
    note: str = ""


def suggestions(kind: str, typed: str, most: int = MOST) -> list[Suggestion]:
    """The names of `kind` (drug or condition) that fit, best first: those that begin so, then words.

    >>> [one.name for one in suggestions("drug", "metf")][:1]
    ['Metformin']
    >>> suggestions("drug", "lipit")
    [Suggestion(name='Lipitor', note='atorvastatin')]
    """
    wanted = plain(typed)
    if len(wanted) < SHORTEST:
        return []
    begins: dict[str, Suggestion] = {}
    inside: dict[str, Suggestion] = {}
    for words, one in _names(kind):
        if words.startswith(wanted):
            begins.setdefault(one.name, one)
        elif f" {wanted}" in words:
            inside.setdefault(one.name, one)
        if len(begins) == most:
            break
    return list((begins | {k: one for k, one in inside.items() if k not in begins}).values())[:most]


@cache
def _names(kind: str) -> tuple[tuple[str, Suggestion], ...]:
    """Every name as it is compared, shortest first, so that the plain thing precedes its kinds."""
    found = dict(_drugs() if kind == "drug" else _conditions() if kind == "condition" else ())
    return tuple(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))


def _drugs() -> Iterator[tuple[str, Suggestion]]:
    for drug in medications().values():
        for brand in drug.words:
            yield plain(brand), Suggestion(_capital(brand), drug.name)
        note = drug.drug_class if drug.drug_class != drug.name else ""
        yield plain(drug.name), Suggestion(_capital(drug.name), note)


def _conditions() -> Iterator[tuple[str, Suggestion]]:
    listed = [one for one in conditions().values() if one.listed == "conditions"]
    for one in listed:
        for word in one.words:
            yield plain(word), Suggestion(one.name, word)
    for one in listed:
        yield plain(one.name), Suggestion(one.name)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
