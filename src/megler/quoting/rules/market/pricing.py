"""Prices of the compiled market: every offer of one life, or the best ones of many."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.quoting.rules.market import columns
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.limits import Ints
from megler.quoting.rules.market.lives import Lives, areas_of
from megler.quoting.rules.market.sheet import Longs, Scratch, scratch_for
from megler.quoting.rules.market.views import View, Wish, view_of
from megler.underwriting.rules.compiled import Flags, family_fails

Places = NDArray[np.int64]
RANK_BITS = 20
_RANKS = (1 << RANK_BITS) - 1
_YEARS = (1 << 40) - 1
_NONE = np.iinfo(np.int64).max
CHUNK = 8192
"""Lives that a thread takes at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class LifeOffers:
    """A life's offers, cheapest year first, then in the order of plans; columns of equal length.

    `plans` number `market.plans`, `modes` `views.MODES`, `classes` `market.classes` (-1: none).
    `cents` is the premium of the mode, `cents_year` what a year costs so; `tables` 0: no table rating.
    `lanes` are the columns of the view they stand in.
    """

    plans: Ints
    modes: Ints
    cents: Longs
    cents_year: Longs
    classes: Ints
    tables: Ints
    lanes: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """The cheapest offers of many lives: [lives, terms, keep]; plan -1 and 0 cents: none left.

    `terms` name the middle axis (one column, None, when terms are not told apart). `exact` is false
    for a life that only the exact engine prices; its columns mean nothing then.
    """

    terms: tuple[int | None, ...]
    plans: Ints
    modes: Ints
    cents: Longs
    exact: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Facts:
    """What a market makes of the family histories and places of lives."""

    family: Flags
    areas: Ints


def _facts(market: Market, lives: Lives) -> _Facts:
    if not lives.histories and not (lives.places and market.areas):
        known = market.once.get("nothing known")
        if isinstance(known, _Facts):
            return known
    found = _Facts(
        family_fails(market.class_table, lives.histories),
        areas_of(market, lives.places),
    )
    if not lives.histories and not lives.places:
        market.once["nothing known"] = found
    return found


def offers_of_life(market: Market, lives: Lives, row: int) -> LifeOffers | None:
    """Every offer of one of the lives; None: only the exact engine prices it."""
    from megler.quoting.rules.market import kernel
    from megler.underwriting.rules import compiled_kernel

    if lives.by_hand is not None and lives.by_hand[row]:
        return None
    facts = _facts(market, lives)
    view = view_of(market, lives.wishes[lives.wish[row]])
    scratch = own_scratch(market, view)
    own = lives.rows[row : row + 1]
    judged = np.empty((1, len(market.class_table.guides)), np.int32)
    compiled_kernel.find_classes(own, market.class_table.lanes, facts.family, judged)
    keys = np.empty(len(view.plans), np.int64)
    count = kernel.list_offers(own, judged, facts.areas, view.sheet, scratch, keys)
    if count < 0:
        return None
    found = keys[:count]
    found.sort()
    return _told(view, scratch, found)


def _told(view: View, scratch: Scratch, keys: Longs) -> LifeOffers:
    """The offers behind sorted keys."""
    from megler.quoting.rules.market import kernel

    if view.alternates:
        _, first = np.unique(view.plans[view.lane_of[keys & _RANKS]], return_index=True)
        keys = keys[np.sort(first)]
    told, cents = np.empty((5, len(keys)), np.int32), np.empty((2, len(keys)), np.int64)
    kernel.tell_offers(
        keys,
        view.lane_of,
        view.plans,
        view.modes,
        view.sheet.pays,
        view.class_at,
        view.class_ids,
        scratch,
        told,
        cents,
    )
    lanes, plans, modes, classes, tables = told
    return LifeOffers(plans, modes, cents[0], cents[1], classes, tables, lanes)


def best_offers(
    market: Market, lives: Lives, keep: int = 1, by_term: bool = True, threads: int = 1
) -> Best:
    """The cheapest `keep` offers of each life, of each term or of all."""
    terms = view_of(market, Wish()).terms if by_term else (None,)
    shape = (len(lives), len(terms), keep)
    found = Best(
        terms,
        np.full(shape, -1, np.int32),
        np.zeros(shape, np.int32),
        np.zeros(shape, np.int64),
        np.ones(len(lives), np.bool_),
    )
    facts = _facts(market, lives)
    order = _neighbours(lives)
    parts = [order[at : at + CHUNK] for at in range(0, len(lives), CHUNK)]

    def price(part: Places) -> None:
        _best(market, lives, facts, part, found)

    if threads == 1 or len(parts) < 2:
        for part in parts:
            price(part)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(price, parts))
    if lives.by_hand is not None:
        found.exact[lives.by_hand] = False
    return found


def _neighbours(lives: Lives) -> Places:
    """The lives with those of one age and sex together: they read the same cells."""
    ages, sexes = lives.rows[:, columns.AGE_NEAREST], lives.rows[:, columns.SEX]
    return np.argsort((ages * 4 + sexes).astype(np.int16), kind="stable")


def _best(market: Market, lives: Lives, facts: _Facts, part: Places, found: Best) -> None:
    """Prices a part of the lives into the columns found."""
    from megler.quoting.rules.market import kernel
    from megler.underwriting.rules import compiled_kernel

    table = market.class_table
    rows = lives.rows[part]
    judged = np.empty((len(rows), len(table.guides)), np.int32)
    compiled_kernel.find_classes(rows, table.lanes, facts.family, judged)
    for wish, own in _by_wish(lives, part):
        view = view_of(market, wish)
        if not len(view.plans):
            continue
        every = len(own) == len(rows)
        keep = found.plans.shape[2] + (6 if view.alternates else 0)
        best = np.empty((len(own), found.plans.shape[1], keep), np.int64)
        exact = np.empty(len(own), np.int32)
        kernel.best_offers(
            rows if every else rows[own],
            judged if every else judged[own],
            facts.areas,
            view.sheet,
            own_scratch(market, view),
            best,
            exact,
            found.plans.shape[1] > 1,
        )
        if view.alternates:
            best = _without_alternates(view, best, found.plans.shape[2])
        at = part[own]
        there = best != _NONE
        lanes = view.lane_of[np.where(there, best & _RANKS, 0)]
        found.plans[at] = np.where(there, view.plans[lanes], -1)
        found.modes[at] = view.modes[lanes]
        years = (best >> RANK_BITS) & _YEARS
        found.cents[at] = np.where(there, years // view.sheet.pays[lanes].astype(np.int64), 0)
        found.exact[at] = exact != 0


def _by_wish(lives: Lives, part: Places) -> Iterator[tuple[Wish, Places]]:
    wish = lives.wish[part]
    for number in np.unique(wish):
        yield lives.wishes[number], np.flatnonzero(wish == number)


def _without_alternates(view: View, best: Longs, keep: int) -> Longs:
    """The first `keep` of each row without a plan's dearer modes."""
    plans = view.plans[view.lane_of[np.where(best == _NONE, 0, best & _RANKS)]]
    for at in range(1, best.shape[2]):
        again = (plans[..., :at] == plans[..., at : at + 1]).any(axis=2) & (best[..., at] != _NONE)
        best[..., at][again] = _NONE
    best.sort(axis=2)
    return best[..., :keep]


def own_scratch(market: Market, view: View) -> Scratch:
    """Room for this thread to work in."""
    scratch = getattr(view.own, "scratch", None)
    if scratch is None:
        keys = 4 + len(market.areas) + len(market.slots)
        scratch = view.own.scratch = scratch_for(view.sheet, keys)
    return scratch
