"""Where a missing row would stand, read off the order in which a file keeps its rows."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def standing_places(
    keys: Ints, rows: Sequence[int], missing: Ints, unordered: Sequence[int] = ()
) -> list[int]:
    """The row of the file at which each missing key belongs.

    `keys` (rows by axes) are those that stand in the file, in its order, and `rows` their numbers;
    `missing` has the same axes. Axes in `unordered` have no order of their own: the file's is
    taken. Files that follow no order get a place beside a near key.
    """
    keys, missing = keys.copy(), missing.copy()
    for axis in unordered:
        rank = _ranks(keys, axis)
        for table in (keys, missing):
            table[:, axis] = [rank.get(value, len(rank)) for value in table[:, axis].tolist()]
    steps = np.diff(keys, axis=0)
    slowest_first = np.argsort((steps != 0).sum(axis=0), kind="stable")
    same = np.ones(len(steps), bool)
    columns = []
    for axis in slowest_first:
        turn = -1 if np.sign(steps[same, axis]).sum() < 0 else 1
        columns.append((turn * keys[:, axis], turn * missing[:, axis]))
        same &= steps[:, axis] == 0
    ordered = np.lexsort([stands for stands, _ in reversed(columns)])
    known = list(zip(*(stands[ordered].tolist() for stands, _ in columns), strict=True))
    wanted = zip(*(lacks.tolist() for _, lacks in columns), strict=True)
    before = [bisect_left(known, key) for key in wanted]
    return [rows[int(ordered[n - 1])] + 1 if n else min(rows) for n in before]


def _ranks(keys: Ints, axis: int) -> dict[int, int]:
    """The values of an axis as the file orders them among rows that are alike otherwise."""
    others = np.delete(keys, axis, axis=1)
    groups = np.zeros(len(keys), np.int64)
    if others.shape[1]:
        groups = np.unique(others, axis=0, return_inverse=True)[1].reshape(-1)
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff([*starts, len(keys)])
    position = np.empty(len(keys))
    position[order] = np.arange(len(keys)) - np.repeat(starts, sizes)
    values = np.unique(keys[:, axis])
    means = [position[keys[:, axis] == value].mean() for value in values]
    return {int(values[i]): rank for rank, i in enumerate(np.argsort(means, kind="stable"))}
