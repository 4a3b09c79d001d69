"""A policy to be replaced beside the one applied for, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.applications.rules.existing import ExistingPolicy
from megler.applications.rules.replacement import ReplacementNeeds
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode

CONTESTABLE_YEARS = 2
"""Years in which an insurer may contest a life policy or exclude suicide, in most states."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing compared. A value is a text, a Decimal of dollars, a number, or None for unknown.

    `unit` says how values are written: `money`, `years`, `days`, `year`, `text`.
    """

    key: str
    unit: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Comparison:
    """The lines for one existing policy."""

    policy: ExistingPolicy
    lines: tuple[Line, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """What is still to be asked of the existing insurer."""
        return tuple(line.key for line in self.lines if line.old is None)


def comparisons(
    existing: Sequence[ExistingPolicy],
    offer: Mapping[str, Any],
    needs: ReplacementNeeds,
    on: date,
) -> list[Comparison]:
    """A comparison for each policy that gives way to the offer, on the day `on`.

    `offer` is what the application keeps of the quote. What nobody told stays None: a blank in a
    comparison is to be asked, never guessed.
    """
    return [
        Comparison(policy, _lines(policy, offer, needs, on))
        for policy in existing
        if policy.gives_way
    ]


def _lines(
    policy: ExistingPolicy, offer: Mapping[str, Any], needs: ReplacementNeeds, on: date
) -> tuple[Line, ...]:
    is_life = needs.line == "life"
    lines = [
        Line("insurer", "text", policy.company or None, offer.get("carrier_name")),
        Line("number", "text", policy.number or None, ""),
        Line("issued", "year", policy.year_issued, on.year),
        Line("amount", "money", policy.amount, _dollars(offer.get("face_amount"))),
        Line("premium_annual", "money", policy.premium, premium_annual(offer)),
        Line("cash_value", "money", policy.cash_value, None),
        Line("surrender_charge", "money", policy.surrender_charge, None),
        Line("loan", "money", policy.loan, Decimal(0)),
        Line("free_look_days", "days", 0, needs.free_look_days),
    ]
    if offer.get("term_years"):
        lines.insert(5, Line("term_years", "years", None, offer["term_years"]))
    if is_life:
        left = contestable_years_left(policy, on)
        lines.append(Line("contestable_years_left", "years", left, CONTESTABLE_YEARS))
    return tuple(lines)


def premium_annual(offer: Mapping[str, Any]) -> Decimal | None:
    """The yearly premium of the offer: the annual one, or payments of its mode over a year.

    >>> premium_annual({"premium": "37.71", "mode": "monthly"})
    Decimal('452.52')
    """
    annual = _dollars((offer.get("premiums") or {}).get("annual"))
    if annual is not None:
        return annual
    premium, mode = _dollars(offer.get("premium")), offer.get("mode")
    if premium is None or mode not in set(Mode):
        return None
    return premium * PAYMENTS_A_YEAR[Mode(str(mode))]


def contestable_years_left(policy: ExistingPolicy, on: date) -> int | None:
    """Whole years until the existing policy can no longer be contested, at most; None if unknown.

    Only the year of issue is known, so the answer is the most that can be left.

    >>> contestable_years_left(ExistingPolicy("Polar", year_issued=2025), date(2026, 7, 1))
    1
    """
    if policy.year_issued is None:
        return None
    return max(0, CONTESTABLE_YEARS - max(0, on.year - policy.year_issued))


def _dollars(value: Any) -> Decimal | None:
    try:
        return None if value in (None, "") else Decimal(str(value))
    except InvalidOperation:
        return None
