"""Names, birth dates and numbers in papers, as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.papers.rules.clues import births, clues, key_of, stands_in


@pytest.mark.parametrize(
    "line",
    [
        "DOB: 02/11/1979",
        "Date of Birth 02-11-1979",
        "D.O.B. 1979-02-11",
        "born Feb 11, 1979",
        "Birthdate: 11 February 1979",
    ],
)
def test_birth_dates_are_read(line: str) -> None:
    assert list(births(line)) == [date(1979, 2, 11)]


@pytest.mark.parametrize("line", ["DOB 02/11/79", "DOB 13/45/1979", "visited 02/11/1979"])
def test_what_is_no_certain_birth_date_is_left_out(line: str) -> None:
    assert list(births(line)) == []


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Patient: HOPE, KARI M   DOB 02/11/1979", "kari hope"),
        ("Proposed Insured: Kari Marie Hope  Sex F", "kari hope"),
        ("Patient Name: José O'Brien", "jose obrien"),
        ("Insured's name: Kari Hope, Jr.", "kari hope"),
        ("Re: Hope, Kari - claim", "kari hope"),
    ],
)
def test_names_are_read_behind_their_words(line: str, key: str) -> None:
    assert key in clues([line]).names


def test_names_of_files_are_read_both_ways_round() -> None:
    assert {"kari hope", "hope kari"} <= set(clues([], "Hope, Kari APS.pdf").names)


def test_numbers_are_read_without_what_people_write_differently() -> None:
    found = clues(
        ["Policy number: NL-2026-17", "Order #: 88 1201", "Case C-10042"], "77-123456.pdf"
    )
    assert found.numbers[0] == "NL202617"
    assert "77123456" in found.numbers
    assert found.references == (10042,)


def test_one_word_is_no_name() -> None:
    assert key_of("Hope") == ""
    assert key_of("Dr. Hope") == ""


def test_a_name_stands_on_a_line_in_either_order() -> None:
    assert stands_in("kari hope", ["the records of Hope, Kari Marie"])
    assert not stands_in("kari hope", ["Kari", "Hope"])


@given(st.lists(st.text(max_size=80), max_size=10), st.text(max_size=60))
def test_any_text_is_read(lines: list[str], name: str) -> None:
    found = clues(lines, name)
    assert all(len(one.split()) >= 1 for one in found.names)
