# mypy: disable-error-code="untyped-decorator,no-untyped-def,no-untyped-call,misc,call-arg"
"""The loops that price lives. Importing it brings in numba: do so late.

What they call is put in line and takes bare arrays, so that threads do not wait for each other at
every array that they share. Numba keeps what it compiled by the content of this file alone: its
folder must be another one when `lanes_kernel`, `runs_kernel` or `keys_kernel` change.
"""

import numpy as np
from numba import njit, uint64

from megler.quoting.rules.market import columns, programme
from megler.quoting.rules.market.keys_kernel import addresses as find_addresses
from megler.quoting.rules.market.keys_kernel import outcomes
from megler.quoting.rules.market.lanes_kernel import (
    INF,
    OP_AFFINE,
    OP_AMOUNT,
    OP_CELL,
    OP_EVEN,
    OP_FLAT,
    OP_RATE,
    OP_ROUND,
    OP_TABLE,
    affine,
    bound,
    even,
    round_down,
)
from megler.quoting.rules.market.limits import Ints
from megler.quoting.rules.market.runs_kernel import limit_runs, load_runs, rate_runs, read_runs
from megler.quoting.rules.market.sheet import Longs, Reals, Scratch, Sheet
from megler.underwriting.rules.compiled_kernel import bare

AMOUNT, TABLE, FLAT = columns.AMOUNT, columns.TABLE, columns.FLAT_EXTRA
JURISDICTION = columns.JURISDICTION
LARGEST_TABLE, LARGEST_FLAT = programme.LARGEST_TABLE, programme.LARGEST_FLAT
UNIT = programme.UNIT
NONE = np.iinfo(np.int64).max
ONE_CURRENCY = np.int64(1) << 60
LARGEST = 1e300
RANK_BITS = 20


@njit(inline="always")
def begin(
    version, whole, amount, flat, table, sold_at, runs, run_cells, groups, programmes, ops, numbers,
    limits, cells, sold, addresses, rows, v, pen, alive,
):  # fmt: skip
    """Says who may buy which lanes, and reads the first cells of all groups, one after the other."""
    for g in range(groups.shape[0]):
        first_run, stop_run = groups[g, 2], groups[g, 3]
        some = (table < 0 or groups[g, 4] != 0) and (flat <= 0 or groups[g, 5] != 0)
        op = programmes[g, version, 0]
        if some and ops[op, 0] <= OP_CELL and ops[op, 2] < 0:
            scale = numbers[op, 0] * (amount if ops[op, 0] == OP_RATE else 1.0)
            some = load_runs(
                scale, first_run, stop_run, whole, sold_at,
                runs, run_cells, addresses, rows, limits, sold, cells, v, pen,
            )  # fmt: skip
        elif some:
            some = limit_runs(
                first_run, stop_run, whole, sold_at, runs, addresses, rows, limits, sold, pen
            )
        alive[g] = some


@njit(inline="always")
def operate(
    g, op, amount, extra, runs, run_cells, groups, ops, numbers, figures, cells,
    addresses, rows, tables, v, pen,
):  # fmt: skip
    """One operation over a group's lanes."""
    first, count = uint64(groups[g, 0]), uint64(groups[g, 1])
    first_run, stop_run = groups[g, 2], groups[g, 3]
    code, operand, m, c = ops[op, 0], ops[op, 1], ops[op, 2], ops[op, 3]
    m0, c0, inverse, d = numbers[op, 0], numbers[op, 1], numbers[op, 2], numbers[op, 3]
    if code == OP_ROUND:
        round_down(v, first, count, figures, m, c, m0, c0, inverse)
    elif operand >= 0:
        read_runs(
            code, operand, m, m0, amount, groups[g, 0], first_run, stop_run,
            runs, run_cells, addresses, rows, cells, figures, v, pen,
        )  # fmt: skip
    elif code == OP_AFFINE:
        affine(v, first, count, figures, m, c, m0, c0)
    elif code == OP_EVEN:
        affine(v, first, count, figures, m, c, m0, c0)
        even(v, first, count, inverse, d)
    elif code in (OP_AMOUNT, OP_FLAT):
        kept = 1.0 if code == OP_FLAT else 0.0
        more = amount * extra * c0 if code == OP_FLAT else amount
        for j in range(count):
            v[first + j] = v[first + j] * kept + more
    elif code == OP_TABLE:
        rate_runs(m, m0, c0, groups[g, 0], first_run, stop_run, runs, tables, figures, v)
    else:
        bound(code, v, first, count, figures, c, c0)


