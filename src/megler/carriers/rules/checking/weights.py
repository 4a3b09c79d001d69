"""A build chart: every height once for each class, weights that rise with height and by class.

A chart may differ by sex and by age: it is proven for each sex and each run of ages that it has.
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from megler.carriers.rules.checking.rising import Column, rising_problems
from megler.carriers.rules.checking.written import column_of as written_in
from megler.carriers.rules.checking.written import height_of, unit_of, weight_of
from megler.carriers.rules.guide import BuildRow, Guide, Nicotine
from megler.carriers.rules.heights import Height, step_of
from megler.carriers.rules.place import place
from megler.carriers.rules.placement import standing_places
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.vocabulary.codes import Sex
from megler.vocabulary.problems import Problem, Severity

PART = "build"
_YOUNGEST, _OLDEST = 0, 999
_HUNDREDTHS = 100


def weight_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Everything wrong between the rows of a build chart."""
    problems = []
    for sex in Sex:
        own = [row for row in guide.build if row.sex in (None, sex)]
        problems += _doubles(own, files)
        for rows in _runs_of_ages(own):
            columns: dict[str, Column] = defaultdict(dict)
            for row in rows:
                columns[row.class_code].setdefault(height_of(row), row)
            problems += _heights(rows, columns, files)
            problems += rising_problems(guide, columns, files)
            for column in columns.values():
                problems += _standing_still(column, files)
    problems += _unlisted(guide, files)
    return list(dict.fromkeys(problems))


def _runs_of_ages(rows: Sequence[BuildRow]) -> Iterator[list[BuildRow]]:
    """The rows that hold together: for each run of ages without a bound in it, those of that run."""
    starts = {_low(row) for row in rows} | {_high(row) + 1 for row in rows}
    for start in sorted(starts):
        held = [row for row in rows if _low(row) <= start <= _high(row)]
        if held:
            yield held


def _low(row: BuildRow) -> int:
    return _YOUNGEST if row.age_from is None else row.age_from


def _high(row: BuildRow) -> int:
    return _OLDEST if row.age_to is None else row.age_to


def _doubles(rows: Sequence[BuildRow], files: GuideFiles) -> list[Problem]:
    """Rows of one height and class, for one sex, that share an age or leave ages out between them."""
    by_key: dict[tuple[Height, str], list[BuildRow]] = defaultdict(list)
    for row in rows:
        by_key[height_of(row), row.class_code].append(row)
    problems = []
    for (height, code), same in by_key.items():
        for below, above in itertools.pairwise(sorted(same, key=lambda r: (_low(r), r.row))):
            where, first = at(files, PART, above), beside(files, PART, above, below)
            if (_low(below), _high(below)) == (_low(above), _high(above)):
                found = f"{height} {unit_of(above)}, {code}, {above.sex or 'any'}"
                problems.append(Problem("duplicate_key", where, found, f"once; first in {first}"))
            elif _low(above) <= _high(below):
                where = at(files, PART, above, "age_from")
                problems.append(Problem("bands_overlap", where, str(_low(above)), f"after {first}"))
            elif _low(above) > _high(below) + 1:
                where, expected = at(files, PART, above, "age_from"), str(_high(below) + 1)
                problems.append(Problem("gap_in_bands", where, str(_low(above)), expected))
    return problems


def _heights(
    rows: Sequence[BuildRow], columns: dict[str, Column], files: GuideFiles
) -> list[Problem]:
    """Every step from the chart's lowest height to its highest, in every class."""
    every = sorted({height for column in columns.values() for height in column})
    step = step_of(every)
    count = int((every[-1] - every[0]) / step) + 1
    wanted = [every[0] + n * step for n in range(count)]
    problems = [
        Problem(
            "height_off_step",
            at(files, PART, row, f"height_{unit_of(row)}"),
            str(height),
            f"{step} {unit_of(row)} apart",
        )
        for height in every
        if height not in wanted
        for row in rows
        if height_of(row) == height
    ]
    codes = list(dict.fromkeys(row.class_code for row in rows))
    absent = [
        (height, codes.index(code))
        for code, column in columns.items()
        for height in wanted
        if height not in column
    ]
    return problems if problems else _absent(rows, columns, absent, files)


def _absent(
    rows: Sequence[BuildRow],
    columns: dict[str, Column],
    absent: Sequence[tuple[Height, int]],
    files: GuideFiles,
) -> list[Problem]:
    """A problem for each absent height and class, at the row where it should stand."""
    if not absent:
        return []
    file = files.file(rows[0], PART)
    there = [row for row in rows if files.file(row, PART) == file]
    codes = list(dict.fromkeys(row.class_code for row in rows))
    keys = np.array(
        [(int(height_of(row) * _HUNDREDTHS), codes.index(row.class_code)) for row in there]
    )
    missing = np.array([(int(height * _HUNDREDTHS), code) for height, code in absent])
    places = standing_places(keys, [row.row for row in there], missing, [1])
    problems = []
    for (height, code), row in zip(absent, places, strict=True):
        first = next(iter(columns[codes[code]].values()))
        ages = "" if first.age_from is None and first.age_to is None else _ages(first)
        expected = f"{height} {unit_of(first)}, {codes[code]}, {first.sex or 'any'}{ages}"
        problems.append(Problem("missing_key", place(file, row), "", expected))
    return problems


def _ages(row: BuildRow) -> str:
    high = "" if row.age_to is None else row.age_to
    return f", ages {_low(row)} to {high}".rstrip()


def _standing_still(column: Column, files: GuideFiles) -> list[Problem]:
    """Two heights with the same greatest weight."""
    return [
        Problem(
            "weight_stands_still",
            at(files, PART, column[higher], written_in(column[higher], "weight_max")),
            weight_of(column[higher], "weight_max"),
            f"above {weight_of(column[lower], 'weight_max')} "
            f"({beside(files, PART, column[higher], column[lower])})",
            Severity.WARNING,
        )
        for lower, higher in itertools.pairwise(sorted(column))
        if column[higher].weight_max_lb == column[lower].weight_max_lb
    ]


def _unlisted(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Classes that a chart never names; one for nicotine users may have no build of its own."""
    named = {row.class_code for row in guide.build}
    file = next(iter(files.of(PART)), "")
    return [
        Problem("class_not_in_chart", file, "", c.code, Severity.WARNING)
        for c in guide.classes
        if named and c.code not in named and c.nicotine is not Nicotine.USER
    ]
