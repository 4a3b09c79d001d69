"""A file is looked through by a server that speaks clamd's protocol; whatever else is no verdict."""

import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from megler.wires.clamav.scanning import ANSWER_BYTES_MAX, Finding, Scanner, Verdict, scan
from tests.wires.clamav.server import EICAR, clamd


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 text", b"x" * 200_000])
def test_a_clean_file_arrives_whole_and_is_clean(content: bytes) -> None:
    with clamd() as daemon:
        assert Scanner(daemon.address).scan(content) == Verdict(Finding.CLEAN)
    assert daemon.seen == [content]


def test_malware_is_named_wherever_it_stands() -> None:
    content = b"x" * 65_530 + EICAR
    with clamd() as daemon:
        found = Scanner(daemon.address).scan(BytesIO(content))
    assert found == Verdict(Finding.FOUND, name="Eicar-Test-Signature")


def test_the_scanner_may_listen_at_a_unix_socket(tmp_path: Path) -> None:
    with clamd(tmp_path / "clamd.sock") as daemon:
        assert Scanner(daemon.address).scan(EICAR).finding is Finding.FOUND
        assert Scanner(daemon.address).scan(b"text").finding is Finding.CLEAN


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not_understood"),
        (b"stream: OK FOUND maybe\0", "not_understood"),
        (b"stream: Access denied. ERROR\0", "not_understood"),
        (b"OK\0", "not_understood"),
        (b"\xff\xfe\0", "not_understood"),
        (b"stream: OK" + b" " * ANSWER_BYTES_MAX + b"!\0", "not_understood"),
    ],
)
def test_an_answer_that_is_none_never_counts_as_clean(raw: bytes, why: str) -> None:
    with clamd(raw=raw) as daemon:
        assert Scanner(daemon.address).scan(b"text") == Verdict(Finding.UNAVAILABLE, why=why)


def test_a_file_too_large_for_the_scanner_is_said_so() -> None:
    with clamd(bytes_max=100_000) as daemon:
        found = Scanner(daemon.address).scan(b"x" * 8_000_000)
    assert found.finding is Finding.UNAVAILABLE
    assert found.why in {"too_large", "not_reached"}  # the answer may be lost when it hangs up


def test_a_scanner_that_says_nothing_is_waited_for_no_longer_than_its_time() -> None:
    began = time.monotonic()
    with clamd(silent=True) as daemon:
        found = Scanner(daemon.address, seconds=0.2).scan(b"text")
    assert found == Verdict(Finding.UNAVAILABLE, why="no_answer_in_time")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.sock"])
def test_nobody_at_the_address_is_no_verdict(address: str) -> None:
    assert Scanner(address).scan(b"text") == Verdict(Finding.UNAVAILABLE, why="not_reached")


def test_the_setting_names_the_scanner(settings: Any) -> None:
    settings.CLAMAV = ""
    assert scan(EICAR) == Verdict(Finding.OFF)
    with clamd() as daemon:
        settings.CLAMAV = daemon.address
        assert scan(EICAR).finding is Finding.FOUND
