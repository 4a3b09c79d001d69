"""What is asked for: `wants` of a facts document, read and checked against itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.problems import Problem

Raw = Mapping[str, Any]
Details = Mapping[str, str | int | float | bool | None]
_AMOUNTS = ("face_amount", "premium_max", "budget", "premium", "benefit_monthly")
_BOUGHT = ("face_amount", "benefit_monthly", "premium")


@dataclass(frozen=True, slots=True)
class RiderWish:
    """A rider asked for; `amount` None: its usual one, else the product's."""

    code: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FlatExtra:
    """An extra premium `per_1000` of the amount a year, for `years`; None: permanently."""

    per_1000: Decimal
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """What is asked for; None: not asked for. `people` are ids of the lives insured together.

    `class_code`, `table` and `flat_extra` are quoted as asked and marked assumed. `budget` is what
    may be paid in `mode`, for who searches the amount that it buys. `details` answers a product's
    own questions.
    """

    people: tuple[str, ...] = ()
    line: Line | None = None
    face_amount: Decimal | None = None
    term_years: int | None = None
    mode: Mode | None = None
    class_code: str | None = None
    table: int | None = None
    flat_extra: FlatExtra | None = None
    plan: str | None = None
    riders: tuple[RiderWish, ...] = ()
    premium_max: Decimal | None = None
    budget: Decimal | None = None
    household: bool | None = None
    premium: Decimal | None = None
    payout: str | None = None
    qualified: bool | None = None
    benefit_monthly: Decimal | None = None
    elimination_days: int | None = None
    benefit_years: int | None = None
    inflation: Decimal | None = None
    details: Details = field(default_factory=dict)


def read_wants(raw: Raw) -> Wants:
    """A wish of the schema's shape, typed."""
    line, mode, extra = raw.get("line"), raw.get("mode"), raw.get("flat_extra")
    return Wants(
        people=tuple(raw.get("people") or ()),
        line=None if line is None else Line(line),
        mode=None if mode is None else Mode(mode),
        class_code=raw.get("class"),
        flat_extra=extra and FlatExtra(Decimal(extra["per_1000"]), extra.get("years")),
        riders=tuple(
            RiderWish(code, None if amount is None else Decimal(amount))
            for code, amount in map(_rider, raw.get("riders") or ())
        ),
        face_amount=_number(raw, "face_amount"),
        premium_max=_number(raw, "premium_max"),
        budget=_number(raw, "budget"),
        premium=_number(raw, "premium"),
        benefit_monthly=_number(raw, "benefit_monthly"),
        inflation=_number(raw, "inflation"),
        details=raw.get("details") or {},
        **{key: raw.get(key) for key in _PLAIN_KEYS},
    )


_PLAIN_KEYS = (
    "term_years", "table", "plan", "household", "payout", "qualified", "elimination_days",
    "benefit_years",
)  # fmt: skip


def senseless_wants(wants: Raw, at: str) -> list[Problem]:
    """Wishes that cannot be priced: an amount of nothing, a rider twice, a budget and its answer."""
    return [*_nothing(wants, at), *_twice(wants, at), *_budget(wants, at)]


def _nothing(wants: Raw, at: str) -> Iterator[Problem]:
    amounts = [(key, wants.get(key)) for key in _AMOUNTS]
    amounts.append(("flat_extra.per_1000", (wants.get("flat_extra") or {}).get("per_1000")))
    for i, rider in enumerate(wants.get("riders") or ()):
        amounts.append((f"riders[{i}].amount", _rider(rider)[1]))
    for place, amount in amounts:
        if amount and Decimal(amount) == 0:
            yield Problem("facts_zero_amount", f"{at}{place}", amount, "more than 0")


def _twice(wants: Raw, at: str) -> Iterator[Problem]:
    codes = [_rider(rider)[0] for rider in wants.get("riders") or ()]
    for i, code in enumerate(codes):
        if code and code in codes[:i]:
            yield Problem("facts_given_twice", f"{at}riders[{i}]", code)


def _budget(wants: Raw, at: str) -> Iterator[Problem]:
    if wants.get("budget") is not None:
        for key in _BOUGHT:
            if wants.get(key) is not None:
                yield Problem("facts_contradicts_budget", f"{at}{key}", wants[key], "nothing")


def _rider(raw: str | Raw | None) -> tuple[str, str | None]:
    """Code and amount of a rider, whichever way it is written."""
    if isinstance(raw, str) or raw is None:
        return raw or "", None
    return raw.get("code") or "", raw.get("amount")


def _number(raw: Raw, key: str) -> Decimal | None:
    value = raw.get(key)
    return None if value is None else Decimal(value)
