"""A missing row is told where it would stand, whatever the file's own order is."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.placement import standing_places


@given(
    st.permutations([0, 1, 2]),
    st.tuples(*[st.sampled_from([1, -1])] * 3),
    st.permutations(range(4)),
    st.integers(0, 4 * 5 * 6 - 1),
)
def test_a_row_left_out_of_a_file_in_any_order_is_placed_where_it_stood(
    slowest_first: list[int], turns: tuple[int, ...], listed: list[int], gone: int
) -> None:
    file = sorted(
        itertools.product(range(4), range(5), range(6)),
        key=lambda key: [
            (listed.index(key[0]) if axis == 0 else key[axis]) * turns[axis]
            for axis in slowest_first
        ],
    )
    missing = file.pop(gone)
    rows = range(2, len(file) + 2)
    assert standing_places(np.array(file), rows, np.array([missing]), [0]) == [gone + 2]


@pytest.mark.parametrize(("gone", "row"), [(0, 2), (1, 3), (3, 5)])
def test_a_file_of_one_axis(gone: int, row: int) -> None:
    keys = [[age] for age in range(20, 24) if age != 20 + gone]
    places = standing_places(np.array(keys), range(2, 6), np.array([[20 + gone]]))
    assert places == [row]
