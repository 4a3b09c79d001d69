"""Counts over time."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.insight.rules.periods import (
    AGE_STEPS,
    by_age,
    monday_of,
    months_until,
    weeks_until,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_the_steps_of_age_leave_no_gap() -> None:
    for (_, last), (first, _) in itertools.pairwise(AGE_STEPS):
        assert last is not None
        assert first == last + 1


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 50))))
def test_every_case_is_counted_in_one_step_of_age(ages: list[tuple[int, int]]) -> None:
    assert sum(step.count for step in by_age(ages)) == sum(count for _, count in ages)


@given(DAYS, st.integers(1, 60))
def test_weeks_are_mondays_in_a_row_up_to_this_week(day: date, weeks: int) -> None:
    shown = [monday for monday, _ in weeks_until(day, weeks, {})]
    assert len(shown) == weeks
    assert all(monday.weekday() == 0 for monday in shown)
    assert all(b - a == timedelta(days=7) for a, b in itertools.pairwise(shown))
    assert shown[-1] == monday_of(day) <= day < shown[-1] + timedelta(days=7)


def test_a_week_without_anything_counts_none() -> None:
    counts = {date(2026, 11, 9): 4}
    assert weeks_until(date(2026, 11, 23), 3, counts) == [
        (date(2026, 11, 9), 4),
        (date(2026, 11, 16), 0),
        (date(2026, 11, 23), 0),
    ]


@given(DAYS, st.integers(1, 30))
def test_months_are_firsts_in_a_row_up_to_this_month(day: date, months: int) -> None:
    shown = months_until(day, months)
    assert len(shown) == months
    assert all(first.day == 1 for first in shown)
    assert shown == sorted(set(shown))
    assert shown[-1] == day.replace(day=1)
