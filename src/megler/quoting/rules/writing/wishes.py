"""A wish being answered: its offers written, or asked of the exact engine a product at a time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import cast

import numpy as np
from msgspec.json import encode
from numpy.typing import NDArray

from megler.carriers.rules.products import Product
from megler.quoting.rules.answer import (
    NotOffered,
    Offer,
    Text,
    not_offered_json,
    offer_json,
    rider_json,
)
from megler.quoting.rules.asked import Asked
from megler.quoting.rules.books import Book
from megler.quoting.rules.classing import Classed, Unclassed
from megler.quoting.rules.lives import Life, lives_of
from megler.quoting.rules.market.compiling import Market
from megler.quoting.rules.market.plans import Plan
from megler.quoting.rules.market.pricing import LifeOffers
from megler.quoting.rules.market.views import MODES
from megler.quoting.rules.offering import needs_amount, offers_of
from megler.quoting.rules.quote import best, by_name
from megler.quoting.rules.riders import RiderBuyer, riders_chosen, riders_shown
from megler.quoting.rules.variants import Found, Variant
from megler.quoting.rules.writing.laying import Laid
from megler.quoting.rules.writing.offers import Priced, texts_of, written
from megler.underwriting.rules.assessment import reason_json
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Problem, Reason

Key = tuple[int, str, int, Decimal | int, str, str, int, str]
Offered = tuple[LifeOffers, NDArray[np.int64]]
"""Offers as columns, and the cells that they were priced from."""


@dataclass(slots=True)
class _Given:
    """Texts given with the offers, each kept once."""

    texts: list[bytes] = field(default_factory=list)
    numbers: dict[bytes, int] = field(default_factory=dict)

    def number(self, text: bytes) -> int:
        found = self.numbers.setdefault(text, len(self.texts))
        if found == len(self.texts):
            self.texts.append(text)
        return found


@dataclass(frozen=True, slots=True)
class _Shared:
    """What products that class a person alike share: the class, and the numbers of given texts."""

    classed: Classed
    texts: tuple[int, int, int]


class WishAnswer:
    """A wish being answered, a product at a time in the order of the books."""

    def __init__(
        self, asked: Asked, market: Market, laid: Laid, priced: Offered, text: Text
    ) -> None:
        self.asked, self.market, self.laid, self.text = asked, market, laid, text
        self.priced, self.cells = priced
        self.refused: list[tuple[tuple[int, str, str, int, str], bytes]] = []
        self.assumptions: list[Reason] = []
        self.problems: list[Problem] = []
        self._exact: list[Offer] = []
        self._given = _Given()
        self._shared: dict[int, _Shared | None] = {}
        self._lives: dict[int, tuple[Life, ...]] = {}
        self._ends: dict[tuple[int, int], bytes] = {}
        self._ages: dict[AgeBasis, bytes] = {}
        self._by_hand = laid.templates.of_plan < 0
        self._fits = _fitting(asked, market)
        writable = np.zeros(len(market.plans), np.bool_)
        writable[self.priced.plans] = True
        self._writable = writable & ~self._by_hand
        own, count = laid.product_of, len(laid.products)
        self._is_offered = np.bincount(own[writable], minlength=count).tolist()
        self._left = np.bincount(own[self._fits & ~self._writable], minlength=count).tolist()
        self._fitting = np.bincount(own[self._fits], minlength=count).tolist()
        self._texts = np.zeros((count, 3), np.int64)

    def add(self, book: Book, product: Product, refusal: Reason | None) -> None:
        """A product: its offers are to be written, or found by the exact engine."""
        number = self.laid.number_of.get((id(book), product.code))
        if number is None or refusal is not None:
            self._ask(book, product, refusal, None)
            return
        shared = self._shared_by(number, book, product) if self._is_offered[number] else None
        if shared is None:
            self._by_hand[list(self.laid.plans_of[number])] = True
            self._ask(book, product, None, None)
            return
        self._texts[number] = shared.texts
        if self._left[number] < self._fitting[number]:
            self.assumptions += shared.classed.assumptions
        if self._left[number] or not self._fitting[number]:
            left = [
                self._variant(plan)
                for plan in self.laid.plans_of[number]
                if self._fits[plan] and not self._writable[plan]
            ]
            self._ask(book, product, None, set(left))

    def _variant(self, number: int) -> Variant:
        plan: Plan = self.market.plans[number]
        return Variant(plan.term_years, plan.plan)

    def _ask(
        self, book: Book, product: Product, refusal: Reason | None, only: set[Variant] | None
    ) -> None:
        """The exact engine's word on a product, or on some of its plans."""
        number = self.laid.number_of.get((id(book), product.code))
        lives = None if number is None else self._lives_by(number, book, product)
        found: Found = offers_of(book, product, self.asked, refusal, only, lives=lives)
        self._exact += found.offers
        self.refused += [(by_name(one), _encoded(one, self.text)) for one in found.not_offered]
        self.assumptions += found.assumptions
        self.problems += found.problems

    def _lives_by(self, number: int, book: Book, product: Product) -> tuple[Life, ...]:
        """The person as the product, and others like it, sees them."""
        way = self.laid.ways[number]
        if way not in self._lives:
            self._lives[way] = lives_of(book, product, self.asked)
        return self._lives[way]

    def _shared_by(self, number: int, book: Book, product: Product) -> _Shared | None:
        """What the product shares with others; None: the exact engine writes them."""
        way = self.laid.ways[number]
        if way not in self._shared:
            (life,) = self._lives_by(number, book, product)
            self._shared[way] = self._made(book, product, life.classed)
        return self._shared[way]

    def _made(self, book: Book, product: Product, classed: Classed | Unclassed) -> _Shared | None:
        if not isinstance(classed, Classed) or classed.table or classed.flat_extra:
            return None
        needed = needs_amount(book, product)
        texts = (
            self._class(classed, needed),
            self._age(product) + self._riders(book, product, classed),
            self._end(classed),
        )
        first, second, third = (self._given.number(text) for text in texts)
        return _Shared(classed, (first, second, third))

    def _class(self, classed: Classed, needed: bool) -> bytes:
        amount = self.asked.wants.face_amount if needed else None
        told = {
            "amount": None if amount is None else f"{amount:f}",
            "class": classed.class_code,
            "class_name": classed.class_name,
            "class_range": classed.class_range,
            "table": None,
            "flat_extra": None,
            "flat_extra_years": None,
        }
        return encode(told)[1:-1]

    def _age(self, product: Product) -> bytes:
        basis = product.age_basis
        if basis not in self._ages:
            self._ages[basis] = self._aged(product)
        return self._ages[basis]

    def _aged(self, product: Product) -> bytes:
        ages, changes = self.asked.assessments.ages(product.age_basis)
        age = ages[0] if ages is not None and ages[0] == ages[1] else None
        told = {"age_used": age, "age_changes_on": changes, "lives": ()}
        return b'",' + encode(told)[1:-1] + b',"riders":'

    def _riders(self, book: Book, product: Product, classed: Classed) -> bytes:
        if not product.riders:
            return b'[],"steps":['
        ages, _ = self.asked.assessments.ages(product.age_basis)
        codes = (classed.class_code, classed.rated_as)
        buyer = RiderBuyer(
            ages[0] if ages is not None and ages[0] == ages[1] else None,
            self.asked.person.jurisdiction,
            self.asked.wants.face_amount if needs_amount(book, product) else None,
            frozenset(code for code in codes if code is not None),
        )
        chosen, _ = riders_chosen(product, (), [buyer], book.edition.name)
        shown = [rider_json(rider) for rider in riders_shown(product, chosen, ())]
        return encode(shown) + b',"steps":['

    def _end(self, classed: Classed) -> bytes:
        """Why the class; the same for all products that take it from one assessment."""
        key = (id(classed.reasons), id(classed.improvements))
        if key not in self._ends:
            self._ends[key] = self._told(classed)
        return self._ends[key]

    def _told(self, classed: Classed) -> bytes:
        told = {
            "reasons": [reason_json(reason, self.text) for reason in classed.reasons],
            "improvements": [reason_json(reason, self.text) for reason in classed.improvements],
        }
        return b"]," + encode(told)[1:]

    def offers(self) -> list[bytes | memoryview]:
        """All offers as JSON, best first, in parts to be joined by commas."""
        priced = self.priced
        kept = np.flatnonzero(~self._by_hand[priced.plans])
        plans, modes = priced.plans[kept].astype(np.int64), priced.modes[kept]
        given = np.empty((len(kept), 5), np.int64)
        given[:, 0] = self._given.number(b'{"wants":%d,' % self.asked.number)
        given[:, [1, 3, 4]] = self._texts[self.laid.product_of[plans]]
        for mode in np.unique(modes).tolist():
            told = b'"mode":"%s","annualised":"' % MODES[mode].value.encode()
            given[modes == mode, 2] = self._given.number(told)
        own = Priced(plans, self.cells[kept], priced.cents_year[kept], given)
        amount = int(self.asked.wants.face_amount or 0)
        texts = written(self.laid.templates, own, amount, texts_of(self._given.texts))
        if not self._exact and texts.is_complete:
            return [texts.whole] if len(kept) else []
        return list(self._merged(plans, priced.cents_year[kept], texts.each()))

    def _merged(
        self, plans: NDArray[np.int64], years: NDArray[np.int64], texts: list[memoryview | None]
    ) -> Iterator[bytes | memoryview]:
        """Written offers with those of the exact engine between them."""
        for plan, text in zip(plans.tolist(), texts, strict=True):
            if text is None:
                one = self.market.plans[plan]
                self._ask(one.book, one.product, None, {self._variant(plan)})
        told: list[tuple[Key, bytes | memoryview]] = [
            (best(offer), encode(offer_json(offer, self.text))) for offer in self._exact
        ]
        for plan, year, text in zip(plans.tolist(), years.tolist(), texts, strict=True):
            if text is not None:
                currency, *rest = self.market.plans[plan].order
                key = (self.asked.number, currency, 0, Decimal(year).scaleb(-2), *rest)
                told.append((cast(Key, key), text))
        told.sort(key=lambda one: one[0])
        yield from (text for _, text in told)


def _fitting(asked: Asked, market: Market) -> NDArray[np.bool_]:
    """Which plans are of the term and plan that the wish names."""
    wants = asked.wants
    if wants.term_years is None and wants.plan is None:
        return np.ones(len(market.plans), np.bool_)
    fits = [
        wants.term_years in (None, plan.term_years) and wants.plan in (None, plan.plan)
        for plan in market.plans
    ]
    return np.array(fits, np.bool_)


def _encoded(one: NotOffered, text: Text) -> bytes:
    return encode(not_offered_json(one, text))
