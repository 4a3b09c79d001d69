"""Megler's own engines, answering in the benchmark's arrays."""

from collections.abc import Mapping

import numpy as np

from benchmarks.answers import Cheapest, Offers, sorted_offers
from benchmarks.books import STATES
from benchmarks.guides import GUIDE_CLASSES
from benchmarks.lives import NEVER, People, documents
from benchmarks.market import ON, Market
from megler.quoting.rules.answer import QuoteAnswer
from megler.quoting.rules.market.axes import JURISDICTION_CODES
from megler.quoting.rules.market.compiling import compile_market
from megler.quoting.rules.market.lives import Lives, lives_from_columns
from megler.quoting.rules.market.pricing import Best, LifeOffers, best_offers, offers_of_life
from megler.quoting.rules.market.views import Wish
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.compiled_facts import BIG
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.problems import errors

_CLASS_NUMBERS = {code: number for number, (code, _, _) in enumerate(GUIDE_CLASSES)}


def plan_numbers(market: Market) -> Mapping[tuple[str, str, int], int]:
    """The number of each plan, by carrier, product and term."""
    keys = [
        (book.edition.carrier, product.code, term)
        for book in market.books
        for product in book.edition.products
        for term in market.size.terms
    ]
    return {key: number for number, key in enumerate(keys)}


class Exact:
    """The engine behind a quote with every step and reason, in Decimal."""

    name = "Megler, exact with every step and reason"

    def __init__(self, market: Market) -> None:
        self._market = market
        self._plans = plan_numbers(market)

    def answer(self, document: object) -> QuoteAnswer:
        """The whole answer to a facts document."""
        facts, problems = read_facts(document, ON)
        if facts is None or errors(problems):
            raise ValueError(f"a document that is refused: {problems[:3]}")
        return quote(facts, self._market.books, self._market.guides, ON)

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        (document,) = documents(people.some(slice(row, row + 1)))
        offers = self.answer(document).offers
        found = np.array(
            [
                (
                    self._plans[offer.carrier, offer.product, offer.term_years or 0],
                    _CLASS_NUMBERS[offer.class_code or ""],
                    int(offer.premium[Mode.MONTHLY] * 100),
                )
                for offer in offers
            ],
            np.int64,
        ).reshape(-1, 3)
        return sorted_offers(found[:, 0], found[:, 1], found[:, 2])


class Compiled:
    """The compiled market, for one life or many; `threads` are those that price many."""

    name = "Megler"

    def __init__(self, market: Market, threads: int = 2) -> None:
        self.market = compile_market(market.books, market.guides, ON)
        self._threads = threads
        numbers = plan_numbers(market)
        self._plans = np.array(
            [
                numbers[plan.book.edition.carrier, plan.product.code, plan.term_years or 0]
                for plan in self.market.plans
            ]
        )
        self._classes = np.array([_CLASS_NUMBERS.get(code, -1) for code in self.market.classes])
        self._terms = market.size.terms

    def lives(self, people: People) -> Lives:
        """The people as the compiled market takes them."""
        jurisdictions = np.array([1 + JURISDICTION_CODES.index(state) for state in STATES])
        free = np.where(people.free == NEVER, BIG, people.free)
        named = {
            "age_nearest": people.age_nearest,
            "age_last": people.age_last,
            "sex": people.sex,
            "height": people.height,
            "weight": people.weight,
            "systolic": people.systolic,
            "diastolic": people.diastolic,
            "ratio_up": people.ratio * 100,
            "free_months": free,
            "sure_months": free,
            "jurisdiction": jurisdictions[people.state],
            "amount": people.amount,
        }
        return lives_from_columns(len(people), Wish(Line.TERM_LIFE, mode=Mode.MONTHLY), named)

    def ask(self, lives: Lives, row: int) -> LifeOffers:
        """The offers to one of the lives, as the engine answers."""
        found = offers_of_life(self.market, lives, row)
        if found is None:
            raise ValueError("a life that the compiled market leaves to the exact engine")
        return found

    def told(self, found: LifeOffers) -> Offers:
        """The engine's answer in the benchmark's numbers."""
        cents = found.cents.astype(np.int64)
        return Offers(self._plans[found.plans], self._classes[found.classes], cents)

    def one(self, people: People, row: int) -> Offers:
        """The offers to one of the people."""
        return self.told(self.ask(self.lives(people.some(slice(row, row + 1))), 0))

    def best(self, lives: Lives) -> Best:
        """The cheapest plan of each term for all lives, as the engine answers."""
        return best_offers(self.market, lives, threads=self._threads)

    def bulk(self, people: People) -> Cheapest:
        """The cheapest plan of each term for all of the people."""
        found = self.best(self.lives(people))
        columns = [found.terms.index(term) for term in self._terms]
        plans, cents = found.plans[:, columns, 0], found.cents[:, columns, 0]
        return Cheapest(np.where(plans < 0, -1, self._plans[plans]), cents)
