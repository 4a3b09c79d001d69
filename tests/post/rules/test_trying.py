"""Waits grow and end."""

from hypothesis import given
from hypothesis import strategies as st

from megler.post.rules.trying import ATTEMPTS_MAX, FIRST_WAIT, LONGEST_WAIT, is_final, wait_after


@given(st.integers(min_value=1, max_value=200))
def test_waits_never_shrink_and_are_bounded(attempts: int) -> None:
    assert FIRST_WAIT <= wait_after(attempts) <= wait_after(attempts + 1) <= LONGEST_WAIT


@given(st.integers(min_value=1, max_value=50), st.lists(st.integers(400, 599), max_size=3))
def test_only_a_refusal_for_good_or_too_many_attempts_end_it(
    attempts: int, codes: list[int]
) -> None:
    expected = attempts >= ATTEMPTS_MAX or (bool(codes) and min(codes) >= 500)
    assert is_final(attempts, tuple(codes)) is expected
