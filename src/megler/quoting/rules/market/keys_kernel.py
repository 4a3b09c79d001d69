# mypy: disable-error-code="untyped-decorator,no-untyped-def,no-untyped-call,misc,call-arg"
"""From a life's columns to its keys, and from those to every address, once for all plans."""

from numba import njit

from megler.quoting.rules.market import columns, sheet
from megler.underwriting.rules.nicotine import USUAL_MONTHS

AGE_NEAREST, AGE_LAST, SEX = columns.AGE_NEAREST, columns.AGE_LAST, columns.SEX
FREE_MONTHS, JURISDICTION, FLAT = columns.FREE_MONTHS, columns.JURISDICTION, columns.FLAT_EXTRA
CLASS_ASKED, TABLE, PLACE = columns.CLASS_ASKED, columns.TABLE, columns.PLACE
KEY, BAND = sheet.KEY, sheet.BAND
SHARED_KEYS = 4
"""Keys that every life has: both ages, sex and jurisdiction; then its areas and outcomes."""


@njit(inline="always")
def outcomes(i, lives, judged, areas, slots, lut, keys, rows, tables):
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


@njit(inline="always")
def addresses(amount, axes, lut, keys, indexes, spaces, parts, addresses):
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
