"""The API's answer, from the compiled market and without one."""

import fcntl
import json
import threading
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from msgspec.json import encode

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.quoting.actions import answers
from megler.quoting.actions.quotes import market_on, quote, shown
from megler.vocabulary.problems import Refused
from tests.quoting.conftest import EDITIONS

TODAY = date(2026, 6, 1)
DOCUMENT: dict[str, Any] = {
    "born": "1979-02-11", "sex": "female", "jurisdiction": "TX", "nicotine": [],
    "wants": {"line": "term_life", "face_amount": "500000", "mode": "monthly", "class": "standard"},
}  # fmt: skip


@pytest.fixture
def shelf(market: None, monkeypatch: pytest.MonkeyPatch) -> "answers._Shelf":
    """A process that has compiled nothing yet, and a term product to ask for."""
    publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life" / "tundra-term"))
    own = answers._Shelf()
    monkeypatch.setattr(answers, "_SHELF", own)
    return own


def exactly(document: object = DOCUMENT) -> bytes:
    return encode(shown(quote(document, TODAY)))


def test_the_answer_is_the_same_compiled_and_not(shelf: "answers._Shelf") -> None:
    before = answers.answer_to(DOCUMENT, TODAY)
    answers.compile_for(TODAY)
    assert before == answers.answer_to(DOCUMENT, TODAY) == exactly()
    assert len(json.loads(before)["offers"]) > 1


def test_a_compiled_market_writes_the_answer(
    shelf: "answers._Shelf", monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.compile_for(TODAY)
    monkeypatch.setattr(answers, "quote_of", None)
    assert json.loads(answers.answer_to(DOCUMENT, TODAY))["offers"]


def test_it_speaks_the_readers_language(shelf: "answers._Shelf") -> None:
    answers.compile_for(TODAY)
    in_english = answers.answer_to(DOCUMENT, TODAY)
    with translation.override("nb"):
        in_norwegian = answers.answer_to(DOCUMENT, TODAY)
        assert in_norwegian == exactly()
    assert in_norwegian != in_english


def test_an_edition_published_later_is_in_the_next_answer(shelf: "answers._Shelf") -> None:
    answers.compile_for(TODAY)
    whole = {"age": 47, "wants": {"line": "group_term_life", "face_amount": "50000"}}
    before = json.loads(answers.answer_to(whole, TODAY))
    publish_edition(SYSTEM, read_files(EDITIONS / "employer-group" / "voluntary-term-2025"))
    after = json.loads(answers.answer_to(whole, TODAY))
    assert len(after["offers"]) > len(before["offers"])


def test_only_a_process_that_keeps_markets_compiles_one_by_itself(
    shelf: "answers._Shelf", monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[date] = []
    monkeypatch.setattr(shelf, "compile", lambda market, on: begun.append(on))
    answers.answer_to(DOCUMENT, TODAY)
    assert begun == []
    shelf.is_open = True
    answers.answer_to(DOCUMENT, TODAY)
    answers.answer_to(DOCUMENT, TODAY)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(0.2)
    assert begun == [TODAY]


def test_processes_that_start_together_compile_one_after_another(
    shelf: "answers._Shelf", settings: Any
) -> None:
    folder = settings.VAR_DIR / "markets"
    folder.mkdir(parents=True, exist_ok=True)
    market = market_on(TODAY)
    with (folder / "lock").open("wb") as another:
        fcntl.flock(another, fcntl.LOCK_EX)
        waiting = threading.Thread(target=shelf.compile, args=(market, TODAY), daemon=True)
        waiting.start()
        waiting.join(0.3)
        assert shelf.find(market, TODAY) is None
    waiting.join(60)
    assert shelf.find(market, TODAY) is not None


def test_a_web_application_begins_with_its_first_request_and_only_once(
    shelf: "answers._Shelf", monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[int] = []
    monkeypatch.setattr(answers, "_begin", lambda: begun.append(1))
    served = answers.compiling_from_the_first(lambda environ, start: [environ, start])
    assert not shelf.is_open
    assert [served(1, 2), served(3, 4)] == [[1, 2], [3, 4]]
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(0.2)
    assert begun == [1]


def test_a_market_that_does_not_compile_is_answered_exactly(
    shelf: "answers._Shelf", monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr(answers, "kept_market", broken)
    with pytest.raises(ValueError, match="broken"):
        answers.compile_for(TODAY)
    assert answers.answer_to(DOCUMENT, TODAY) == exactly()


def test_facts_that_cannot_be_are_refused(shelf: "answers._Shelf") -> None:
    with pytest.raises(Refused):
        answers.answer_to({"age": 130}, TODAY)
