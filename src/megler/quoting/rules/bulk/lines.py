"""Where the records of a CSV text end: commas and line ends inside quotes belong to their cell."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_END, _QUOTE, _COMMA, _RETURN = 10, 34, 44, 13
_CELL = re.compile(rb'("(?:[^"]|"")*"[^,\n]*|"(?:[^"]|"")*\Z|[^",\n][^,\n]*|)(,|\n|\Z)')
_QUOTED = re.compile(rb'"((?:[^"]|"")*)"?(.*)', re.DOTALL)
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """`ends[i]` is the place after record i and its line end, `cells[i]` how many cells it has.

    `plain`: every quote stands where the format wants it, so a fast reader may be trusted.
    """

    ends: Places
    cells: Places
    plain: bool


def records(data: bytes, *, last: bool = True) -> Records:
    """The records in `data`, which begins with one. Unless `last`, an unfinished one is left out.

    A quote counts only at the beginning of a cell (RFC 4180), as spreadsheets read it.
    """
    text = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(text == _QUOTE)
    if not _well_placed(text, quotes, last=last):
        return _by_cells(data, last=last)
    ends = _outside(np.flatnonzero(text == _END), quotes) + 1
    if last and text.size and (not ends.size or ends[-1] != text.size):
        ends = np.append(ends, text.size)
    commas = _outside(np.flatnonzero(text == _COMMA), quotes)
    before = np.searchsorted(commas, ends)
    return Records(ends, np.diff(before, prepend=0) + 1, True)


def cells_of(record: bytes) -> list[bytes]:
    """The cells of one record, without its line end and without quotes around them.

    >>> cells_of(b'a,"b ""c"", d",5" tall\\r\\n')
    [b'a', b'b "c", d', b'5" tall']
    """
    record = record.removesuffix(b"\n").removesuffix(b"\r")
    return [_unquoted(cell) for cell, _, _ in _cells(record)]


def _outside(places: Places, quotes: Places) -> Places:
    """Those places with an even number of quotes before them."""
    if not quotes.size:
        return places
    even = np.searchsorted(quotes, places) % 2 == 0
    outside: Places = places[even]
    return outside


def _well_placed(text: NDArray[np.uint8], quotes: Places, *, last: bool) -> bool:
    """Whether quotes open at the beginning of cells and close at their end, doubled inside."""
    if not quotes.size:
        return True
    if last and quotes.size % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, text[opening - 1], _END)
    after = text[np.minimum(closing + 1, text.size - 1)]
    after = np.where(closing + 1 < text.size, after, _END)
    doubled = np.append(False, closing[: opening.size - 1] + 1 == opening[1:])
    opens = (before == _COMMA) | (before == _END) | doubled
    closes = (after == _COMMA) | (after == _END) | (after == _RETURN) | (after == _QUOTE)
    return bool(np.all(opens) and np.all(closes))


def _by_cells(data: bytes, *, last: bool) -> Records:
    """The slow way, cell by cell, for a text with quotes in odd places."""
    ends: list[int] = []
    counts: list[int] = []
    place = count = 0
    for _, end, closed in _cells(data):
        place, count = end, count + 1
        if closed:
            ends.append(end)
            counts.append(count)
            count = 0
    if last and place > (ends[-1] if ends else 0):
        ends.append(place)
        counts.append(count)
    return Records(np.array(ends, np.int64), np.array(counts, np.int64), False)


def _cells(data: bytes) -> Iterator[tuple[bytes, int, bool]]:
    """Each cell as it stands, the place after it, and whether its record ends there."""
    place, more = 0, True
    while more and (found := _CELL.match(data, place)):
        yield found[1], found.end(), found[2] == b"\n"
        place, more = found.end(), bool(found[2])


def _unquoted(cell: bytes) -> bytes:
    quoted = _QUOTED.fullmatch(cell)
    return quoted[1].replace(b'""', b'"') + quoted[2] if quoted else cell
