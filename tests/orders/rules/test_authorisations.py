"""An authorisation is used only for what it covers, and only while it holds."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.orders.rules.authorisations import (
    AuthorisationFacts,
    authorisation_problems,
    last_day,
)
from megler.orders.rules.words import ORDINARY, ProviderClass

GOOD = AuthorisationFacts(date(2026, 1, 10), ORDINARY, "TX")
ON = date(2026, 3, 2)


def codes(
    facts: AuthorisationFacts | None, provider: ProviderClass = ProviderClass.CLINIC
) -> list[str]:
    return [p.code for p in authorisation_problems(facts, provider, ON, {}, "F-1")]


def test_a_good_one_is_good() -> None:
    assert codes(GOOD) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (None, "order_authorisation_missing"),
        (replace(GOOD, has_document=False), "order_authorisation_no_document"),
        (replace(GOOD, signed_on=date(2026, 3, 3)), "order_authorisation_not_yet"),
        (replace(GOOD, revoked_on=ON), "order_authorisation_revoked"),
        (replace(GOOD, expires_on=date(2026, 3, 1)), "order_authorisation_expired"),
        (replace(GOOD, signed_on=date(2024, 3, 1)), "order_authorisation_expired"),
        (replace(GOOD, scope=[ProviderClass.PHARMACY]), "order_authorisation_scope"),
        (replace(GOOD, facility="F-2"), "order_authorisation_facility"),
    ],
)
def test_what_is_wrong_is_said(facts: AuthorisationFacts | None, code: str) -> None:
    assert codes(facts) == [code]


def test_mental_health_must_be_named() -> None:
    assert codes(GOOD, ProviderClass.MENTAL_HEALTH) == ["order_authorisation_scope"]


def test_on_its_last_day_it_still_holds() -> None:
    assert codes(replace(GOOD, expires_on=ON)) == []


def test_a_states_term_comes_before_the_usual() -> None:
    assert last_day(GOOD, {"TX": 6, "": 12}) == date(2026, 7, 10)
    assert last_day(GOOD, {"": 12}) == date(2027, 1, 10)


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(1, 60))
def test_any_day_has_a_last_day(signed: date, months: int) -> None:
    last = last_day(replace(GOOD, signed_on=signed), {"TX": months})
    assert 27 * months <= (last - signed).days <= 31 * months