@njit(inline="always")
def price(
    i, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut, runs, run_cells,
    groups, programmes, caps, ops, numbers, figures, limits, cells, sold, pays,
    keys, indexes, addresses, rows, tables, v, pen, alive,
):  # fmt: skip
    """Puts what a year of each lane costs, in cents, into `v`, infinity where it is not sold.

    False: the life lies beyond what is exact, so only the exact engine prices it.
    """
    rated = outcomes(i, lives, judged, areas, slots, slot_lut, keys, rows, tables)
    whole, flat, table = lives[i, AMOUNT], lives[i, FLAT], lives[i, TABLE]
    find_addresses(whole, axes, lut, keys, indexes, spaces, space_axes, addresses)
    exact, version, parts = flat <= LARGEST_FLAT, 2 if rated else 0, whole
    if parts > 0 and parts % UNIT == 0:
        version, parts = version + 1, parts // UNIT
    amount, extra = float(parts), float(flat)
    sold_at = lives[i, JURISDICTION] * pays.size
    begin(
        version, whole, amount, flat, table, sold_at, runs, run_cells, groups, programmes, ops,
        numbers, limits, cells, sold, addresses, rows, v, pen, alive,
    )  # fmt: skip
    for g in range(groups.shape[0]):
        first, count = uint64(groups[g, 0]), uint64(groups[g, 1])
        if not alive[g]:
            for j in range(count):
                v[first + j] = INF
            continue
        if parts > caps[g, version] or (flat > 0 and groups[g, 5] == 2):
            for j in range(count):
                exact &= pen[first + j] == INF
        op = programmes[g, version, 0]
        op += 1 if ops[op, 0] <= OP_CELL and ops[op, 2] < 0 else 0
        for later in range(op, programmes[g, version, 1]):
            operate(
                g, later, amount, extra, runs, run_cells, groups, ops, numbers, figures, cells,
                addresses, rows, tables, v, pen,
            )  # fmt: skip
        for j in range(count):
            v[first + j] = v[first + j] * pays[first + j] + pen[first + j]
    for t in range(tables.size):
        exact &= tables[t] <= LARGEST_TABLE
    return exact


@njit(cache=True, nogil=True, error_model="numpy")
def list_offers(lives: Ints, judged: Ints, areas: Ints, s: Sheet, w: Scratch, found: Longs) -> int:
    """Puts a sortable number for each lane sold to the first life into `found`; their count.

    The number is currency, cents a year and the lane's place in the order of plans. -1: not exact.
    """
    lives, judged, areas = bare(lives), bare(judged), bare(areas)
    axes, lut, spaces, space_axes = bare(s.axes), bare(s.lut), bare(s.spaces), bare(s.space_axes)
    slots, slot_lut, runs, run_cells = (
        bare(s.slots), bare(s.slot_lut), bare(s.runs), bare(s.run_cells),
    )  # fmt: skip
    groups, programmes, caps, ops = bare(s.groups), bare(s.programmes), bare(s.caps), bare(s.ops)
    numbers, figures, limits, cells = (
        bare(s.numbers), bare(s.figures), bare(s.limits), bare(s.cells),
    )  # fmt: skip
    sold, pays, order, alive = bare(s.sold), bare(s.pays), bare(s.order), bare(w.alive)
    keys, indexes, addresses = bare(w.keys), bare(w.indexes), bare(w.addresses)
    rows, tables, v, pen = bare(w.rows), bare(w.tables), bare(w.v), bare(w.pen)
    exact = price(
        0, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut,
        runs, run_cells, groups, programmes, caps, ops, numbers, figures,
        limits, cells, sold, pays,
        keys, indexes, addresses, rows, tables, v, pen, alive,
    )  # fmt: skip
    count = 0
    for lane in range(pays.size):
        if v[lane] < INF:
            found[count] = order[lane] + (np.int64(v[lane]) << RANK_BITS)
            count += 1
    return count if exact else -1


