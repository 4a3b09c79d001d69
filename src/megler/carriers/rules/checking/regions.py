"""Large sets of conditions, cut along one fact after another until what is left can be tried whole."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from megler.carriers.rules.checking.axes import Axis, Domain, axes_of, seen_as, underlying
from megler.carriers.rules.checking.spaces import Space
from megler.carriers.rules.when.holding import compares
from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Value,
    When,
    facts_in,
)

LARGEST = 50_000
MOST = 10_000_000
"""So many combinations are tried in all; beyond, nothing is said."""
MOST_WORK = 500_000_000
"""So often, in all, is a condition held against a combination, or cut at a value (a hundred times)."""
_CUT = 100
_Live = list[tuple[int, When | None]]


class TooLarge(Exception):
    """More combinations than are tried."""


@dataclass(frozen=True, slots=True)
class Region:
    """A space in which some facts have one value each, and the conditions that may hold there.

    `live` are their numbers among all conditions, and what is left of each to ask.
    """

    space: Space
    live: Sequence[tuple[int, When | None]]


def regions_of(whens: Sequence[When | None], domain: Domain) -> Iterator[Region]:
    """The regions that together hold everything that can be; raises TooLarge when they are too many."""
    axes = {axis.fact: axis for axis in axes_of(whens, domain)}
    left = MOST
    for region in _cut(list(enumerate(whens)), (), axes, domain.own, _Work()):
        left -= region.space.size
        if left < 0:
            raise TooLarge
        yield region


@dataclass(slots=True)
class _Work:
    """What may still be tried."""

    left: int = MOST_WORK

    def spend(self, times: int) -> None:
        self.left -= times
        if self.left < 0:
            raise TooLarge


def _cut(
    live: _Live, fixed: tuple[Axis, ...], axes: dict[Fact, Axis], own: str, work: _Work
) -> Iterator[Region]:
    named = Counter(fact for _, when in live for fact in _facts(when))
    space = Space((*fixed, *(axis for fact, axis in axes.items() if fact in named)), own)
    if space.size <= LARGEST:
        work.spend(space.size * len(live))
        yield Region(space, live)
        return
    fact = max(named, key=lambda one: named[one])
    work.spend(_CUT * len(live) * len(axes[fact].values))
    for value in axes[fact].values:
        known = Axis(fact, (value,))
        yield from _cut(list(_left(live, fact, value)), (*fixed, known), axes, own, work)


def _facts(when: When | None) -> set[Fact]:
    return {underlying(fact) for fact in facts_in(when)}


def _left(live: _Live, fact: Fact, value: Value | None) -> Iterator[tuple[int, When | None]]:
    """What is left to ask where a fact has a value; conditions that cannot hold are left out."""
    for number, when in live:
        left = True if when is None else given(when, fact, value)
        if left is not False:
            yield number, None if left is True else left


def given(when: When, fact: Fact, value: Value | None) -> When | bool:
    """What a condition still asks where an underlying fact has a value; whether it holds, if that says.

    >>> from decimal import Decimal
    >>> from megler.carriers.rules.when.reading import read_when
    >>> given(read_when("age > 3 and years_since < 1"), Fact("months_since"), Decimal(12))
    False
    """
    match when:
        case Compare() | Among():
            own = underlying(when.fact) == fact
            return compares(when, seen_as(when.fact, value)) if own else when
        case Not():
            part = given(when.part, fact, value)
            return not part if isinstance(part, bool) else Not(part)
        case All():
            return _joined([given(part, fact, value) for part in when.parts], All)
        case Any():
            return _joined([given(part, fact, value) for part in when.parts], Any)


def _joined(parts: Sequence[When | bool], join: type[All] | type[Any]) -> When | bool:
    decides = join is Any
    if any(part is decides for part in parts):
        return decides
    left = tuple(part for part in parts if not isinstance(part, bool))
    if len(left) > 1:
        return join(left)
    return left[0] if left else not decides
