"""Making a table out of its file: every key once, every figure exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.axes import Found, Indexes, find_axis
from megler.carriers.rules.blanks import holes_in, hollow_cells, without_echoes
from megler.carriers.rules.cells import text_fault
from megler.carriers.rules.layout import TableSpec
from megler.carriers.rules.place import place, shown
from megler.carriers.rules.placement import standing_places
from megler.carriers.rules.sheets import MANY, Sheet, capped, more
from megler.carriers.rules.tables import (
    MISSING,
    Axis,
    ChoiceAxis,
    Table,
    strides,
    unravelled,
)
from megler.carriers.rules.workbooks import sheet_in
from megler.vocabulary.problems import Problem, errors

MOST_CELLS = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Built:
    """A table with the way back to its file. `origin` holds the sheet's row of each row key.

    Its cells are complete only when no problem was told; -1 in `origin`: no row.
    """

    table: Table
    sheet: Sheet
    origin: NDArray[np.int64]

    def place(self, address: int) -> str:
        """The `where` of the cell at an address."""
        row, column = self._cell(address)
        return self.sheet.place(row, column) if row >= 0 else place(self.sheet.file, None, column)

    def row(self, address: int) -> int:
        """The row of the file that has the cell at an address."""
        return self.sheet.rows[self._cell(address)[0]]

    def _cell(self, address: int) -> tuple[int, str]:
        """Index in the sheet (-1: no row) and column of the cell at an address."""
        across = self.table.spec.across
        row_key, column = 0, "value"
        for axis, index in zip(self.table.axes, self.table.indexes(address), strict=True):
            if across and axis.name == across.name:
                column = axis.label(index)
            else:
                row_key = row_key * axis.size + index
        return int(self.origin[row_key]), column


def build_table(spec: TableSpec, content: bytes) -> tuple[Table | None, list[Problem]]:
    """The table that a file holds, and everything wrong with the file; None on any error."""
    built, problems = build(spec, content)
    return (built.table if built and not errors(problems) else None), problems


def build(spec: TableSpec, content: bytes) -> tuple[Built | None, list[Problem]]:
    """As `build_table`, with the way back to the file, and as far as it can be made."""
    across = spec.across
    figures = list(across.values) if across else ["value"]
    keys = [c for d in spec.dimensions for c in d.columns]
    wanted = () if spec.holds_texts else figures
    sheet, problems = sheet_in(spec.place, content, [*keys, *figures], ("page",), wanted)
    if sheet is None or not sheet.rows:
        return None, problems
    if spec.holds_texts:
        table, faults = _texts(spec, sheet)
        return Built(table, sheet, np.zeros(0, np.int64)), capped(problems + faults, spec.place)
    built, faults = _grid(spec, sheet, figures)
    if built and spec.sparse and across:
        faults += hollow_cells(built.table, built.origin, built.place)
    return built, capped(without_echoes(problems + faults, spec.place, keys), spec.place)


def _texts(spec: TableSpec, sheet: Sheet) -> tuple[Table, list[Problem]]:
    columns = [d.columns[0] for d in spec.dimensions]
    problems = []
    for dimension in spec.dimensions:
        problems += find_axis(dimension, sheet).problems
    values = sheet.texts("value")
    for row, text, (code, expected) in values.faults(text_fault):
        problems.append(Problem(code, sheet.place(row, "value"), shown(text), expected))
    first: dict[tuple[str, ...], int] = {}
    for i, key in enumerate(zip(*(sheet.columns[c] for c in columns), strict=True)):
        if first.setdefault(key, i) != i:
            found = shown(", ".join(key))
            expected = f"once; first in row {sheet.rows[first[key]]}"
            problems.append(Problem("duplicate_key", sheet.place(i), found, expected))
    texts = {key: values[i] for key, i in first.items()}
    return Table(spec, (), np.zeros(0, np.int64), 0, texts), problems


def _grid(spec: TableSpec, sheet: Sheet, figures: list[str]) -> tuple[Built | None, list[Problem]]:
    across = spec.across
    founds = {d.name: find_axis(d, sheet) for d in spec.dimensions if not d.across}
    problems = [p for found in founds.values() for p in found.problems]
    values, scale, faults = _values(spec, sheet, figures)
    problems += faults
    if any(found.axis is None for found in founds.values()):
        return None, problems
    axes: tuple[Axis, ...] = tuple(
        ChoiceAxis(d.name, d.values) if d.across else _axis(founds[d.name]) for d in spec.dimensions
    )
    size = int(np.prod([axis.size for axis in axes], dtype=np.float64))
    if size > MOST_CELLS or size == 0:
        return None, [*problems, Problem("table_too_large", spec.place, str(size), str(MOST_CELLS))]
    rows = _addresses(founds, len(sheet.rows))
    origin, faults = _origin(spec, sheet, founds, rows)
    problems += faults
    cells = _cells(axes, across.name if across else "", rows, [values[c] for c in figures])
    return Built(Table(spec, axes, cells, scale), sheet, origin), problems


def _addresses(founds: Mapping[str, Found], rows: int) -> Indexes:
    """The row key of each row of the sheet: its address on the axes but the one across; or -1."""
    steps = strides([_axis(found).size for found in founds.values()])
    address = np.zeros(rows, np.int32)  # fits: MOST_CELLS
    for found, step in zip(founds.values(), steps, strict=True):
        address += np.take((found.places * step).astype(np.int32), found.codes, mode="clip")
    for found in founds.values():
        if not found.sound:
            address[found.indexes < 0] = -1
    return address.astype(np.int64)


def _in_order(rows: Indexes, size: int) -> bool:
    """Whether the sheet has every row key once, in the order of the axes."""
    return len(rows) == size and bool((rows == np.arange(size)).all())


def _cells(
    axes: Sequence[Axis], across: str, rows: Indexes, columns: Sequence[Indexes]
) -> NDArray[np.int64]:
    """The figures of every column at their addresses; MISSING elsewhere."""
    sizes = [axis.size for axis in axes]
    at = next((i for i, axis in enumerate(axes) if axis.name == across), len(axes))
    inner = int(np.prod(sizes[at + 1 :], dtype=np.int64))
    cells = np.full(int(np.prod(sizes, dtype=np.int64)), MISSING, np.int64)
    grid = cells.reshape(-1, len(columns), inner)
    in_order = _in_order(rows, len(grid) * inner)
    sound = rows >= 0
    for i, figures in enumerate(columns):
        if in_order:
            grid[:, i] = figures.reshape(-1, inner)
        else:
            grid[rows[sound] // inner, i, rows[sound] % inner] = figures[sound]
    return cells


def _axis(found: Found) -> Axis:
    if found.axis is None:
        raise ValueError("an axis that could not be made")
    return found.axis


def _values(
    spec: TableSpec, sheet: Sheet, columns: list[str]
) -> tuple[dict[str, Indexes], int, list[Problem]]:
    """The figures of each column in units of 10**-scale, MISSING where faulty or not offered."""
    figures = {column: sheet.figures_of(column) for column in columns}
    scale = max((one.scale for one in figures.values()), default=0)
    values, problems = {}, []
    for column, read in figures.items():
        faults = read.faults(spec.zero, empty=spec.sparse and spec.across is not None)
        problems += [
            Problem(code, sheet.place(row, column), shown(text), expected)
            for row, text, (code, expected) in faults
        ]
        values[column] = read.scaled(scale, MISSING)
    return values, scale, problems


def _origin(
    spec: TableSpec, sheet: Sheet, founds: Mapping[str, Found], rows: Indexes
) -> tuple[NDArray[np.int64], list[Problem]]:
    """Which row of the sheet holds each row key; duplicate and missing keys are told."""
    axes = [_axis(found) for found in founds.values()]
    size = int(np.prod([axis.size for axis in axes], dtype=np.int64))
    if _in_order(rows, size):
        return np.arange(size), []
    order = np.flatnonzero(rows >= 0)
    origin = np.full(size, -1, np.int64)
    origin[rows[order][::-1]] = order[::-1]
    problems = _duplicates(sheet, axes, rows, order, origin)
    wanted = (
        holes_in(axes, origin >= 0).ravel() if spec.sparse else _absent_keys(axes, founds, origin)
    )
    return origin, problems + _missing(sheet, axes, origin, wanted)


def _key(axes: Sequence[Axis], address: int) -> str:
    indexes = unravelled(address, [axis.size for axis in axes])
    return ", ".join(f"{a.name} {a.label(i)}" for a, i in zip(axes, indexes, strict=True))


def _duplicates(
    sheet: Sheet,
    axes: Sequence[Axis],
    address: Indexes,
    order: Indexes,
    origin: NDArray[np.int64],
) -> list[Problem]:
    again = order[origin[address[order]] != order]
    return [
        Problem(
            "duplicate_key",
            sheet.place(int(i)),
            _key(axes, int(address[i])),
            f"once; first in row {sheet.rows[int(origin[address[i]])]}",
        )
        for i in again[:MANY]
    ] + more("duplicate_key", sheet.file, len(again))


def _absent_keys(
    axes: Sequence[Axis], founds: Mapping[str, Found], origin: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Keys that no row has, but not those of a value that no row has at all (told already)."""
    grid = (origin < 0).reshape([axis.size for axis in axes])
    for i, found in enumerate(founds.values()):
        there = np.zeros(axes[i].size, bool)
        there[found.places[found.places >= 0]] = True
        index: list[slice | NDArray[np.bool_]] = [slice(None)] * len(axes)
        index[i] = ~there
        grid[tuple(index)] = False
    return np.asarray(grid.ravel(), bool)


def _missing(
    sheet: Sheet, axes: Sequence[Axis], origin: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> list[Problem]:
    """A problem for each wanted key that no row has, at the row where it should stand."""
    absent, there = np.flatnonzero(wanted), np.flatnonzero(origin >= 0)
    count, absent = len(absent), absent[:MANY]
    if not count:
        return []
    there = there[np.argsort(origin[there])]
    sizes = [axis.size for axis in axes]
    listed = [i for i, axis in enumerate(axes) if isinstance(axis, ChoiceAxis)]
    places = standing_places(
        np.stack(np.unravel_index(there, sizes), axis=1),
        np.asarray(sheet.rows, np.int64)[origin[there]],
        np.stack(np.unravel_index(absent, sizes), axis=1),
        listed,
    )
    return [
        Problem("missing_key", place(sheet.file, row), "", _key(axes, int(address)))
        for row, address in zip(places, absent, strict=True)
    ] + more("missing_key", sheet.file, count)
