"""Offers for plain lives out of the compiled market, as columns of the result."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from megler.carriers.rules.edition import Edition
from megler.quoting.bulk.plain import Plain
from megler.quoting.rules.books import Book
from megler.quoting.rules.bulk.ages import Births, changes_on
from megler.quoting.rules.market import columns as known
from megler.quoting.rules.market.compiling import Market, compile_market
from megler.quoting.rules.market.lives import Lives
from megler.quoting.rules.market.pricing import best_offers, offers_of_life
from megler.quoting.rules.market.views import MODES, view_of
from megler.underwriting.rules.compiled import family_fails
from megler.underwriting.rules.figures import Judged, judged_by
from megler.underwriting.rules.nicotine import USUAL_MONTHS
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Line

Ints = NDArray[np.int32]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A day's market, compiled a currency at a time, and the books of what only the exact engine prices.

    `classes` are the classes of all of them, which a wish may name.
    """

    markets: tuple[Market, ...]
    left_out: tuple[Book, ...]

    def left_out_for(self, line: Line | None) -> bool:
        """Whether something that a wish for `line` is about was left out."""
        return any(
            line in (None, product.line)
            for book in self.left_out
            for product in book.edition.products
        )

    @property
    def judged(self) -> Judged:
        """What the guides of all of them judge beyond figures."""
        return judged_by(guide for one in self.markets for guide, _ in one.class_table.guides)

    @property
    def has_areas(self) -> bool:
        """Whether some product asks where somebody lives more nearly than the jurisdiction."""
        return any(market.areas for market in self.markets)


def compiled_on(
    books: Sequence[Book], guides: Mapping[str, Sequence[Edition]], on: date
) -> Compiled:
    """Compiles what stands on a day."""
    by_currency: dict[str, list[Book]] = {}
    for book in books:
        by_currency.setdefault(book.edition.currency, []).append(book)
    markets = [compile_market(own, guides, on) for _, own in sorted(by_currency.items())]
    return Compiled(tuple(markets), tuple(_left_out(markets)))


def _left_out(markets: Sequence[Market]) -> Iterator[Book]:
    """The books with only those of their products that were left out."""
    for market in markets:
        products: dict[int, tuple[Book, list[Any]]] = {}
        for one in market.left_out:
            products.setdefault(id(one.book), (one.book, []))[1].append(one.product)
        for book, own in products.values():
            yield Book(replace(book.edition, products=tuple(own)), book.tables)


@dataclass(frozen=True, slots=True, eq=False)
class Offers:
    """Offers found: `life` [offers] counts the plain rows, `frame` has the columns of the result.

    `exact` [lives] is false for a life that only the exact engine prices.
    """

    life: Whole
    frame: pl.DataFrame
    exact: NDArray[np.bool_]


def price_plain(plain: Plain, market: Market, classes: Sequence[str], keep: int | None) -> Offers:
    """The first `keep` offers of each plain life (None: all), best first.

    `classes` are what the lives' column class_asked numbers.
    """
    sold = np.array([len(view_of(market, wish).plans) > 0 for wish in plain.wishes], np.bool_)
    asking = np.flatnonzero(sold[plain.wish])
    rows = _with_classes_of(market, plain.rows[asking], classes)
    wish = plain.wish[asking]
    lives = Lives(rows, wish, plain.wishes, plain.histories, plain.homes)
    found, rank, plan, mode, cents, exactly = (
        _every(market, lives) if keep is None else _best(market, lives, keep)
    )
    one_class, table = _Classes(market, lives).of(found, plan)
    life, exact = asking[found], np.ones(len(plain.rows), np.bool_)
    exact[asking] = exactly
    facts = _plan_facts(market)
    payments = np.array([PAYMENTS_A_YEAR[m] for m in MODES])[mode]
    basis = facts.by_last[plan]
    age_column = np.where(basis, known.AGE_LAST, known.AGE_NEAREST)
    age = plain.rows[life, age_column].astype(np.int64)
    amount = np.where(facts.needs_amount[plan], plain.rows[life, known.AMOUNT], -1)
    frame = pl.DataFrame(
        {
            "wants": np.zeros(len(life), np.int64),
            "rank": rank,
            **{name: _gathered(values, plan) for name, values in facts.texts.items()},
            "term_years": facts.term_years.gather(plan),
            "class": _gathered((*market.classes, None), np.where(one_class < 0, -1, one_class)),
            "table": _maybe(table.astype(np.int64), table > 0),
            "flat_extra": pl.Series([None] * len(life), dtype=pl.Decimal(18, 2)),
            "amount": _money(_maybe(amount.astype(np.int64) * 100, amount >= 0)),
            "yields": pl.Series(["premium"]).new_from_index(0, len(life)),
            "premium": _money(pl.Series(cents)),
            "mode": _gathered(tuple(m.value for m in MODES), mode),
            "annualised": _money(pl.Series(cents * payments)),
            "years": pl.Series([None] * len(life), dtype=pl.Int64),
            "age_used": age,
            "age_changes_on": _changes(plain, life, age, basis),
        }
    )
    return Offers(life, frame, exact)


