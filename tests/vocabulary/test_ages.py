"""Age arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.vocabulary.ages import (
    AgeBasis,
    add_months,
    age_changes_on,
    age_last,
    age_nearest,
    age_on,
)

BIRTHS = st.dates(date(1900, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "last", "nearest"),
    [
        (date(1979, 2, 11), date(2026, 2, 10), 46, 47),
        (date(1979, 2, 11), date(2026, 2, 11), 47, 47),
        (date(1979, 2, 11), date(2026, 8, 10), 47, 47),
        (date(1979, 2, 11), date(2026, 8, 11), 47, 48),
        (date(2000, 2, 29), date(2025, 2, 28), 25, 25),
        (date(2000, 8, 31), date(2026, 2, 27), 25, 25),
        (date(2000, 8, 31), date(2026, 2, 28), 25, 26),
    ],
)
def test_ages_change_on_their_day(born: date, on: date, last: int, nearest: int) -> None:
    assert (age_last(born, on), age_nearest(born, on)) == (last, nearest)


@given(BIRTHS, st.integers(0, 36_500))
def test_nearest_is_last_or_one_more_and_never_falls(born: date, days: int) -> None:
    on = born + timedelta(days=days)
    assert age_nearest(born, on) - age_last(born, on) in {0, 1}
    assert age_nearest(born, on + timedelta(days=1)) >= age_nearest(born, on)


@given(BIRTHS, st.integers(0, 36_500), st.sampled_from(AgeBasis))
def test_the_age_changes_on_the_day_said_and_not_before(
    born: date, days: int, basis: AgeBasis
) -> None:
    on = born + timedelta(days=days)
    change = age_changes_on(born, on, basis)
    age = age_on(born, on, basis)
    assert change > on
    assert age_on(born, change, basis) == age + 1
    assert age_on(born, change - timedelta(days=1), basis) == age


@given(BIRTHS, st.integers(-600, 600))
def test_months_added_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved + timedelta(days=1)).day == 1
