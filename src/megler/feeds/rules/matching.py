"""Whose record it is: by the numbers that name one case, else by who it is, with proposals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from megler.feeds.rules.records import Keys
from megler.feeds.rules.words import plain
from megler.vocabulary.problems import Reason

PROPOSED_FROM = 40
"""Points from which a case is worth showing as a proposal."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be meant; numbers and names in their plain form."""

    case: UUID
    reference: str
    policy: str = ""
    application: str = ""
    name: str = ""
    born: date | None = None
    product: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case that may be meant, its points of 100, and what speaks for and against it."""

    candidate: Candidate
    points: int
    reasons: tuple[Reason, ...]


def proposals(keys: Keys, candidates: Iterable[Candidate], most: int = 5) -> list[Proposal]:
    """Cases that may be meant, likeliest first; none of them is ever taken without somebody's word.

    >>> keys = Keys(name="kari hope", born=date(1979, 2, 11))
    >>> case = Candidate(UUID(int=1), "C-10001", name="kari hope", born=date(1979, 2, 11))
    >>> [(p.points, [r.code for r in p.reasons]) for p in proposals(keys, [case])]
    [(75, ['feed_same_name', 'feed_same_birth'])]
    """
    scored = [_scored(keys, candidate) for candidate in candidates]
    worth = [one for one in scored if one.points >= PROPOSED_FROM]
    return sorted(worth, key=lambda p: (-p.points, p.candidate.reference))[:most]


def only_one(keys: Keys, candidates: Sequence[Candidate]) -> Candidate | None:
    """The case that is meant beyond doubt: the only one of this name, birth date and product.

    Open cases go before closed ones. None when two fit, or any of the three is untold.
    """
    if not (keys.name and keys.born and keys.product):
        return None
    same = [
        one
        for one in candidates
        if one.name == keys.name and one.born == keys.born and _same_product(keys, one)
    ]
    among = [one for one in same if one.is_open] or same
    return among[0] if len(among) == 1 and not _contradicts(keys, among[0]) else None


def is_another(keys: Keys, name: str) -> bool:
    """Whether a record found by number speaks of somebody else: no part of the name is the same.

    >>> is_another(Keys(name="kari hope"), "nils berg"), is_another(Keys(name="kari hope"), "kari lund")
    (True, False)
    """
    if not keys.name or not name:
        return False
    return not set(keys.name.split()) & set(name.split())


def _same_product(keys: Keys, one: Candidate) -> bool:
    return keys.product in {plain(part) for part in one.product.split("|")}


def _contradicts(keys: Keys, one: Candidate) -> bool:
    """Whether a number that both have differs."""
    other_policy = keys.policy and one.policy and keys.policy != one.policy
    other_id = keys.application and one.application and keys.application != one.application
    return bool(other_policy or other_id)


def _scored(keys: Keys, one: Candidate) -> Proposal:
    points, reasons = 0, []
    if keys.name and one.name:
        alike = SequenceMatcher(None, keys.name, one.name).ratio()
        if alike == 1:
            points, reasons = 40, [Reason("feed_same_name")]
        elif _swapped(keys.name, one.name) or alike > 0.85:
            points, reasons = 30, [Reason("feed_like_name", {"name": one.name})]
    if keys.born and one.born:
        if keys.born == one.born:
            points += 35
            reasons.append(Reason("feed_same_birth"))
        elif _misread(keys.born, one.born):
            points += 15
            reasons.append(Reason("feed_like_birth", {"born": one.born.isoformat()}))
        else:
            points -= 25
            reasons.append(Reason("feed_other_birth", {"born": one.born.isoformat()}))
    if keys.product and one.product and _same_product(keys, one):
        points += 15
        reasons.append(Reason("feed_same_product"))
    if keys.policy and one.policy and _near(keys.policy, one.policy):
        points += 45
        reasons.append(Reason("feed_like_policy", {"policy": one.policy}))
    if _contradicts(keys, one):
        points -= 15
        reasons.append(Reason("feed_other_number", {"policy": one.policy or one.application}))
    if not one.is_open:
        points -= 5
        reasons.append(Reason("feed_case_over"))
    return Proposal(one, max(0, min(points, 99)), tuple(reasons))


def _swapped(one: str, other: str) -> bool:
    return sorted(one.split()) == sorted(other.split())


def _misread(one: date, other: date) -> bool:
    """Whether two days differ as day and month taken for each other, or in one part only."""
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    same = (one.year == other.year) + (one.month == other.month) + (one.day == other.day)
    return same == 2


def _near(one: str, other: str) -> bool:
    """Whether two numbers are the same but for noughts in front or one sign."""
    if one.lstrip("0") == other.lstrip("0"):
        return True
    return len(one) == len(other) > 5 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
