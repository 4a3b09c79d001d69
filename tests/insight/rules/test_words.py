"""What is typed into the search box."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.insight.rules.words import LETTERS_MAX, WORDS_MAX, prefix_query, serial, wanted


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("", (), ""),
        ("   ", (), ""),
        ("Kari", ("kari",), ""),
        ("Ødegård, Åse", ("ødegård", "åse"), ""),
        ("M-2026-00042", ("m", "2026", "00042"), "M202600042"),
        ("a & !b | (c)", ("a", "b", "c"), ""),
        ("A\u030ase", ("åse",), ""),
        ("kari\0", ("kari",), ""),
        ("100% _off_", ("100", "off"), "100OFF"),
    ],
)
def test_words_and_number(text: str, words: tuple[str, ...], number: str) -> None:
    found = wanted(text)
    assert (found.words, found.number) == (words, number)


@pytest.mark.parametrize(
    ("text", "enough"), [("", False), ("a", False), ("ab", True), ("a b", True)]
)
def test_one_letter_is_not_enough(text: str, enough: bool) -> None:
    assert wanted(text).enough is enough


@given(st.text(max_size=300))
def test_whatever_is_typed_is_a_well_formed_query_of_few_words(text: str) -> None:
    found = wanted(text)
    assert len(found.words) <= WORDS_MAX
    assert sum(map(len, found.words)) <= 2 * LETTERS_MAX
    assert re.fullmatch(r"(\w+:\*( & \w+:\*)*)?", prefix_query(found))


@given(st.integers(0, 999_999_999))
def test_a_serial_number_is_read_with_and_without_its_letter(number: int) -> None:
    assert serial(wanted(f"A-{number}"), "A") == number
    assert serial(wanted(str(number)), "A") == number


@given(st.text(max_size=40))
def test_a_serial_number_always_fits_its_column(text: str) -> None:
    assert (serial(wanted(text), "A") or 0) < 2**31
