"""Reading a large CSV file in one compiled pass over its bytes, on every core.

Only what is faultless in form is read here: every row as long as the header, quotes only around
whole cells, no blank row. Anything else answers None and is read cell by cell, which says what is
wrong. Figures become whole numbers and a count of decimals straight from their digits.
"""

import itertools
import os
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.bytewise import (
    FIGURE,
    SKIPPED,
    TEXT,
    TOO_MANY_TEXTS,
    read_rows,
)
from megler.carriers.rules.columns import Column, Figures

CORES = os.cpu_count() or 1
SMALLEST_PART = 1 << 20
FEW_SLOTS, MANY_SLOTS = 1 << 12, 1 << 18
"""Room for the texts of a column, half of which may be taken: tried in turn."""
MOST_ODD = 1000
_WORD, _BLOCK = 8, 1 << 17
_NEW_LINE = 10


@dataclass(frozen=True, slots=True)
class Scanned:
    """The cells of the wanted columns, and how many rows there are."""

    columns: dict[str, Column]
    figures: dict[str, Figures]
    rows: int


@dataclass(frozen=True, slots=True)
class _Part:
    """Some whole rows: where they stand in `content`, and how many rows come before."""

    content: bytes
    start: int
    stop: int
    before: int


@dataclass(frozen=True, slots=True)
class _Cells:
    """What all parts write into, columns by rows: texts' codes, figures' mantissas and decimals."""

    codes: NDArray[np.int32]
    mantissas: NDArray[np.int64]
    decimals: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Found:
    """The texts of each column in one part, in the order of their codes, and the odd cells."""

    texts: list[list[str]]
    odd: list[tuple[int, int, str]]


def scan(
    content: bytes,
    start: int,
    header: Sequence[str],
    wanted: Collection[str],
    figures: Collection[str] = (),
) -> Scanned | None:
    """The rows from `start` on; of the columns in `header` those `wanted`, as texts or `figures`.

    None when the rows are not faultless in form, or hold too many different texts or odd figures.
    The content is UTF-8 without NUL, and its header is one line.
    """
    kinds = np.array(
        [FIGURE if c in figures else TEXT if c in wanted else SKIPPED for c in header], np.uint8
    )
    named = {
        k: [c for c, kind in zip(header, kinds, strict=True) if kind == k] for k in (TEXT, FIGURE)
    }
    with ThreadPoolExecutor(CORES) as pool:
        parts, rows = _parts(content, start, pool)
        cells = _Cells(
            np.empty((len(named[TEXT]), rows), np.int32),
            np.empty((len(named[FIGURE]), rows), np.int64),
            np.empty((len(named[FIGURE]), rows), np.uint8),
        )
        found = list(pool.map(lambda part: _read(part, kinds, cells), parts))
    sound = [one for one in found if one is not None]
    if len(sound) < len(found) or not rows:
        return None
    return Scanned(
        {name: _joined(parts, sound, cells, i) for i, name in enumerate(named[TEXT])},
        {name: _figures(parts, sound, cells, i) for i, name in enumerate(named[FIGURE])},
        rows,
    )


def _parts(content: bytes, start: int, pool: ThreadPoolExecutor) -> tuple[list[_Part], int]:
    """The content in parts of whole rows, one a core, and the number of rows.

    The pass reads eight bytes at a time: the last rows are put where bytes follow them.
    """
    tail = max(content.rfind(b"\n", start, max(start, len(content) - _WORD)) + 1, start)
    count = min(CORES, (tail - start) // SMALLEST_PART + 1)
    inner = {
        content.find(b"\n", start + i * (tail - start) // count, tail) + 1 for i in range(count)
    }
    cuts = sorted({start, *(cut for cut in inner if start < cut < tail), tail})
    ends = content[tail:]
    ends += b"" if ends.endswith(b"\n") or not ends else b"\n"
    pieces = [(content, *pair) for pair in itertools.pairwise(cuts)]
    pieces.append((ends + bytes(_WORD), 0, len(ends)))
    sizes = pool.map(_line_ends, pieces)
    parts, rows = [], 0
    for piece, size in zip(pieces, sizes, strict=True):
        parts.append(_Part(*piece, rows))
        rows += size
    return parts, rows


def _line_ends(piece: tuple[bytes, int, int]) -> int:
    """How many lines end in a piece of the content."""
    content, start, stop = piece
    data = np.frombuffer(content, np.uint8)
    blocks = range(start, stop, _BLOCK)
    return sum(int(np.count_nonzero(data[i : min(i + _BLOCK, stop)] == _NEW_LINE)) for i in blocks)


def _read(part: _Part, kinds: NDArray[np.uint8], cells: _Cells) -> _Found | None:
    """Reads one part into the cells; None: faulty."""
    held, columns = part.content, len(cells.codes)
    words: NDArray[np.uint64] = np.ndarray((len(held) - _WORD + 1,), "<u8", held, 0, (1,))
    for slots in (FEW_SLOTS, MANY_SLOTS):
        texts = np.zeros((columns, slots, 4), np.uint64)
        counts = np.zeros(columns + 1, np.int64)
        odd = np.empty((MOST_ODD, 4), np.int64)
        done = read_rows(
            words, part.start, part.stop, kinds, part.before,
            cells.codes, cells.mantissas, cells.decimals, texts, counts, odd,
        )  # fmt: skip
        if done >= 0:
            return _Found(
                [_texts(held, column) for column in texts],
                [(c, r, held[at : at + n].decode()) for c, r, at, n in odd[: counts[-1]].tolist()],
            )
        if done != TOO_MANY_TEXTS:
            return None
    return None


def _texts(content: bytes, slots: NDArray[np.uint64]) -> list[str]:
    """The texts of a column in the order of their codes."""
    taken = slots[slots[:, 0] > 0]
    taken = taken[np.argsort(taken[:, 0])]
    return [content[at : at + length].decode() for at, length in taken[:, 2:].tolist()]


def _joined(parts: Sequence[_Part], found: Sequence[_Found], cells: _Cells, at: int) -> Column:
    """One column of all parts, each text once."""
    places: dict[str, int] = {}
    stops = [*(part.before for part in parts[1:]), cells.codes.shape[1]]
    for part, stop, one in zip(parts, stops, found, strict=True):
        texts = one.texts[at]
        turned = np.array([places.setdefault(text, len(places)) for text in texts], np.int32)
        if (turned != np.arange(len(turned))).any():
            rows = cells.codes[at, part.before : stop]
            np.take(turned, rows, mode="clip", out=rows)
    return Column(tuple(places), cells.codes[at])


def _figures(parts: Sequence[_Part], found: Sequence[_Found], cells: _Cells, at: int) -> Figures:
    """One column of figures of all parts."""
    odd = {row: text for one in found for column, row, text in one.odd if column == at}
    return Figures(cells.mantissas[at], cells.decimals[at], odd)
