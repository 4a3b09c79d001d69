# mypy: disable-error-code="untyped-decorator,no-untyped-def,no-untyped-call,misc,call-arg"
"""The loops over lanes that lie side by side. Importing it brings in numba: do so late.

Every amount is a whole number held in a 64-bit float, below 2 ** 51, so that each operation is exact;
floor((x + 1/2) / d) by a multiplication is exact there too, because x + 1/2 is at least 1/(2 d)
away from a whole multiple of d and the error of the product is less.

The loops take bare arrays that count no references (`compiled_kernel.bare`) and unsigned offsets, and
are put in line: only so do they become vector instructions.
"""

import numpy as np
from numba import njit, uint64

OP_RATE, OP_CELL, OP_AMOUNT, OP_AFFINE = range(4)
OP_ROUND, OP_EVEN, OP_MUL_CELL, OP_ADD_CELL = range(4, 8)
OP_SUB_CELL, OP_LEAST_CELL, OP_MOST_CELL, OP_SUB = range(8, 12)
OP_LEAST, OP_MOST, OP_TABLE, OP_FLAT = range(12, 16)
"""The codes of `programme`, as constants that compiled loops see."""
INF = np.inf


@njit(inline="always")
def nothing(v, pen, first, count):
    """Lanes whose cells are not there."""
    for j in range(count):
        v[first + j] = 0.0
        pen[first + j] = INF


@njit(inline="always")
def who_may_buy(pen, first, count, limits, low, width, sold, at, amount):
    """`pen` of a run's lanes: 0 where the amount is sold to the life, else infinity."""
    high = low + width
    for j in range(count):
        buys = (limits[low + j] <= amount) & (amount <= limits[high + j])
        pen[first + j] = 0.0 if buys & (sold[at + j] != 0) else INF


@njit(inline="always")
def load(v, pen, first, count, limits, low, width, sold, at, amount, cells, cell, scale):
    """Starts a run's lanes from their cells, and says who may buy them."""
    high = low + width
    for j in range(count):
        figure = cells[cell + j]
        buys = (limits[low + j] <= amount) & (amount <= limits[high + j])
        v[first + j] = figure * scale
        pen[first + j] = 0.0 if buys & (sold[at + j] != 0) & (figure >= 0) else INF


@njit(inline="always")
def times_cells(v, pen, first, count, cells, cell, scale):
    """Multiplies a run's lanes by their cells."""
    for j in range(count):
        figure = cells[cell + j]
        v[first + j] *= figure * scale
        pen[first + j] += 0.0 if figure >= 0 else INF


@njit(inline="always")
def read(code, v, pen, first, count, cells, cell, figures, at, scale, amount):
    """Whatever else an operation does with a run of cells."""
    for j in range(count):
        figure = cells[cell + j]
        pen[first + j] += 0.0 if figure >= 0 else INF
        each = figures[uint64(at) + j] if at >= 0 else scale
        scaled, x = figure * each, v[first + j]
        if code == OP_RATE:
            x = scaled * amount
        elif code == OP_CELL:
            x = scaled
        elif code == OP_MUL_CELL:
            x *= scaled
        elif code == OP_ADD_CELL:
            x += scaled
        elif code == OP_SUB_CELL:
            x = max(x - scaled, 0.0)
        elif code == OP_LEAST_CELL:
            x = max(x, scaled)
        else:
            x = min(x, scaled)
        v[first + j] = x


@njit(nogil=True, error_model="numpy")
def affine(v, first, count, figures, m, c, m0, c0):
    """v * m + c, where each is one for all lanes or one a lane."""
    by, plus = uint64(max(m, 0)), uint64(max(c, 0))
    if m >= 0:
        for j in range(count):
            v[first + j] *= figures[by + j]
    elif m0 != 1.0:
        for j in range(count):
            v[first + j] *= m0
    if c >= 0:
        for j in range(count):
            v[first + j] += figures[plus + j]
    elif c0 != 0.0:
        for j in range(count):
            v[first + j] += c0


@njit(inline="always")
def round_down(v, first, count, figures, m, c, m0, c0, inverse):
    """(v * m + c) / d, down; c holds the half that makes it a rounding."""
    by, plus = uint64(max(m, 0)), uint64(max(c, 0))
    if m >= 0 and c >= 0:
        for j in range(count):
            x = v[first + j] * figures[by + j] + figures[plus + j]
            v[first + j] = np.floor(x * inverse)
    elif m >= 0:
        for j in range(count):
            v[first + j] = np.floor((v[first + j] * figures[by + j] + c0) * inverse)
    elif c >= 0:
        for j in range(count):
            v[first + j] = np.floor((v[first + j] * m0 + figures[plus + j]) * inverse)
    else:
        for j in range(count):
            v[first + j] = np.floor((v[first + j] * m0 + c0) * inverse)


@njit(nogil=True, error_model="numpy")
def even(v, first, count, inverse, d):
    """v / d to the nearest, ties to even."""
    for j in range(count):
        x = v[first + j]
        q = np.floor((x + 0.5) * inverse)
        twice = 2.0 * (x - q * d)
        odd = q - 2.0 * np.floor(q * 0.5)
        v[first + j] = q + (1.0 if (twice > d) | ((twice == d) & (odd > 0.5)) else 0.0)


@njit(nogil=True, error_model="numpy")
def bound(code, v, first, count, figures, c, c0):
    """Less a figure, or at least or at most one."""
    for j in range(count):
        figure, x = figures[uint64(c) + j] if c >= 0 else c0, v[first + j]
        if code == OP_SUB:
            x = max(x - figure, 0.0)
        elif code == OP_LEAST:
            x = max(x, figure)
        else:
            x = min(x, figure)
        v[first + j] = x
