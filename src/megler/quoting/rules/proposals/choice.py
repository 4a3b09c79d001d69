"""Which offers a proposal compares, and what speaks for each. Offers are those of a quote's answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from megler.vocabulary.problems import Problem

OFFERS_MAX = 4
OFFERS_USUAL = 3
Offer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """Something that speaks for or about an offer: a code, and what fills its sentence."""

    code: str
    amount: Decimal | None = None
    number: int | None = None
    day: date | None = None
    word: str = ""


def usual_choice(offers: Sequence[Offer]) -> tuple[int, ...]:
    """The places of the three cheapest: answers have them cheapest first."""
    return tuple(range(min(OFFERS_USUAL, len(offers))))


def choice_problems(chosen: Sequence[int], offers: Sequence[Offer]) -> list[Problem]:
    """Everything wrong with a choice: none, too many, twice the same, not there."""
    problems = []
    if not offers:
        return [Problem("proposal_no_offers", "offers", "0", "1")]
    if not 1 <= len(chosen) <= OFFERS_MAX:
        problems.append(Problem("proposal_count", "offers", str(len(chosen)), str(OFFERS_MAX)))
    if len(set(chosen)) < len(chosen):
        problems.append(Problem("proposal_twice", "offers", str(len(chosen) - len(set(chosen)))))
    for place in chosen:
        if not 0 <= place < len(offers):
            problems.append(Problem("proposal_not_there", "offers", str(place), str(len(offers))))
    return problems


def yearly(offer: Offer) -> Decimal:
    """What a year costs, or an income brings, paid as the offer's mode says."""
    return Decimal(offer["annualised"])


def sums(offer: Offer) -> Mapping[str, str]:
    """The offer's sums by payment mode: its premiums, or of an annuity its income."""
    found: Mapping[str, str] = offer.get("premium") or offer.get("income") or {}
    return found


def modes_of(offers: Iterable[Offer], order: Iterable[str]) -> list[str]:
    """The payment modes that any of the offers has, in `order`."""
    had = {mode for offer in offers for mode in sums(offer)}
    return [mode for mode in order if mode in had]


def points_for(place: int, offers: Sequence[Offer], chosen: Sequence[int]) -> list[Point]:
    """What is told of the offer at `place`, one of `chosen` among all `offers`.

    Only prices, terms, ages and classes: nothing of anybody's health.
    """
    offer = offers[place]
    return [
        *_price(offer, offers, [offers[n] for n in chosen]),
        *_term(offer),
        *_class(offer),
        *_age(offer),
    ]


def _alike(offer: Offer, offers: Iterable[Offer]) -> list[Offer]:
    """Offers whose price may be set beside this one's: of the same wish, currency and term."""
    keys = ("wants", "currency", "line", "term_years")
    same = (one for one in offers if all(one.get(key) == offer.get(key) for key in keys))
    return [one for one in same if one.get("premium")]


def _price(offer: Offer, offers: Sequence[Offer], beside: Sequence[Offer]) -> Iterable[Point]:
    if not offer.get("premium"):
        return
    alike = _alike(offer, offers)
    lowest = min(yearly(one) for one in alike)
    if yearly(offer) == lowest:
        if len(alike) > 1:
            yield Point("lowest", number=len(alike))
    else:
        yield Point("more_a_year", amount=yearly(offer) - lowest)
    here = [yearly(one) for one in beside if one.get("premium")]
    together = len({(one["currency"], one["wants"]) for one in beside}) == 1
    if together and yearly(offer) == min(here) < max(here):
        yield Point("least_here", amount=yearly(offer))


def _term(offer: Offer) -> Iterable[Point]:
    if offer.get("line") == "term_life" and offer.get("term_years"):
        yield Point("level_for", number=offer["term_years"])


def _class(offer: Offer) -> Iterable[Point]:
    if not offer.get("class"):
        return
    low, high = offer.get("class_range") or (None, None)
    if low != high:
        yield Point("class_open", word=str(high))


def _age(offer: Offer) -> Iterable[Point]:
    if offer.get("age_changes_on") and offer.get("age_used") is not None:
        day = date.fromisoformat(offer["age_changes_on"])
        yield Point("age_until", number=offer["age_used"], day=day)
