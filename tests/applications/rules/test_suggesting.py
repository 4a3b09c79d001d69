"""Suggestions for what somebody began to type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.suggesting import MOST, Suggestion, suggestions


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        ("drug", "metf", "Metformin"),
        ("drug", "LIPI", "Lipitor"),
        ("condition", "high blood pr", "Hypertension"),
        ("condition", "diabetes type 2", "Diabetes type 2"),
    ],
)
def test_what_begins_so_comes_first(kind: str, typed: str, first: str) -> None:
    assert suggestions(kind, typed)[0].name == first


def test_a_brand_says_what_is_in_it() -> None:
    assert suggestions("drug", "eliquis") == [Suggestion("Eliquis", "apixaban")]


def test_a_word_inside_a_name_is_found() -> None:
    assert any("Coronary" in one.name for one in suggestions("condition", "artery dis"))


@pytest.mark.parametrize("typed", ["", "m", " ", "zzzzzz"])
def test_too_little_or_nothing_known_suggests_nothing(typed: str) -> None:
    assert suggestions("drug", typed) == []
    assert suggestions("shoe", "me") == []


def test_a_name_comes_once() -> None:
    names = [one.name for one in suggestions("condition", "heart")]
    assert len(names) == len(set(names))


@given(st.text(max_size=40))
def test_whatever_is_typed_never_too_many_come(typed: str) -> None:
    assert len(suggestions("condition", typed)) <= MOST
