"""Weights of a build chart that do not rise with height, or from a class to the next worse.

Of two weights that contradict, the one that contradicts more of the others is named; of two alike
the later.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from megler.carriers.rules.checking.written import Side, column_of, height_of, unit_of, weight_of
from megler.carriers.rules.guide import BuildRow, Guide, Nicotine
from megler.carriers.rules.heights import Height
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.vocabulary.problems import Problem

Column = dict[Height, BuildRow]
"""A class's rows by height."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two rows of which `high` should allow no less than `low`, in its least or greatest weight.

    `near`: neighbouring heights or classes, which are told; the others only count.
    """

    low: BuildRow
    high: BuildRow
    side: Side
    near: bool


def rising_problems(
    guide: Guide, columns: Mapping[str, Column], files: GuideFiles
) -> list[Problem]:
    """Weights that fall with height or from class to class, for the columns of one sex."""
    pairs = [*_by_height(columns), *_by_class(guide, columns)]
    count = Counter((id(row), pair.side) for pair in pairs for row in (pair.low, pair.high))
    return [_problem(pair, count, files) for pair in pairs if pair.near]


def _by_height(columns: Mapping[str, Column]) -> Iterator[_Pair]:
    for column in columns.values():
        rows = [column[height] for height in sorted(column)]
        for i, j in itertools.combinations(range(len(rows)), 2):
            low, high = rows[i], rows[j]
            if high.weight_max_lb < low.weight_max_lb:
                yield _Pair(low, high, "weight_max", j == i + 1)
            if high.weight_min_lb and low.weight_min_lb and high.weight_min_lb < low.weight_min_lb:
                yield _Pair(low, high, "weight_min", j == i + 1)


def _by_class(guide: Guide, columns: Mapping[str, Column]) -> Iterator[_Pair]:
    for ladder in _ladders(guide, columns):
        for i, j in itertools.combinations(range(len(ladder)), 2):
            better, worse = columns[ladder[i]], columns[ladder[j]]
            for height in sorted(set(better) & set(worse)):
                low, high = better[height], worse[height]
                if high.weight_max_lb < low.weight_max_lb:
                    yield _Pair(low, high, "weight_max", j == i + 1)
                if (high.weight_min_lb or 0) > (low.weight_min_lb or 0):
                    yield _Pair(high, low, "weight_min", j == i + 1)


def _ladders(guide: Guide, columns: Mapping[str, Column]) -> list[list[str]]:
    """Classes that must each allow as much as the better one before: by nicotine, then tables."""
    tables = [f"table_{n}" for n in range(1, 17) if f"table_{n}" in columns]
    ladders = []
    for users in (False, True):
        own = [
            c.code
            for c in guide.classes
            if c.code in columns and (c.nicotine is Nicotine.USER) == users
        ]
        ladders.append(own + tables)
    return ladders


def _problem(pair: _Pair, count: Mapping[tuple[int, Side], int], files: GuideFiles) -> Problem:
    low, high = pair.low, pair.high
    blamed = [count[id(row), pair.side] for row in (low, high)]
    later = low.row > high.row
    wrong, right = (low, high) if (blamed[0], later) > (blamed[1], not later) else (high, low)
    side = "at most" if wrong is low else "at least"
    weight = weight_of(right, pair.side)
    other = (
        f"at {height_of(right)} {unit_of(right)}"
        if low.class_code == high.class_code
        else f"of {right.class_code}"
    )
    row = beside(files, "build", wrong, right)
    expected = f"{side} {weight or 'nothing'} {other} ({row})"
    where = at(files, "build", wrong, column_of(wrong, pair.side))
    return Problem("weights_do_not_rise", where, weight_of(wrong, pair.side), expected)
