"""A build chart: every height once for each class, weights that rise with height and by class."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from megler.carriers.rules.checking.rising import Column, rising_problems
from megler.carriers.rules.guide import BuildRow, Guide, Nicotine
from megler.carriers.rules.place import place
from megler.carriers.rules.placement import standing_places
from megler.vocabulary.codes import Sex
from megler.vocabulary.problems import Problem, Severity


def weight_problems(guide: Guide, file: str) -> list[Problem]:
    """Everything wrong between the rows of a build chart."""
    problems = _doubles(guide.build, file)
    for sex in Sex:
        columns: dict[str, Column] = defaultdict(dict)
        for row in guide.build:
            if row.sex in (None, sex):
                columns[row.class_code].setdefault(row.height_in, row)
        problems += _heights(guide.build, columns, file)
        problems += rising_problems(guide, columns, file)
        for column in columns.values():
            problems += _standing_still(column, file)
    problems += _unlisted(guide, file)
    return list(dict.fromkeys(problems))


def _doubles(rows: Iterable[BuildRow], file: str) -> list[Problem]:
    """A height, class and sex twice; sex `any` stands for both."""
    seen: dict[tuple[int, str, Sex], int] = {}
    problems = []
    for row in rows:
        for sex in [row.sex] if row.sex else list(Sex):
            key = (row.height_in, row.class_code, sex)
            if key in seen:
                found = f"{row.height_in} in, {row.class_code}, {row.sex or 'any'}"
                expected = f"once; first in row {seen[key]}"
                problems.append(Problem("duplicate_key", place(file, row.row), found, expected))
                break
            seen[key] = row.row
    return problems


def _heights(rows: Sequence[BuildRow], columns: dict[str, Column], file: str) -> list[Problem]:
    """Every whole inch from the chart's lowest to its highest, in every class."""
    every = sorted({height for column in columns.values() for height in column})
    codes = list(dict.fromkeys(row.class_code for row in rows))
    absent = [
        (height, codes.index(code))
        for code, column in columns.items()
        for height in range(every[0], every[-1] + 1)
        if height not in column
    ]
    if not absent:
        return []
    keys = np.array([(row.height_in, codes.index(row.class_code)) for row in rows])
    places = standing_places(keys, [row.row for row in rows], np.array(absent), [1])
    problems = []
    for (height, code), row in zip(absent, places, strict=True):
        first = next(iter(columns[codes[code]].values()))
        expected = f"{height} in, {codes[code]}, {first.sex or 'any'}"
        problems.append(Problem("missing_key", place(file, row), "", expected))
    return problems


def _standing_still(column: Column, file: str) -> list[Problem]:
    """Two heights with the same greatest weight."""
    return [
        Problem(
            "weight_stands_still",
            place(file, column[higher].row, "weight_max_lb"),
            str(column[higher].weight_max_lb),
            f"above {column[lower].weight_max_lb} (row {column[lower].row})",
            Severity.WARNING,
        )
        for lower, higher in itertools.pairwise(sorted(column))
        if column[higher].weight_max_lb == column[lower].weight_max_lb
    ]


def _unlisted(guide: Guide, file: str) -> list[Problem]:
    """Classes that a chart never names; one for nicotine users may have no build of its own."""
    named = {row.class_code for row in guide.build}
    return [
        Problem("class_not_in_chart", file, "", c.code, Severity.WARNING)
        for c in guide.classes
        if named and c.code not in named and c.nicotine is not Nicotine.USER
    ]
