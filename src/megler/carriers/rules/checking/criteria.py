"""Criteria and family history: one limit for each class and age, easier for a worse class."""

import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence

from megler.carriers.rules.guide import Criterion, CriterionKind, FamilyRule, Guide, Nicotine
from megler.carriers.rules.place import place
from megler.vocabulary.problems import Problem

EASIER_DOWN = {CriterionKind.CHOLESTEROL_TOTAL_MIN, CriterionKind.NICOTINE_FREE_MONTHS_MIN}
"""Criteria whose lower limit is the easier one."""
YOUNGEST, OLDEST = 0, 999


def criteria_problems(guide: Guide, file: str, family_file: str) -> list[Problem]:
    """Everything wrong between the rows of the criteria and of the family history."""
    by_key: dict[tuple[str | None, CriterionKind], list[Criterion]] = defaultdict(list)
    for row in guide.criteria:
        by_key[row.class_code, row.kind].append(row)
    problems = []
    for rows in by_key.values():
        problems += _ages(rows, file)
    for kind in CriterionKind:
        for ladder in _ladders(guide):
            problems += _by_class(ladder, by_key, kind, file)
    return list(dict.fromkeys(problems)) + _family(guide.family, family_file)


def _ages(rows: Sequence[Criterion], file: str) -> list[Problem]:
    """Overlaps and gaps between the ages of one class and criterion."""
    problems = []
    ordered = sorted(rows, key=lambda r: (_low(r), _high(r)))
    for below, above in itertools.pairwise(ordered):
        where = place(file, above.row, "age_from")
        found = "" if above.age_from is None else str(above.age_from)
        if _low(above) <= _high(below):
            same = (_low(above), _high(above)) == (_low(below), _high(below))
            code = "duplicate_key" if same else "bands_overlap"
            problems.append(Problem(code, where, found, f"after row {below.row}"))
        elif _low(above) > _high(below) + 1:
            problems.append(Problem("gap_in_bands", where, found, str(_high(below) + 1)))
    return problems


def _low(row: Criterion) -> int:
    return YOUNGEST if row.age_from is None else row.age_from


def _high(row: Criterion) -> int:
    return OLDEST if row.age_to is None else row.age_to


def _ladders(guide: Guide) -> list[list[str]]:
    users = [c.code for c in guide.classes if c.nicotine is Nicotine.USER]
    return [[c.code for c in guide.classes if c.nicotine is not Nicotine.USER], users]


def _by_class(
    ladder: list[str],
    by_key: Mapping[tuple[str | None, CriterionKind], list[Criterion]],
    kind: CriterionKind,
    file: str,
) -> list[Problem]:
    """A worse class must not ask more than a better one at the same ages."""
    problems = []
    there = [code for code in ladder if (code, kind) in by_key]
    for better, worse in itertools.pairwise(there):
        for low, high in itertools.product(by_key[better, kind], by_key[worse, kind]):
            if _low(high) > _high(low) or _low(low) > _high(high):
                continue
            harder = high.limit > low.limit if kind in EASIER_DOWN else high.limit < low.limit
            if harder:
                side = "at most" if kind in EASIER_DOWN else "at least"
                problems.append(
                    Problem(
                        "criteria_do_not_ease",
                        place(file, high.row, "limit"),
                        format(high.limit, "f"),
                        f"{side} {low.limit:f} of {better}",
                    )
                )
    return problems


def _family(rows: Sequence[FamilyRule], file: str) -> list[Problem]:
    seen: dict[tuple[object, ...], int] = {}
    problems = []
    for row in rows:
        key = (row.class_code, row.relation, row.condition, row.event, row.before_age)
        if key in seen:
            found = ", ".join(str(part) for part in key)
            expected = f"once; first in row {seen[key]}"
            problems.append(Problem("duplicate_key", place(file, row.row), found, expected))
        seen.setdefault(key, row.row)
    return problems
