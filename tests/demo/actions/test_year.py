"""Sharing the year among processes."""

from datetime import UTC, date, datetime
from multiprocessing import Pipe

import pytest

from megler.demo.actions.year import BEGIN, Year, _listen, _told_rarely, _work

YEAR = Year(1, 10, date(2026, 1, 1), datetime(2026, 2, 1, tzinfo=UTC))


def test_the_slowest_share_is_told() -> None:
    told: list[float] = []
    pipes = [Pipe(duplex=False) for _ in range(2)]
    pipes[0][1].send(1.0)
    pipes[1][1].send(0.25)
    pipes[1][1].send(1.0)
    _listen([here for here, _there in pipes], told.append)
    assert told[-1] == 1.0
    assert told == sorted(told)


def test_what_goes_wrong_in_a_share_ends_the_whole() -> None:
    here, there = Pipe(duplex=False)
    there.send("Traceback: out of ink")
    with pytest.raises(RuntimeError, match="out of ink"):
        _listen([here], lambda _share: None)


def test_a_process_that_vanishes_is_noticed() -> None:
    here, there = Pipe(duplex=False)
    there.close()
    with pytest.raises(RuntimeError, match="ended before"):
        _listen([here], lambda _share: None)


def test_the_end_is_told_once_and_progress_rarely() -> None:
    here, there = Pipe(duplex=False)
    tell = _told_rarely(there)
    for step in range(1001):
        tell(step / 1001)
    tell(1.0)
    there.close()
    heard = []
    while True:
        try:
            heard.append(here.recv())
        except EOFError:
            break
    assert heard[-1] == 1.0
    assert heard.count(1.0) == 1
    assert 90 <= len(heard) <= 102


def test_a_share_that_fails_sends_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = Pipe()
    here.send(BEGIN)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "megler.config.settings")
    _work(YEAR, "not a number", 1, there)  # type: ignore[arg-type]
    assert "Traceback" in here.recv()
