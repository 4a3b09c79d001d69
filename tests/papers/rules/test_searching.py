"""Words by which pages are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.searching import WORDS_MAX, asked, stem, words_of


@pytest.mark.parametrize(
    ("typed", "stands"),
    [("diagnosis", "Diagnoses:"), ("record", "RECORDS"), ("o'brien", "Mr. O'Brien"), ("a1c", "HbA1c A1C 6.4")],
)  # fmt: skip
def test_what_is_typed_finds_what_stands_there(typed: str, stands: str) -> None:
    assert set(asked(typed)) <= set(words_of([stands]))


def test_what_may_be_a_social_security_number_is_never_kept_nor_asked() -> None:
    assert not {"078051121", "078", "1121"} & set(words_of(["078-05-1121", "078051121"]))
    assert asked("078-05-1121") == []


@given(st.text(max_size=300))
def test_a_page_is_found_by_its_own_words(text: str) -> None:
    words = words_of([text])
    assert len(words) <= WORDS_MAX
    assert all(stem(word) for word in words)