@njit(cache=True, nogil=True, error_model="numpy")
def tell_offers(
    found: Longs,
    lane_of: Ints,
    plans: Ints,
    modes: Ints,
    pays: Reals,
    class_at: Longs,
    class_ids: Ints,
    w: Scratch,
    told: Ints,
    cents: Longs,
) -> None:
    """What the numbers of `list_offers` say of the life priced last with this room.

    `told` [5, offers] are lane, plan, mode, class and table; `cents` [2, offers] a payment, a year.
    """
    for i in range(found.size):
        lane = lane_of[found[i] & ((1 << RANK_BITS) - 1)]
        slot = class_at[lane, 2]
        year = (found[i] >> RANK_BITS) & ((1 << (60 - RANK_BITS)) - 1)
        told[0, i], told[1, i], told[2, i] = lane, plans[lane], modes[lane]
        told[3, i] = class_ids[class_at[lane, 0] + w.rows[slot] * class_at[lane, 1]]
        told[4, i] = w.tables[slot]
        cents[0, i], cents[1, i] = year // np.int64(pays[lane]), year


@njit(inline="always")
def keep_least(best, i, term, keep, key):
    """Puts a number among the least of a life and term; the last of these comes back."""
    if key < best[i, term, keep - 1]:
        at = keep - 1
        while at > 0 and best[i, term, at - 1] > key:
            best[i, term, at] = best[i, term, at - 1]
            at -= 1
        best[i, term, at] = key
    return best[i, term, keep - 1]


@njit(nogil=True, error_model="numpy")
def select(i, v, order, term_of, every, dearest, best, one_currency):
    """Puts the least numbers of a life's lanes into `best`; `dearest` is the year of each last."""
    terms, keep = best.shape[1], best.shape[2]
    for t in range(terms):
        dearest[t] = LARGEST
        for k in range(keep):
            best[i, t, k] = NONE
    for lane in range(uint64(v.size)):
        term = uint64(term_of[lane]) & every
        if v[lane] <= dearest[term]:
            key = order[lane] + (np.int64(v[lane]) << RANK_BITS)
            last = keep_least(best, i, term, keep, key)
            if one_currency and last != NONE:
                dearest[term] = float(last >> RANK_BITS)


@njit(cache=True, nogil=True, error_model="numpy")
def best_offers(
    lives: Ints,
    judged: Ints,
    areas: Ints,
    s: Sheet,
    w: Scratch,
    best: Longs,
    exact: Ints,
    by_term: bool,
) -> None:
    """Puts the least of such numbers into `best` [lives, terms, keep], rising; `NONE` where none is.

    `exact` [lives] becomes 0 for a life that only the exact engine prices.
    """
    lives, judged, areas = bare(lives), bare(judged), bare(areas)
    axes, lut, spaces, space_axes = bare(s.axes), bare(s.lut), bare(s.spaces), bare(s.space_axes)
    slots, slot_lut, runs, run_cells = (
        bare(s.slots), bare(s.slot_lut), bare(s.runs), bare(s.run_cells),
    )  # fmt: skip
    groups, programmes, caps, ops = bare(s.groups), bare(s.programmes), bare(s.caps), bare(s.ops)
    numbers, figures, limits, cells = (
        bare(s.numbers), bare(s.figures), bare(s.limits), bare(s.cells),
    )  # fmt: skip
    sold, pays, order, alive = bare(s.sold), bare(s.pays), bare(s.order), bare(w.alive)
    keys, indexes, addresses = bare(w.keys), bare(w.indexes), bare(w.addresses)
    rows, tables, v, pen = bare(w.rows), bare(w.tables), bare(w.v), bare(w.pen)
    term_of, best, exact = bare(s.terms), bare(best), bare(exact)
    dearest = bare(w.dearest)
    every = uint64(0xFF if by_term else 0)
    one_currency = order.size > 0 and order.max() < ONE_CURRENCY
    for i in range(lives.shape[0]):
        exact[i] = price(
            i, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut,
            runs, run_cells, groups, programmes, caps, ops, numbers, figures,
            limits, cells, sold, pays,
            keys, indexes, addresses, rows, tables, v, pen, alive,
        )  # fmt: skip
        select(i, v, order, term_of, every, dearest, best, one_currency)
