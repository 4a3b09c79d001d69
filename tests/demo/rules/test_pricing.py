"""Premiums against sums done by hand, and the laws that every premium keeps."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.demo.rules.pricing import (
    Assumptions,
    Expenses,
    gross_level_premium,
    in_force,
    net_level_premium,
    value_of_benefit,
    value_of_payments,
)

TWO_YEARS = np.array([0.1, 0.5])
rates = st.lists(st.floats(0.0001, 0.5), min_size=1, max_size=30).map(np.array)
interests = st.floats(0.0, 0.12)
lapses = st.floats(0.0, 0.2)


def test_lapses_and_deaths_both_leave() -> None:
    assert in_force(TWO_YEARS, lapse=0.2).tolist() == [1.0, 0.9 * 0.8]


def test_benefit_of_two_years_at_ten_percent() -> None:
    by_hand = 0.1 / 1.1 + 0.9 * 0.5 / 1.1**2
    assert value_of_benefit(TWO_YEARS, 0.10) == pytest.approx(by_hand)


def test_payments_of_two_years_at_ten_percent() -> None:
    assert value_of_payments(TWO_YEARS, 0.10) == pytest.approx(1 + 0.9 / 1.1)


def test_a_premium_paid_for_one_year_buys_both() -> None:
    assert net_level_premium(TWO_YEARS, 0.0, years_paid=1) == pytest.approx(0.55)


def test_gross_premium_of_one_year_by_hand() -> None:
    spent = Expenses(0.5, 0.1, per_1000_first=2.0, per_1000_renewal=9.0)
    found = gross_level_premium(np.array([0.01]), Assumptions(0.25, 0.0, spent, 0.1))
    assert found == pytest.approx((1000 * 0.008 + 2) / (1 - 0.5) * 1.1)


def test_gross_premium_of_two_years_by_hand() -> None:
    spent = Expenses(0.5, 0.1, per_1000_first=2.0, per_1000_renewal=1.0)
    cost = 1000 * (0.1 + 0.9 * 0.5) + 2 + 0.9 * 1.0
    left = 1.9 - 0.5 - 0.1 * 0.9
    found = gross_level_premium(TWO_YEARS, Assumptions(0.0, 0.0, spent))
    assert found == pytest.approx(cost / left)


@given(rates, interests, lapses)
def test_without_expenses_the_gross_premium_is_the_net_one(
    q: np.ndarray, interest: float, lapse: float
) -> None:
    gross = gross_level_premium(q, Assumptions(interest, lapse, Expenses(0.0, 0.0)))
    assert gross == pytest.approx(1000 * net_level_premium(q, interest, lapse))


@given(rates, interests, lapses)
def test_a_level_premium_lies_between_the_mildest_and_the_worst_year(
    q: np.ndarray, interest: float, lapse: float
) -> None:
    premium = float(net_level_premium(q, interest, lapse)) * (1 + interest)
    assert q.min() - 1e-12 <= premium <= q.max() + 1e-12


@given(rates, interests)
def test_benefit_and_payments_make_one_together(q: np.ndarray, interest: float) -> None:
    """A = 1 - d a for a life that surely dies within the years covered."""
    q = np.append(q, 1.0)
    discount = interest / (1 + interest)
    assert value_of_benefit(q, interest) == pytest.approx(
        1 - discount * value_of_payments(q, interest)
    )


@given(rates, interests, st.floats(1.01, 2.0))
def test_worse_mortality_costs_more(q: np.ndarray, interest: float, times: float) -> None:
    spent = Expenses(0.85, 0.06, 0.3, 0.04)
    assumptions = Assumptions(interest, 0.05, spent)
    worse = np.minimum(q * times, 1.0)
    ordinary = gross_level_premium(np.append(q * 0, q), assumptions)
    assert gross_level_premium(np.append(q * 0, worse), assumptions) > ordinary


@given(rates, lapses)
def test_fewer_years_to_pay_cost_more_a_year(q: np.ndarray, lapse: float) -> None:
    q = np.append(q, [0.3, 1.0])
    short = net_level_premium(q, 0.03, lapse, years_paid=1)
    assert short > net_level_premium(q, 0.03, lapse)
