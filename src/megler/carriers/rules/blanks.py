"""What is blank in a table: cells that should hold a figure, and keys that only echo a fault."""

import re
from collections.abc import Callable, Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.place import split_place
from megler.carriers.rules.sheets import MANY, more
from megler.carriers.rules.tables import MISSING, Axis, Table, WholeAxis
from megler.vocabulary.problems import Problem, Severity

_ECHOES = {
    "missing_key", "gap_in_values", "value_without_rows", "gap_in_bands", "limit_missing",
}  # fmt: skip
_BETWEEN_ROWS = {"duplicate_key", "weights_do_not_rise", "criteria_do_not_ease"}
"""Errors of rows that are used all the same."""
_ROW_LEFT_OUT = {
    "ragged_row", "date_cell", "logical_cell", "error_cell", "formula_without_value",
}  # fmt: skip
_RUN = re.compile(r" (\d+) to (\d+)$")


def hollow_cells(
    table: Table, origin: NDArray[np.int64], place_of: Callable[[int], str]
) -> list[Problem]:
    """Empty cells in the rows of a sparse table that it may not have.

    The payment modes of a row stand or fall together, no column has a hole between whole numbers,
    and each has a figure at all. `origin` is negative at the keys that have no row.
    """
    across = table.spec.across
    if across is None:
        return []
    at = next(i for i, axis in enumerate(table.axes) if axis.name == across.name)
    grid = table.cells.reshape([axis.size for axis in table.axes]) != MISSING
    others = tuple(i for i in range(grid.ndim) if i != at)
    filled = grid.any(axis=others)
    file = table.spec.place
    problems = [
        Problem(
            "value_without_rows", f"{file} column {value}", "no figure", f"{across.name} {value}"
        )
        for value, there in zip(across.values, filled, strict=True)
        if not there
    ]
    rows = np.expand_dims(
        (origin >= 0).reshape([n for i, n in enumerate(grid.shape) if i != at]), at
    )
    holes = holes_in(table.axes, grid)
    if across.name == "mode":
        holes |= ~grid & grid.any(axis=at, keepdims=True)
    shape = [1] * grid.ndim
    shape[at] = len(filled)
    addresses = np.flatnonzero(holes & rows & filled.reshape(shape))
    told = [
        Problem("empty_cell", place_of(int(address)), "", "a figure, as beside it")
        for address in addresses[:MANY]
    ]
    return problems + told + more("empty_cell", file, len(addresses))


def holes_in(axes: Sequence[Axis], there: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What is not there although a lower and a higher whole number is, on the grid of the axes."""
    there = there.reshape([axis.size for axis in axes])
    found = np.zeros_like(there)
    for i, axis in enumerate(axes):
        if isinstance(axis, WholeAxis):
            before = np.logical_or.accumulate(there, axis=i)
            after = np.flip(np.logical_or.accumulate(np.flip(there, i), axis=i), i)
            found |= ~there & before & after
    return found


def without_echoes(
    problems: list[Problem], file: str, keys: Collection[str] | None = None
) -> list[Problem]:
    """The problems without keys of a file that are missing only because rows of it are refused.

    A faulty cell refuses its row when its column is one of `keys` (None: any column).
    """
    faulty = set()
    for problem in problems:
        name, row, column = split_place(problem.where)
        told = name == file and row and problem.severity is Severity.ERROR
        if told and problem.code not in _ECHOES | _BETWEEN_ROWS:
            in_key = keys is None or column in keys or problem.code in _ROW_LEFT_OUT
            faulty |= {row} if in_key else set()
    echoes = [p for p in problems if _missing(p) and split_place(p.where)[0] == file]
    if not faulty or sum(map(_missing, echoes)) > len(faulty):
        return problems
    return [p for p in problems if p not in echoes]


def _missing(problem: Problem) -> int:
    """How many keys a problem says are missing."""
    if problem.code == "and_more" and problem.expected in _ECHOES:
        return int(problem.found.split()[0])
    run = _RUN.search(problem.expected) if problem.code == "gap_in_values" else None
    if run:
        return int(run[2]) - int(run[1]) + 1
    return 1 if problem.code in _ECHOES else 0
