"""The limit in bulk: the same cells read by a compiled kernel that is told all but their figures.

`prepare` decides classes, bands and who may buy what; it is not timed. `gather` is: for every plan
that a life may buy it reckons the address, reads the cell and keeps the least of each term, on as
many threads as Numba has. No eligibility, class, premium or rounding is left in it.

`bulk` is the whole question in a loop written for this one market, row by row and exact throughout:
made another way than Megler's engine, it checks the answers to all lives.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.answers import Cheapest
from benchmarks.books import AGE_MIN
from benchmarks.lives import People
from benchmarks.peers import numba_kernels as kernels
from benchmarks.peers.numba_kernels import AGES, FACTS, Tables
from benchmarks.plain import Columns, Plain

_HEIGHTS = 100
_ACCEPTS = (
    "carrier is_last class age_from age_to free_min free_below systolic_max diastolic_max "
    "ratio_max weight_min weight_max"
)
_OFFER = (
    "plan term by_state is_last sold_class rate_class status age_min age_max amount_min amount_max "
    "amount_step amount_start senior_from senior_max states fee annual_to annual_how monthly "
    "modal_to modal_how"
)


class Prepared(NamedTuple):
    """People in the order of their slabs, and for each the plans on offer and where cells lie.

    Life i may buy `plan[first[i] : first[i + 1]]`; `within` is class and band (and state) in the
    plan's block, `slab` where the rates of sex and age begin, by basis.
    """

    first: NDArray[np.int64]
    plan: NDArray[np.int16]
    within: NDArray[np.int16]
    slab: NDArray[np.int64]


class NumbaGather:
    """The plain tables laid out for one pass: a slab for each sex and age, in it a block a plan."""

    name = "bare compiled gather"

    def __init__(self, plain: Plain) -> None:
        self._terms, self._plans = plain.terms, plain.plans
        carriers = int(plain.places["carrier"].max()) + 1
        accepts_at = plain.accepts["height"] * 2 + plain.accepts["sex"]
        accepts, accepts_first = _grouped(plain.accepts, _ACCEPTS, accepts_at, _HEIGHTS * 2)
        group = plain.offers["carrier"] * 8 + plain.offers["class"]
        offers, offers_first = _grouped(plain.offers, _OFFER, group, carriers * 8)
        places = plain.places
        shape = (carriers, int(places["state"].max()) + 1, 4)
        at = (places["carrier"], places["state"], places["band"])
        bands, factors = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        bands[at], factors[at] = places["amount_from"], places["factor"]
        self._by_plan = np.zeros((self._plans, 2), np.int8)
        self._by_plan[plain.offers["plan"], 0] = plain.offers["term"]
        self._by_plan[plain.offers["plan"], 1] = plain.offers["is_last"]
        self._tables = Tables(
            accepts_first, accepts, bands, factors, offers_first, offers, *_slabs(plain)
        )

    def prepare(self, people: People) -> Prepared:
        """All that `gather` is told."""
        facts = _facts(people.some(_by_slab(people)))
        first, plan, within = kernels.eligible(facts, self._plans, self._tables)
        slab = np.stack([facts[:, 2] * AGES + facts[:, basis] - AGE_MIN for basis in (0, 1)], 1)
        return Prepared(first, plan, within, slab * self._tables.slab_size)

    def gather(self, ready: Prepared) -> NDArray[np.int32]:
        """The least rate of each term for each life, in the order of `ready`."""
        tables = self._tables
        found: NDArray[np.int32] = kernels.gather(
            ready, tables.cells, tables.start, self._by_plan, self._terms
        )
        return found

    def bulk(self, people: People) -> Cheapest:
        """The cheapest plan of each term, with class, eligibility, premium and rounding."""
        order = _by_slab(people)
        plan, cents = kernels.cheapest(_facts(people.some(order)), self._terms, self._tables)
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        return Cheapest(plan[back], cents[back])


def _by_slab(people: People) -> NDArray[np.int64]:
    return np.lexsort([people.age_last, people.age_nearest, people.sex])


def _facts(people: People) -> NDArray[np.int64]:
    return np.ascontiguousarray(np.stack([getattr(people, name) for name in FACTS], axis=1))


def _grouped(columns: Columns, names: str, key: NDArray[np.int64], keys: int) -> tuple[Any, Any]:
    """Rows of the named columns by key, in it by the order they had, and where each key begins."""
    order = np.argsort(key, kind="stable")
    rows = np.stack([columns[name][order] for name in names.split()], axis=1)
    return np.ascontiguousarray(rows), np.searchsorted(key[order], np.arange(keys + 1))


def _slabs(plain: Plain) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:
    """The cells in slabs, where each plan's block begins in a slab, and how long a slab is."""
    rates = plain.rates
    block = np.full(plain.plans, 40)
    np.maximum.at(block, rates["plan"], (rates["state"] + 1) * 40)
    start = np.concatenate([[0], np.cumsum(block)])
    slab_size = int(start[-1])
    within = np.maximum(rates["state"], 0) * 40 + rates["status"] * 20
    within += rates["rate_class"] * 4 + rates["band"]
    slab = rates["sex"] * AGES + rates["age"] - AGE_MIN
    cells = np.zeros(2 * AGES * slab_size, np.int32)
    cells[slab * slab_size + start[rates["plan"]] + within] = rates["rate"]
    return cells, start[:-1].astype(np.int32), slab_size
