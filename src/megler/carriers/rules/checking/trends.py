"""Figures that do not go the way their neighbours go. Warnings: a carrier may mean them."""

import re
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.building import Built
from megler.carriers.rules.layout import Trend
from megler.carriers.rules.tables import MISSING, Axis, ChoiceAxis, WholeAxis
from megler.vocabulary.problems import Problem, Severity

_ROW = re.compile(r"\brow (\d+)")
FEWEST_VALUES = 5
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


def _along(built: Built, at: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cells and their addresses with one axis last, the others flattened."""
    shape = [axis.size for axis in built.table.axes]
    cells = np.moveaxis(built.table.cells.reshape(shape), at, -1)
    places = np.moveaxis(np.arange(built.table.cells.size).reshape(shape), at, -1)
    return cells.reshape(-1, shape[at]), places.reshape(-1, shape[at])


def _against(built: Built, at: int, axis: Axis, trend: Trend) -> list[Problem]:
    """Each cell that is below (above, when it must fall) the last one there along the axis."""
    cells, places = _along(built, at)
    sign = 1 if trend is Trend.RISES else -1
    there = cells != MISSING
    column = np.where(there, np.arange(cells.shape[1]), -1)
    last = np.maximum.accumulate(column, axis=1)[:, :-1]
    if isinstance(axis, ChoiceAxis):
        last = column[:, :-1]
    before = np.take_along_axis(cells, np.maximum(last, 0), axis=1)
    against = there[:, 1:] & (last >= 0) & (cells[:, 1:] * sign < before * sign)
    side = "at least" if sign > 0 else "at most"
    problems = []
    for row, i in zip(*np.nonzero(against), strict=True):
        limit = _beside(built, places[row, last[row, i]])
        problems.append(
            Problem(
                "falls" if sign > 0 else "rises",
                built.place(int(places[row, i + 1])),
                _shown(built, int(cells[row, i + 1])),
                f"at {axis.name} {axis.label(int(i) + 1)} {side} {limit}",
                Severity.WARNING,
            )
        )
    return problems


def _jumps(built: Built, at: int, factor: float) -> list[Problem]:
    """Inner cells far from the middle of their neighbours: a slipped decimal point, mostly."""
    cells, places = _along(built, at)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(cells > 0, np.log(np.maximum(cells, 1)), np.nan)
        off = logs[:, 1:-1] - (logs[:, :-2] + logs[:, 2:]) / 2
    wild = np.abs(off) > np.log(factor)
    beside = np.zeros_like(wild)
    larger = np.abs(np.nan_to_num(off))
    beside[:, 1:] |= larger[:, :-1] > larger[:, 1:]
    beside[:, :-1] |= larger[:, 1:] > larger[:, :-1]
    rows, columns = np.nonzero(wild & ~beside)
    return [
        Problem(
            "out_of_line",
            built.place(int(places[r, c + 1])),
            _shown(built, int(cells[r, c + 1])),
            f"near {_beside(built, places[r, c])} and {_beside(built, places[r, c + 2])}",
            Severity.WARNING,
        )
        for r, c in zip(rows, columns, strict=True)
    ]


def _beside(built: Built, address: np.int64) -> str:
    figure = _shown(built, int(built.table.cells[address]))
    return f"{figure} (row {built.row(int(address))})"


def _shown(built: Built, scaled: int) -> str:
    return format(Decimal(scaled).scaleb(-built.table.scale), "f")
