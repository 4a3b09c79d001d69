"""The loops that price lives. Importing it brings in numba: do so late.

Every amount is a whole number held in a 64-bit float, below 2 ** 51, so that each operation is exact;
floor((x + 1/2) / d) by a multiplication is exact there too, because x + 1/2 is at least 1/(2 d)
away from a whole multiple of d and the error of the product is less.

The helpers take bare arrays and unsigned offsets, and are put in line: only so do the loops over
lanes become vector instructions, and do threads share nothing that they count.
"""

import numpy as np
from numba import njit, uint64

from megler.quoting.rules.market import columns, programme, sheet
from megler.quoting.rules.market.limits import Ints
from megler.quoting.rules.market.sheet import Longs, Scratch, Sheet
from megler.underwriting.rules.nicotine import USUAL_MONTHS

AGE_NEAREST, AGE_LAST, SEX = columns.AGE_NEAREST, columns.AGE_LAST, columns.SEX
FREE_MONTHS, JURISDICTION, AMOUNT = columns.FREE_MONTHS, columns.JURISDICTION, columns.AMOUNT
CLASS_ASKED, TABLE, FLAT = columns.CLASS_ASKED, columns.TABLE, columns.FLAT_EXTRA
PLACE = columns.PLACE
LARGEST_TABLE, LARGEST_FLAT = programme.LARGEST_TABLE, programme.LARGEST_FLAT
UNIT = programme.UNIT
KEY, BAND = sheet.KEY, sheet.BAND
OP_RATE, OP_CELL, OP_AMOUNT, OP_AFFINE = range(4)
OP_ROUND, OP_EVEN, OP_MUL_CELL, OP_ADD_CELL = range(4, 8)
OP_SUB_CELL, OP_LEAST_CELL, OP_MOST_CELL, OP_SUB = range(8, 12)
OP_LEAST, OP_MOST, OP_TABLE, OP_FLAT = range(12, 16)
INF = np.inf
NONE = np.iinfo(np.int64).max
ONE = np.uint64(1)
RANK_BITS = 20
SHARED_KEYS = 4
"""Keys that every life has: both ages, sex and jurisdiction; then its areas and outcomes."""


@njit(inline="always")  # type: ignore[untyped-decorator]
def _outcomes(i, lives, judged, areas, slots, lut, keys, rows, tables):  # type: ignore[no-untyped-def]
    """Fills the life's keys; whether it is rated, by a table or a flat extra."""
    keys[0], keys[1] = lives[i, AGE_NEAREST] + 1, lives[i, AGE_LAST] + 1
    keys[2], keys[3] = lives[i, SEX] + 1, lives[i, JURISDICTION]
    count = areas.shape[1]
    for k in range(count):
        keys[SHARED_KEYS + k] = areas[lives[i, PLACE], k]
    own = 1 if lives[i, FREE_MONTHS] < USUAL_MONTHS else 0
    asked, table = lives[i, CLASS_ASKED], lives[i, TABLE]
    rated = lives[i, FLAT] > 0
    for t in range(slots.shape[0]):
        guide = slots[t, 0]
        place = judged[i, guide] if guide >= 0 else -1
        if asked >= 0:
            row = lut[slots[t, 2] + 2 * min(asked, slots[t, 4]) + own]
            of_table = 0
        else:
            row = lut[slots[t, 1] + 2 * (place + 1) + own]
            of_table = lut[slots[t, 3] + place + 1]
        tables[t] = table if table >= 0 else of_table
        rated |= tables[t] > 0
        rows[t] = row
        keys[SHARED_KEYS + count + t] = row + 1
    return rated


@njit(inline="always")  # type: ignore[untyped-decorator]
def _addresses(amount, axes, lut, keys, indexes, spaces, parts, addresses):  # type: ignore[no-untyped-def]
    """The index on every axis, and from those every address; -1: the cell is not there."""
    for x in range(axes.shape[0]):
        kind, key, first, size = axes[x, 0], axes[x, 1], axes[x, 2], axes[x, 3]
        index = -1
        if kind == KEY:
            if keys[key] < size:
                index = lut[first + keys[key]]
        elif kind == BAND:
            low, high = 0, size
            while low < high:
                middle = (low + high) >> 1
                if lut[first + middle] <= amount:
                    low = middle + 1
                else:
                    high = middle
            if low > 0 and amount <= lut[first + size + low - 1]:
                index = low - 1
        elif amount >= 0 and (amount - lut[first]) % lut[first + 1] == 0:
            index = 0
        indexes[x] = index
    for a in range(spaces.size - 1):
        place = 0
        for m in range(spaces[a], spaces[a + 1]):
            index = indexes[parts[m, 0]]
            if index < 0:
                place = -1
                break
            place += index * parts[m, 1]
        addresses[a] = place


