"""The market as plain tables of whole numbers, which every other engine is fed with.

Read from the editions themselves. Carriers, products and plans (a product for a term) are
numbered in the market's order, sexes, states and guide classes in theirs. Amounts are dollars,
rates cents per 1,000, fees cents, factors ten thousandths, ratios tenths. What has no limit has
one beyond all figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benchmarks.books import AGE_MIN, CLASSES, NICOTINE, SEXES, STATES
from benchmarks.market import Market
from megler.carriers.rules.guide import CriterionKind, Guide, Nicotine
from megler.carriers.rules.products import Product
from megler.carriers.rules.steps import AddStep, ModeStep, MultiplyStep, RateStep, RoundStep
from megler.carriers.rules.tables import NO_STOP, BandAxis, Table
from megler.quoting.rules.books import Book
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Mode
from megler.vocabulary.money import Rounding

Columns = dict[str, NDArray[np.int64]]
MOST = 10**9
HOWS = (Rounding.HALF_UP, Rounding.HALF_EVEN, Rounding.UP, Rounding.DOWN)
"""A rounding's number is its place here."""


@dataclass(frozen=True, eq=False)
class Plain:
    """The tables, each a dict of equally long columns.

    `accepts`: carrier, guide class and the figures it takes at a height, for a sex, at ages; a life
    has the least class that takes it. `places`: carrier, state and amounts with the band and the
    factor there. `offers`: plan and guide class with all that its premium and its limits need;
    `states` has a bit for each state it is sold in. `rates`: every cell with its keys; state -1
    where the rates do not go by state.
    """

    accepts: Columns
    places: Columns
    offers: Columns
    rates: Columns

    @property
    def plans(self) -> int:
        """How many plans there are, sold to anybody or not."""
        return int(self.rates["plan"].max()) + 1

    @property
    def terms(self) -> int:
        """How many terms there are."""
        return int(self.offers["term"].max()) + 1


def flatten(market: Market) -> Plain:
    """The market's plain tables."""
    accepts: list[tuple[int, ...]] = []
    places: list[tuple[int, ...]] = []
    offers: list[tuple[int, ...]] = []
    rates: list[Columns] = []
    terms, number = market.size.terms, 0
    for carrier, book in enumerate(market.books):
        guide = market.guides[book.edition.carrier][0].guide or Guide(())
        is_last = int(book.edition.products[0].age_basis is AgeBasis.LAST)
        accepts += ((carrier, is_last, *row) for row in accepts_of(guide))
        places += ((carrier, *row) for row in _places(book, market.size.states))
        for product in book.edition.products:
            table = _rates_of(book, product)
            by_state = int(table.axes[0].name == "jurisdiction")
            for i, term in enumerate(terms):
                head = (number * len(terms) + i, carrier, i, by_state, is_last)
                offers += ((*head, *row) for row in _offers(product, term, guide))
            rates.append(_rates(number * len(terms), table))
            number += 1
    return Plain(
        accepts=_columns(ACCEPTS, accepts),
        places=_columns(_PLACES, places),
        offers=_columns(_OFFERS, offers),
        rates={key: np.concatenate([one[key] for one in rates]) for key in rates[0]},
    )


ACCEPTS = (
    "carrier is_last class age_from age_to free_min free_below systolic_max diastolic_max "
    "ratio_max height sex weight_min weight_max"
)
_PLACES = "carrier state band amount_from amount_to factor"
_OFFERS = (
    "plan carrier term by_state is_last class sold_class rate_class status age_min age_max "
    "amount_min amount_max amount_step amount_start senior_from senior_max states "
    "fee annual_to annual_how monthly modal_to modal_how"
)


def _columns(names: str, rows: list[tuple[int, ...]]) -> Columns:
    table = np.array(rows, np.int64)
    return {name: np.ascontiguousarray(table[:, i]) for i, name in enumerate(names.split())}


def _offers(product: Product, term: int, guide: Guide) -> Iterator[tuple[int, ...]]:
    """A row for each class of the guide that the product can be sold in, or a worse one instead."""
    premium = _premium(product)
    ages = dict(_ages(term, product))
    for head in _classes(product, guide):
        status = head[-1]
        if status in ages:
            yield (*head, *ages[status], *_limits(product), *premium)


def _limits(product: Product) -> tuple[int, ...]:
    rules = product.eligibility
    step, low = int(rules.amount_step or 1), int(rules.amount_min or 0)
    senior = rules.amounts_by_age[0] if rules.amounts_by_age else None
    sold = (i for i, state in enumerate(STATES) if state not in rules.jurisdictions_except)
    return (
        low,
        int(rules.amount_max or MOST),
        step,
        low if low % step else 0,
        senior.age_min if senior else MOST,
        int(senior.max or MOST) if senior else MOST,
        sum(1 << i for i in sold),
    )


