"""Finding the axes of a table in its key columns, and each row's index on them."""

import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.cells import figure_fault, text_fault, whole_fault, zip_fault
from megler.carriers.rules.columns import Column
from megler.carriers.rules.layout import Dimension, DimensionKind
from megler.carriers.rules.place import shown
from megler.carriers.rules.sheets import Sheet
from megler.carriers.rules.tables import (
    BOUND_SCALE,
    NO_START,
    NO_STOP,
    Axis,
    BandAxis,
    ChoiceAxis,
    WholeAxis,
)
from megler.vocabulary.problems import Problem

Indexes = NDArray[np.int64]
_BLOCK = 1 << 16
MOST_COMPARED = 1000
"""Among more bands than these none is told to be odd: comparing each with each takes too long."""
Fault = tuple[str, str]
Band = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """An axis (None: it cannot be made), and the index on it of each row (-1: faulty cell).

    A row's index is `places[codes[row]]`: found once for all rows of the same text.
    """

    axis: Axis | None
    places: Indexes
    codes: NDArray[np.int32]
    problems: list[Problem]

    @property
    def sound(self) -> bool:
        """Whether every row has an index."""
        return bool((self.places >= 0).all())

    @property
    def indexes(self) -> Indexes:
        """The index of each row."""
        return self.places[self.codes]


def find_axis(dimension: Dimension, sheet: Sheet) -> Found:
    """The axis of a dimension that has columns of its own."""
    if dimension.kind is DimensionKind.BAND:
        return _bands(dimension, sheet)
    if dimension.kind is DimensionKind.WHOLE:
        return _wholes(dimension, sheet)
    return _choices(dimension, sheet)


def _told(sheet: Sheet, column: str, fault_of: Callable[[str], Fault | None]) -> list[Problem]:
    """The faulty cells of a column."""
    return [
        Problem(code, sheet.place(row, column), shown(text), expected)
        for row, text, (code, expected) in sheet.texts(column).faults(fault_of)
    ]


def _absent(
    dimension: Dimension, sheet: Sheet, labels: list[str], there: set[int]
) -> list[Problem]:
    """A problem for each run of values that the dimension names and no row has."""
    problems, i = [], 0
    column = dimension.columns[0]
    code = "gap_in_values" if dimension.kind is DimensionKind.WHOLE else "value_without_rows"
    while i < len(labels):
        if i in there:
            i += 1
            continue
        first = i
        while i < len(labels) and i not in there and code == "gap_in_values":
            i += 1
        i = max(i, first + 1)
        run = labels[first] if i - first == 1 else f"{labels[first]} to {labels[i - 1]}"
        where = f"{sheet.file} column {column}"
        problems.append(Problem(code, where, "no rows", f"{dimension.name} {run}"))
    return problems


def _wholes(dimension: Dimension, sheet: Sheet) -> Found:
    axis = WholeAxis(dimension.name, dimension.start, dimension.stop, dimension.step)
    column = dimension.columns[0]

    def fault(text: str) -> Fault | None:
        broken = whole_fault(text)
        if broken is None and axis.index(int(text)) < 0:
            by = f" by {axis.step}" if axis.step > 1 else ""
            return ("out_of_range", f"{axis.start} to {axis.stop}{by}")
        return broken

    cells = sheet.texts(column)
    problems = _told(sheet, column, fault)
    places = np.array(
        [-1 if whole_fault(text) else axis.index(int(text)) for text in cells.texts], np.int64
    )
    labels = [axis.label(i) for i in range(axis.size)]
    there = {int(i) for i in places if i >= 0}
    problems += _absent(dimension, sheet, labels, there)
    return Found(axis, places, cells.codes, problems)


