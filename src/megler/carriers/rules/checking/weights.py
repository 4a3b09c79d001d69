"""A build chart: every height once for each class, weights that rise with height and by class."""

import itertools
from collections import defaultdict
from collections.abc import Iterable

from megler.carriers.rules.guide import BuildRow, Guide, Nicotine
from megler.carriers.rules.place import place
from megler.vocabulary.codes import Sex
from megler.vocabulary.problems import Problem, Severity

Column = dict[int, BuildRow]


def weight_problems(guide: Guide, file: str) -> list[Problem]:
    """Everything wrong between the rows of a build chart."""
    problems = _doubles(guide.build, file)
    for sex in Sex:
        columns: dict[str, Column] = defaultdict(dict)
        for row in guide.build:
            if row.sex in (None, sex):
                columns[row.class_code].setdefault(row.height_in, row)
        for column in columns.values():
            problems += _heights(column, columns, file)
            problems += _rising_with_height(column, file)
        for ladder in _ladders(guide, columns):
            for better, worse in itertools.pairwise(ladder):
                problems += _rising_by_class(columns[better], columns[worse], file)
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


def _heights(column: Column, columns: dict[str, Column], file: str) -> list[Problem]:
    """Every whole inch from the chart's lowest to its highest, in every class."""
    every = sorted({height for other in columns.values() for height in other})
    problems = []
    for height in range(every[0], every[-1] + 1):
        if height not in column:
            near = max((row.row for h, row in column.items() if h < height), default=1)
            first = next(iter(column.values()))
            expected = f"{height} in, {first.class_code}, {first.sex or 'any'}"
            problems.append(Problem("missing_key", place(file, near + 1), "", expected))
    return problems


def _rising_with_height(column: Column, file: str) -> list[Problem]:
    problems = []
    for lower, higher in itertools.pairwise(sorted(column)):
        below, above = column[lower], column[higher]
        problems += _not_less(above, below, "weight_max_lb", f"at {lower} in", file)
        if above.weight_max_lb == below.weight_max_lb:
            where = place(file, above.row, "weight_max_lb")
            found, expected = str(above.weight_max_lb), f"above {below.weight_max_lb}"
            problems.append(
                Problem("weight_stands_still", where, found, expected, Severity.WARNING)
            )
        if above.weight_min_lb is not None and below.weight_min_lb is not None:
            problems += _not_less(above, below, "weight_min_lb", f"at {lower} in", file)
    return problems


def _ladders(guide: Guide, columns: dict[str, Column]) -> list[list[str]]:
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


def _rising_by_class(better: Column, worse: Column, file: str) -> list[Problem]:
    problems = []
    for height in sorted(set(better) & set(worse)):
        low, high = better[height], worse[height]
        problems += _not_less(high, low, "weight_max_lb", f"of {low.class_code}", file)
        if high.weight_min_lb is not None and (
            low.weight_min_lb is None or high.weight_min_lb > low.weight_min_lb
        ):
            where = place(file, high.row, "weight_min_lb")
            found = str(high.weight_min_lb)
            expected = f"at most {low.weight_min_lb or 'nothing'} of {low.class_code}"
            problems.append(Problem("weights_do_not_rise", where, found, expected))
    return problems


def _not_less(
    above: BuildRow, below: BuildRow, column: str, beside: str, file: str
) -> list[Problem]:
    low, high = getattr(below, column), getattr(above, column)
    if high >= low:
        return []
    where = place(file, above.row, column)
    return [Problem("weights_do_not_rise", where, str(high), f"at least {low} {beside}")]


def _unlisted(guide: Guide, file: str) -> list[Problem]:
    """Classes that a chart never names; one for nicotine users may have no build of its own."""
    named = {row.class_code for row in guide.build}
    return [
        Problem("class_not_in_chart", file, "", c.code, Severity.WARNING)
        for c in guide.classes
        if named and c.code not in named and c.nicotine is not Nicotine.USER
    ]
