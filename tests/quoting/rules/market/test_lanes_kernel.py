"""Roundings in floats that hold whole numbers are exact up to the limit of the programme."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.market import lanes_kernel
from megler.quoting.rules.market.programme import LIMIT
from megler.vocabulary.money import Rounding
from tests.quoting.rules.market.test_programme import rounded

FIRST, ONE = np.uint64(0), np.uint64(1)


@pytest.mark.parametrize("how", list(Rounding))
@settings(max_examples=150, deadline=None)
@given(st.integers(0, LIMIT // 2), st.integers(2, 10**9), st.integers(-2, 2))
def test_every_rounding_is_exact(how: Rounding, x: int, d: int, near: int) -> None:
    multiple = max(x // d * d + (d // 2 if how.value.startswith("half") else 0) + near, 0)
    for figure in (x, multiple):
        v = np.array([float(figure)])
        if how is Rounding.HALF_EVEN and d % 2 == 0:
            lanes_kernel.even(v, FIRST, ONE, 1.0 / d, float(d))
        else:
            shift = {Rounding.UP: d - 1, Rounding.DOWN: 0}.get(how, d // 2) + 0.5
            lanes_kernel.round_down(v, FIRST, ONE, v, -1, -1, 1.0, shift, 1.0 / d)
        assert int(v[0]) == rounded(Fraction(figure, d), Fraction(1), how)
