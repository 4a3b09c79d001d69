"""Figures that do not go the way their neighbours go. Warnings: a carrier may mean them."""

import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.building import Built
from megler.carriers.rules.layout import Trend
from megler.carriers.rules.tables import MISSING, Axis, ChoiceAxis, WholeAxis
from megler.vocabulary.problems import Problem, Severity

Ints = NDArray[np.int64]
_ROW = re.compile(r"\brow (\d+)")
FEWEST_VALUES = 5
_NEARLY = 0.9999
JUMP = 2.0
JUMP_OF_BANDS = 4.0
"""A figure so many times above or below both neighbours' middle is out of line."""


def trend_problems(built: Built, doubtful: frozenset[int] = frozenset()) -> list[Problem]:
    """Figures that fall where the table says they rise (or the reverse), and slipped decimals.

    Rows of the file that are `doubtful`, because their modes contradict, are not compared.
    """
    table = built.table
    if table.spec.holds_texts or not table.cells.size:
        return []
    problems: list[Problem] = []
    for at, axis in enumerate(table.axes):
        trend = table.spec.monotone.get(axis.name)
        if trend:
            problems += _against(built, at, axis, trend)
    named = {p.where for p in problems}
    for at, axis in enumerate(table.axes):
        if axis.size >= FEWEST_VALUES and not isinstance(axis, ChoiceAxis):
            factor = JUMP if isinstance(axis, WholeAxis) else JUMP_OF_BANDS
            problems += [p for p in _jumps(built, at, factor) if p.where not in named]
    return [p for p in problems if not _rows(p) & doubtful]


def _rows(problem: Problem) -> set[int]:
    """The rows of the file that a problem speaks of."""
    return {int(row) for row in _ROW.findall(f"{problem.where} {problem.expected}")}


@dataclass(frozen=True, slots=True, eq=False)
class _Lines:
    """Lines of cells along one axis, all else alike, and where in the table each begins."""

    cells: Ints
    starts: Ints
    step: int

    def address(self, line: int, index: int) -> int:
        """Where in the table a cell of a line stands."""
        return int(self.starts[line]) + int(index) * self.step


def _grid(built: Built, at: int) -> Ints:
    """The cells with one axis in the middle, those before it flattened, and those after."""
    sizes = [axis.size for axis in built.table.axes]
    return built.table.cells.reshape(-1, sizes[at], int(np.prod(sizes[at + 1 :], dtype=np.int64)))


def _lines(grid: Ints, suspicious: NDArray[np.bool_]) -> _Lines:
    """The lines of a grid along its middle that hold anything suspicious.

    Nearly every cell is in order: a rough look at all of them says which lines to look at closely.
    """
    outer, inner = np.nonzero(suspicious.any(axis=1))
    size, step = grid.shape[1:]
    return _Lines(grid[outer, :, inner], outer * size * step + inner, step)


def _against(built: Built, at: int, axis: Axis, trend: Trend) -> list[Problem]:
    """Each cell that is below (above, when it must fall) the last one there along the axis."""
    grid = _grid(built, at)
    sign = 1 if trend is Trend.RISES else -1
    lines = _lines(grid, _not_rising(grid) if sign > 0 else _not_falling(grid))
    cells = lines.cells
    there = cells != MISSING
    column = np.where(there, np.arange(cells.shape[1]), -1)
    last = np.maximum.accumulate(column, axis=1)[:, :-1]
    if isinstance(axis, ChoiceAxis):
        last = column[:, :-1]
    before = np.take_along_axis(cells, np.maximum(last, 0), axis=1)
    against = there[:, 1:] & (last >= 0) & (cells[:, 1:] * sign < before * sign)
    side = "at least" if sign > 0 else "at most"
    problems = []
    for line, i in zip(*np.nonzero(against), strict=True):
        limit = _beside(built, lines.address(line, last[line, i]))
        problems.append(
            Problem(
                "falls" if sign > 0 else "rises",
                built.place(lines.address(line, i + 1)),
                _shown(built, int(cells[line, i + 1])),
                f"at {axis.name} {axis.label(int(i) + 1)} {side} {limit}",
                Severity.WARNING,
            )
        )
    return problems


def _not_rising(grid: Ints) -> NDArray[np.bool_]:
    """Where a cell is there and below one before it."""
    highest = np.maximum.accumulate(grid, axis=1)[:, :-1]
    return np.asarray((grid[:, 1:] < highest) & (grid[:, 1:] != MISSING), bool)


def _not_falling(grid: Ints) -> NDArray[np.bool_]:
    """Where a cell is above one that is there before it."""
    there = np.where(grid == MISSING, np.iinfo(np.int64).max, grid)
    return np.asarray(grid[:, 1:] > np.minimum.accumulate(there, axis=1)[:, :-1], bool)


def _jumps(built: Built, at: int, factor: float) -> list[Problem]:
    """Inner cells far from the middle of their neighbours: a slipped decimal point, mostly."""
    grid = _grid(built, at)
    lines = _lines(grid, _far_off(grid, factor))
    cells = lines.cells
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(cells > 0, np.log(np.maximum(cells, 1)), np.nan)
        off = logs[:, 1:-1] - (logs[:, :-2] + logs[:, 2:]) / 2
    wild = np.abs(off) > np.log(factor)
    beside = np.zeros_like(wild)
    larger = np.abs(np.nan_to_num(off))
    beside[:, 1:] |= larger[:, :-1] > larger[:, 1:]
    beside[:, :-1] |= larger[:, 1:] > larger[:, :-1]
    found = zip(*np.nonzero(wild & ~beside), strict=True)
    return [
        Problem(
            "out_of_line",
            built.place(lines.address(line, i + 1)),
            _shown(built, int(cells[line, i + 1])),
            f"near {_beside(built, lines.address(line, i))}"
            f" and {_beside(built, lines.address(line, i + 2))}",
            Severity.WARNING,
        )
        for line, i in found
    ]


def _far_off(grid: Ints, factor: float) -> NDArray[np.bool_]:
    """Where a cell squared is beyond its neighbours' product, but for what rounding may hide."""
    cells = grid.astype(np.float32)
    if cells.min() <= 0:
        cells[cells <= 0] = np.nan
    middle, square = cells[:, :-2] * cells[:, 2:], np.square(cells[:, 1:-1])
    above, below = np.float32(factor**2 * _NEARLY), np.float32(1 / (factor**2 * _NEARLY))
    return np.asarray((square > middle * above) | (square < middle * below), bool)


def _beside(built: Built, address: int) -> str:
    figure = _shown(built, int(built.table.cells[address]))
    return f"{figure} (row {built.row(address)})"


def _shown(built: Built, scaled: int) -> str:
    return format(Decimal(scaled).scaleb(-built.table.scale), "f")
