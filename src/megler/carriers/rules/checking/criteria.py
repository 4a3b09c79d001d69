"""Criteria and family history: one limit for each class and age, easier for a worse class."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from megler.carriers.rules.guide import Criterion, CriterionKind, FamilyRule, Guide, Nicotine
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.vocabulary.problems import Problem, Severity

EASIER_DOWN = {CriterionKind.CHOLESTEROL_TOTAL_MIN, CriterionKind.NICOTINE_FREE_MONTHS_MIN}
"""Criteria whose lower limit is the easier one."""
_NOT_ABOVE = {
    CriterionKind.CHOLESTEROL_TOTAL_MIN: CriterionKind.CHOLESTEROL_TOTAL_MAX,
    CriterionKind.DIASTOLIC_MAX: CriterionKind.SYSTOLIC_MAX,
}
PART, FAMILY = "criteria", "family"
YOUNGEST, OLDEST = 0, 999
OLDEST_AGE = 120
_Key = tuple[str | None, CriterionKind]


def criteria_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Everything wrong between the rows of the criteria and of the family history."""
    by_key: dict[_Key, list[Criterion]] = defaultdict(list)
    for row in guide.criteria:
        by_key[row.class_code, row.kind].append(row)
    granted = {one.code for one in guide.classes if one.on_review}
    problems = []
    for rows in by_key.values():
        problems += _ages(rows, files)
        problems += _out_of_reach(rows, by_key, files)
    for kind in CriterionKind:
        for ladder in ladders(guide):
            problems += _by_class(ladder, by_key, kind, files)
            given = [code for code in ladder if code not in granted]
            problems += _without_limit(given, by_key, kind, files)
    return list(dict.fromkeys(problems)) + _family(guide, files)


def _out_of_reach(
    rows: Sequence[Criterion], by_key: Mapping[_Key, list[Criterion]], files: GuideFiles
) -> list[Problem]:
    """Limits that nobody can be within: the least above the most, diastolic above systolic."""
    problems = []
    for row in rows:
        upper = _NOT_ABOVE.get(row.kind)
        for other in by_key.get((row.class_code, upper), ()) if upper else ():
            if _meet(row, other) and row.limit > other.limit:
                expected = f"at most {other.limit:f} ({beside(files, PART, row, other)})"
                where = at(files, PART, row, "limit")
                problems.append(Problem("bounds_reversed", where, f"{row.limit:f}", expected))
    return problems


def _meet(one: Criterion, other: Criterion) -> bool:
    """Whether two rows hold at a common age."""
    return _low(one) <= _high(other) and _low(other) <= _high(one)


def _without_limit(
    ladder: list[str],
    by_key: Mapping[_Key, list[Criterion]],
    kind: CriterionKind,
    files: GuideFiles,
) -> list[Problem]:
    """Ages at which a class has no limit although the next worse one that has any does."""
    there = [code for code in ladder if (code, kind) in by_key]
    problems = []
    for better, worse in itertools.pairwise(ladder[: ladder.index(there[-1]) + 1] if there else []):
        rows = [*by_key.get((better, kind), ()), *by_key.get((None, kind), ())]
        for row in by_key.get((worse, kind), ()):
            ages = [
                age
                for age in range(_low(row), min(_high(row), OLDEST_AGE) + 1)
                if not any(_low(own) <= age <= _high(own) for own in rows)
            ]
            if ages:
                where = at(files, PART, row, "limit")
                found = f"ages {ages[0]} to {ages[-1]}" if rows else "any age"
                problems.append(Problem("limit_missing", where, found, better, Severity.WARNING))
    return problems


def _ages(rows: Sequence[Criterion], files: GuideFiles) -> list[Problem]:
    """Overlaps and gaps between the ages of one class and criterion."""
    problems = []
    ordered = sorted(rows, key=lambda r: (_low(r), _high(r)))
    for below, above in itertools.pairwise(ordered):
        where = at(files, PART, above, "age_from")
        found = "" if above.age_from is None else str(above.age_from)
        if _low(above) <= _high(below):
            same = (_low(above), _high(above)) == (_low(below), _high(below))
            code = "duplicate_key" if same else "bands_overlap"
            first = beside(files, PART, above, below)
            expected = f"once; first in {first}" if same else f"after {first}"
            found = f"{above.class_code or 'any'}, {above.kind}" if same else found
            problems.append(Problem(code, where, found, expected))
        elif _low(above) > _high(below) + 1:
            problems.append(Problem("gap_in_bands", where, found, str(_high(below) + 1)))
    return problems


def _low(row: Criterion) -> int:
    return YOUNGEST if row.age_from is None else row.age_from


def _high(row: Criterion) -> int:
    return OLDEST if row.age_to is None else row.age_to


def ladders(guide: Guide) -> list[list[str]]:
    """The classes that must each ask no more than the one before: by nicotine, best first."""
    users = [c.code for c in guide.classes if c.nicotine is Nicotine.USER]
    return [[c.code for c in guide.classes if c.nicotine is not Nicotine.USER], users]


def _by_class(
    ladder: list[str],
    by_key: Mapping[_Key, list[Criterion]],
    kind: CriterionKind,
    files: GuideFiles,
) -> list[Problem]:
    """A worse class must not ask more than a better one at the same ages."""
    problems = []
    there = [code for code in ladder if (code, kind) in by_key]
    for better, worse in itertools.pairwise(there):
        for low, high in itertools.product(by_key[better, kind], by_key[worse, kind]):
            if not _meet(low, high):
                continue
            harder = high.limit > low.limit if kind in EASIER_DOWN else high.limit < low.limit
            if harder:
                side = "at most" if kind in EASIER_DOWN else "at least"
                problems.append(
                    Problem(
                        "criteria_do_not_ease",
                        at(files, PART, high, "limit"),
                        format(high.limit, "f"),
                        f"{side} {low.limit:f} of {better} ({beside(files, PART, high, low)})",
                    )
                )
    return problems


def _family(guide: Guide, files: GuideFiles) -> list[Problem]:
    seen: dict[tuple[object, ...], FamilyRule] = {}
    problems = []
    for row in guide.family:
        whose = (row.age_from, row.age_to, row.sex, *row.but)
        key: tuple[object, ...] = (
            row.class_code,
            row.relation,
            row.condition,
            row.event,
            row.before_age,
            *(one for one in whose if one is not None),
        )
        if key in seen:
            found = ", ".join(str(part) for part in key)
            expected = f"once; first in {beside(files, FAMILY, row, seen[key])}"
            problems.append(Problem("duplicate_key", at(files, FAMILY, row), found, expected))
        seen.setdefault(key, row)
    return problems
