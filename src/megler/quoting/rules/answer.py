"""The answer of a quote, and its published JSON shape (quote.schema.json)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from megler.carriers.rules.products import Yields
from megler.quoting.rules.lives import LifeOffer
from megler.quoting.rules.riders import RiderOffer
from megler.quoting.rules.risks import Taken, shown
from megler.underwriting.rules.assessment import reason_json
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Line, Mode
from megler.vocabulary.problems import Problem, Reason

Text = Callable[[Reason], str]


@dataclass(frozen=True, slots=True)
class Later:
    """What is paid from a year of the policy on, by mode: a temporary flat extra has ended."""

    from_year: int
    premium: Mapping[Mode, Decimal]


@dataclass(frozen=True, slots=True)
class Offer:
    """A product priced for a person, term and plan.

    `premium` is to the cent by mode, in `currency`; of a product that `yields` an income it is the
    income, of one that yields a value the value after `years`. With a temporary flat extra it is
    the first year's, and `later` tells the rest. `class_code` is None for a product without
    classes; `class_range` is best and worst class possible on what is known. `mode` is the one
    that the answer is ordered by: as wanted, else annual, else the product's cheapest. `lives` are
    told where a policy insures several; age and class are then the first one's.
    """

    carrier: str
    carrier_name: str
    product: str
    product_name: str
    line: Line
    edition: str
    currency: str
    premium: Mapping[Mode, Decimal]
    mode: Mode
    age_used: int | None = None
    age_changes_on: date | None = None
    term_years: int | None = None
    plan: str | None = None
    amount: Decimal | None = None
    class_code: str | None = None
    class_name: str = ""
    class_range: tuple[str, str] | None = None
    table: int | None = None
    flat_extra: Decimal | None = None
    steps: tuple[Taken, ...] = ()
    reasons: tuple[Reason, ...] = ()
    improvements: tuple[Reason, ...] = ()
    wants: int = 0
    yields: Yields = Yields.PREMIUM
    years: int | None = None
    flat_extra_years: int | None = None
    riders: tuple[RiderOffer, ...] = ()
    lives: tuple[LifeOffer, ...] = ()
    later: tuple[Later, ...] = ()

    @property
    def annualised(self) -> Decimal:
        """What a year costs, or brings, when paid in `mode`; a value as it stands."""
        if self.yields is Yields.VALUE:
            return self.premium[self.mode]
        return self.premium[self.mode] * PAYMENTS_A_YEAR[self.mode]

    @property
    def rate(self) -> str | None:
        """The percent a year that is credited, where the product yields a value."""
        credited = (taken.figure for taken in self.steps if taken.do == "compound")
        return next(credited, None) if self.yields is Yields.VALUE else None


@dataclass(frozen=True, slots=True)
class NotOffered:
    """A product that is not possible, or not for one term, with every reason."""

    carrier: str
    carrier_name: str
    product: str
    product_name: str
    line: Line
    edition: str
    reasons: tuple[Reason, ...]
    term_years: int | None = None
    plan: str | None = None
    wants: int = 0


@dataclass(frozen=True, slots=True)
class QuoteAnswer:
    """Offers cheapest first within a currency, what is not offered and why, and what was assumed.

    `facts` is the document as it came. `problems` are what the asker can say to get more.
    """

    on: date
    facts: Mapping[str, object]
    assumptions: tuple[Reason, ...] = ()
    offers: tuple[Offer, ...] = ()
    not_offered: tuple[NotOffered, ...] = ()
    problems: tuple[Problem, ...] = ()


@cache
def quote_schema() -> dict[str, Any]:
    """The JSON Schema of the answer, as published."""
    text = resources.files(__package__).joinpath("quote.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def quote_json(
    answer: QuoteAnswer, text: Text, problem_text: Callable[[Problem], str]
) -> dict[str, object]:
    """The answer as published; `text` and `problem_text` are the edge's sentences."""
    return {
        "on": answer.on.isoformat(),
        "facts": dict(answer.facts),
        "assumptions": [reason_json(r, text) for r in answer.assumptions],
        "offers": [offer_json(offer, text) for offer in answer.offers],
        "not_offered": [not_offered_json(one, text) for one in answer.not_offered],
        "problems": [problem_json(p, problem_text) for p in answer.problems],
    }


