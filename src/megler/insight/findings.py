"""What a batch of policies, cases or quotes brings: read, priced together, compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from megler.carriers.rules.products import Product
from megler.cases.models import Case
from megler.insight.rules.review import (
    AGE_WITHIN,
    COMPARED,
    Cover,
    Kind,
    Person,
    at_age,
    born_of,
    conversion_ends_on,
    document_for,
    ends_soon,
    next_age,
    person_known,
)
from megler.quoting.actions.quotes import market_on
from megler.quoting.bulk.lives import price_documents
from megler.quoting.bulk.market import Market as Editions
from megler.quoting.models import Quote
from megler.vocabulary.codes import Line, Mode

ProductKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Market:
    """The editions of a day, its products by carrier and code, and what they are called."""

    on: date
    editions: Editions
    products: Mapping[ProductKey, Product]
    names: Mapping[ProductKey, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """Something found about a case or quote; see the model `Finding`."""

    kind: Kind
    thing: Case | Quote
    currency: str
    worth: Decimal | None = None
    due_on: date | None = None
    premium_now: Decimal | None = None
    offer: Mapping[str, Any] = field(default_factory=dict)

    def columns(self) -> dict[str, Any]:
        """The columns of a finding."""
        is_case = isinstance(self.thing, Case)
        return {
            "kind": self.kind.value,
            "agent_id": self.thing.agent_id,
            "case": self.thing if is_case else None,
            "quote": None if is_case else self.thing,
            "currency": self.currency,
            "worth": self.worth,
            "due_on": self.due_on,
            "premium_now": self.premium_now,
            "offer": dict(self.offer),
        }


@dataclass(frozen=True, slots=True)
class _Known:
    """A case or quote with its cover and product, and the insured as far as known."""

    thing: Case | Quote
    key: ProductKey
    cover: Cover
    person: Person
    born: date | None


def market_for(on: date) -> Market:
    """What stands on the day."""
    standing = market_on(on)
    products, names = {}, {}
    for book in standing.books:
        for product in book.edition.products:
            key = book.edition.carrier, product.code
            products[key] = product
            names[key] = book.edition.carrier_name, product.name
    return Market(on, Editions(standing.books, standing.guides), products, names)


def policy_findings(cases: Sequence[Case], market: Market) -> Iterator[Found]:
    """Of policies in force: terms and conversion rights that end, and cover that could cost less."""
    known = [_of_case(case) for case in cases]
    for one in known:
        yield from _endings(one, market)
    yield from _cheaper([one for one in known if one.cover.line in COMPARED], market)


def age_findings(things: Sequence[Case | Quote], market: Market) -> Iterator[Found]:
    """Of open cases and quotes: those whose age changes soon, and what waiting costs a year."""
    known = [one for thing in things if (one := _of(thing))]
    soon = [(one, *change) for one in known if (change := _age_soon(one, market))]
    documents = []
    for one, age, _ in soon:
        document = document_for(one.person, one.cover, any_term=False)
        documents += [at_age(document, age), at_age(document, age + 1)]
    offers = _by_row(price_documents(documents, market.editions, market.on))
    for place, (one, _, changes_on) in enumerate(soon):
        younger = _same(offers.get(2 * place, []), one)
        older = _same(offers.get(2 * place + 1, []), one)
        if younger is None or (older and older["annualised"] <= younger["annualised"]):
            continue
        yield Found(
            Kind.AGE_CHANGES,
            one.thing,
            one.cover.currency,
            worth=older["annualised"] - younger["annualised"] if older else None,
            due_on=changes_on,
            premium_now=younger["annualised"],
            offer=_told(younger, market),
        )


def _of(thing: Case | Quote) -> _Known | None:
    return _of_case(thing) if isinstance(thing, Case) else _of_quote(thing)


def _of_case(case: Case) -> _Known:
    quote = case.application.quote
    client = case.client
    record = {
        "born": client.born.isoformat() if client.born else None,
        "sex": client.sex,
        "jurisdiction": client.jurisdiction,
    }
    person = person_known(quote.facts if quote else {}, record) or {}
    mode = case.mode_approved or case.mode_applied
    offer = case.application.offer
    cover = Cover(
        line=Line(case.product.line),
        face_amount=_first(case.face_amount_approved, case.face_amount_applied),
        term_years=_first(case.term_years_approved, case.term_years_applied),
        plan=offer.get("plan"),
        premium=_first(case.premium_approved, case.premium_applied),
        mode=Mode(mode) if mode else None,
        currency=case.currency,
        in_force_on=case.in_force_on,
    )
    key = case.product.carrier.slug, case.product.code
    return _Known(case, key, cover, person, client.born or born_of(person))


def _of_quote(quote: Quote) -> _Known | None:
    """A saved quote by its best offer for its first wish; None without one."""
    offers = [one for one in quote.answer.get("offers", []) if not one.get("wants")]
    person = person_known(quote.facts, {})
    if not offers or person is None or offers[0].get("yields", "premium") != "premium":
        return None
    best = offers[0]
    cover = Cover(
        line=Line(best["line"]),
        face_amount=Decimal(best["amount"]) if best["amount"] else None,
        term_years=best["term_years"],
        plan=best["plan"],
        mode=Mode(best["mode"]),
        currency=best["currency"],
    )
    return _Known(quote, (best["carrier"], best["product"]), cover, person, born_of(person))


def _first(approved: Any, applied: Any) -> Any:
    return applied if approved is None else approved


def _endings(one: _Known, market: Market) -> Iterator[Found]:
    """The term, and the right to convert while the term still runs, where they end soon."""
    cover, on = one.cover, market.on
    premium = cover.premium_annual
    if ends_soon(cover.ends_on, on):
        yield Found(
            Kind.TERM_ENDS, one.thing, cover.currency, premium, cover.ends_on, premium_now=premium
        )
    product = market.products.get(one.key)
    if product is None or product.conversion is None:
        return
    ends = conversion_ends_on(cover, one.born, product.conversion, product.age_basis)
    if ends_soon(ends, on):
        yield Found(
            Kind.CONVERSION_ENDS, one.thing, cover.currency, premium, ends, premium_now=premium
        )


def _cheaper(known: Sequence[_Known], market: Market) -> Iterator[Found]:
    """The cheapest offer of the same amount that lasts as long, where it costs less.

    What ends soon anyway is told as that alone.
    """
    asked = [
        one
        for one in known
        if one.born and one.cover.premium_annual and not ends_soon(one.cover.ends_on, market.on)
    ]
    documents = [document_for(one.person, one.cover, any_term=True) for one in asked]
    offers = _by_row(price_documents(documents, market.editions, market.on))
    for place, one in enumerate(asked):
        years, premium = one.cover.years_left(market.on), one.cover.premium_annual
        lasting = [
            offer
            for offer in offers.get(place, [])
            if offer["currency"] == one.cover.currency
            and years is not None
            and (offer["term_years"] or 0) >= max(years, 1)
        ]
        best = min(lasting, key=lambda offer: offer["annualised"], default=None)
        if best and premium and best["annualised"] < premium:
            worth = premium - best["annualised"]
            yield Found(
                Kind.CHEAPER,
                one.thing,
                one.cover.currency,
                worth,
                one.cover.ends_on,
                premium,
                _told(best, market),
            )


def _age_soon(one: _Known, market: Market) -> tuple[int, date] | None:
    """The age of the product's basis and when it changes, if that is soon."""
    product = market.products.get(one.key)
    if product is None or one.born is None or one.born > market.on:
        return None
    age, changes_on = next_age(one.born, market.on, product.age_basis)
    return (age, changes_on) if ends_soon(changes_on, market.on, AGE_WITHIN) else None


def _by_row(offers: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for offer in offers.iter_rows(named=True):
        if offer["yields"] == "premium":
            found.setdefault(offer["row"], []).append(offer)
    return found


def _same(offers: Sequence[Mapping[str, Any]], one: _Known) -> Mapping[str, Any] | None:
    """The offer of the very product."""
    return next((o for o in offers if (o["carrier"], o["product"]) == one.key), None)


def _told(offer: Mapping[str, Any], market: Market) -> dict[str, Any]:
    """What is kept of an offer."""
    carrier_name, product_name = market.names[offer["carrier"], offer["product"]]
    told = ("carrier", "product", "edition", "term_years", "class", "mode")
    figures = ("premium", "annualised")
    return {
        "carrier_name": carrier_name,
        "product_name": product_name,
        **{key: offer[key] for key in told},
        **{key: f"{offer[key]:f}" for key in figures},
    }
