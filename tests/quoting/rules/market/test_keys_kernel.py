"""Addresses are reckoned from keys and the amount."""

import numpy as np
import pytest

from megler.quoting.rules.market import keys_kernel

LUT = np.array([-1, 0, 1, 0, 100, 99, 500, 0, 25], np.int32)
AXES = np.array([[0, 2, 0, 3], [1, 0, 3, 2], [2, 0, 7, 1]], np.int64)
SPACES, SPACE_AXES = np.array([0, 3]), np.array([[0, 2], [1, 1], [2, 1]])


@pytest.mark.parametrize(
    ("sex", "amount", "address"),
    [
        (1, 50, 0),
        (1, 100, 1),
        (2, 500, 3),
        (2, 75, 2),
        (0, 50, -1),
        (1, 501, -1),
        (1, 51, -1),
        (1, -2, -1),
    ],
)
def test_an_address_is_the_sum_of_indexes_by_stride(sex: int, amount: int, address: int) -> None:
    keys = np.array([0, 0, sex, 0], np.int32)
    indexes, found = np.zeros(3, np.int64), np.zeros(1, np.int64)
    keys_kernel.addresses(amount, AXES, LUT, keys, indexes, SPACES, SPACE_AXES, found)
    assert found[0] == address
