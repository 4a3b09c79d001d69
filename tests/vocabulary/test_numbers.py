"""Whatever stands where a number is expected, reading it never fails."""

from hypothesis import given
from hypothesis import strategies as st

from megler.vocabulary.numbers import DIGITS_MAX, whole


@given(st.text(max_size=20))
def test_any_text_is_read_or_is_no_number(text: str) -> None:
    found = whole(text)
    assert found is None or 0 <= found < 10**DIGITS_MAX


@given(st.integers(0, 10**DIGITS_MAX - 1))
def test_a_number_is_read(number: int) -> None:
    assert whole(str(number)) == number
