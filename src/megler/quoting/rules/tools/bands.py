"""Band breaks: a larger amount near the asked one that costs no more, because its rate is better."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.amounts import stretches, wishing_amount
from megler.quoting.rules.tools.counter import (
    Counter,
    OfferKey,
    a_year,
    key_of,
    mode_of,
    paid,
    product_of,
    wishing,
)
from megler.underwriting.rules.facts import Facts

REACH = 2
"""Amounts up to so many times the asked one are looked at."""


@dataclass(frozen=True, slots=True)
class BandBreak:
    """`larger` costs `premium` in the wish's mode, `saving_a_year` less than `amount` does."""

    offer: OfferKey
    currency: str
    amount: Decimal
    larger: Decimal
    premium: Decimal
    premium_asked: Decimal
    saving_a_year: Decimal


def band_breaks(counter: Counter, facts: Facts, offers: Iterable[Offer]) -> tuple[BandBreak, ...]:
    """For each of the `offers` of the wish `facts`: the cheapest larger amount, if one costs less.

    Of two amounts at one premium the larger is told. Only the first amounts of bands are looked
    at: within a band more insurance never costs less.
    """
    found = []
    for offer in offers:
        if offer.amount is not None and offer.premium:
            found += _break_of(counter, facts, offer)
    return tuple(found)


def _break_of(counter: Counter, facts: Facts, offer: Offer) -> list[BandBreak]:
    mode, asked = mode_of(facts), a_year(offer, mode_of(facts))
    better = [o for o in _larger(counter, facts, offer) if a_year(o, mode) < asked]
    if not better or offer.amount is None:
        return []
    best = min(better, key=lambda o: (a_year(o, mode), -(o.amount or 0)))
    return [
        BandBreak(
            offer=key_of(offer),
            currency=offer.currency,
            amount=offer.amount,
            larger=best.amount or Decimal(0),
            premium=paid(best, mode),
            premium_asked=paid(offer, mode),
            saving_a_year=asked - a_year(best, mode),
        )
    ]


def _larger(counter: Counter, facts: Facts, offer: Offer) -> Iterator[Offer]:
    """The same offer at the first amount of each later stretch within reach."""
    sold = counter.product(product_of(offer))
    if sold is None or offer.amount is None:
        return
    book, product = sold
    exact = wishing(facts, term_years=offer.term_years, plan=offer.plan)
    for stretch in stretches(book, product):
        if offer.amount < stretch.first <= offer.amount * REACH:
            other = wishing_amount(exact, product, stretch.first)
            yield from counter.offers(other, [product_of(offer)])
