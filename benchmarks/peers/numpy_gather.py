"""The limit for one life: the same cells read by NumPy, their addresses reckoned, nothing else.

`prepare` is not timed: it knows which plans are on offer, in which class and band. `gather` adds
the parts of the addresses, one operation a part for all plans, and takes the cells.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import Offers
from benchmarks.books import AGE_MIN
from benchmarks.lives import People
from benchmarks.peers.numba_kernels import AGES
from benchmarks.plain import Plain


class Known(NamedTuple):
    """What `gather` is told of a life: for each plan on offer its number, age and place."""

    plan: NDArray[np.int64]
    age: NDArray[np.int64]
    within: NDArray[np.int64]
    sex: int
    offers: Offers


class NumPyGather:
    """Every plan's rates as a block: sex, age, then status, class and band (and state)."""

    name = "bare NumPy gather"

    def __init__(self, plain: Plain) -> None:
        rates, offers = plain.rates, plain.offers
        self._inside = np.full(plain.plans, 40)
        np.maximum.at(self._inside, rates["plan"], (rates["state"] + 1) * 40)
        ends = np.cumsum(self._inside * 2 * AGES)
        self._start = ends - self._inside * 2 * AGES
        self._cells = np.zeros(int(ends[-1]), np.int64)
        within = _within(rates["state"], rates["status"], rates["rate_class"], rates["band"])
        self._cells[self._address(rates["plan"], rates["sex"], rates["age"], within)] = rates[
            "rate"
        ]
        self._offers = offers
        self._row = np.full((plain.plans, 8), -1)
        self._row[offers["plan"], offers["sold_class"]] = np.arange(len(offers["plan"]))
        shape = (int(plain.places["carrier"].max()) + 1, 4)
        self._bands = np.zeros(shape, np.int64)
        self._bands[plain.places["carrier"], plain.places["band"]] = plain.places["amount_from"]

    def prepare(self, people: People, row: int, offers: Offers) -> Known:
        """What is known of a life when its offers are."""
        rows = self._row[offers.plan, offers.guide_class]
        told = {name: values[rows] for name, values in self._offers.items()}
        starts = self._bands[told["carrier"]]
        band = (people.amount[row] >= starts).sum(axis=1) - 1
        state = np.where(told["by_state"] == 1, people.state[row], -1)
        within = _within(state, told["status"], told["rate_class"], band)
        age = np.where(told["is_last"] == 1, people.age_last[row], people.age_nearest[row])
        return Known(offers.plan, age, within, int(people.sex[row]), offers)

    def gather(self, known: Known) -> NDArray[np.int64]:
        """The rate of each offer."""
        found: NDArray[np.int64] = self._cells[
            self._address(known.plan, known.sex, known.age, known.within)
        ]
        return found

    def _address(
        self,
        plan: NDArray[np.int64],
        sex: NDArray[np.int64] | int,
        age: NDArray[np.int64],
        within: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        slab = sex * AGES + age - AGE_MIN
        found: NDArray[np.int64] = self._start[plan] + slab * self._inside[plan] + within
        return found


def _within(
    state: NDArray[np.int64],
    status: NDArray[np.int64],
    rate_class: NDArray[np.int64],
    band: NDArray[np.int64],
) -> NDArray[np.int64]:
    found: NDArray[np.int64] = np.maximum(state, 0) * 40 + status * 20 + rate_class * 4 + band
    return found
