"""The loops in whole numbers against Decimal."""

from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.quoting.rules.risks import shown
from megler.quoting.rules.writing import kernel
from megler.quoting.rules.writing.templates import ROUNDINGS
from megler.vocabulary.money import rounded

WHOLE = st.integers(0, kernel.TOP)
SCALE = st.integers(0, 9)


def decimal(v: int, scale: int) -> Decimal:
    return Decimal(v).scaleb(-scale)


def put(v: int, scale: int, how: int) -> str:
    out = np.zeros(64, np.uint8)
    return out[: kernel._show(out, 0, v, scale, how)].tobytes().decode()


@settings(deadline=None)
@given(WHOLE, SCALE)
def test_a_figure_is_shown_with_all_its_decimals(v: int, scale: int) -> None:
    assert put(v, scale, kernel.FIGURE) == f"{decimal(v, scale):f}"


@settings(deadline=None)
@given(st.integers(0, 10**15), SCALE)
def test_an_amount_is_shown_as_the_exact_engine_shows_it(v: int, scale: int) -> None:
    assert put(v, scale, kernel.SHOWN) == shown(decimal(v, scale))


@settings(deadline=None)
@given(WHOLE, SCALE, st.integers(0, 10**6), SCALE)
def test_a_product_is_exact_or_refused(v: int, scale: int, figure: int, more: int) -> None:
    found, at = kernel._times(v, scale, figure, more)
    assert at == -1 or decimal(found, at) == decimal(v, scale) * decimal(figure, more)
    assert at >= 0 or v * figure > kernel.TOP // 10


@settings(deadline=None)
@given(st.integers(0, 10**12), SCALE, st.sampled_from([(1, 2), (5, 2), (1, 0), (25, 2)]),
       st.integers(0, 3))  # fmt: skip
def test_rounding_is_the_edition_s(v: int, scale: int, to: tuple[int, int], how: int) -> None:
    found, at = kernel._rounded(v, scale, *to, how)
    if at >= 0:
        assert decimal(found, at) == rounded(decimal(v, scale), decimal(*to), ROUNDINGS[how])


@settings(deadline=None)
@given(st.integers(0, 10**12), SCALE, st.integers(0, 10**12), SCALE)
def test_sums_differences_and_bounds_are_exact(a: int, x: int, b: int, y: int) -> None:
    first, second = decimal(a, x), decimal(b, y)
    expected = {
        kernel.ADD: first + second,
        kernel.SUBTRACT: max(first - second, Decimal(0)),
        kernel.AT_LEAST: max(first, second),
        kernel.AT_MOST: min(first, second),
    }
    for code, figure in expected.items():
        found, at = kernel._combined(code, a, x, b, y)
        assert at == -1 or decimal(found, at) == figure


def test_what_does_not_fit_is_refused_not_wrong() -> None:
    assert kernel._times(kernel.TOP, 0, 3, 0)[1] == -1
    assert kernel._finer(kernel.TOP, 0, 1) == -1
    assert kernel._combined(kernel.ADD, kernel.TOP, 0, 1, 9)[1] == -1