def _choices(dimension: Dimension, sheet: Sheet) -> Found:
    column = dimension.columns[0]
    cells = sheet.texts(column)
    listed = dimension.kind is DimensionKind.CHOICE
    fault_of = _choice_fault(dimension) if listed else _text_fault(dimension)
    problems = _told(sheet, column, fault_of)
    values = dimension.values or tuple(sorted(t for t in cells.texts if not fault_of(t)))
    index = {value: i for i, value in enumerate(values)}
    places = np.array([index.get(text, -1) for text in cells.texts], np.int64)
    if listed:
        problems += _absent(dimension, sheet, list(values), {int(i) for i in places})
    return Found(ChoiceAxis(dimension.name, values), places, cells.codes, problems)


def _choice_fault(dimension: Dimension) -> Callable[[str], Fault | None]:
    values = set(dimension.values)

    def fault(text: str) -> Fault | None:
        if text in values:
            return None
        bare = " ".join(text.replace("\u00a0", " ").split())
        if not bare:
            return ("empty_cell", " | ".join(dimension.values)[:200])
        if bare in values:
            return ("stray_space", bare)
        return ("unknown_value", " | ".join(dimension.values)[:200])

    return fault


def _text_fault(dimension: Dimension) -> Callable[[str], Fault | None]:
    return zip_fault if dimension.kind is DimensionKind.ZIP else text_fault


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pairs of texts in the two columns of a band, and for every row which it has.

    `rows` counts the rows of each pair, `first` has the first of them.
    """

    texts: list[tuple[str, str]]
    codes: NDArray[np.int32]
    rows: list[int]
    first: list[int]

    def rows_of(self, pairs: Collection[int]) -> Iterator[tuple[int, int]]:
        """Row and pair of every row that has one of some pairs."""
        column = Column([""] * len(self.texts), self.codes)
        for row in column.rows_of(pairs).tolist():
            yield row, int(self.codes[row])


def _pairs(low: Column, high: Column) -> _Pairs:
    both = low.codes.astype(np.int64)
    both *= len(high.texts)
    both += high.codes
    if len(low.texts) * len(high.texts) <= len(both):
        rows = np.bincount(both)
        found = np.flatnonzero(rows)
        codes = np.take((np.cumsum(rows > 0) - 1).astype(np.int32), both, mode="clip")
        counts = rows[found]
    else:
        found, turned, counts = np.unique(both, return_inverse=True, return_counts=True)
        codes = turned.astype(np.int32)
    width = len(high.texts)
    texts = [(low.texts[i // width], high.texts[i % width]) for i in found.tolist()]
    return _Pairs(texts, codes, counts.tolist(), _first_rows(codes, len(found)).tolist())


def _first_rows(codes: NDArray[np.int32], count: int) -> Indexes:
    """The first row of each code."""
    first = np.full(count, -1, np.int64)
    for start in range(0, len(codes), _BLOCK):
        some = codes[start : start + _BLOCK]
        here = np.full(count, -1, np.int64)
        here[some[::-1]] = np.arange(start + len(some) - 1, start - 1, -1)
        first = np.where(first < 0, here, first)
        if (first >= 0).all():
            break
    return first


def _bands(dimension: Dimension, sheet: Sheet) -> Found:
    low, high = dimension.columns
    problems = _told(sheet, low, _bound_fault) + _told(sheet, high, _bound_fault)
    pairs = _pairs(sheet.texts(low), sheet.texts(high))
    sound: dict[int, Band] = {}
    turned = set()
    for i, pair in enumerate(pairs.texts):
        if _bound_fault(pair[0]) or _bound_fault(pair[1]):
            continue
        band = (_scaled(pair[0], NO_START), _scaled(pair[1], NO_STOP))
        if band[0] > band[1]:
            turned.add(i)
        else:
            sound[i] = band
    problems += [
        Problem(
            "bounds_reversed",
            sheet.place(row, high),
            pairs.texts[i][1],
            f"at least {pairs.texts[i][0]}",
        )
        for row, i in pairs.rows_of(turned)
    ]
    rows_of: Counter[Band] = Counter()
    first: dict[Band, int] = {}
    for i in sorted(sound, key=lambda i: pairs.first[i]):
        rows_of[sound[i]] += pairs.rows[i]
        first.setdefault(sound[i], pairs.first[i])
    odd = _odd_bands(rows_of)
    bands = sorted(set(rows_of) - set(odd))
    problems += [
        _odd_problem(sheet, row, dimension, pairs.texts[i], odd[sound[i]])
        for row, i in pairs.rows_of([i for i, band in sound.items() if band in odd])
    ]
    unit = _unit(bands)
    faults = [
        Problem(code, sheet.place(first[band], low), _shown_bound(band[0]), expected)
        for code, band, expected in _band_faults(bands, unit)
    ]
    problems += faults
    index = {band: i for i, band in enumerate(bands)}
    places = np.array(
        [index.get(sound[i], -1) if i in sound else -1 for i in range(len(pairs.texts))], np.int64
    )
    axis = BandAxis(dimension.name, tuple(b[0] for b in bands), tuple(b[1] for b in bands), unit)
    usable = bands and not any(f.code == "bands_overlap" for f in faults)
    return Found(axis if usable else None, places, pairs.codes, problems)


def _odd_bands(rows_of: Mapping[Band, int]) -> dict[Band, Band]:
    """Bands of few rows that overlap one of at least twice as many, with the one probably meant."""
    odd: dict[Band, Band] = {}
    for band, rows in rows_of.items() if len(rows_of) <= MOST_COMPARED else ():
        over = [
            other
            for other, more in rows_of.items()
            if more >= 2 * rows and other[0] <= band[1] and band[0] <= other[1]
        ]
        if over:
            odd[band] = max(over, key=lambda o: (o[0] == band[0], o[1] == band[1], rows_of[o]))
    return odd


def _odd_problem(
    sheet: Sheet, index: int, dimension: Dimension, pair: tuple[str, str], meant: Band
) -> Problem:
    """Names the bound of a row that differs from the band that most rows have."""
    low, high = dimension.columns
    if _scaled(pair[0], NO_START) == meant[0]:
        where, found, expected = high, _scaled(pair[1], NO_STOP), meant[1]
    else:
        where, found, expected = low, _scaled(pair[0], NO_START), meant[0]
    return Problem(
        "bands_overlap", sheet.place(index, where), _shown_bound(found), _shown_bound(expected)
    )


def _bound_fault(text: str) -> Fault | None:
    if not text:
        return None
    fault = figure_fault(text, zero=True)
    if fault and fault[1].startswith("a figure"):
        return (fault[0], "a bound such as 30")
    if fault is None and len(text.partition(".")[2]) > 2:
        return ("too_many_decimals", "at most two")
    return fault


def _scaled(text: str, missing: int) -> int:
    whole, _, cents = text.partition(".")
    return int(whole + cents.ljust(2, "0")) if text else missing


def _unit(bands: list[Band]) -> int:
    bounds = [b for band in bands for b in band if b not in (NO_START, NO_STOP)]
    return 1 if any(b % BOUND_SCALE for b in bounds) else BOUND_SCALE


def _band_faults(bands: list[Band], unit: int) -> list[tuple[str, Band, str]]:
    """Overlaps and gaps between neighbouring bands: code, the upper band, where it should start."""
    faults = []
    for below, above in itertools.pairwise(bands):
        expected = _shown_bound(below[1] + unit) if below[1] != NO_STOP else "the last band"
        if above[0] <= below[1]:
            faults.append(("bands_overlap", above, expected))
        elif above[0] > below[1] + unit:
            faults.append(("gap_in_bands", above, expected))
    return faults


def _shown_bound(scaled: int) -> str:
    if scaled in (NO_START, NO_STOP):
        return "no lower bound" if scaled == NO_START else "no upper bound"
    whole, cents = divmod(scaled, BOUND_SCALE)
    return f"{whole}.{cents:02}" if cents else str(whole)