def problem_json(problem: Problem, text: Callable[[Problem], str]) -> dict[str, object]:
    """A problem as published."""
    return {
        "code": problem.code,
        "text": text(problem),
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "severity": problem.severity.value,
    }


def offer_json(offer: Offer, text: Text) -> dict[str, object]:
    """An offer as published."""
    changes = offer.age_changes_on
    is_value = offer.yields is Yields.VALUE
    return {
        **_who(offer),
        "amount": _decimal(offer.amount),
        "class": offer.class_code,
        "class_name": offer.class_name,
        "class_range": None if offer.class_range is None else list(offer.class_range),
        "table": offer.table,
        "flat_extra": _decimal(offer.flat_extra),
        "flat_extra_years": offer.flat_extra_years,
        "currency": offer.currency,
        "yields": offer.yields.value,
        **_yielded(offer),
        "later": [
            {"from_year": one.from_year, "premium": _by_mode(one.premium)} for one in offer.later
        ],
        "mode": None if is_value else offer.mode.value,
        "annualised": None if is_value else f"{offer.annualised:f}",
        "age_used": offer.age_used,
        "age_changes_on": None if changes is None else changes.isoformat(),
        "lives": [_life(life) for life in offer.lives],
        "riders": [rider_json(rider) for rider in offer.riders],
        "steps": [_step(taken) for taken in offer.steps if not taken.is_riders_own],
        "reasons": [reason_json(r, text) for r in offer.reasons],
        "improvements": [reason_json(r, text) for r in offer.improvements],
    }


def _yielded(offer: Offer) -> dict[str, object]:
    """Premium or income by mode, or the value at the end."""
    if offer.yields is Yields.VALUE:
        amount = f"{offer.premium[offer.mode]:f}"
        return {"value": {"years": offer.years, "amount": amount}, "rate": offer.rate}
    return {offer.yields.value: _by_mode(offer.premium)}


def _by_mode(amounts: Mapping[Mode, Decimal]) -> dict[str, str]:
    return {mode.value: f"{amount:f}" for mode, amount in amounts.items()}


def _step(taken: Taken) -> dict[str, object]:
    told: dict[str, object] = {
        "step": taken.step,
        "do": taken.do,
        "figure": taken.figure,
        "amount": shown(taken.amount),
        "mode": taken.mode.value,
    }
    if taken.life:
        told["life"] = taken.life
    if taken.rider:
        told["rider"] = taken.rider
    return told


def rider_json(rider: RiderOffer) -> dict[str, object]:
    """A rider as published."""
    return {
        "code": rider.code,
        "name": rider.name,
        "amount": _decimal(rider.amount),
        "included": rider.included,
        "premium": {mode.value: shown(amount) for mode, amount in rider.premium.items()},
        "steps": [_step(taken) for taken in rider.steps],
    }


def _life(life: LifeOffer) -> dict[str, object]:
    return {
        "id": life.id,
        "role": life.role,
        "age_used": life.age_used,
        "class": life.class_code,
        "class_name": life.class_name,
        "table": life.table,
        "charged": life.charged,
        "premium": {mode.value: shown(amount) for mode, amount in life.premium.items()},
    }


def not_offered_json(one: NotOffered, text: Text) -> dict[str, object]:
    """A product not offered, as published."""
    return {**_who(one), "reasons": [reason_json(r, text) for r in one.reasons]}


def _who(one: Offer | NotOffered) -> dict[str, object]:
    return {
        "wants": one.wants,
        "carrier": one.carrier,
        "carrier_name": one.carrier_name,
        "product": one.product,
        "product_name": one.product_name,
        "line": one.line.value,
        "edition": one.edition,
        "term_years": one.term_years,
        "plan": one.plan,
    }


def _decimal(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
