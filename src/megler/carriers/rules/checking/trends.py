"""Figures that do not go the way their neighbours go. Warnings: a carrier may mean them."""

from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.building import Built
from megler.carriers.rules.layout import Measure, Trend
from megler.carriers.rules.tables import MISSING, Axis, ChoiceAxis, WholeAxis
from megler.vocabulary.problems import Problem, Severity

FEWEST_VALUES = 5
JUMP = 2.0
"""A figure so many times above or below both neighbours' middle is out of line."""


def trend_problems(built: Built) -> list[Problem]:
    """Figures that fall where the table says they rise (or the reverse), and slipped decimals."""
    table = built.table
    if table.spec.measure is Measure.RATING_AREA or not table.cells.size:
        return []
    problems: list[Problem] = []
    for at, axis in enumerate(table.axes):
        trend = table.spec.monotone.get(axis.name)
        if trend:
            problems += _against(built, at, axis, trend)
    named = {p.where for p in problems}
    for at, axis in enumerate(table.axes):
        if isinstance(axis, WholeAxis) and axis.size >= FEWEST_VALUES:
            problems += [p for p in _jumps(built, at) if p.where not in named]
    return problems


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
    signed = np.where(there, cells * sign, np.iinfo(np.int64).min)
    if isinstance(axis, ChoiceAxis) or there.all():
        before = signed[:, :-1]
    else:
        before = np.maximum.accumulate(signed, axis=1)[:, :-1]
    rows, columns = np.nonzero(there[:, 1:] & (signed[:, 1:] < before))
    problems = []
    for row, column in zip(rows, columns, strict=True):
        last = int(before[row, column]) * sign
        limit = _shown(built, last)
        problems.append(
            Problem(
                "falls" if sign > 0 else "rises",
                built.place(int(places[row, column + 1])),
                _shown(built, int(cells[row, column + 1])),
                f"at {axis.name} {axis.label(int(column) + 1)} "
                f"{'at least' if sign > 0 else 'at most'} {limit}",
                Severity.WARNING,
            )
        )
    return problems


def _jumps(built: Built, at: int) -> list[Problem]:
    """Inner cells far from the middle of their neighbours: a slipped decimal point, mostly."""
    cells, places = _along(built, at)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(cells > 0, np.log(np.maximum(cells, 1)), np.nan)
        off = logs[:, 1:-1] - (logs[:, :-2] + logs[:, 2:]) / 2
    wild = np.abs(off) > np.log(JUMP)
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
            f"near {_shown(built, int(cells[r, c]))} and {_shown(built, int(cells[r, c + 2]))}",
            Severity.WARNING,
        )
        for r, c in zip(rows, columns, strict=True)
    ]


def _shown(built: Built, scaled: int) -> str:
    return format(Decimal(scaled).scaleb(-built.table.scale), "f")
