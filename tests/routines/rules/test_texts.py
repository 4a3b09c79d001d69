"""Canned texts and their fields."""

from hypothesis import given
from hypothesis import strategies as st

from megler.routines.rules.texts import FIELDS, fill, unknown_fields


@given(st.text())
def test_a_text_is_filled_or_its_field_is_told_of(text: str) -> None:
    values = dict.fromkeys(FIELDS, "x")
    assert unknown_fields(fill(text, values), "text") == []


def test_what_is_not_known_stays_empty_and_values_are_not_read_again() -> None:
    assert fill("{policy_number}.{client}", {"client": "{case}", "case": "C-1"}) == ".{case}"


def test_a_wrong_field_is_told_once() -> None:
    assert [p.found for p in unknown_fields("{x} {x} { case }", "text")] == ["{x}"]
