"""Figures for pictures: premium by term, and by the age at which one starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.counter import (
    Counter,
    OfferKey,
    aged,
    is_alone,
    key_of,
    paid,
    product_of,
)
from megler.underwriting.rules.facts import Facts
from megler.vocabulary.codes import Mode

AROUND = 5
"""Years shown on either side of the present age."""


@dataclass(frozen=True, slots=True)
class Curve:
    """An offer's premium in the chart's mode at each place of it, None where it is not sold."""

    offer: OfferKey
    carrier_name: str
    product_name: str
    currency: str
    premiums: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over `places`: terms in years, or ages; `now` is the present one."""

    mode: Mode
    places: tuple[int, ...]
    now: int | None
    curves: tuple[Curve, ...]


def by_term(offers: Sequence[Offer], mode: Mode, now: int | None = None) -> Chart:
    """The premium of each product (and plan) by term; `offers` are of every term."""
    with_term = [offer for offer in offers if offer.term_years is not None]
    terms = tuple(sorted({offer.term_years or 0 for offer in with_term}))
    products: dict[tuple[str, str, str | None], dict[int, Offer]] = {}
    for offer in with_term:
        kind = offer.carrier, offer.product, offer.plan
        products.setdefault(kind, {})[offer.term_years or 0] = offer
    curves = tuple(
        _curve(next(iter(of.values())), [of.get(term) for term in terms], mode)
        for of in products.values()
    )
    return Chart(mode, terms, now, curves)


def by_age(
    counter: Counter, facts: Facts, offers: Sequence[Offer], mode: Mode, around: int = AROUND
) -> Chart:
    """The premium of each of the `offers` of the wish `facts`, had it begun at other ages.

    Empty for several lives, and where no offer has an age.
    """
    ages = [offer.age_used for offer in offers if offer.age_used is not None]
    if not ages or not is_alone(facts):
        return Chart(mode, (), None, ())
    now = min(ages)
    places = tuple(range(max(0, now - around), now + around + 1))
    only = list(dict.fromkeys(product_of(offer) for offer in offers))
    at: dict[tuple[int, OfferKey], Offer] = {
        (age, key_of(offer)): offer
        for age in places
        for offer in counter.offers(aged(facts, age), only)
    }
    curves = tuple(_curve(o, [at.get((age, key_of(o))) for age in places], mode) for o in offers)
    return Chart(mode, places, now, curves)


def _curve(offer: Offer, at: Sequence[Offer | None], mode: Mode) -> Curve:
    return Curve(
        offer=key_of(offer),
        carrier_name=offer.carrier_name,
        product_name=offer.product_name,
        currency=offer.currency,
        premiums=tuple(None if one is None else paid(one, mode) for one in at),
    )
