"""The arrays of a view of the market, as the kernel reads them; what each holds stands here."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from megler.quoting.rules.market.limits import Flags, Ints

Longs = NDArray[np.int64]
Reals = NDArray[np.float64]

KEY, BAND, STEP = range(3)
"""Kinds of axes."""


class Sheet(NamedTuple):
    """Lanes in groups of one programme, groups in runs of one block.

    axes [n, 4]: kind, key, offset into `lut`, size.
    lut: indexes by key, -1: none; for bands all starts, then all stops; for steps start and step.
    spaces [n + 1]: where the axes of an address begin in `space_axes` [m, 2]: axis, stride.
    slots [n, 5]: guide (-1: none), offsets into `slot_lut` of by_guide, by_asked and tables, and how
        many classes can be asked for.
    runs [n, 7]: first lane, lanes, slot, space of limits, their offset in `limits`, width, and the
        offset of its cells in `run_cells` [m, 3]: space, offset into `cells`, width.
    groups [n, 6]: first lane, lanes, first run, last run + 1, whether it rates tables (1), flat extras
        (1: exactly, 2: not exactly).
    programmes [n, 4, 2]: first and last + 1 of `ops`; caps [n, 4]: the largest amount that they take.
        Each plain, plain in units of 500, rated, and rated in units of 500.
    ops [n, 4]: code, operand, offsets of m and c in `figures` (-1: `numbers` [n, 4]: m, c, 1 / d, d).
    sold [jurisdictions * lanes]: 1 where a lane is sold.
    pays [lanes]: payments a year. order [lanes]: currency << 60 | place in the order of plans.
    terms [lanes]: the column of a lane's term among `best` ones.
    """

    axes: Longs
    lut: Ints
    spaces: Longs
    space_axes: Longs
    slots: Longs
    slot_lut: Ints
    runs: Longs
    run_cells: Longs
    groups: Longs
    programmes: Longs
    caps: Longs
    ops: Longs
    numbers: Reals
    figures: Reals
    limits: Ints
    cells: Ints
    sold: Flags
    pays: Reals
    order: Longs
    terms: Flags


class Scratch(NamedTuple):
    """What the kernel writes on the way, for one life at a time; a thread has its own."""

    keys: Ints
    indexes: Longs
    addresses: Longs
    rows: Ints
    tables: Ints
    v: Reals
    pen: Reals
    alive: Flags
    dearest: Reals


def scratch_for(sheet: Sheet, keys: int) -> Scratch:
    """Room for one life at a time."""
    lanes = len(sheet.pays)
    return Scratch(
        keys=np.zeros(keys, np.int32),
        indexes=np.zeros(len(sheet.axes), np.int64),
        addresses=np.zeros(len(sheet.spaces) - 1, np.int64),
        rows=np.zeros(len(sheet.slots), np.int32),
        tables=np.zeros(len(sheet.slots), np.int32),
        v=np.zeros(lanes, np.float64),
        pen=np.zeros(lanes, np.float64),
        alive=np.zeros(len(sheet.groups), np.uint8),
        dearest=np.zeros(int(sheet.terms.max(initial=0)) + 1, np.float64),
    )
