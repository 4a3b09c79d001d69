"""Where a missing row would stand, read off the order in which a file keeps its rows."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def standing_places(
    keys: Ints, rows: Sequence[int] | Ints, missing: Ints, unordered: Sequence[int] = ()
) -> list[int]:
    """The row of the file at which each missing key belongs.

    `keys` (rows by axes, none negative) are those that stand in the file, in its order, and `rows`
    their numbers; `missing` has the same axes. Axes in `unordered` have no order of their own: the
    file's is taken. Files that follow no order get a place beside a near key.
    """
    keys, missing = keys.copy(), missing.copy()
    for axis in unordered:
        rank = _ranks(keys, axis, int(missing[:, axis].max(initial=0)))
        for table in (keys, missing):
            table[:, axis] = rank[table[:, axis]]
    steps = np.diff(keys, axis=0)
    slowest_first = np.argsort((steps != 0).sum(axis=0), kind="stable")
    same = np.ones(len(steps), bool)
    known, wanted = np.zeros(len(keys), np.int64), np.zeros(len(missing), np.int64)
    for axis in slowest_first:
        turn = -1 if np.sign(steps[same, axis]).sum() < 0 else 1
        stands, lacks = turn * keys[:, axis], turn * missing[:, axis]
        least = min(int(stands.min()), int(lacks.min()))
        size = max(int(stands.max()), int(lacks.max())) - least + 1
        known, wanted = known * size + stands - least, wanted * size + lacks - least
        same &= steps[:, axis] == 0
    ordered = np.argsort(known, kind="stable")
    before = np.searchsorted(known[ordered], wanted, side="left").tolist()
    return [int(rows[int(ordered[n - 1])]) + 1 if n else int(min(rows)) for n in before]


def _ranks(keys: Ints, axis: int, most: int) -> Ints:
    """By value (up to `most` and all of the axis) its place as the file orders them.

    The file's order is that among rows that are alike otherwise; values without rows come last.
    """
    others = np.zeros(len(keys), np.int64)
    for i in range(keys.shape[1]):
        if i != axis:
            others = others * (int(keys[:, i].max()) + 1) + keys[:, i]
    order = np.argsort(others, kind="stable")
    starts = np.flatnonzero(np.diff(others[order], prepend=-1))
    sizes = np.diff([*starts, len(keys)])
    position = np.empty(len(keys))
    position[order] = np.arange(len(keys)) - np.repeat(starts, sizes)
    counts = np.bincount(keys[:, axis])
    values = np.flatnonzero(counts)
    means = np.bincount(keys[:, axis], weights=position)[values] / counts[values]
    rank = np.full(max(most + 1, len(counts)), len(values), np.int64)
    rank[values[np.argsort(means, kind="stable")]] = np.arange(len(values))
    return rank
