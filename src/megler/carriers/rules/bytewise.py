"""The compiled pass over the bytes of a CSV file, eight at a time.

A word is eight bytes, the first in its lowest bits. Where a word holds a byte is found without a
branch for each byte: a zero byte of `word ^ pattern` borrows into its highest bit. Figures of up
to eight characters are read by three multiplications; nothing goes through a float.
"""

import numpy as np
from numba import njit
from numba.cpython.unsafe.numbers import trailing_zeros
from numpy.typing import NDArray

from megler.carriers.rules.columns import EMPTY, MOST_DECIMALS, ODD

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Ints = NDArray[np.int64]
Int = int | np.int64

SKIPPED, TEXT, FIGURE = 0, 1, 2
"""What is wanted of a column."""
FAULTY, TOO_MANY_TEXTS = -1, -2
"""Answers in place of the number of rows."""
LONGEST_CELL = 100_000
MOST_DIGITS = 12
_COMMA, _NEW_LINE, _RETURN, _QUOTE, _SPACE, _DELETE = 44, 10, 13, 34, 32, 127
_POINT, _ZERO, _NINE = 46, 48, 57
_ALL, _BYTE, _FIRST = np.uint64(2**64 - 1), np.uint64(8), np.uint64(255)
_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_COMMAS, _NEW_LINES, _RETURNS, _QUOTES, _POINTS, _ZEROS, _ABOVE_NINE = (
    np.uint64(byte * 0x0101010101010101)
    for byte in (_COMMA, _NEW_LINE, _RETURN, _QUOTE, _POINT, _ZERO, 0x80 - 10)
)
_DIGITS, _BY_TEN = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(10 * 2**8 + 1)
_PAIRS, _BY_HUNDRED = np.uint64(0x00FF00FF00FF00FF), np.uint64(100 * 2**16 + 1)
_FOURS, _BY_TEN_THOUSAND = np.uint64(0x0000FFFF0000FFFF), np.uint64(10_000 * 2**32 + 1)
_SPREAD, _FOLD, _TOP = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), np.uint64(40)
_WORD, _MASK, _LENGTH, _CODE = 0, 1, 2, 3
_TWO_BYTES, _FOUR_BYTES = np.uint64(16), np.uint64(32)


@njit(nogil=True, cache=True)
def read_rows(
    words: Words,
    start: int,
    stop: int,
    kinds: Bytes,
    row: Int,
    codes: NDArray[np.int32],
    figures: Ints,
    decimals: Bytes,
    texts: Words,
    counts: Ints,
    odd: Ints,
) -> Int:
    """Reads the rows from byte `start` to before `stop`, which are whole; answers the next row.

    `row` is the number of the first. `words[i]` are the eight bytes from byte i on. Into columns by
    rows go the codes of the texts, and of the figures mantissas (`figures`) and decimals. `texts`
    holds by column and slot the code + 1 of a text (0: free), its first eight bytes, where it
    begins and how long it is; `counts` says how many there are. `odd` takes column, row, begin and
    length of cells that are no figure, and the last of `counts` their number.
    """
    last = len(kinds) - 1
    again = np.zeros((len(kinds), 4), np.uint64)
    again[:, _WORD] = _ALL
    at: Int = start
    while at < stop:
        text, figure, solid = 0, 0, False
        for column in range(len(kinds)):
            word = words[at]
            if word & again[column, _MASK] == again[column, _WORD]:
                codes[text, row] = again[column, _CODE]
                text += 1
                at += np.int64(again[column, _LENGTH])
                solid |= bool(again[column, _LENGTH] > 0)
            else:
                quoted = word & _FIRST == np.uint64(_QUOTE)
                at += quoted
                length = _quoted_length(words, at) if quoted else _length(words, at)
                if length < 0 or length > LONGEST_CELL:
                    return FAULTY
                word = words[at]
                plain = length > 0 and _SPACE < word & _FIRST < _DELETE
                solid |= bool(plain)
                if kinds[column] == TEXT:
                    code = _code(words, at, length, texts[text], counts, text)
                    if code < 0:
                        return TOO_MANY_TEXTS
                    codes[text, row] = code
                    text += 1
                    repeats = column < last and not quoted and (plain or length == 0)
                    _remember(again[column], word, length, code, repeats)
                elif kinds[column] == FIGURE:
                    whole, places = _figure(words, at, length)
                    figures[figure, row] = whole
                    decimals[figure, row] = places
                    if places == ODD and not _note(odd, counts, figure, row, at, length):
                        return FAULTY
                    figure += 1
                at += length + quoted
            if column == last:
                at += words[at] & _FIRST == np.uint64(_RETURN)
            if words[at] & _FIRST != np.uint64(_NEW_LINE if column == last else _COMMA):
                return FAULTY
            at += 1
        if not solid:
            return FAULTY
        row += 1
    return row


@njit(nogil=True, cache=True, inline="always")
def _zero_bytes(word: np.uint64) -> np.uint64:
    """The highest bit of the first byte that is zero, and perhaps of later bytes."""
    return (word - _ONES) & ~word & _HIGHS


@njit(nogil=True, cache=True, inline="always")
def _first_byte(flags: np.uint64) -> Int:
    """Which byte of a word the lowest bit of some flags is in."""
    return np.int64(trailing_zeros(flags)) >> 3  # type: ignore[call-arg]


@njit(nogil=True, cache=True, inline="always")
def _mask(length: Int) -> np.uint64:
    """The bits of so many first bytes of a word."""
    if length >= 8:
        return _ALL
    return (np.uint64(1) << np.uint64(8 * length)) - np.uint64(1)