@njit(inline="always")  # type: ignore[untyped-decorator]
def _who_may_buy(pen, first, count, limits, low, width, sold, at, amount):  # type: ignore[no-untyped-def]
    """`pen` of a run's lanes: 0 where the amount is sold to the life, else infinity."""
    high = low + width
    for j in range(count):
        buys = (limits[low + j] <= amount) & (amount <= limits[high + j])
        pen[first + j] = 0.0 if buys & (sold[at + j] != 0) else INF


@njit(inline="always")  # type: ignore[untyped-decorator]
def _load(v, pen, first, count, cells, cell, scale):  # type: ignore[no-untyped-def]
    """Starts a run's lanes from their cells."""
    for j in range(count):
        figure = cells[cell + j]
        v[first + j] = figure * scale
        pen[first + j] += 0.0 if figure >= 0 else INF


@njit(inline="always")  # type: ignore[untyped-decorator]
def _read(code, v, pen, first, count, cells, cell, figures, at, scale, amount):  # type: ignore[no-untyped-def]
    """Whatever else an operation does with a run of cells."""
    if code == OP_MUL_CELL and at < 0:
        for j in range(count):
            figure = cells[cell + j]
            v[first + j] *= figure * scale
            pen[first + j] += 0.0 if figure >= 0 else INF
        return
    for j in range(count):
        figure = cells[cell + j]
        pen[first + j] += 0.0 if figure >= 0 else INF
        each = figures[uint64(at) + j] if at >= 0 else scale
        scaled, x = figure * each, v[first + j]
        if code == OP_RATE:
            x = scaled * amount
        elif code == OP_CELL:
            x = scaled
        elif code == OP_MUL_CELL:
            x *= scaled
        elif code == OP_ADD_CELL:
            x += scaled
        elif code == OP_SUB_CELL:
            x = max(x - scaled, 0.0)
        elif code == OP_LEAST_CELL:
            x = max(x, scaled)
        else:
            x = min(x, scaled)
        v[first + j] = x


@njit(inline="always")  # type: ignore[untyped-decorator]
def _affine(v, first, count, figures, m, c, m0, c0):  # type: ignore[no-untyped-def]
    """v * m + c, where each is one for all lanes or one a lane."""
    by, plus = uint64(max(m, 0)), uint64(max(c, 0))
    if m >= 0:
        for j in range(count):
            v[first + j] *= figures[by + j]
    elif m0 != 1.0:
        for j in range(count):
            v[first + j] *= m0
    if c >= 0:
        for j in range(count):
            v[first + j] += figures[plus + j]
    elif c0 != 0.0:
        for j in range(count):
            v[first + j] += c0


@njit(inline="always")  # type: ignore[untyped-decorator]
def _round(v, first, count, figures, m, c, m0, c0, inverse):  # type: ignore[no-untyped-def]
    """(v * m + c) / d, down; c holds the half that makes it a rounding."""
    by, plus = uint64(max(m, 0)), uint64(max(c, 0))
    if m >= 0 and c >= 0:
        for j in range(count):
            x = v[first + j] * figures[by + j] + figures[plus + j]
            v[first + j] = np.floor(x * inverse)
    elif m >= 0:
        for j in range(count):
            v[first + j] = np.floor((v[first + j] * figures[by + j] + c0) * inverse)
    elif c >= 0:
        for j in range(count):
            v[first + j] = np.floor((v[first + j] * m0 + figures[plus + j]) * inverse)
    else:
        for j in range(count):
            v[first + j] = np.floor((v[first + j] * m0 + c0) * inverse)


@njit(inline="always")  # type: ignore[untyped-decorator]
def _even(v, first, count, inverse, d):  # type: ignore[no-untyped-def]
    """v / d to the nearest, ties to even."""
    for j in range(count):
        x = v[first + j]
        q = np.floor((x + 0.5) * inverse)
        twice = 2.0 * (x - q * d)
        odd = q - 2.0 * np.floor(q * 0.5)
        v[first + j] = q + (1.0 if (twice > d) | ((twice == d) & (odd > 0.5)) else 0.0)


