"""The loops that fill templates in. Importing it brings in numba: do so late.

Amounts are whole numbers of 64 bits with a scale, so every step is exact; an offer for which they do
not suffice is marked, and left to the exact engine.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from megler.quoting.rules.writing import templates

Bytes = NDArray[np.uint8]
Longs = NDArray[np.int64]
RATE, CELL, AMOUNT, ADD, SUBTRACT, MULTIPLY = range(6)
AT_LEAST, AT_MOST, ROUND, COPY, CENTS, DIVIDE = range(6, 12)
FIGURE, SHOWN, IF_SET = range(3)
GIVEN, ANNUAL_SLOT = templates.GIVEN, templates.ANNUAL_SLOT
HALF_UP, HALF_EVEN, UP, DOWN = range(4)
TOP = 9 * 10**17
"""No amount is larger: one more digit still fits into 64 bits."""
DOT, COMMA, DIGIT = 46, 44, np.uint64(48)
ZERO, ONE, TEN = np.uint64(0), np.uint64(1), np.uint64(10)
"""Without a sign they divide faster."""


@njit(nogil=True)
def _stripped(v: int, scale: int, least: int) -> tuple[int, int]:
    """Without needless zeros after the point, but with at least so many decimals."""
    left = np.uint64(v)
    while scale > least:
        rest = left // TEN
        if rest * TEN != left:
            break
        left = rest
        scale -= 1
    return np.int64(left), scale  # type: ignore[return-value]


@njit(nogil=True)
def _times(v: int, scale: int, figure: int, more: int) -> tuple[int, int]:
    """v * figure, or a scale of -1 where it does not fit."""
    if figure > 0 and v > TOP // figure:
        v, scale = _stripped(v, scale, 0)
        figure, more = _stripped(figure, more, 0)
        if figure > 0 and v > TOP // figure:
            return 0, -1
    return v * figure, scale + more


@njit(nogil=True)
def _finer(v: int, scale: int, wanted: int) -> int:
    """v in the finer scale wanted; -1 where it does not fit."""
    while scale < wanted:
        if v > TOP // 10:
            return -1
        v *= 10
        scale += 1
    return v


@njit(nogil=True)
def _rounded(v: int, scale: int, to: int, to_scale: int, how: int) -> tuple[int, int]:
    """v to a multiple of `to`; a scale of -1 where it does not fit."""
    n = _finer(v, scale, to_scale)
    d = _finer(to, to_scale, scale)
    if n < 0 or d < 0:
        return 0, -1
    q, rest = n // d, n % d
    if how == HALF_UP:
        up = 2 * rest >= d
    elif how == HALF_EVEN:
        up = 2 * rest > d or (2 * rest == d and q % 2 == 1)
    else:
        up = how == UP and rest > 0
    q += up
    if q > TOP // to:
        return 0, -1
    return q * to, to_scale


@njit(nogil=True)
def _combined(code: int, v: int, scale: int, figure: int, more: int) -> tuple[int, int]:
    """A sum, a difference, or the larger or smaller of two; a scale of -1 where it does not fit."""
    both = max(scale, more)
    a, b = _finer(v, scale, both), _finer(figure, more, both)
    if a < 0 or b < 0:
        return 0, -1
    if code == ADD:
        return (a + b, both) if a + b <= TOP else (0, -1)
    if code == SUBTRACT:
        return max(a - b, 0), both
    return (max(a, b), both) if code == AT_LEAST else (min(a, b), both)


@njit(nogil=True)
def _run(
    ops: Longs, first: int, last: int, cells: Longs, amount: int, regs: Longs, slots: Longs
) -> bool:
    """Runs a plan's operations; False where 64 bits do not suffice."""
    for o in range(first, last):
        code, register, operand = ops[o, 0], ops[o, 1], ops[o, 2]
        figure, more = ops[o, 3], ops[o, 4]
        if operand >= 0:
            figure = cells[operand]
        v, scale = regs[register, 0], regs[register, 1]
        used = figure
        if code == RATE:
            v, scale = _times(amount, 0, figure, more)
        elif code == CELL:
            v, scale = figure, more
        elif code == AMOUNT:
            v, scale, used, more = amount, 0, amount, 0
        elif code == MULTIPLY:
            v, scale = _times(v, scale, figure, more)
        elif code == COPY:
            v, scale = _times(regs[ops[o, 6], 0], regs[ops[o, 6], 1], figure, more)
        elif code == ROUND:
            v, scale = _rounded(v, scale, figure, more, ops[o, 5])
        elif code == CENTS:
            v, scale = _stripped(v, scale, 2)
            used = 1 if scale > 2 else 0
            v, scale = _rounded(v, scale, 1, 2, HALF_UP)
        elif code == DIVIDE:
            scale += more
        else:
            v, scale = _combined(code, v, scale, figure, more)
        if scale < 0 or scale > 30:
            return False
        v, scale = _stripped(v, scale, 0)
        regs[register, 0], regs[register, 1] = v, scale
        slots[ops[o, 7], 0], slots[ops[o, 7], 1] = used, more
        slots[ops[o, 8], 0], slots[ops[o, 8], 1] = v, scale
    return True


