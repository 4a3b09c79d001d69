"""Whatever colour an agency chooses, what is written in it and on it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.licensing.rules.colours import (
    CONTRAST_MIN,
    INK,
    WHITE,
    colour_problem,
    contrast,
    ink_on,
    readable_on_white,
)

colours = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@given(colours)
def test_every_colour_is_darkened_until_it_can_be_read_on_white(colour: str) -> None:
    shown = readable_on_white(colour)
    assert contrast(shown, WHITE) >= CONTRAST_MIN
    assert colour_problem(shown) is None


@given(colours)
def test_ink_on_a_colour_is_the_better_of_the_two(colour: str) -> None:
    other = {WHITE: INK, INK: WHITE}[ink_on(colour)]
    assert contrast(ink_on(colour), colour) >= contrast(other, colour)
    assert contrast(ink_on(colour), colour) >= 3.7


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_from_1_to_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize("colour", ["", "red", "#fff", "#12332", "#12332g", "#12332D", "#12332d "])
def test_what_is_no_colour_is_named(colour: str) -> None:
    problem = colour_problem(colour)
    assert problem is not None
    assert (problem.where, problem.found) == ("colour", colour)
