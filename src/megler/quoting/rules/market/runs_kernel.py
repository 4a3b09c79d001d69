# mypy: disable-error-code="untyped-decorator,no-untyped-def,no-untyped-call,misc,call-arg"
"""The loops over a group's runs: for each an address, and from there its cells and limits."""

from numba import njit, uint64

from megler.quoting.rules.market.lanes_kernel import (
    INF,
    OP_MUL_CELL,
    load,
    nothing,
    read,
    times_cells,
    who_may_buy,
)


@njit(inline="always")
def limit_runs(first_run, stop_run, amount, sold_at, runs, addresses, rows, limits, sold, pen):
    """Sets `pen` of a group's lanes; whether any of its runs is sold to such a life at all."""
    some = False
    for r in range(first_run, stop_run):
        first, count = uint64(runs[r, 0]), uint64(runs[r, 1])
        address = addresses[runs[r, 3]]
        if address < 0 or rows[runs[r, 2]] < 0:
            for j in range(count):
                pen[first + j] = INF
            continue
        some = True
        low, width = uint64(runs[r, 4] + address * 2 * runs[r, 5]), uint64(runs[r, 5])
        at = uint64(sold_at + runs[r, 0])
        who_may_buy(pen, first, count, limits, low, width, sold, at, amount)
    return some


@njit(inline="always")
def load_runs(
    scale, first_run, stop_run, amount, sold_at,
    runs, run_cells, addresses, rows, limits, sold, cells, v, pen,
):  # fmt: skip
    """As `_limit_runs`, and starts the group's lanes: a run of cells for each run of lanes."""
    some = False
    for r in range(first_run, stop_run):
        first, count = uint64(runs[r, 0]), uint64(runs[r, 1])
        entry = runs[r, 6]
        address, limit = addresses[run_cells[entry, 0]], addresses[runs[r, 3]]
        if address < 0 or limit < 0 or rows[runs[r, 2]] < 0:
            nothing(v, pen, first, count)
            continue
        some = True
        low, width = uint64(runs[r, 4] + limit * 2 * runs[r, 5]), uint64(runs[r, 5])
        at = uint64(sold_at + runs[r, 0])
        cell = uint64(run_cells[entry, 1] + address * run_cells[entry, 2])
        load(v, pen, first, count, limits, low, width, sold, at, amount, cells, cell, scale)
    return some


@njit(nogil=True, error_model="numpy")
def read_runs(
    code, operand, m, scale, amount, base, first_run, stop_run,
    runs, run_cells, addresses, rows, cells, figures, v, pen,
):  # fmt: skip
    """Any other operation that reads a table."""
    for r in range(first_run, stop_run):
        first, count = uint64(runs[r, 0]), uint64(runs[r, 1])
        entry = runs[r, 6] + operand
        address = addresses[run_cells[entry, 0]]
        if address < 0 or rows[runs[r, 2]] < 0:
            nothing(v, pen, first, count)
            continue
        cell = uint64(run_cells[entry, 1] + address * run_cells[entry, 2])
        if code == OP_MUL_CELL and m < 0:
            times_cells(v, pen, first, count, cells, cell, scale)
        else:
            own = m + runs[r, 0] - base if m >= 0 else -1
            read(code, v, pen, first, count, cells, cell, figures, own, scale, amount)


@njit(inline="always")
def rate_runs(m, m0, c0, base, first_run, stop_run, runs, tables, figures, v):
    """Multiplies by 1 + percent x table rating; `c0` is what counts as 1."""
    for r in range(first_run, stop_run):
        rating = float(tables[runs[r, 2]])
        for lane in range(runs[r, 0], runs[r, 0] + runs[r, 1]):
            percent = figures[m + lane - base] if m >= 0 else m0
            v[lane] *= c0 + percent * rating
