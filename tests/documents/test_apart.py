"""Files are opened in another process: what breaks there, or never ends, breaks nothing here."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from megler.documents import apart
from megler.documents.rules.pages import FileFacts
from megler.vocabulary.problems import Refused
from tests.documents.files import pdf, picture
from tests.documents.sheets import form


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    yield
    apart._apart.end()


def pid() -> int:
    assert apart._apart.process
    return apart._apart.process.pid


def test_it_answers_as_if_it_were_here() -> None:
    assert apart.take(pdf(3), "a.pdf").pages == 3
    assert apart.take_pictures([("a.png", picture()), ("b.png", picture())]).pages == 2
    facts = apart.look(form("TL-100"), "a.pdf")
    assert isinstance(facts, FileFacts)
    assert facts.pages[1].lines[0] == "TL-100 (2026-01) page 2 of 2"
    assert apart.page_jpeg(pdf(), 1, 100).startswith(b"\xff\xd8")
    with pytest.raises(Refused) as refused:
        apart.take(b"MZ", "a.pdf")
    assert refused.value.problems[0].code == "document_wrong_type"


def test_one_process_takes_many_files_and_a_dead_one_is_followed_by_another() -> None:
    apart.take(pdf(), "a.pdf")
    first = pid()
    apart.take(pdf(), "b.pdf")
    assert pid() == first
    os.kill(first, signal.SIGKILL)
    assert apart.take(pdf(2), "c.pdf").pages == 2
    assert pid() != first


def test_what_takes_too_long_is_refused_and_the_next_file_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    apart.take(pdf(), "a.pdf")
    os.kill(pid(), signal.SIGSTOP)
    monkeypatch.setattr(apart, "SECONDS", 0.05)
    with pytest.raises(Refused) as refused:
        apart.take(pdf(), "slow.pdf")
    assert [(p.code, p.where) for p in refused.value.problems] == [
        ("document_too_heavy", "slow.pdf")
    ]
    monkeypatch.undo()
    assert apart.take(pdf(2), "next.pdf").pages == 2


def test_it_knows_none_of_our_secrets_and_has_little_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MEGLER_SECRET_KEY", "told-to-nobody")
    apart.take(pdf(), "a.pdf")
    environment = Path(f"/proc/{pid()}/environ").read_bytes()
    assert b"told-to-nobody" not in environment
    assert b"DATABASE" not in environment
    limits = Path(f"/proc/{pid()}/limits").read_text()
    (memory,) = [line for line in limits.splitlines() if line.startswith("Max address space")]
    assert int(memory.split()[3]) == 3 * 1024**3


def test_files_can_hold_megabytes() -> None:
    content = pdf() + b"%" + b"x" * 5_000_000 + b"\n%%EOF\n"
    assert apart.take(content, "a.pdf").pages == 1
