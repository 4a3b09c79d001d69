"""Ports, and the supervisor that keeps web and worker running."""

import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from megler.config.run import Child, Supervisor, find_door
from megler.config.trouble import Trouble


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_an_asked_port_that_is_taken_is_refused(taken_port: int) -> None:
    with pytest.raises(Trouble, match=f"port {taken_port} .* is taken"):
        find_door("127.0.0.1", taken_port)


def test_without_a_choice_the_next_free_port_is_found_and_kept() -> None:
    first = find_door("127.0.0.1", None)
    second = find_door("127.0.0.1", None)
    assert first.port >= 8000
    assert second.port > first.port
    for door in (first, second):
        if door.kept:
            door.kept.close()


def test_a_kept_port_lets_the_web_in() -> None:
    door = find_door("127.0.0.1", free_port())
    with socket.socket() as web:
        web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        web.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        web.bind(("127.0.0.1", door.port))
        web.listen()
        socket.create_connection(("127.0.0.1", door.port), timeout=1).close()
    if door.kept:
        door.kept.close()


def test_a_host_that_is_not_ours_is_refused_in_a_sentence() -> None:
    with pytest.raises(Trouble, match="is not an address of this machine"):
        find_door("203.0.113.7", 8000)


def test_a_child_that_cannot_start_is_given_up_in_a_sentence() -> None:
    supervisor = Supervisor([Child("web", ["no-such-command"])], None, None)
    with pytest.raises(Trouble, match="the product does not start"):
        supervisor.run(lambda: False, lambda: None)


def test_stopping_ends_every_child() -> None:
    child = Child("web", ["--help"])
    supervisor = Supervisor([child], None, None)
    supervisor.run(lambda: True, supervisor.stop)
    assert isinstance(child.process, subprocess.Popen)
    assert child.process.poll() is not None


def test_a_child_that_dies_is_started_again() -> None:
    child = Child("web", ["--help"])
    supervisor = Supervisor([child], None, None)
    pids: set[int] = set()
    deadline = time.monotonic() + 10

    def seen_twice() -> bool:
        if child.process:
            pids.add(child.process.pid)
        return len(pids) > 1 or time.monotonic() > deadline

    supervisor.run(seen_twice, supervisor.stop)
    assert len(pids) > 1
