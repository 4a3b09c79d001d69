"""Whose a vendor's word is: by the order's and the requirement's numbers, and by who the person is.

Results of another person must never come into a case. The numbers say which item is meant; the name,
the date of birth and the last four digits of the Social Security number must not contradict it, and
results without any name are not taken by numbers alone.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from megler.vocabulary.problems import Reason


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is, as far as it is said. Empty is unknown; `ssn` may be its last four alone.

    `births` are the dates that the pages themselves call a date of birth, whosever.
    """

    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    born: date | None = None
    ssn: str = ""
    births: tuple[date, ...] = ()

    @property
    def is_named(self) -> bool:
        return bool(self.first_name or self.last_name or self.full_name)


@dataclass(frozen=True, slots=True)
class About:
    """What a word says it is about."""

    requirement_id: str = ""
    order_number: str = ""
    kind: str = ""
    person: Person = Person()
    has_files: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item of ours that a word may be about."""

    item: UUID
    requirement_id: str
    order_number: str
    vendor_number: str
    kind: str
    person: Person
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with what speaks for and against it; `score` from 0 to 100."""

    item: UUID
    score: int
    reasons: tuple[Reason, ...]


def _plain(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text)
    return re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c)).casefold())


def _joined(text: str) -> str:
    return "".join(_plain(text.replace("'", "")))


def _last_four(number: str) -> str:
    digits = re.sub(r"\D", "", number)
    return digits[-4:] if len(digits) >= 4 else ""


_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def same_name(told: Person, known: Person) -> bool:
    """Whether two names can be the same person's: last names alike, first names alike or an initial.

    Father and son bear one name: who is called Jr. by one side alone must have the same birth date.

    >>> same_name(Person(full_name="Hope, Kari M"), Person("Kari", "Hope"))
    True
    >>> same_name(Person("Carl", "Hope"), Person("Kari", "Hope"))
    False
    """
    said = _plain(f"{told.first_name} {told.last_name} {told.full_name}".replace("'", ""))
    ours = _plain(known.last_name.replace("'", ""))
    is_other_generation = _GENERATIONS & set(said) != _GENERATIONS & set(ours)
    if is_other_generation and not (told.born and told.born == known.born):
        return False
    parts, last = ([one for one in words if one not in _GENERATIONS] for words in (said, ours))
    first = _plain(known.first_name)
    if not last or not first:
        return _joined(told.full_name) == _joined(f"{known.first_name}{known.last_name}")
    has_last = all(one in parts for one in last) or _joined(told.last_name) == "".join(last)
    given = _plain(told.first_name) or [one for one in parts if one not in last]
    return has_last and any(one == first[0] or one == first[0][0] for one in given)


def mismatches(told: Person, known: Person, *, has_files: bool = False) -> list[Reason]:
    """Everything that says this is another person; with files, a name must be said at all.

    Pages that name birth dates, but never the person's own, are another's whatever came with them.
    """
    found: list[Reason] = []
    if told.is_named and not same_name(told, known):
        found.append(Reason("order_other_name"))
    if not told.is_named and has_files:
        found.append(Reason("order_no_name"))
    if told.born and known.born and told.born != known.born:
        told_on, known_on = told.born.isoformat(), known.born.isoformat()
        found.append(Reason("order_other_birth", {"found": told_on, "expected": known_on}))
    elif told.births and known.born and known.born not in told.births:
        on_paper, known_on = told.births[0].isoformat(), known.born.isoformat()
        found.append(Reason("order_other_birth", {"found": on_paper, "expected": known_on}))
    ours, theirs = _last_four(known.ssn), _last_four(told.ssn)
    if ours and theirs and ours != theirs:
        found.append(Reason("order_other_ssn"))
    return found


def is_meant(about: About, one: Candidate) -> bool:
    """Whether the numbers name this item: the requirement's own, or the order's and the kind."""
    if about.requirement_id:
        return about.requirement_id == one.requirement_id
    numbers = {one.order_number, one.vendor_number} - {""}
    return about.order_number in numbers and (not about.kind or about.kind == one.kind)


_WEIGHTS = {
    "order_same_requirement": 40,
    "order_same_number": 30,
    "order_same_name": 20,
    "order_same_birth": 25,
    "order_same_ssn": 25,
    "order_same_kind": 8,
    "order_still_open": 7,
    "order_other_name": -40,
    "order_other_birth": -50,
    "order_other_ssn": -50,
    "order_no_name": 0,
}


def _speaks(about: About, one: Candidate) -> Iterable[Reason]:
    if about.requirement_id and about.requirement_id == one.requirement_id:
        yield Reason("order_same_requirement")
    if about.order_number and about.order_number in {one.order_number, one.vendor_number}:
        yield Reason("order_same_number")
    told, known = about.person, one.person
    if told.is_named and same_name(told, known):
        yield Reason("order_same_name")
    if told.born and told.born == known.born:
        yield Reason("order_same_birth")
    if _last_four(told.ssn) and _last_four(told.ssn) == _last_four(known.ssn):
        yield Reason("order_same_ssn")
    if about.kind and about.kind == one.kind:
        yield Reason("order_same_kind")
    if one.is_open:
        yield Reason("order_still_open")


def proposals(about: About, candidates: Iterable[Candidate], most: int = 5) -> list[Proposal]:
    """The candidates that a word may be about, likeliest first, with the reasons.

    None unlikely, but whoever the numbers name stands there, however much speaks against it.
    """
    found = []
    for one in candidates:
        reasons = (*_speaks(about, one), *mismatches(about.person, one.person))
        score = sum(_WEIGHTS[reason.code] for reason in reasons)
        by_number = {"order_same_requirement", "order_same_number"} & {r.code for r in reasons}
        if by_number or score > _WEIGHTS["order_still_open"] + _WEIGHTS["order_same_kind"]:
            found.append(Proposal(one.item, min(max(score, 1), 100), reasons))
    return sorted(found, key=lambda p: (-p.score, str(p.item)))[:most]
