"""The answer of a quote, and its published JSON shape (quote.schema.json)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from megler.quoting.rules.engine import Taken
from megler.underwriting.rules.assessment import reason_json
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Line, Mode
from megler.vocabulary.problems import Problem, Reason

Text = Callable[[Reason], str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A product priced for a person, term and plan.

    `premium` is to the cent by mode, in `currency`. `class_code` is None for a product without
    classes; `class_range` is best and worst class possible on what is known. `mode` is the one
    that the answer is ordered by: as wanted, else annual, else the product's cheapest.
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

    @property
    def annualised(self) -> Decimal:
        """What a year costs when paid in `mode`."""
        return self.premium[self.mode] * PAYMENTS_A_YEAR[self.mode]


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
        "offers": [_offer(offer, text) for offer in answer.offers],
        "not_offered": [_not_offered(one, text) for one in answer.not_offered],
        "problems": [
            {
                "code": p.code,
                "text": problem_text(p),
                "where": p.where,
                "found": p.found,
                "expected": p.expected,
                "severity": p.severity.value,
            }
            for p in answer.problems
        ],
    }


def _offer(offer: Offer, text: Text) -> dict[str, object]:
    changes = offer.age_changes_on
    return {
        **_who(offer),
        "amount": _decimal(offer.amount),
        "class": offer.class_code,
        "class_name": offer.class_name,
        "class_range": None if offer.class_range is None else list(offer.class_range),
        "table": offer.table,
        "flat_extra": _decimal(offer.flat_extra),
        "currency": offer.currency,
        "premium": {mode.value: f"{amount:f}" for mode, amount in offer.premium.items()},
        "mode": offer.mode.value,
        "annualised": f"{offer.annualised:f}",
        "age_used": offer.age_used,
        "age_changes_on": None if changes is None else changes.isoformat(),
        "steps": [
            {
                "step": taken.step,
                "do": taken.do,
                "figure": taken.figure,
                "amount": _shown(taken.amount),
                "mode": taken.mode.value,
            }
            for taken in offer.steps
        ],
        "reasons": [reason_json(r, text) for r in offer.reasons],
        "improvements": [reason_json(r, text) for r in offer.improvements],
    }


def _not_offered(one: NotOffered, text: Text) -> dict[str, object]:
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


def _shown(amount: Decimal) -> str:
    """An amount between steps: exact, with at least two decimals and no needless zeros."""
    places = -amount.normalize().as_tuple().exponent  # type: ignore[operator]
    return f"{amount:.{max(2, places)}f}"
