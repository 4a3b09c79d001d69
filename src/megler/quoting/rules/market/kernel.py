"""The loops that price lives. Importing it brings in numba: do so late.

Every amount is a whole number held in a 64-bit float, below 2 ** 51, so that each operation is exact;
floor((x + 1/2) / d) by a multiplication is exact there too, because x + 1/2 is at least 1/(2 d)
away from a whole multiple of d and the error of the product is less.

The helpers take bare arrays that count no references (`bare`) and unsigned offsets, and are put in
line: only so do the loops over lanes become vector instructions, and do threads not wait for each
other at every array that they share.
"""

import numpy as np
from numba import njit, uint64

from megler.quoting.rules.market import columns, programme, sheet
from megler.quoting.rules.market.limits import Ints
from megler.quoting.rules.market.sheet import Longs, Scratch, Sheet
from megler.underwriting.rules.compiled_kernel import bare
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
ONE_CURRENCY = np.int64(1) << 60
LARGEST = 1e300
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
def _times_cells(v, pen, first, count, cells, cell, scale):  # type: ignore[no-untyped-def]
    """Multiplies a run's lanes by their cells."""
    for j in range(count):
        figure = cells[cell + j]
        v[first + j] *= figure * scale
        pen[first + j] += 0.0 if figure >= 0 else INF


@njit(inline="always")  # type: ignore[untyped-decorator]
def _read(code, v, pen, first, count, cells, cell, figures, at, scale, amount):  # type: ignore[no-untyped-def]
    """Whatever else an operation does with a run of cells."""
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