def _with_classes_of(market: Market, rows: Ints, classes: Sequence[str]) -> Ints:
    """The rows with classes asked for as this market numbers them."""
    if tuple(classes) == market.classes:
        return rows
    numbers = {code: number for number, code in enumerate(market.classes)}
    unknown = len(numbers)
    own = np.array([*(numbers.get(code, unknown) for code in classes), unknown, -1], np.int32)
    rows = rows.copy()
    rows[:, known.CLASS_ASKED] = own[rows[:, known.CLASS_ASKED]]
    return rows


def _best(market: Market, lives: Lives, keep: int) -> tuple[Any, ...]:
    found = best_offers(market, lives, keep, by_term=False)
    plans, there = found.plans[:, 0, :], found.plans[:, 0, :] >= 0
    there &= found.exact[:, None]
    life, place = np.nonzero(there)
    return (
        life, place.astype(np.int64) + 1, plans[there].astype(np.int64),
        found.modes[:, 0, :][there].astype(np.int64), found.cents[:, 0, :][there], found.exact,
    )  # fmt: skip


def _every(market: Market, lives: Lives) -> tuple[Any, ...]:
    exact = np.ones(len(lives), np.bool_)
    parts = []
    for row in range(len(lives)):
        found = offers_of_life(market, lives, row)
        exact[row] = found is not None
        if found is not None:
            count = len(found.plans)
            same = np.full(count, row, np.int64)
            parts.append((same, np.arange(1, count + 1), found.plans, found.modes, found.cents))
    columns = [
        np.concatenate([np.empty(0, np.int64), *(part[k] for part in parts)]).astype(np.int64)
        for k in range(5)
    ]
    return (*columns, exact)


class _PlanFacts:
    """What the result tells of plans, by their number, and where each one's class is found."""

    def __init__(self, market: Market) -> None:
        plans = market.plans
        self.texts: dict[str, tuple[str | None, ...]] = {
            "carrier": tuple(p.book.edition.carrier for p in plans),
            "product": tuple(p.product.code for p in plans),
            "line": tuple(p.product.line.value for p in plans),
            "edition": tuple(p.book.edition.name for p in plans),
            "plan": tuple(p.plan for p in plans),
            "currency": tuple(p.book.edition.currency for p in plans),
        }
        self.term_years = pl.Series([p.term_years for p in plans], dtype=pl.Int64)
        bases = [p.product.age_basis is AgeBasis.LAST for p in plans]
        self.by_last = np.array(bases, np.bool_)
        self.needs_amount = np.zeros(len(plans), np.bool_)
        self.slot = np.zeros(len(plans), np.int64)
        self.kind = np.zeros(len(plans), np.int64)
        numbers = {id(plan): number for number, plan in enumerate(plans)}
        for block in market.blocks:
            for lane in block.lanes:
                number = numbers[id(lane.plan)]
                self.needs_amount[number] = lane.sale.needs_amount
                self.slot[number] = block.key.slot
                self.kind[number] = block.slot.kinds.index(lane.kind)