@njit(nogil=True)
def _put(out: Bytes, at: int, v: int, scale: int) -> int:
    """Writes a number with exactly so many decimals; where it ends."""
    left = np.uint64(v)
    digits, rest = 1, left // TEN
    while rest > ZERO:
        digits += 1
        rest //= TEN
    digits = max(digits, scale + 1)
    end = at + digits + (1 if scale > 0 else 0)
    place = np.uint64(end)
    for d in range(digits):
        if d == scale and scale > 0:
            place -= ONE
            out[place] = DOT
        place -= ONE
        rest = left // TEN
        out[place] = DIGIT + (left - rest * TEN)
        left = rest
    return end


@njit(nogil=True)
def _copy(out: Bytes, at: int, text: Bytes, first: int, last: int) -> int:
    """Copies a text; where it ends. Places without a sign need no look at whether they are negative."""
    to, start = np.uint64(at), np.uint64(first)
    for b in range(np.uint64(last - first)):
        out[to + b] = text[start + b]
    return at + last - first


@njit(nogil=True)
def _show(out: Bytes, at: int, v: int, scale: int, how: int) -> int:
    if how == SHOWN:
        v, scale = _stripped(v, scale, 2)
        v = _finer(v, scale, 2)
        scale = max(scale, 2)
    return _put(out, at, v, scale)


@njit(cache=True, nogil=True)
def fill(
    chosen: Longs,
    cells: Longs,
    amount: int,
    given: Longs,
    ops: Longs,
    ops_at: Longs,
    pieces: Longs,
    pieces_at: Longs,
    pool: Bytes,
    texts: Longs,
    own: Bytes,
    own_texts: Longs,
    annual: Longs,
    out: Bytes,
    ends: Longs,
) -> None:
    """Writes the offers into `out` with commas between them, `ends` [n] where each ends.

    `chosen` [n] are templates, `cells` [n, operands] what their tables hold, `given` [n, 5] numbers of
    texts in `own`, `annual` [n] cents a year. An offer that does not fit ends where it begins.
    """
    regs, slots = np.zeros((9, 2), np.int64), np.zeros((templates.MOST_SLOTS, 2), np.int64)
    at = 0
    for i in range(chosen.size):
        t = chosen[i]
        if t < 0 or not _run(ops, ops_at[t], ops_at[t + 1], cells[i], amount, regs, slots):
            ends[i] = at
            continue
        if at > 0:
            out[at] = COMMA
            at += 1
        slots[ANNUAL_SLOT, 0], slots[ANNUAL_SLOT, 1] = annual[i], 2
        p = pieces_at[t]
        while p < pieces_at[t + 1]:
            piece, how = pieces[p, 0], pieces[p, 1]
            if how < 0:
                if piece >= GIVEN:
                    text = given[i, piece - GIVEN]
                    first, last = own_texts[text], own_texts[text + 1]
                    at = _copy(out, at, own, first, last)
                else:
                    first, last = texts[piece], texts[piece + 1]
                    at = _copy(out, at, pool, first, last)
            elif how == IF_SET:
                if slots[piece, 0] == 0:
                    p += pieces[p, 2]
            else:
                at = _show(out, at, slots[piece, 0], slots[piece, 1], how)
            p += 1
        ends[i] = at
