"""Quoting from the published editions; saving a quote and replaying it to the same cent."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import ngettext

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.actions import open_edition
from megler.carriers.models import Edition
from megler.carriers.names import LINE_NAMES
from megler.journal.actions import record
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.quoting.rules.answer import QuoteAnswer, quote_json
from megler.quoting.rules.books import Book
from megler.quoting.rules.tools.budget import quote_within_budgets
from megler.quoting.rules.tools.counter import Counter
from megler.quoting.sentences import sentence as reason_sentence
from megler.ui.problems import sentence as problem_sentence
from megler.underwriting.actions.answers import facts_of
from megler.underwriting.rules.facts import Facts
from megler.vocabulary.problems import Problem, Refused


@dataclass(frozen=True)
class Market:
    """The editions to price from: rate books, and guides by carrier."""

    books: tuple[Book, ...]
    guides: dict[str, list[Any]]
    edition_ids: tuple[UUID, ...]


def market_on(on: date) -> Market:
    """What stands on `on`: per carrier and series the edition in effect, or the nearest."""
    return market_of(_standing(Edition.objects.stamp(), on))


@lru_cache(maxsize=64)
def _standing(_stamp: tuple[int, int], on: date) -> tuple[UUID, ...]:
    """The keys of what stands on a day, asked again when an edition has been published."""
    return tuple(Edition.objects.standing_ids(on))


@lru_cache(maxsize=64)
def market_of(edition_ids: tuple[UUID, ...]) -> Market:
    """The market of these editions, which never change."""
    books: list[Book] = []
    guides: dict[str, list[Any]] = {}
    for edition_id in edition_ids:
        opened = open_edition(edition_id)
        if opened.read.guide is not None:
            guides.setdefault(opened.read.carrier, []).append(opened.read)
        else:
            books.append(Book(opened.read, opened.tables))
    return Market(tuple(books), guides, edition_ids)


def quote(document: object, on: date, market: Market | None = None) -> QuoteAnswer:
    """Price everything for the facts in `document` on the day `on`. Nothing is saved."""
    return quote_of(facts_of(document, on), on, market or market_on(on))


def quote_of(facts: Facts, on: date, market: Market) -> QuoteAnswer:
    """As `quote`, for facts that are read."""
    return quote_at(Counter(market.books, market.guides, on).remembering(), facts)


def quote_at(counter: Counter, facts: Facts) -> QuoteAnswer:
    """As `quote_of`, at a counter that further questions will be asked at."""
    if any(wish.budget is not None for wish in facts.wants):
        return quote_within_budgets(counter, facts)
    return counter.answer(facts)


def shown(answer: QuoteAnswer) -> dict[str, Any]:
    """The answer as published (docs/facts.md), with sentences in the reader's language."""
    return quote_json(answer, reason_sentence, problem_sentence)


def save_quote(
    person: User,
    document: object,
    on: date,
    *,
    agent: Agent | None = None,
    title: str = "",
    at: datetime | None = None,
) -> Quote:
    """Price and keep a quote, for `agent` (default: the person's own).

    It keeps the facts, the answer and the editions, so `replay` gives the same cents for ever.
    Raises `Refused` for facts with problems or an agent that the person may not act for.
    """
    if not person.may(Can.QUOTE):
        raise Refused(Problem("not_allowed", "quote"))
    mine = Agent.objects.acted_for_by(person)
    if agent is None and person.is_seller:
        agent = mine.order_by("name").first()
    elif agent is not None and not mine.filter(pk=agent.pk).exists():
        raise Refused(Problem("not_allowed", "agent", agent.name))
    market = market_on(on)
    answer = quote(document, on, market)
    at = at or timezone.now()
    with transaction.atomic():
        kept = Quote.objects.create(
            agent=agent,
            made_by=person,
            made_at=at,
            title=title[:200] or _title(answer),
            on=on,
            facts=dict(answer.facts),
            answer=shown(answer),
            editions=[str(pk) for pk in market.edition_ids],
        )
        record(
            person.actor(), "quote.saved", ("quote", kept.pk), {"offers": len(answer.offers)}, at
        )
    return kept


def _title(answer: QuoteAnswer) -> str:
    """What a quote is called when nobody says: the wish in the asker's words, never their health."""
    if not answer.offers:
        return ""
    first = answer.offers[0]
    parts = [str(LINE_NAMES[first.line])]
    if first.amount:
        parts.append(number_format(first.amount, decimal_pos=0, force_grouping=True))
    terms = {offer.term_years for offer in answer.offers} - {None}
    if len(terms) == 1:
        parts.append(
            ngettext("%(n)d year", "%(n)d years", first.term_years or 0) % {"n": first.term_years}
        )
    return ", ".join(parts)


def replay(kept: Quote) -> dict[str, Any]:
    """The answer priced anew from the saved facts and editions, whatever was published since."""
    market = market_of(tuple(UUID(pk) for pk in kept.editions))
    return shown(quote(kept.facts, kept.on, market))


def premiums_of(answer: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What must be the same in a replay: every offer with its class and its premiums.

    An annuity has an income or a value in their place.
    """
    keys = ("carrier", "product", "term_years", "plan", "edition", "class", "table")
    yields = ("premium", "income", "value")
    return [
        (*(o[k] for k in keys), *(tuple(o[y].items()) for y in yields if y in o))
        for o in answer["offers"]
    ]
