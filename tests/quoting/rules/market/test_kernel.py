"""The loops over lives: least numbers kept in their order."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.market import kernel, lanes_kernel, programme


def test_the_codes_of_the_loops_are_the_programmes() -> None:
    codes = {name: code for name, code in vars(lanes_kernel).items() if name.startswith("OP_")}
    assert len(codes) == 16
    for name, code in codes.items():
        assert code == getattr(programme, name.removeprefix("OP_"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 10**12), max_size=20), st.integers(1, 5))
def test_the_least_numbers_are_kept_rising(numbers: list[int], keep: int) -> None:
    best = np.full((1, 1, keep), kernel.NONE, np.int64)
    for number in numbers:
        kernel.keep_least(best, 0, 0, keep, number)
    expected = sorted(numbers)[:keep]
    assert best[0, 0, : len(expected)].tolist() == expected
    assert (best[0, 0, len(expected) :] == kernel.NONE).all()