@njit(inline="always")  # type: ignore[untyped-decorator]
def _bound(code, v, first, count, figures, c, c0):  # type: ignore[no-untyped-def]
    """Less a figure, or at least or at most one."""
    for j in range(count):
        figure, x = figures[uint64(c) + j] if c >= 0 else c0, v[first + j]
        if code == OP_SUB:
            x = max(x - figure, 0.0)
        elif code == OP_LEAST:
            x = max(x, figure)
        else:
            x = min(x, figure)
        v[first + j] = x


@njit(inline="always")  # type: ignore[untyped-decorator]
def _limit_runs(  # type: ignore[no-untyped-def]
    first_run, stop_run, amount, sold_at, runs, addresses, rows, limits, sold, pen
):
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
        _who_may_buy(pen, first, count, limits, low, width, sold, at, amount)
    return some


@njit(inline="always")  # type: ignore[untyped-decorator]
def _read_runs(  # type: ignore[no-untyped-def]
    code, operand, m, scale, amount, base, first_run, stop_run,
    runs, run_cells, addresses, rows, cells, figures, v, pen,
):  # fmt: skip
    """An operation that reads a table: a run of cells for each run of lanes."""
    for r in range(first_run, stop_run):
        first, count = uint64(runs[r, 0]), uint64(runs[r, 1])
        entry = runs[r, 6] + operand
        address = addresses[run_cells[entry, 0]]
        if address < 0 or rows[runs[r, 2]] < 0:
            for j in range(count):
                pen[first + j] = INF
                v[first + j] = 0.0
            continue
        cell = uint64(run_cells[entry, 1] + address * run_cells[entry, 2])
        if code == OP_RATE and m < 0:
            _load(v, pen, first, count, cells, cell, scale * amount)
        else:
            own = m + runs[r, 0] - base if m >= 0 else -1
            _read(code, v, pen, first, count, cells, cell, figures, own, scale, amount)