@njit(nogil=True, cache=True, inline="always")
def _length(words: Words, at: Int) -> Int:
    """How long a cell is that ends at a comma, a line end or a quote."""
    length: Int = 0
    while True:
        word = words[at + length]
        ends = _zero_bytes(word ^ _COMMAS) | _zero_bytes(word ^ _NEW_LINES)
        ends |= _zero_bytes(word ^ _RETURNS) | _zero_bytes(word ^ _QUOTES)
        if ends:
            return length + _first_byte(ends)
        length += 8


@njit(nogil=True, cache=True)
def _quoted_length(words: Words, at: Int) -> Int:
    """How long a cell is up to its closing quote; -1: there is none in the line."""
    end = at
    while words[end] & _FIRST != np.uint64(_QUOTE):
        if words[end] & _FIRST == np.uint64(_NEW_LINE):
            return -1
        end += 1
    return end - at


@njit(nogil=True, cache=True, inline="always")
def _remember(again: Words, word: np.uint64, length: Int, code: Int, repeats: bool) -> None:
    """Notes a cell for the next row, unless it fills a word with the comma after it."""
    mask = _mask(length + 1) if repeats and length < 8 else np.uint64(0)
    again[_MASK] = mask
    again[_WORD] = word & mask if mask else _ALL
    again[_LENGTH] = length
    again[_CODE] = code


@njit(nogil=True, cache=True)
def _code(words: Words, at: Int, length: Int, texts: Words, counts: Ints, column: int) -> Int:
    """The code of a text among those of its column, a new one for a new text; -1: no room."""
    key = words[at] & _mask(length)
    hashed = (key ^ np.uint64(length)) * _SPREAD
    for i in range(8, length, 8):
        part = words[at + i] & _mask(length - i)
        hashed = (hashed ^ (hashed >> _FOLD) ^ part) * _SPREAD
    slot = np.int64(hashed >> _TOP) & (len(texts) - 1)
    while texts[slot, 0]:
        if texts[slot, 1] == key and texts[slot, 3] == length:
            first, i = np.int64(texts[slot, 2]), 8
            while i < length and (words[first + i] ^ words[at + i]) & _mask(length - i) == 0:
                i += 8
            if i >= length:
                return np.int64(texts[slot, 0]) - 1
        slot = (slot + 1) & (len(texts) - 1)
    if 2 * counts[column] == len(texts):
        return -1
    counts[column] += 1
    texts[slot, 0], texts[slot, 1] = counts[column], key
    texts[slot, 2], texts[slot, 3] = at, length
    return np.int64(counts[column] - 1)


@njit(nogil=True, cache=True)
def _note(odd: Ints, counts: Ints, figure: Int, row: Int, at: Int, length: Int) -> bool:
    """Notes a cell that is no figure; false when there is no room."""
    count = counts[len(counts) - 1]
    if count == len(odd):
        return False
    counts[len(counts) - 1] = count + 1
    odd[count, 0], odd[count, 1], odd[count, 2], odd[count, 3] = figure, row, at, length
    return True


@njit(nogil=True, cache=True)
def _figure(words: Words, at: Int, length: Int) -> tuple[Int, Int]:
    """Mantissa and decimals of a cell; (0, EMPTY) of none, (0, ODD) of what is no figure."""
    if length == 0:
        return 0, EMPTY
    if length <= 8:
        return _short_figure(words[at] & _mask(length), length)
    return _long_figure(words, at, length)


@njit(nogil=True, cache=True)
def _short_figure(word: np.uint64, length: Int) -> tuple[Int, Int]:
    """Mantissa and decimals of at most eight characters, zero beyond them; (0, ODD): none."""
    points = _zero_bytes(word ^ _POINTS)
    whole: Int = length
    places: Int = 0
    count, digits = length, word
    if points:
        whole = _first_byte(points)
        places, count = length - whole - 1, length - 1
        before = _mask(whole)
        digits = (word & before) | ((word >> _BYTE) & ~before)
        if places == 0 or places > MOST_DECIMALS:
            return 0, ODD
    if whole == 0 or (whole > 1 and (word & _FIRST) == np.uint64(_ZERO)):
        return 0, ODD
    digits ^= _ZEROS & _mask(count)
    if ((digits + _ABOVE_NINE) | digits) & _HIGHS:
        return 0, ODD
    digits <<= np.uint64(64 - 8 * count)
    digits = ((digits & _DIGITS) * _BY_TEN) >> _BYTE
    digits = ((digits & _PAIRS) * _BY_HUNDRED) >> _TWO_BYTES
    digits = ((digits & _FOURS) * _BY_TEN_THOUSAND) >> _FOUR_BYTES
    return np.int64(digits), places


@njit(nogil=True, cache=True)
def _long_figure(words: Words, begin: Int, length: Int) -> tuple[Int, Int]:
    """As `_short_figure`, of any length."""
    whole, point = np.int64(0), length
    for i in range(length):
        byte = np.int64(words[begin + i] & _FIRST)
        if byte == _POINT and point == length:
            point = i
        elif _ZERO <= byte <= _NINE:
            whole = whole * 10 + (byte - _ZERO)
        else:
            return 0, ODD
    places = length - point - 1 if point < length else 0
    if point < length and (places == 0 or places > MOST_DECIMALS):
        return 0, ODD
    if (
        point == 0
        or point > MOST_DIGITS
        or (point > 1 and words[begin] & _FIRST == np.uint64(_ZERO))
    ):
        return 0, ODD
    return whole, places
