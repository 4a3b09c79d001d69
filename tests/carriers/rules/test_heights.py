from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.heights import charted, height_in, step_of


@pytest.mark.parametrize(
    ("heights", "step"),
    [
        ([60, 61, 63, 64], 1),
        ([60, 62, 66, 68, 70], 2),
        ([60, Decimal("60.5"), 61, Decimal("61.5")], Decimal("0.5")),
        ([64], 1),
        ([], 1),
    ],
)
def test_the_step_of_a_chart_is_its_most_frequent(heights: list[int], step: Decimal) -> None:
    assert step_of(heights) == step


@pytest.mark.parametrize(
    ("height", "at"),
    [
        ("59.74", None),
        ("59.75", 60),
        ("60.24", 60),
        ("60.25", Decimal("60.5")),
        ("61.24", 61),
        ("61.25", None),
    ],
)
def test_a_chart_of_half_inches_is_read_at_the_nearest(height: str, at: Decimal | None) -> None:
    assert charted(Decimal(height), [60, Decimal("60.5"), 61]) == at


@given(st.integers(40, 70), st.integers(1, 30), st.decimals("30", "110", places=2))
def test_a_chart_of_whole_inches_is_read_at_the_height_rounded_half_up(
    low: int, more: int, height: Decimal
) -> None:
    rounded = int(height + Decimal("0.5"))
    expected = rounded if low <= rounded <= low + more else None
    assert charted(height, list(range(low, low + more + 1))) == expected


def test_whole_heights_are_ints() -> None:
    assert type(height_in(Decimal("60.00"))) is int
    assert str(height_in(Decimal("60.50"))) == "60.5"
