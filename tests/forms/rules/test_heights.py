"""Heights are read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.heights import height_shown, inches_of


@pytest.mark.parametrize(
    ("written", "inches"),
    [
        ("5'4\"", 64),
        ("5’ 4”", 64),
        ("5 ft 4 in", 64),
        ("5ft4", 64),
        ("5 feet", 60),
        ("5-11", 71),
        ("64", 64),
        ("64 in", 64),
        ("163 cm", 64),
        ("1.63 m", 64),
        ("1,63 m", 64),
        ("182,5 cm", 72),
        ("5'12\"", None),
        ("9", None),
        ("300", None),
        ("tall", None),
        ('5\'4"""', None),
        ("", None),
    ],
)
def test_a_height_is_whole_inches_or_none(written: str, inches: int | None) -> None:
    assert inches_of(written) == inches


@given(st.integers(12, 107))
def test_a_height_as_it_is_shown_is_read_as_the_same(inches: int) -> None:
    assert inches_of(height_shown(inches)) == inches
    assert inches_of(str(inches)) == inches


@given(st.text(max_size=60))
def test_anything_is_a_possible_height_or_none(text: str) -> None:
    found = inches_of(text)
    assert found is None or 10 <= found <= 108
