"""What addresses a cell of the compiled market, reckoned from a life's keys.

A *key* is a small whole number that a life has (its age, the outcome of a guide); 0 says that it is
not known. An axis turns one key, or the amount, into an index; -1: the cell is not there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from megler.carriers.rules import tables
from megler.carriers.rules.tables import BOUND_SCALE, Axis, BandAxis, Fact
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import JURISDICTIONS, Sex

JURISDICTION_CODES: tuple[str, ...] = tuple(JURISDICTIONS)
"""A life's jurisdiction is 1 + the place in this list; 0: not known."""
SEXES: tuple[Sex, ...] = (Sex.FEMALE, Sex.MALE)
OLDEST = 130
LARGEST_AMOUNT = 2**31 - 2
"""The most that a compiled amount may be, in whole units."""


@dataclass(frozen=True, slots=True)
class Key:
    """Which key of a life: `age`, `sex`, `jurisdiction`, `area` or `outcome`.

    `of` says whose: the age basis, the number of the look-up, or of the guide's slot.
    """

    name: str
    of: int = 0


AGE = {AgeBasis.NEAREST: Key("age", 0), AgeBasis.LAST: Key("age", 1)}
SEX, JURISDICTION = Key("sex"), Key("jurisdiction")


@dataclass(frozen=True, slots=True)
class ByKey:
    """The index that each value of a key has; beyond the list there is none."""

    key: Key
    places: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many indexes there are."""
        return max(self.places) + 1


@dataclass(frozen=True, slots=True)
class ByAmount:
    """Bands of the amount in whole units, rising, both bounds inclusive."""

    starts: tuple[int, ...]
    stops: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many bands there are."""
        return len(self.starts)


@dataclass(frozen=True, slots=True)
class OnStep:
    """Index 0 for an amount that is `start` and whole steps of `step`."""

    start: int
    step: int
    size: int = 1


CompiledAxis = ByKey | ByAmount | OnStep


def by_facts(key: Key, facts: Iterable[Fact], index: Callable[[Fact], int]) -> ByKey | None:
    """The axis of a table by the facts that a key's values 1, 2, … stand for; None: it knows none."""
    places = (-1, *(index(fact) for fact in facts))
    return ByKey(key, places) if max(places) >= 0 else None


def by_age(axis: Axis, basis: AgeBasis) -> ByKey | None:
    """An axis of ages, by the product's age basis."""
    return by_facts(AGE[basis], range(OLDEST + 1), axis.index)


def by_amount(axis: Axis) -> ByAmount | None:
    """An axis of amounts; None where it is no bands of whole units."""
    if isinstance(axis, tables.WholeAxis):
        values = range(axis.start, axis.stop + 1, axis.step)
        if len(values) > 1000:
            return None
        return ByAmount(tuple(values), tuple(values))
    if not isinstance(axis, BandAxis):
        return None
    starts = tuple(max(-(-start // BOUND_SCALE), 0) for start in axis.starts)
    stops = tuple(min(stop // BOUND_SCALE, LARGEST_AMOUNT) for stop in axis.stops)
    return ByAmount(starts, stops)
