"""Office time, and lives in order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.demo.rules.schedule import (
    CLOSES,
    OPENS,
    after_minutes,
    office_moment,
    together,
    told,
)
from megler.work.rules.calendar import is_business_day

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.integers(0, 20_000))
def test_office_time_is_business_time_and_never_runs_back(at: datetime, minutes: int) -> None:
    later = after_minutes(at, minutes, UTC)
    assert later >= at or (minutes == 0 and later.date() >= at.date())
    assert is_business_day(later.date())
    assert OPENS <= later.time() < CLOSES


def test_a_days_work_leads_to_the_same_minute_of_the_next_day() -> None:
    assert after_minutes(NOON, 540, UTC) == NOON + timedelta(days=1)


def test_the_weekend_and_holidays_do_not_count() -> None:
    friday = datetime(2026, 7, 2, 17, 0, tzinfo=UTC)
    assert after_minutes(friday, 31, UTC) == datetime(2026, 7, 6, 8, 31, tzinfo=UTC)


def test_a_moment_of_the_day_stays_within_office_hours() -> None:
    day = date(2026, 3, 2)
    assert office_moment(day, 10_000, UTC).time() == time(17, 29)
    assert office_moment(day, -5, UTC).time() == OPENS


def life(name: str, hours: list[int], diary: list[tuple[str, int]]) -> Iterator[datetime]:
    for hour in hours:
        yield NOON + timedelta(hours=hour)
        diary.append((name, hour))


def test_acts_of_all_lives_are_done_in_order_of_time() -> None:
    diary: list[tuple[str, int]] = []
    for _at in together([life("a", [0, 5], diary), life("b", [1, 2], diary)]):
        pass
    assert diary == [("a", 0), ("b", 1), ("b", 2), ("a", 5)]


def test_nothing_is_done_after_the_end() -> None:
    diary: list[tuple[str, int]] = []
    ended = list(
        told([life("a", [0, 5], diary), life("b", [1, 9], diary)], NOON + timedelta(hours=5))
    )
    assert diary == [("a", 0), ("b", 1), ("a", 5)]
    assert ended[-1] == NOON + timedelta(hours=5)


def test_a_life_that_would_go_back_in_time_waits_for_the_present() -> None:
    diary: list[tuple[str, int]] = []
    assert list(together([life("a", [3, 1], diary)])) == [NOON + timedelta(hours=3)] * 2


@given(st.lists(st.lists(st.integers(0, 50), max_size=6), max_size=6))
def test_time_never_runs_back(hours: list[list[int]]) -> None:
    diary: list[tuple[str, int]] = []
    lives = [life(str(n), one, diary) for n, one in enumerate(hours)]
    times = list(together(lives))
    assert times == sorted(times)
    assert len(diary) == sum(map(len, hours))
