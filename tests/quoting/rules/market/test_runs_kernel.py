"""Runs of cells: a cell that is not there takes its lane out."""

import numpy as np

from megler.quoting.rules.market import runs_kernel
from megler.quoting.rules.market.lanes_kernel import OP_ADD_CELL, OP_MUL_CELL

RUNS = np.array([[0, 3, 0, 0, 0, 3, 0]], np.int64)
RUN_CELLS = np.array([[0, 0, 3]], np.int64)
CELLS = np.array([1, 2, 3, 40, -1, 60], np.int32)
NONE = np.empty(0, np.float64)


def read(code: int, address: int, scale: float) -> tuple[list[float], list[float]]:
    v, pen = np.array([10.0, 10.0, 10.0]), np.zeros(3)
    addresses, rows = np.array([address]), np.array([0], np.int32)
    runs_kernel.read_runs(
        code, 0, -1, scale, 1.0, 0, 0, 1, RUNS, RUN_CELLS, addresses, rows, CELLS, NONE, v, pen
    )
    return v.tolist(), pen.tolist()


def test_a_run_is_read_at_its_address() -> None:
    assert read(OP_MUL_CELL, 0, 2.0) == ([20.0, 40.0, 60.0], [0.0, 0.0, 0.0])
    v, pen = read(OP_ADD_CELL, 1, 1.0)
    assert (v[0], v[2]) == (50.0, 70.0)
    assert pen == [0.0, np.inf, 0.0]


def test_an_address_that_is_not_there_takes_the_whole_run_out() -> None:
    assert read(OP_MUL_CELL, -1, 1.0)[1] == [np.inf] * 3


def test_table_ratings_multiply_by_their_percent() -> None:
    v, tables = np.array([8.0, 8.0, 8.0]), np.array([2], np.int32)
    runs_kernel.rate_runs(-1, 1.0, 4.0, 0, 0, 1, RUNS, tables, NONE, v)
    assert v.tolist() == [48.0] * 3
