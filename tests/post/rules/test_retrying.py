"""Tries come further and further apart, and end within a day."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.post.rules.retrying import ATTEMPTS_MAX, PAUSES, pause_after


def test_all_tries_fall_within_a_day_and_nearly_fill_it() -> None:
    whole = sum(PAUSES, timedelta())
    assert timedelta(hours=23) < whole <= timedelta(hours=24)
    assert pause_after(ATTEMPTS_MAX - 1) is not None
    assert pause_after(ATTEMPTS_MAX) is None


@given(st.integers(1, ATTEMPTS_MAX - 2))
def test_pauses_never_get_shorter(attempts: int) -> None:
    shorter, longer = pause_after(attempts), pause_after(attempts + 1)
    assert shorter is not None
    assert longer is not None
    assert shorter <= longer


@given(st.integers(1, ATTEMPTS_MAX + 5), st.integers(0, 10**9))
def test_who_asks_for_more_time_gets_it_as_far_as_the_longest_pause(
    attempts: int, asked: int
) -> None:
    usual, got = pause_after(attempts), pause_after(attempts, asked)
    if usual is None:
        assert got is None
        return
    assert got == max(usual, min(timedelta(seconds=asked), PAUSES[-1]))
