"""Rounding."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.vocabulary.money import Rounding, rounded, to_cents

AMOUNTS = st.decimals(-(10**9), 10**9, places=6)


@pytest.mark.parametrize(
    ("how", "cents"),
    [
        (Rounding.HALF_UP, "12.35"),
        (Rounding.HALF_EVEN, "12.34"),
        (Rounding.UP, "12.35"),
        (Rounding.DOWN, "12.34"),
    ],
)
def test_half_a_cent_goes_where_the_carrier_says(how: Rounding, cents: str) -> None:
    assert rounded(Decimal("12.345"), Decimal("0.01"), how) == Decimal(cents)


@given(
    AMOUNTS,
    st.sampled_from([Decimal("0.01"), Decimal("0.05"), Decimal(1), Decimal("0.001")]),
    st.sampled_from(Rounding),
)
def test_rounded_is_a_multiple_less_than_one_step_away(
    amount: Decimal, to: Decimal, how: Rounding
) -> None:
    result = rounded(amount, to, how)
    assert result % to == 0
    assert abs(result - amount) < to


@given(AMOUNTS)
def test_cents_are_at_most_half_a_cent_away(amount: Decimal) -> None:
    assert abs(to_cents(amount) - amount) <= Decimal("0.005")
