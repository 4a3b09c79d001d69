"""The compiled loops of `numba_gather`. Facts are rows in the order of `FACTS`."""

from typing import Any, NamedTuple

import numba
import numpy as np

from benchmarks.books import AGE_MAX, AGE_MIN

AGES = AGE_MAX - AGE_MIN + 1
NONE = 2**31 - 1
_FACTS = "age_nearest age_last sex state height weight free systolic diastolic ratio amount"
FACTS = tuple(_FACTS.split())
_SEX, _STATE, _HEIGHT, _WEIGHT, _FREE, _SYSTOLIC, _DIASTOLIC, _RATIO, _AMOUNT = range(2, 11)
UNCLASSED = 8


class Tables(NamedTuple):
    """The market's tables as matrices; `first` says where the rows of a key begin.

    `accepts`: carrier, basis, class, limits; by height and sex. `offers`: by carrier and class.
    `bands` and `factors`: by carrier, state and band. `start`: each plan's block in a slab.
    """

    accepts_first: Any
    accepts: Any
    bands: Any
    factors: Any
    offers_first: Any
    offers: Any
    cells: Any
    start: Any
    slab_size: int


@numba.njit(cache=True)
def classes_of(facts: Any, tables: Tables, classes: Any) -> None:
    """The least class of each carrier that takes the life."""
    classes[:] = UNCLASSED
    place = facts[_HEIGHT] * 2 + facts[_SEX]
    for i in range(tables.accepts_first[place], tables.accepts_first[place + 1]):
        row = tables.accepts[i]
        if classes[row[0]] < UNCLASSED:
            continue
        if (
            row[3] <= facts[row[1]] <= row[4]
            and row[5] <= facts[_FREE] < row[6]
            and facts[_SYSTOLIC] <= row[7]
            and facts[_DIASTOLIC] <= row[8]
            and facts[_RATIO] <= row[9]
            and row[10] <= facts[_WEIGHT] <= row[11]
        ):
            classes[row[0]] = row[2]


@numba.njit(cache=True)
def _may_buy(facts: Any, offer: Any) -> bool:
    age, amount = facts[offer[3]], facts[_AMOUNT]
    return bool(
        offer[7] <= age <= offer[8]
        and offer[9] <= amount <= offer[10]
        and (offer[11] == 1 or (amount - offer[12]) % offer[11] == 0)
        and (age < offer[13] or amount <= offer[14])
        and (offer[15] >> facts[_STATE]) & 1
    )


@numba.njit(cache=True)
def _band_of(facts: Any, tables: Tables, carrier: int) -> int:
    """The amount band at a carrier; -1 below them all."""
    band = 3
    while band >= 0 and facts[_AMOUNT] < tables.bands[carrier, facts[_STATE], band]:
        band -= 1
    return band


@numba.njit(cache=True)
def _within(offer: Any, state: int, band: int) -> Any:
    return offer[2] * state * 40 + offer[6] * 20 + offer[5] * 4 + band


@numba.njit(cache=True)
def eligible(lives: Any, plans: int, tables: Tables) -> tuple[Any, Any, Any]:
    """For each life, in turn, every plan on offer and the place in the plan's block."""
    first = np.zeros(len(lives) + 1, np.int64)
    plan = np.empty(len(lives) * plans, np.int16)
    within = np.empty(len(lives) * plans, np.int16)
    classes = np.empty(len(tables.bands), np.int64)
    count = 0
    for i in range(len(lives)):
        classes_of(lives[i], tables, classes)
        for carrier in range(len(classes)):
            band = _band_of(lives[i], tables, carrier)
            if classes[carrier] == UNCLASSED or band < 0:
                continue
            group = carrier * 8 + classes[carrier]
            for j in range(tables.offers_first[group], tables.offers_first[group + 1]):
                offer = tables.offers[j]
                if _may_buy(lives[i], offer):
                    plan[count] = offer[0]
                    within[count] = _within(offer, lives[i, _STATE], band)
                    count += 1
        first[i + 1] = count
    return first, plan[:count].copy(), within[:count].copy()


@numba.njit(cache=True, parallel=True)
def gather(ready: Any, cells: Any, start: Any, by_plan: Any, terms: int) -> Any:
    """The least rate of each term for each life; NONE where there is none."""
    lives = len(ready.first) - 1
    least = np.full((lives, terms), NONE, np.int32)
    for i in numba.prange(lives):
        for j in range(ready.first[i], ready.first[i + 1]):
            number = ready.plan[j]
            cell = cells[ready.slab[i, by_plan[number, 1]] + start[number] + ready.within[j]]
            term = by_plan[number, 0]
            least[i, term] = min(cell, least[i, term])
    return least


@numba.njit(cache=True)
def _rounded(exact: int, unit: int, how: int) -> int:
    whole, rest = exact // unit, exact % unit
    if how == 0:
        return whole + (2 * rest >= unit)
    if how == 1:
        return whole + (2 * rest + (whole & 1) > unit)
    return whole + (rest > 0) if how == 2 else whole


@numba.njit(cache=True)
def _month_cents(offer: Any, amount: int, rate: int, factor: int) -> Any:
    exact = amount * rate * factor + offer[16] * 10_000_000
    if offer[17]:
        unit = offer[17] * 10_000_000
        exact = _rounded(exact, unit, offer[18]) * unit
    return _rounded(exact * offer[19], offer[20] * 100_000_000_000, offer[21]) * offer[20]


@numba.njit(cache=True, parallel=True)
def cheapest(lives: Any, terms: int, tables: Tables) -> tuple[Any, Any]:
    """The cheapest plan of each term and its monthly cents, one plan after the other."""
    plans = np.full((len(lives), terms), -1, np.int64)
    cents = np.zeros((len(lives), terms), np.int64)
    for i in numba.prange(len(lives)):
        facts, classes = lives[i], np.empty(len(tables.bands), np.int64)
        classes_of(facts, tables, classes)
        for carrier in range(len(classes)):
            band = _band_of(facts, tables, carrier)
            if classes[carrier] == UNCLASSED or band < 0:
                continue
            factor = tables.factors[carrier, facts[_STATE], band]
            group = carrier * 8 + classes[carrier]
            for j in range(tables.offers_first[group], tables.offers_first[group + 1]):
                offer = tables.offers[j]
                if not _may_buy(facts, offer):
                    continue
                slab = (facts[_SEX] * AGES + facts[offer[3]] - AGE_MIN) * tables.slab_size
                at = slab + tables.start[offer[0]] + _within(offer, facts[_STATE], band)
                rate: Any = np.int64(tables.cells[at])
                price = _month_cents(offer, facts[_AMOUNT], rate, factor)
                best, term = plans[i, offer[1]], offer[1]
                if best < 0 or (price, offer[0]) < (cents[i, term], best):
                    plans[i, term], cents[i, term] = offer[0], price
    return plans, cents
