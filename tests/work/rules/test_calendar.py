"""The calendar against published holidays, and its laws."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.work.rules.calendar import (
    add_business_days,
    business_days_between,
    federal_holidays,
    is_business_day,
    next_business_day,
)

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("year", "holidays"),
    [  # as published by the Office of Personnel Management
        (2021, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
        (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
        (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    ],
)
def test_federal_holidays(year: int, holidays: str) -> None:
    assert sorted(f"{d:%m-%d}" for d in federal_holidays(year)) == holidays.split()


@given(days, st.integers(min_value=-60, max_value=60))
def test_adding_ends_on_a_business_day_and_counts_back(day: date, number: int) -> None:
    end = add_business_days(day, number)
    assert is_business_day(end)
    if number:
        assert business_days_between(day, end) in {number, number + (0 if number > 0 else 1)}


@given(days)
def test_one_day_more_is_the_next_open_day(day: date) -> None:
    end = add_business_days(day, 1)
    between = [day + timedelta(days=n) for n in range(1, (end - day).days)]
    assert not any(is_business_day(d) for d in between)
    assert (end - day).days <= 5


@given(days)
def test_the_next_business_day_is_the_day_itself_when_open(day: date) -> None:
    assert (next_business_day(day) == day) is is_business_day(day)
    assert next_business_day(day) == add_business_days(day, 0)
