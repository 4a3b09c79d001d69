"""Printed rates: exact cents, dearer for the older, the rated and the longer term."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.pricing import Assumptions, Expenses, gross_level_premium
from megler.demo.rules.rates import (
    Pricing,
    cents_text,
    never_falling,
    printed,
    term_rates,
    whole_life_rates,
)
from megler.demo.rules.roster.shapes import SIX_CODES, rated, term_assumptions
from megler.vocabulary.ages import AgeBasis

ONE_CLASS = rated(("standard",), (0.5,))


def test_a_term_rate_is_the_premium_of_the_select_rates() -> None:
    """Male 45, 10 years, half of 2015 VBT non-smoker, nothing but mortality."""
    q = np.array([35, 49, 63, 77, 84, 94, 110, 129, 147, 165]) / 100_000
    bare = Assumptions(0.04, 0.0, Expenses(0.0, 0.0))
    found = term_rates(mortality_tables(), AgeBasis.NEAREST, Pricing(bare, ONE_CLASS), [45], [10])
    assert found[0, 0, 1, 0] == gross_level_premium(q * 0.5, bare)


def test_whole_life_paid_for_ten_years_costs_more_than_for_life() -> None:
    pricing = Pricing(Assumptions(0.03, 0.0, Expenses(1.0, 0.08)), ONE_CLASS)
    tables = mortality_tables()
    ages = range(18, 81)
    for_life = whole_life_rates(tables, AgeBasis.LAST, pricing, ages)
    ten_years = whole_life_rates(tables, AgeBasis.LAST, pricing, ages, 10)
    assert np.all(ten_years > for_life)


shares = st.lists(st.floats(0.3, 1.5), min_size=6, max_size=6).map(
    lambda found: [*sorted(found[:4]), *sorted(found[4:])]
)


@settings(max_examples=20, deadline=None)
@given(shares, st.tuples(*[st.floats(0.8, 1.2)] * 3), st.floats(0.0, 0.08), st.floats(0.0, 0.1))
def test_printed_rates_never_fall_with_age_class_or_term(
    share: list[float], tilt: tuple[float, float, float], interest: float, lapse: float
) -> None:
    pricing = Pricing(term_assumptions(interest, lapse), rated(SIX_CODES, share), tilt)
    rates = term_rates(mortality_tables(), AgeBasis.LAST, pricing, range(18, 71), (10, 20, 30))
    cents = printed(never_falling(rates, 3, 1, 0))
    for axis in (0, 1, 3):
        assert np.all(np.diff(cents, axis=axis) >= 0)
    assert cents.min() >= 1


@given(st.integers(1, 10**7))
def test_a_cell_is_the_exact_rate(cents: int) -> None:
    assert round(float(cents_text(cents)) * 100) == cents
    assert cents_text(cents)[-3] == "."
