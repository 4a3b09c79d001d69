# mypy: disable-error-code="untyped-decorator,no-untyped-def,no-untyped-call,misc,call-arg"
"""The loop that classes lives by compiled guides. Importing it brings in numba: do so late."""

import numpy as np
from numba import njit, uint64
from numba.core import cgutils
from numba.extending import intrinsic

from megler.underwriting.rules.compiled import AGES, Flags, Ints, Lanes
from megler.underwriting.rules.compiled_facts import BIG

AGE_NEAREST, AGE_LAST, SEX, HEIGHT, WEIGHT, SYSTOLIC, DIASTOLIC = range(7)
RATIO_UP, TOTAL_UP, TOTAL_DOWN, FREE_MONTHS, SURE_MONTHS = range(7, 12)
FAMILY = 15
LIMITS = 6
TWO, THREE, FOUR, FIVE = np.uint64(2), np.uint64(3), np.uint64(4), np.uint64(5)
COLUMNS = 16
"""The columns of a life that are read here: ages, then `ClassFacts`, then its family's row."""


@intrinsic
def bare(_context, array):
    """The array without the count of its references, so that threads that share it do not wait.

    The caller keeps the array alive.
    """

    def of(context, builder, signature, arguments):
        made = context.make_array(signature.return_type)(context, builder, arguments[0])
        made.meminfo = cgutils.get_null_value(made.meminfo.type)
        made.parent = cgutils.get_null_value(made.parent.type)
        return made._getvalue()

    return array(array), of


@njit(cache=True, nogil=True, error_model="numpy")
def find_classes(lives: Ints, lanes: Lanes, family: Flags, found: Ints) -> int:
    """Puts into `found` [lives, guides] each guide's first lane that is open; -1: none is.

    A lane is counted from its guide's first one. `family` is `compiled.family_fails`. The number of
    lanes comes back: the room for them must live until then.
    """
    lives, found, family = bare(lives), bare(found), bare(family)
    starts, statuses, months = bare(lanes.starts), bare(lanes.statuses), bare(lanes.months)
    row_of_age, weights, limits = bare(lanes.row_of_age), bare(lanes.weights), bare(lanes.limits)
    boxes, bounds, ruled_out = bare(lanes.boxes), bare(lanes.bounds), bare(lanes.ruled_out)
    heights, count = weights.shape[0], statuses.size
    room = np.empty(count, np.uint8)
    ok = bare(room)
    weights, limits = weights.reshape(-1), limits.reshape(-1)
    every, split = uint64(count), uint64(lanes.split)
    for i in range(lives.shape[0]):
        height = 0
        if lives[i, HEIGHT] >= 0:
            height = lives[i, HEIGHT] - lanes.height_min + 1
            if height < 1 or height > heights - 1:
                height = heights - 1
        weight, free = lives[i, WEIGHT], lives[i, FREE_MONTHS]
        low = uint64((height * 3 + lives[i, SEX] + 1) * 2 * count)
        _within(ok, every, weights, low, BIG if weight < 0 else weight, 0 if weight < 0 else weight)
        for part in range(2):
            first, stop = (uint64(0), split) if part == 0 else (split, every)
            if first == stop:
                continue
            age = lives[i, AGE_NEAREST] if part == 0 else lives[i, AGE_LAST]
            at = uint64(row_of_age[min(age + 1, AGES - 1)] * LIMITS * count)
            _at_most(ok, first, stop, limits, at, lives[i, SYSTOLIC])
            _at_most(ok, first, stop, limits, at + every, lives[i, DIASTOLIC])
            _at_most(ok, first, stop, limits, at + TWO * every, lives[i, RATIO_UP])
            _at_most(ok, first, stop, limits, at + THREE * every, lives[i, TOTAL_UP])
            total = lives[i, TOTAL_DOWN]
            if total >= 0:
                _at_least(ok, first, stop, limits, at + FOUR * every, total)
            _at_least(ok, first, stop, limits, at + FIVE * every, free)
        _of_status(ok, every, statuses, months, free, lives[i, SURE_MONTHS])
        if lives[i, FAMILY] > 0:
            for k in range(count):
                ok[k] &= 1 - family[lives[i, FAMILY], k]
        _outside(ok, lives, i, boxes, bounds, ruled_out)
        for g in range(starts.size - 1):
            place = -1
            for k in range(starts[g], starts[g + 1]):
                if ok[uint64(k)]:
                    place = k - starts[g]
                    break
            found[i, g] = place
    return room.size


@njit(inline="always")
def _within(ok, count, weights, low, least, most):
    """Weights between the lower bounds at `low` and the upper bounds behind them."""
    high = low + count
    for k in range(count):
        ok[k] = (weights[low + k] <= least) & (most <= weights[high + k])


@njit(inline="always")
def _at_most(ok, first, stop, limits, at, figure):
    if figure >= 0:
        for k in range(first, stop):
            ok[k] &= figure <= limits[at + k]


@njit(inline="always")
def _at_least(ok, first, stop, limits, at, figure):
    for k in range(first, stop):
        ok[k] &= figure >= limits[at + k]


@njit(inline="always")
def _of_status(ok, count, statuses, months, free, sure):
    """Bit 1 of a lane's statuses is for who may be a non-user, bit 2 for who may be a user."""
    for k in range(count):
        may_be = np.int32(free >= months[k]) | (np.int32(sure < months[k]) << 1)
        ok[k] &= (may_be & statuses[k]) != 0


@njit(inline="always")
def _outside(ok, lives, i, boxes, bounds, ruled_out):
    """Rules out the lanes of every box that the life is inside of."""
    for b in range(boxes.shape[0] - 1):
        inside = True
        for k in range(boxes[b, 0], boxes[b + 1, 0]):
            figure = lives[i, bounds[k, 0]]
            if figure < bounds[k, 1] or figure > bounds[k, 2]:
                inside = False
                break
        if inside:
            for k in range(boxes[b, 1], boxes[b + 1, 1]):
                ok[uint64(ruled_out[k])] = 0