def _plan_facts(market: Market) -> _PlanFacts:
    """The facts of the market's plans, made once."""
    found = market.once.get("bulk plan facts")
    if not isinstance(found, _PlanFacts):
        found = market.once["bulk plan facts"] = _PlanFacts(market)
    return found


class _Classes:
    """The class and table rating with which each life is sold each plan."""

    def __init__(self, market: Market, lives: Lives) -> None:
        from megler.underwriting.rules import compiled_kernel

        self.market, self.rows = market, lives.rows
        table = market.class_table
        family = family_fails(table, lives.histories)
        self.judged = np.empty((len(lives), len(table.guides)), np.int32)
        compiled_kernel.find_classes(lives.rows, table.lanes, family, self.judged)
        self.guides = {(g.name, basis): n for n, (g, basis) in enumerate(table.guides)}
        self.own = (lives.rows[:, known.FREE_MONTHS] < USUAL_MONTHS).astype(np.int64)
        self.facts = _plan_facts(market)

    def of(self, life: Whole, plan: Whole) -> tuple[Ints, Ints]:
        """For each offer: the class among `market.classes`, -1 for none, and the table, 0 for none."""
        one_class = np.full(len(life), -1, np.int32)
        table = np.zeros(len(life), np.int32)
        slots = self.facts.slot[plan]
        for number in np.unique(slots):
            at = np.flatnonzero(slots == number)
            one_class[at], table[at] = self._in_slot(
                int(number), life[at], self.facts.kind[plan[at]]
            )
        return one_class, table

    def _in_slot(self, number: int, life: Whole, kind: Whole) -> tuple[Ints, Ints]:
        slot = self.market.slots[number]
        guide = -1 if slot.guide is None else self.guides.get((slot.guide.name, slot.basis), -1)
        place = self.judged[life, guide] if guide >= 0 else np.full(len(life), -1, np.int32)
        asked = self.rows[life, known.CLASS_ASKED]
        by_asked, by_guide = np.array(slot.by_asked), np.array(slot.by_guide)
        own = self.own[life]
        count = len(self.market.classes)
        row = np.where(
            asked >= 0,
            by_asked[2 * np.clip(asked, 0, count) + own],
            by_guide[2 * (place + 1) + own],
        )
        numbers = {code: n for n, code in enumerate(self.market.classes)}
        sold = np.array(
            [
                [numbers.get((one and one.class_code) or "", -1) for one in every]
                for every in slot.rows
            ],
            np.int32,
        ).reshape(len(slot.rows), len(slot.kinds))
        tables = np.where(asked >= 0, 0, np.array(slot.tables)[place + 1])
        return sold[row, kind], tables.astype(np.int32)


def _gathered(values: Sequence[str | None], at: Whole) -> pl.Series:
    """Texts by their numbers; the last one for -1."""
    every = pl.Series(values, dtype=pl.String)
    return every.gather(np.where(at < 0, len(every) - 1, at))


def _maybe(figures: Whole, there: NDArray[np.bool_]) -> pl.Series:
    frame = pl.DataFrame({"figure": figures, "there": there})
    return frame.select(pl.when("there").then("figure")).to_series()


def _money(cents: pl.Series) -> pl.Series:
    """Cents as money with two places, exactly."""
    hundredth = pl.lit("0.01").cast(pl.Decimal(18, 2))
    money = (pl.col("cents").cast(pl.Decimal(18, 2)) * hundredth).cast(pl.Decimal(18, 2))
    return cents.to_frame("cents").select(money).to_series()


def _changes(plain: Plain, life: Whole, age: Whole, by_last: NDArray[np.bool_]) -> pl.Series:
    """When each age changes; null where no birth date is known."""
    born = Births(plain.born.year[life], plain.born.month[life], plain.born.day[life])
    last, nearest = (changes_on(born, age, basis) for basis in (AgeBasis.LAST, AgeBasis.NEAREST))
    days = pl.Series(np.where(by_last, last, nearest))
    frame = pl.DataFrame({"day": days, "there": plain.has_born[life]})
    return frame.select(pl.when("there").then("day")).to_series()
