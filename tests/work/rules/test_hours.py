"""Office hours and the time counted in them."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.work.rules.hours import OfficeHours, after_business_time, business_time, open_on

HOURS = OfficeHours()
MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""Ten o'clock in New York."""

moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
lengths = st.timedeltas(timedelta(), timedelta(days=30))


def test_weekends_holidays_and_own_days_are_closed() -> None:
    assert open_on(HOURS, date(2026, 3, 7)) is None
    assert open_on(HOURS, date(2026, 7, 3)) is None
    own = OfficeHours(closed=frozenset({date(2026, 3, 2)}))
    assert open_on(own, date(2026, 3, 2)) is None
    assert open_on(OfficeHours(keeps_federal_holidays=False), date(2026, 7, 3)) is not None


def test_summer_time_does_not_change_the_hours_of_a_day() -> None:
    before, after = open_on(HOURS, date(2026, 3, 6)), open_on(HOURS, date(2026, 3, 9))
    assert before
    assert after
    assert before[1] - before[0] == after[1] - after[0] == timedelta(hours=8)
    assert (before[0].hour, after[0].hour) == (14, 13)


def test_four_hours_at_the_end_of_friday_end_on_monday() -> None:
    friday = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)
    assert after_business_time(HOURS, friday, timedelta(hours=4)) == datetime(
        2026, 3, 9, 15, 0, tzinfo=UTC
    )


def test_an_office_that_never_opens_promises_nothing() -> None:
    shut = OfficeHours(week=(None,) * 7)
    assert after_business_time(shut, MONDAY, timedelta(hours=1)) is None
    assert business_time(shut, MONDAY, MONDAY + timedelta(days=9)) == timedelta()
    assert shut.day_length == timedelta()


def test_a_day_that_closes_before_it_opens_is_closed() -> None:
    odd = OfficeHours(week=((time(17), time(9)),) * 7)
    assert open_on(odd, date(2026, 3, 2)) is None


@given(moments, lengths)
def test_what_is_due_after_a_time_is_that_time_away(start: datetime, length: timedelta) -> None:
    due = after_business_time(HOURS, start, length)
    assert due is not None
    assert due >= start
    assert business_time(HOURS, start, due) == length


@given(moments, lengths, lengths)
def test_business_time_adds_up_and_is_never_more_than_the_clock(
    start: datetime, first: timedelta, second: timedelta
) -> None:
    middle, end = start + first, start + first + second
    whole = business_time(HOURS, start, end)
    assert whole == business_time(HOURS, start, middle) + business_time(HOURS, middle, end)
    assert timedelta() <= whole <= end - start