def _premium(product: Product) -> tuple[int, ...]:
    fee, monthly = 0, 0
    before, after = (0, 0), (1, 0)
    for one in product.steps:
        if isinstance(one, AddStep) and one.amount is not None:
            fee = int(one.amount * 100)
        elif isinstance(one, ModeStep):
            monthly = int(one.factors[Mode.MONTHLY] * 10_000)
        elif isinstance(one, RoundStep) and not monthly:
            before = (int(one.to * 100), HOWS.index(one.how))
        elif isinstance(one, RoundStep):
            after = (int(one.to * 100), HOWS.index(one.how))
        elif not isinstance(one, RateStep | MultiplyStep):
            raise ValueError(f"a step that the plain tables do not have: {one}")
    return fee, *before, monthly, *after


def _ages(term: int, product: Product) -> Iterator[tuple[int, tuple[int, int]]]:
    """The ages that a term is sold at, by nicotine status."""
    rules = product.eligibility
    for limit in rules.terms:
        if limit.term_years == term:
            low = max(rules.age_min or 0, limit.age_min or 0)
            high = min(rules.age_max or MOST, limit.age_max or MOST)
            yield NICOTINE.index(limit.nicotine.value), (low, high)


def _classes(product: Product, guide: Guide) -> Iterator[tuple[int, ...]]:
    """For each class of the guide the best one sold that is not better, of the same status."""
    sold = product.eligibility.classes
    for i, given in enumerate(guide.classes):
        for j in range(i, len(guide.classes)):
            instead = guide.classes[j]
            if instead.nicotine is given.nicotine and instead.rated_as in sold:
                status = NICOTINE.index(given.nicotine.value)
                yield i, j, CLASSES.index(instead.rated_as), status
                break


def accepts_of(guide: Guide) -> Iterator[tuple[int, ...]]:
    """Each class with its limits, twice where they change with age, at each height and sex."""
    months = min(int(c.limit) for c in guide.criteria if c.kind is _FREE)
    for i, one in enumerate(guide.classes):
        mine = [c for c in guide.criteria if c.class_code == one.code]
        below = months if one.nicotine is Nicotine.USER else MOST
        cuts = sorted({c.age_from for c in mine if c.age_from} | {0, MOST})
        for low, high in pairwise(cuts):
            at = [c for c in mine if (c.age_from or 0) <= low and (c.age_to or MOST) >= high - 1]
            limits = {c.kind: c.limit for c in at}
            figures = (
                int(limits.get(_FREE, 0)),
                below,
                int(limits.get(CriterionKind.SYSTOLIC_MAX, MOST)),
                int(limits.get(CriterionKind.DIASTOLIC_MAX, MOST)),
                int(limits.get(CriterionKind.CHOLESTEROL_HDL_RATIO_MAX, Decimal(MOST) / 10) * 10),
            )
            for row in guide.build:
                if row.class_code == one.code:
                    weights = (row.weight_min_lb or 0, row.weight_max_lb)
                    for sex in (0, 1) if row.sex is None else (SEXES.index(row.sex.value),):
                        yield (i, low, high - 1, *figures, int(row.height_in), sex, *weights)


_FREE = CriterionKind.NICOTINE_FREE_MONTHS_MIN


def _places(book: Book, states: int) -> Iterator[tuple[int, ...]]:
    """Bands by state, with the factor there: one where the carrier has none."""
    axis = next(a for a in book.tables["rates-1"].axes if isinstance(a, BandAxis))
    table = book.tables.get("factors")
    for state in range(states):
        for i, (low, high) in enumerate(zip(axis.starts, axis.stops, strict=True)):
            factor = 10_000 if table is None else int(table.cells[state * axis.size + i])
            yield state, i, low // 100, MOST if high == NO_STOP else high // 100, factor


def _rates_of(book: Book, product: Product) -> Table:
    step = next(step for step in product.steps if isinstance(step, RateStep))
    return book.tables[step.table]


def _rates(first_plan: int, table: Table) -> Columns:
    """The cells with their keys; state -1 where the rates do not go by state."""
    sizes = [axis.size for axis in table.axes]
    indexes = np.indices(sizes).reshape(len(sizes), -1)
    found = {axis.name: indexes[i] for i, axis in enumerate(table.axes)}
    return {
        "plan": first_plan + found["term_years"],
        "sex": found["sex"],
        "status": found["nicotine"],
        "age": found["age"] + AGE_MIN,
        "rate_class": found["class"],
        "band": found["amount"],
        "state": found.get("jurisdiction", np.full(indexes.shape[1], -1)),
        "rate": table.cells,
    }


def roundings(offers: Columns) -> Columns:
    """Units of the two roundings, and what to add before dividing: half, all but one, or nothing.

    A year's premium is in hundred-thousandths of ten-thousandths of a dollar (10**-9), a month's in
    ten thousandths of those.
    """
    found: Columns = {}
    for part, scale in (("annual", 10**7), ("modal", 10**11)):
        unit = np.maximum(offers[f"{part}_to"], 1) * scale
        more = np.array([0, 0, 1, 0])[offers[f"{part}_how"]] * (unit - 1)
        more += np.where(offers[f"{part}_how"] < 2, unit // 2, 0)
        found |= {f"{part}_unit": unit, f"{part}_more": more}
    return found
