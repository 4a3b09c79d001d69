"""The loop that classes lives by compiled guides. Importing it brings in numba: do so late."""

import numpy as np
from numba import njit

from megler.underwriting.rules.compiled import AGES, Flags, Ints, Lanes
from megler.underwriting.rules.compiled_facts import BIG

AGE_NEAREST, AGE_LAST, SEX, HEIGHT, WEIGHT, SYSTOLIC, DIASTOLIC = range(7)
RATIO_UP, TOTAL_UP, TOTAL_DOWN, FREE_MONTHS, SURE_MONTHS, FAMILY = range(7, 13)
COLUMNS = 13
"""The columns of a life that are read here: ages, then `ClassFacts`, then its family's row."""


@njit(cache=True, nogil=True, error_model="numpy")  # type: ignore[untyped-decorator]
def find_classes(lives: Ints, lanes: Lanes, family: Flags, found: Ints) -> None:
    """Puts into `found` [lives, guides] each guide's first lane that is open; -1: none is.

    A lane is counted from its guide's first one. `family` is `compiled.family_fails`.
    """
    count = lanes.statuses.size
    low, high = np.empty(count, np.int32), np.empty(count, np.int32)
    ok = np.empty(count, np.uint8)
    heights = lanes.weights.shape[0]
    for i in range(lives.shape[0]):
        life = lives[i]
        height = 0
        if life[HEIGHT] >= 0:
            height = life[HEIGHT] - lanes.height_min + 1
            if height < 1 or height > heights - 1:
                height = heights - 1
        weight = life[WEIGHT]
        least = BIG if weight < 0 else weight
        most = 0 if weight < 0 else weight
        weights = lanes.weights[height, life[SEX] + 1]
        low, high = weights[0], weights[1]
        for k in range(count):
            ok[k] = (low[k] <= least) & (most <= high[k])
        for part in range(2):
            first = 0 if part == 0 else lanes.split
            stop = lanes.split if part == 0 else count
            if first == stop:
                continue
            age = life[AGE_NEAREST] if part == 0 else life[AGE_LAST]
            limits = lanes.limits[lanes.row_of_age[min(age + 1, AGES - 1)]]
            _at_most(ok, limits[0], life[SYSTOLIC], first, stop)
            _at_most(ok, limits[1], life[DIASTOLIC], first, stop)
            _at_most(ok, limits[2], life[RATIO_UP], first, stop)
            _at_most(ok, limits[3], life[TOTAL_UP], first, stop)
            total = life[TOTAL_DOWN]
            _at_least(ok, limits[4], BIG if total < 0 else total, first, stop)
            _at_least(ok, limits[5], life[FREE_MONTHS], first, stop)
        _of_status(ok, lanes.statuses, lanes.months, life[FREE_MONTHS], life[SURE_MONTHS])
        if life[FAMILY] > 0:
            fails = family[life[FAMILY]]
            for k in range(count):
                ok[k] &= 1 - fails[k]
        for g in range(lanes.starts.size - 1):
            start, stop = lanes.starts[g], lanes.starts[g + 1]
            place = -1
            for k in range(start, stop):
                if ok[k]:
                    place = k - start
                    break
            found[i, g] = place


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]
def _at_most(ok: Flags, limits: Ints, figure: int, first: int, stop: int) -> None:
    if figure >= 0:
        for k in range(first, stop):
            ok[k] &= figure <= limits[k]


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]
def _at_least(ok: Flags, limits: Ints, figure: int, first: int, stop: int) -> None:
    for k in range(first, stop):
        ok[k] &= figure >= limits[k]


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]
def _of_status(ok: Flags, statuses: Ints, months: Ints, free: int, sure: int) -> None:
    """Bit 1 of a lane's statuses is for who may be a non-user, bit 2 for who may be a user."""
    for k in range(ok.size):
        may_be = np.int32(free >= months[k]) | (np.int32(sure < months[k]) << 1)
        ok[k] &= (may_be & statuses[k]) != 0
