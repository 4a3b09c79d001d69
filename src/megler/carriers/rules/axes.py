"""Finding the axes of a table in its key columns, and each row's index on them."""

import itertools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.cells import figure_fault, text_fault, whole_fault, zip_fault
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
Fault = tuple[str, str]
Band = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """An axis (None: it cannot be made) and the index on it of each row (-1: faulty cell)."""

    axis: Axis | None
    indexes: Indexes
    problems: list[Problem]


def find_axis(dimension: Dimension, sheet: Sheet) -> Found:
    """The axis of a dimension that has columns of its own."""
    if dimension.kind is DimensionKind.BAND:
        return _bands(dimension, sheet)
    if dimension.kind is DimensionKind.WHOLE:
        return _wholes(dimension, sheet)
    return _choices(dimension, sheet)


def _told(sheet: Sheet, column: str, fault_of: Callable[[str], Fault | None]) -> list[Problem]:
    """The faulty cells of a column, each text judged once."""
    cells = sheet.columns[column]
    faults = {text: fault for text in set(cells) if (fault := fault_of(text))}
    if not faults:
        return []
    return [
        Problem(faults[text][0], sheet.place(i, column), shown(text), faults[text][1])
        for i, text in enumerate(cells)
        if text in faults
    ]


def _indexed(cells: list[str], places: dict[str, int]) -> Indexes:
    return np.fromiter((places.get(text, -1) for text in cells), np.int64, len(cells))


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

    problems = _told(sheet, column, fault)
    cells = sheet.columns[column]
    places = {t: axis.index(int(t)) for t in set(cells) if whole_fault(t) is None}
    labels = [axis.label(i) for i in range(axis.size)]
    there = {i for i in places.values() if i >= 0}
    return Found(axis, _indexed(cells, places), problems + _absent(dimension, sheet, labels, there))


def _choices(dimension: Dimension, sheet: Sheet) -> Found:
    column = dimension.columns[0]
    cells = sheet.columns[column]
    listed = dimension.kind is DimensionKind.CHOICE
    fault_of = _choice_fault(dimension) if listed else _text_fault(dimension)
    problems = _told(sheet, column, fault_of)
    values = dimension.values or tuple(sorted(t for t in set(cells) if not fault_of(t)))
    axis = ChoiceAxis(dimension.name, values)
    places = {value: i for i, value in enumerate(values)}
    indexes = _indexed(cells, places)
    if listed:
        there = {int(i) for i in np.unique(indexes)}
        problems += _absent(dimension, sheet, list(values), there)
    return Found(axis, indexes, problems)


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


def _bands(dimension: Dimension, sheet: Sheet) -> Found:
    low, high = dimension.columns
    problems = _told(sheet, low, _bound_fault) + _told(sheet, high, _bound_fault)
    pairs = list(zip(sheet.columns[low], sheet.columns[high], strict=True))
    sound: dict[tuple[str, str], Band] = {}
    reversed_pairs = set()
    for pair in set(pairs):
        if _bound_fault(pair[0]) or _bound_fault(pair[1]):
            continue
        band = (_scaled(pair[0], NO_START), _scaled(pair[1], NO_STOP))
        if band[0] > band[1]:
            reversed_pairs.add(pair)
        else:
            sound[pair] = band
    problems += [
        Problem("bounds_reversed", sheet.place(i, high), pair[1], f"at least {pair[0]}")
        for i, pair in enumerate(pairs)
        if pair in reversed_pairs
    ]
    rows_of = Counter(sound[pair] for pair in pairs if pair in sound)
    odd = _odd_bands(rows_of)
    bands = sorted(set(rows_of) - set(odd))
    problems += [
        _odd_problem(sheet, i, dimension, pair, odd[sound[pair]])
        for i, pair in enumerate(pairs)
        if pair in sound and sound[pair] in odd
    ]
    unit = _unit(bands)
    first: dict[Band, int] = {}
    for i, pair in enumerate(pairs):
        if pair in sound:
            first.setdefault(sound[pair], i)
    faults = [
        Problem(code, sheet.place(first[band], low), _shown_bound(band[0]), expected)
        for code, band, expected in _band_faults(bands, unit)
    ]
    problems += faults
    places = {band: i for i, band in enumerate(bands)}
    indexes = np.fromiter(
        (places.get(sound[p], -1) if p in sound else -1 for p in pairs), np.int64, len(pairs)
    )
    axis = BandAxis(dimension.name, tuple(b[0] for b in bands), tuple(b[1] for b in bands), unit)
    usable = bands and not any(f.code == "bands_overlap" for f in faults)
    return Found(axis if usable else None, indexes, problems)


def _odd_bands(rows_of: Mapping[Band, int]) -> dict[Band, Band]:
    """Bands of few rows that overlap one of at least twice as many, with the one probably meant."""
    odd = {}
    for band, rows in rows_of.items():
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
