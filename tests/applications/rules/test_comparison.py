"""Existing and proposed policies side by side."""

from datetime import date
from decimal import Decimal

import pytest

from megler.applications.rules.comparison import (
    comparisons,
    contestable_years_left,
    premium_annual,
)
from megler.applications.rules.existing import ExistingPolicy, Told
from megler.applications.rules.replacement import replacement_needs

ON = date(2026, 7, 1)
OLD = ExistingPolicy(
    "Polar Mutual", "P-1", "life", replaced=True, amount=Decimal(250_000), year_issued=2025
)
OFFER = {
    "carrier_name": "Fjord Life", "face_amount": "500000", "term_years": 20, "premium": "37.71",
    "mode": "monthly", "premiums": {"annual": "431.00", "monthly": "37.71"},
}  # fmt: skip


def lines(policy: ExistingPolicy, line: str = "term_life") -> dict[str, tuple[object, object]]:
    needs = replacement_needs("TX", line, [policy], Told(replacing=True), ON)
    (one,) = comparisons([policy], OFFER, needs, ON)
    return {found.key: (found.old, found.new) for found in one.lines}


def test_what_is_known_stands_side_by_side() -> None:
    found = lines(OLD)
    assert found["amount"] == (Decimal(250_000), Decimal(500_000))
    assert found["premium_annual"] == (None, Decimal("431.00"))
    assert found["contestable_years_left"] == (1, 2)
    assert found["free_look_days"] == (0, 30)
    assert found["term_years"] == (None, 20)


def test_what_nobody_told_stays_unknown() -> None:
    needs = replacement_needs("TX", "term_life", [OLD], Told(replacing=True), ON)
    (one,) = comparisons([OLD], OFFER, needs, ON)
    assert {"premium_annual", "cash_value", "surrender_charge", "loan"} <= set(one.unknown)


def test_an_annuity_is_not_contested() -> None:
    found = lines(ExistingPolicy("Polar Mutual", kind="annuity", replaced=True), "annuity")
    assert "contestable_years_left" not in found


def test_a_policy_that_is_kept_is_not_compared() -> None:
    needs = replacement_needs("TX", "term_life", [], Told(), ON)
    assert comparisons([ExistingPolicy("Polar Mutual")], OFFER, needs, ON) == []


@pytest.mark.parametrize(
    ("year", "left"), [(2026, 2), (2025, 1), (2024, 0), (1990, 0), (2027, 2), (None, None)]
)
def test_years_that_can_be_left(year: int | None, left: int | None) -> None:
    assert contestable_years_left(ExistingPolicy("Polar", year_issued=year), ON) == left


def test_the_yearly_premium_is_the_annual_one_else_that_of_the_mode() -> None:
    assert premium_annual(OFFER) == Decimal("431.00")
    assert premium_annual({"premium": "100", "mode": "quarterly"}) == Decimal(400)
    assert premium_annual({"premium": "100"}) is None
    assert premium_annual({}) is None
