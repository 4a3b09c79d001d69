"""Times in plain words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from megler.ui.times import day_seen_from, moment_seen_from, span

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=59), "a moment"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=59), "59 days"),
        (timedelta(days=60), "2 months"),
        (timedelta(days=729), "24 months"),
        (timedelta(days=730), "2 years"),
    ],
)
def test_a_length_says_enough(length: timedelta, words: str) -> None:
    with translation.override("en"):
        assert span(length) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 3, 10), "today"),
        (date(2026, 3, 11), "tomorrow"),
        (date(2026, 3, 9), "yesterday"),
        (date(2026, 3, 15), "in 5 days"),
        (date(2026, 2, 26), "12 days ago"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, words: str) -> None:
    with translation.override("en"):
        assert day_seen_from(NOW.date(), day) == words


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(hours=-3), "3 hours ago"),
        (timedelta(minutes=20), "in 20 minutes"),
        (timedelta(hours=-30), "yesterday"),
        (timedelta(hours=36), "in 2 days"),
    ],
)
def test_a_moment_is_said_as_people_say_it(apart: timedelta, words: str) -> None:
    with translation.override("en"):
        assert moment_seen_from(NOW, NOW + apart) == words
