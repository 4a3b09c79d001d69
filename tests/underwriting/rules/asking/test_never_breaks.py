"""Whatever is typed: nothing breaks, nothing takes long, and what comes out is a facts document."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.underwriting.rules.asking.answering import answer
from megler.underwriting.rules.asking.reading import LONGEST
from megler.underwriting.rules.facts import read_facts
from tests.underwriting.questions.comparing import rows_of
from tests.underwriting.questions.measuring import SETS
from tests.underwriting.rules.asking.market import MARKET, ON, read

QUESTIONS = [row.question for name in SETS for row in rows_of(name)]
FRAGMENTS = sorted({word for text in QUESTIONS for word in text.split()})
SLOW_S = 0.5


def check(text: str) -> None:
    understood = read(text)
    _facts, problems = read_facts(dict(understood.facts), ON)
    assert list(understood.problems) == problems or not understood.facts
    for chip in understood.chips:
        assert chip.words
    answer(understood, MARKET, ON)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_understood_or_not(text: str) -> None:
    check(text)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join))
def test_fragments_of_questions_in_any_order(text: str) -> None:
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(QUESTIONS), st.integers(0, 200), st.integers(0, 200))
def test_questions_cut_anywhere(text: str, start: int, end: int) -> None:
    check(text[min(start, end) : max(start, end)])


@pytest.mark.parametrize(
    "piece",
    ["a ", "1 ", "no ", "not not ", "52 m ", ",", "(", "quit smoking ", "in lieu of ", "5'10 ", "how long ", "$1,000 ",
     "x times ", "don't ", "<b", "{{", "last ", "stroke ", "does any ", "who ", "500k 20 yr ", "father ", "-", "½ "],
)  # fmt: skip
def test_the_longest_text_of_one_piece_is_read_soon(piece: str) -> None:
    text = (piece * LONGEST)[:LONGEST]
    before = time.perf_counter()
    read(text)
    assert time.perf_counter() - before < SLOW_S