@njit(nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
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


@njit(nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
def _even(v, first, count, inverse, d):  # type: ignore[no-untyped-def]
    """v / d to the nearest, ties to even."""
    for j in range(count):
        x = v[first + j]
        q = np.floor((x + 0.5) * inverse)
        twice = 2.0 * (x - q * d)
        odd = q - 2.0 * np.floor(q * 0.5)
        v[first + j] = q + (1.0 if (twice > d) | ((twice == d) & (odd > 0.5)) else 0.0)


@njit(nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
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
def _nothing(v, pen, first, count):  # type: ignore[no-untyped-def]
    """Lanes whose cells are not there."""
    for j in range(count):
        v[first + j] = 0.0
        pen[first + j] = INF


@njit(inline="always")  # type: ignore[untyped-decorator]
def _load_runs(  # type: ignore[no-untyped-def]
    scale, first_run, stop_run, runs, run_cells, addresses, rows, cells, v, pen
):
    """Starts a group's lanes: a run of cells for each run of lanes."""
    for r in range(first_run, stop_run):
        first, count = uint64(runs[r, 0]), uint64(runs[r, 1])
        entry = runs[r, 6]
        address = addresses[run_cells[entry, 0]]
        if address < 0 or rows[runs[r, 2]] < 0:
            _nothing(v, pen, first, count)
        else:
            cell = uint64(run_cells[entry, 1] + address * run_cells[entry, 2])
            _load(v, pen, first, count, cells, cell, scale)


@njit(nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
def _read_runs(  # type: ignore[no-untyped-def]
    code, operand, m, scale, amount, base, first_run, stop_run,
    runs, run_cells, addresses, rows, cells, figures, v, pen,
):  # fmt: skip
    """Any other operation that reads a table."""
    for r in range(first_run, stop_run):
        first, count = uint64(runs[r, 0]), uint64(runs[r, 1])
        entry = runs[r, 6] + operand
        address = addresses[run_cells[entry, 0]]
        if address < 0 or rows[runs[r, 2]] < 0:
            _nothing(v, pen, first, count)
            continue
        cell = uint64(run_cells[entry, 1] + address * run_cells[entry, 2])
        if code == OP_MUL_CELL and m < 0:
            _times_cells(v, pen, first, count, cells, cell, scale)
        else:
            own = m + runs[r, 0] - base if m >= 0 else -1
            _read(code, v, pen, first, count, cells, cell, figures, own, scale, amount)


@njit(inline="always")  # type: ignore[untyped-decorator]
def _price(  # type: ignore[no-untyped-def]
    i, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut, runs, run_cells,
    groups, programmes, caps, ops, numbers, figures, limits, cells, sold, pays,
    keys, indexes, addresses, rows, tables, v, pen, alive,
):  # fmt: skip
    """Puts what a year of each lane costs, in cents, into `v`, infinity where it is not sold.

    False: the life lies beyond what is exact, so only the exact engine prices it.
    """
    rated = _outcomes(i, lives, judged, areas, slots, slot_lut, keys, rows, tables)
    whole, flat, table = lives[i, AMOUNT], lives[i, FLAT], lives[i, TABLE]
    _addresses(whole, axes, lut, keys, indexes, spaces, space_axes, addresses)
    exact, version, parts = flat <= LARGEST_FLAT, 2 if rated else 0, whole
    if parts > 0 and parts % UNIT == 0:
        version, parts = version + 1, parts // UNIT
    amount, extra = float(parts), float(flat)
    sold_at = lives[i, JURISDICTION] * pays.size
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
        if some and ops[op, 0] <= OP_CELL and ops[op, 2] < 0:
            scale = numbers[op, 0] * (amount if ops[op, 0] == OP_RATE else 1.0)
            _load_runs(scale, first_run, stop_run, runs, run_cells, addresses, rows, cells, v, pen)
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
        begin = programmes[g, version, 0]
        if ops[begin, 0] <= OP_CELL and ops[begin, 2] < 0:
            begin += 1
        for op in range(begin, programmes[g, version, 1]):
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
            v[first + j] = v[first + j] * pays[first + j] + pen[first + j]
    for t in range(tables.size):
        exact &= tables[t] <= LARGEST_TABLE
    return exact


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
def list_offers(lives: Ints, judged: Ints, areas: Ints, s: Sheet, w: Scratch, found: Longs) -> int:
    """Puts a sortable number for each lane sold to the first life into `found`; their count.

    The number is currency, cents a year and the lane's place in the order of plans. -1: not exact.
    """
    lives, judged, areas = bare(lives), bare(judged), bare(areas)
    axes = bare(s.axes)
    lut = bare(s.lut)
    spaces = bare(s.spaces)
    space_axes = bare(s.space_axes)
    slots = bare(s.slots)
    slot_lut = bare(s.slot_lut)
    runs = bare(s.runs)
    run_cells = bare(s.run_cells)
    groups = bare(s.groups)
    programmes = bare(s.programmes)
    caps = bare(s.caps)
    ops = bare(s.ops)
    numbers = bare(s.numbers)
    figures = bare(s.figures)
    limits = bare(s.limits)
    cells = bare(s.cells)
    sold = bare(s.sold)
    pays = bare(s.pays)
    order = bare(s.order)
    keys = bare(w.keys)
    indexes = bare(w.indexes)
    addresses = bare(w.addresses)
    rows = bare(w.rows)
    tables = bare(w.tables)
    v = bare(w.v)
    pen = bare(w.pen)
    alive = bare(w.alive)
    exact = _price(
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
    lives, judged, areas = bare(lives), bare(judged), bare(areas)
    axes = bare(s.axes)
    lut = bare(s.lut)
    spaces = bare(s.spaces)
    space_axes = bare(s.space_axes)
    slots = bare(s.slots)
    slot_lut = bare(s.slot_lut)
    runs = bare(s.runs)
    run_cells = bare(s.run_cells)
    groups = bare(s.groups)
    programmes = bare(s.programmes)
    caps = bare(s.caps)
    ops = bare(s.ops)
    numbers = bare(s.numbers)
    figures = bare(s.figures)
    limits = bare(s.limits)
    cells = bare(s.cells)
    sold = bare(s.sold)
    pays = bare(s.pays)
    order = bare(s.order)
    keys = bare(w.keys)
    indexes = bare(w.indexes)
    addresses = bare(w.addresses)
    rows = bare(w.rows)
    tables = bare(w.tables)
    v = bare(w.v)
    pen = bare(w.pen)
    alive = bare(w.alive)
    term_of, best, exact = bare(s.terms), bare(best), bare(exact)
    terms, keep, lanes = best.shape[1], best.shape[2], uint64(pays.size)
    dearest = bare(w.dearest)
    one_currency = order.size > 0 and order.max() < ONE_CURRENCY
    for i in range(lives.shape[0]):
        exact[i] = _price(
            i, lives, judged, areas, axes, lut, spaces, space_axes, slots, slot_lut,
            runs, run_cells, groups, programmes, caps, ops, numbers, figures,
            limits, cells, sold, pays,
            keys, indexes, addresses, rows, tables, v, pen, alive,
        )  # fmt: skip
        for t in range(terms):
            dearest[t] = LARGEST
            for k in range(keep):
                best[i, t, k] = NONE
        for lane in range(lanes):
            term = term_of[lane] if by_term else uint64(0)
            if v[lane] <= dearest[term]:
                key = order[lane] + (np.int64(v[lane]) << RANK_BITS)
                if key < best[i, term, keep - 1]:
                    at = keep - 1
                    while at > 0 and best[i, term, at - 1] > key:
                        best[i, term, at] = best[i, term, at - 1]
                        at -= 1
                    best[i, term, at] = key
                    last = best[i, term, keep - 1]
                    if one_currency and last != NONE:
                        dearest[term] = float(last >> RANK_BITS)
