"""Tries are further and further apart, and end."""

from megler.events.rules.retrying import TRIES_MAX, wait_after


def test_waits_grow_and_end() -> None:
    waits = [wait for tries in range(1, TRIES_MAX) if (wait := wait_after(tries))]
    assert waits == sorted(waits)
    assert len(waits) == TRIES_MAX - 1
    assert wait_after(TRIES_MAX) is None
    assert 3 <= sum(wait.total_seconds() for wait in waits) / 86_400 <= 4
