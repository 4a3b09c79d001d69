"""What an agent asks beside the price, from the published editions. Nothing is saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from msgspec import to_builtins

from megler.quoting.actions.quotes import Market, market_of, market_on
from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.bands import band_breaks
from megler.quoting.rules.tools.catalogue import OfLine, catalogue
from megler.quoting.rules.tools.charts import AROUND, by_age, by_term
from megler.quoting.rules.tools.classes import class_matrices
from megler.quoting.rules.tools.compare import MOST, compare
from megler.quoting.rules.tools.counter import (
    Counter,
    OfferKey,
    ProductKey,
    key_of,
    mode_of,
    wish_of,
    wishing,
)
from megler.quoting.rules.tools.ladder import Need, check_needs, ladders, ladders_json
from megler.quoting.rules.tools.save_age import ages_of
from megler.quoting.rules.tools.terms import term_tables
from megler.underwriting.actions.answers import facts_of
from megler.underwriting.rules.facts import Facts
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem, Refused

CURVES = 6
"""A chart shows so many offers, the cheapest first, when none are named."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a tool beside the facts; each tool reads its own part.

    `wish` is the number of the wish, from 0. `only` names products, `offers` offers; None: all.
    """

    wish: int = 0
    only: tuple[ProductKey, ...] | None = None
    offers: tuple[OfferKey, ...] = ()
    need: tuple[Need, ...] = ()
    around: int = AROUND


def counter_on(on: date, market: Market | None = None) -> Counter:
    """The counter that prices from the editions of the day."""
    return _counter((market or market_on(on)).edition_ids, on)


@lru_cache(maxsize=64)
def _counter(edition_ids: tuple[UUID, ...], on: date) -> Counter:
    market = market_of(edition_ids)
    return Counter(market.books, market.guides, on)


def ask(tool: str, document: object, on: date, question: Question) -> list[Any]:
    """What a tool of `TOOLS` answers, as plain values ready for JSON (docs/quoting.md).

    Raises `Refused` for facts with problems, an unknown tool and a wish that is not there.
    """
    answer = TOOLS.get(tool)
    if answer is None:
        raise Refused(Problem("wrong_value", "tool", tool[:40], ", ".join(TOOLS)))
    facts = facts_of(document, on)
    wishes = max(1, len(facts.wants))
    if not 0 <= question.wish < wishes:
        raise Refused(Problem("wrong_value", "wish", str(question.wish), f"0–{wishes - 1}"))
    return list(
        to_builtins(answer(counter_on(on).remembering(), wish_of(facts, question.wish), question))
    )


def named(offers: Sequence[Offer], question: Question) -> list[Offer]:
    """The offers that the question names, in its order; all of them when it names none."""
    if not question.offers:
        return list(offers)
    by_key = {key_of(offer)[:4]: offer for offer in offers}
    return [by_key[key[:4]] for key in question.offers if key[:4] in by_key]


Tool = Callable[[Counter, Facts, Question], Any]


def _classes(counter: Counter, facts: Facts, question: Question) -> Any:
    return class_matrices(counter, facts, question.only)


def _terms(counter: Counter, facts: Facts, question: Question) -> Any:
    offers = counter.offers(wishing(facts, term_years=None), question.only)
    return term_tables(offers, mode_of(facts))


def _bands(counter: Counter, facts: Facts, question: Question) -> Any:
    return band_breaks(counter, facts, named(counter.offers(facts, question.only), question))


def _ages(counter: Counter, facts: Facts, question: Question) -> Any:
    return [ages_of(counter, facts, named(counter.offers(facts, question.only), question))]


def _ladder(counter: Counter, facts: Facts, question: Question) -> Any:
    problems = check_needs(question.need)
    if problems:
        raise Refused(problems)
    return [ladders_json(found) for found in ladders(counter, facts, question.need)]


def _compare(counter: Counter, facts: Facts, question: Question) -> Any:
    if len(question.offers) > MOST:
        raise Refused(Problem("wrong_value", "offers", str(len(question.offers)), f"1–{MOST}"))
    offers = named(counter.offers(facts), question)[:MOST]
    return [compare(offers, mode_of(facts))] if offers else []


def _by_age(counter: Counter, facts: Facts, question: Question) -> Any:
    offers = named(counter.offers(facts, question.only), question)[:CURVES]
    return [by_age(counter, facts, offers, mode_of(facts), question.around)]


def _by_term(counter: Counter, facts: Facts, question: Question) -> Any:
    offers = counter.offers(wishing(facts, term_years=None), question.only)
    now = facts.wants[0].term_years if facts.wants else None
    chart = by_term(offers, mode_of(facts), now)
    return [chart]


TOOLS: Mapping[str, Tool] = {
    "classes": _classes,
    "terms": _terms,
    "bands": _bands,
    "ages": _ages,
    "ladder": _ladder,
    "compare": _compare,
    "by_age": _by_age,
    "by_term": _by_term,
}
"""What can be asked: see docs/quoting.md."""


def sold_on(on: date) -> dict[Line, OfLine]:
    """What can be asked for on the day, line by line."""
    return _sold(market_on(on).edition_ids, on)


@lru_cache(maxsize=64)
def _sold(edition_ids: tuple[UUID, ...], on: date) -> dict[Line, OfLine]:
    return catalogue(_counter(edition_ids, on).products())
