"""What every engine answers, in the same arrays, so that answers can be held against each other."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.lives import People


@dataclass(frozen=True, eq=False)
class Offers:
    """One life's offers, cheapest first, equal prices in the order of the plans.

    `plan` is the number of the plan, `guide_class` the class sold, `cents` the monthly premium.
    """

    plan: NDArray[np.int64]
    guide_class: NDArray[np.int64]
    cents: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Cheapest:
    """For each life (row) and term (column) the cheapest plan, -1: none, and its monthly cents.

    Of equally cheap plans the first; 0 cents where there is none.
    """

    plan: NDArray[np.int64]
    cents: NDArray[np.int64]


def sorted_offers(
    plan: NDArray[np.int64], guide_class: NDArray[np.int64], cents: NDArray[np.int64]
) -> Offers:
    """The offers in their order."""
    order = np.lexsort((plan, cents))
    return Offers(plan[order], guide_class[order], cents[order])


class OneLife(Protocol):
    """An engine that prices one life."""

    name: str

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        ...


class ManyLives(Protocol):
    """An engine that prices many lives."""

    name: str

    def bulk(self, people: People) -> Cheapest:
        """The cheapest plan of each term for all of the people."""
        ...


class Disagreement(Exception):
    """Two engines answer the same question differently: nothing is timed then."""


def must_agree(question: str, name: str, mine: object, theirs: object) -> None:
    """Raises `Disagreement` with the first difference between two answers of one kind."""
    for column in getattr(mine, "__dataclass_fields__", {}):
        a, b = getattr(mine, column), getattr(theirs, column)
        if a.shape != b.shape:
            raise Disagreement(f"{question}: {name}.{column} has {b.shape}, expected {a.shape}")
        if not np.array_equal(a, b):
            at = tuple(int(i) for i in np.argwhere(a != b)[0])
            raise Disagreement(f"{question}: {name}.{column} at {at} is {b[at]}, expected {a[at]}")