@njit(inline="always")  # type: ignore[untyped-decorator]
def _price(  # type: ignore[no-untyped-def]
    i, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut, runs, run_cells,
    groups, programmes, caps, ops, numbers, figures, limits, cells, sold, lanes,
    keys, indexes, addresses, rows, tables, v, pen, alive,
):  # fmt: skip
    """Puts the price of each lane, in cents, into `v`, infinity where it is not sold.

    False: the life lies beyond what is exact, so only the exact engine prices it.
    """
    rated = _outcomes(i, lives, judged, areas, slots, slot_lut, keys, rows, tables)
    whole, flat, table = lives[i, AMOUNT], lives[i, FLAT], lives[i, TABLE]
    _addresses(whole, axes, lut, keys, indexes, spaces, space_axes, addresses)
    exact, version, parts = flat <= LARGEST_FLAT, 2 if rated else 0, whole
    if parts > 0 and parts % UNIT == 0:
        version, parts = version + 1, parts // UNIT
    amount, extra = float(parts), float(flat)
    sold_at = lives[i, JURISDICTION] * lanes
    for g in range(groups.shape[0]):
        first, count = uint64(groups[g, 0]), uint64(groups[g, 1])
        first_run, stop_run = groups[g, 2], groups[g, 3]
        some = (table < 0 or groups[g, 4] != 0) and (flat <= 0 or groups[g, 5] != 0)
        if some:
            some = _limit_runs(
                first_run, stop_run, whole, sold_at, runs, addresses, rows, limits, sold, pen
            )
        alive[g] = some
        op = programmes[g, version, 0]
        if some and ops[op, 1] >= 0:
            _read_runs(
                ops[op, 0], 0, ops[op, 2], numbers[op, 0], amount, groups[g, 0], first_run, stop_run,
                runs, run_cells, addresses, rows, cells, figures, v, pen,
            )  # fmt: skip
    for g in range(groups.shape[0]):
        first, count = uint64(groups[g, 0]), uint64(groups[g, 1])
        first_run, stop_run = groups[g, 2], groups[g, 3]
        if not alive[g]:
            for j in range(count):
                v[first + j] = INF
            continue
        if parts > caps[g, version] or (flat > 0 and groups[g, 5] == 2):
            for j in range(count):
                exact &= pen[first + j] == INF
        begun = 1 if ops[programmes[g, version, 0], 1] >= 0 else 0
        for op in range(programmes[g, version, 0] + begun, programmes[g, version, 1]):
            code, operand, m, c = ops[op, 0], ops[op, 1], ops[op, 2], ops[op, 3]
            m0, c0, inverse, d = numbers[op, 0], numbers[op, 1], numbers[op, 2], numbers[op, 3]
            if code == OP_ROUND:
                _round(v, first, count, figures, m, c, m0, c0, inverse)
            elif operand >= 0:
                _read_runs(
                    code, operand, m, m0, amount, groups[g, 0], first_run, stop_run,
                    runs, run_cells, addresses, rows, cells, figures, v, pen,
                )  # fmt: skip
            elif code == OP_AFFINE:
                _affine(v, first, count, figures, m, c, m0, c0)
            elif code == OP_EVEN:
                _affine(v, first, count, figures, m, c, m0, c0)
                _even(v, first, count, inverse, d)
            elif code == OP_AMOUNT or code == OP_FLAT:
                kept = 1.0 if code == OP_FLAT else 0.0
                more = amount * extra * c0 if code == OP_FLAT else amount
                for j in range(count):
                    v[first + j] = v[first + j] * kept + more
            elif code == OP_TABLE:
                for r in range(first_run, stop_run):
                    rating = float(tables[runs[r, 2]])
                    for lane in range(runs[r, 0], runs[r, 0] + runs[r, 1]):
                        percent = figures[m + lane - groups[g, 0]] if m >= 0 else m0
                        v[lane] *= c0 + percent * rating
            else:
                _bound(code, v, first, count, figures, c, c0)
        for j in range(count):
            v[first + j] += pen[first + j]
    for t in range(tables.size):
        exact &= tables[t] <= LARGEST_TABLE
    return exact


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
def list_offers(lives: Ints, judged: Ints, areas: Ints, s: Sheet, w: Scratch, found: Longs) -> int:
    """Puts a sortable number for each lane sold to the first life into `found`; their count.

    The number is currency, cents a year and the lane's place in the order of plans. -1: not exact.
    """
    v, pays, order = w.v, s.pays, s.order
    exact = _price(
        0, lives, judged, areas, s.axes, s.lut, s.spaces, s.space_axes, s.slots, s.slot_lut,
        s.runs, s.run_cells, s.groups, s.programmes, s.caps, s.ops, s.numbers, s.figures,
        s.limits, s.cells, s.sold, pays.size,
        w.keys, w.indexes, w.addresses, w.rows, w.tables, v, w.pen, w.alive,
    )  # fmt: skip
    count = 0
    for lane in range(pays.size):
        if v[lane] < INF:
            found[count] = order[lane] + (np.int64(v[lane] * pays[lane]) << RANK_BITS)
            count += 1
    return count if exact else -1


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
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
    axes, lut, spaces, space_axes = s.axes, s.lut, s.spaces, s.space_axes
    slots, slot_lut, runs, run_cells = s.slots, s.slot_lut, s.runs, s.run_cells
    groups, programmes, caps, ops = s.groups, s.programmes, s.caps, s.ops
    numbers, figures, limits, cells = s.numbers, s.figures, s.limits, s.cells
    sold, keys, indexes, addresses = s.sold, w.keys, w.indexes, w.addresses
    rows, tables, v, pen, alive = w.rows, w.tables, w.v, w.pen, w.alive
    pays, order, term_of = s.pays, s.order, s.terms
    terms, keep = best.shape[1], best.shape[2]
    for i in range(lives.shape[0]):
        exact[i] = _price(
            i, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut,
            runs, run_cells, groups, programmes, caps, ops, numbers, figures,
            limits, cells, sold, pays.size,
            keys, indexes, addresses, rows, tables, v, pen, alive,
        )  # fmt: skip
        for t in range(terms):
            for k in range(keep):
                best[i, t, k] = NONE
        for lane in range(pays.size):
            if v[lane] < INF:
                key = order[lane] + (np.int64(v[lane] * pays[lane]) << RANK_BITS)
                term = term_of[lane] if by_term else 0
                if key < best[i, term, keep - 1]:
                    at = keep - 1
                    while at > 0 and best[i, term, at - 1] > key:
                        best[i, term, at] = best[i, term, at - 1]
                        at -= 1
                    best[i, term, at] = key
