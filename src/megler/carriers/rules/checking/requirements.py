"""An age-and-amount grid: every age and amount in exactly one row, and never less for more."""

import itertools
from collections import defaultdict
from decimal import Decimal

from megler.carriers.rules.guide import Guide, RequirementRow
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Severity

PART = "requirements"
NO_END = 10**15
COVERED_BY = {
    RequirementKind.TELEPHONE_INTERVIEW: {
        RequirementKind.PARAMEDICAL_EXAM,
        RequirementKind.MD_EXAM,
    },
    RequirementKind.PARAMEDICAL_EXAM: {RequirementKind.MD_EXAM},
    RequirementKind.ECG: {RequirementKind.TREADMILL},
}
"""A fuller requirement may stand for a lesser one without anything being dropped."""


def requirement_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Gaps and overlaps of the age bands and, in each, of the amount bands; what is dropped."""
    bands: dict[tuple[int, int], list[RequirementRow]] = defaultdict(list)
    for row in guide.requirements:
        bands[row.age_from, NO_END if row.age_to is None else row.age_to].append(row)
    problems = []
    for below, above in itertools.pairwise(sorted(bands)):
        where = at(files, PART, bands[above][0], "age_from")
        if above[0] <= below[1]:
            code, expected = (
                "bands_overlap",
                f"after {beside(files, PART, bands[above][0], bands[below][0])}",
            )
            problems.append(Problem(code, where, str(above[0]), expected))
        elif above[0] > below[1] + 1:
            problems.append(Problem("gap_in_bands", where, str(above[0]), str(below[1] + 1)))
    endless = any(row.amount_to is None for row in guide.requirements)
    for rows in bands.values():
        ordered = sorted(rows, key=lambda r: (r.amount_from, r.row))
        problems += _amounts(ordered, files)
        end = ordered[-1].amount_to
        if endless and end is not None:
            where = at(files, PART, ordered[-1], "amount_to")
            expected = "no end, as at other ages"
            problems.append(Problem("bands_end", where, f"{end:f}", expected, Severity.WARNING))
    return problems


def _amounts(rows: list[RequirementRow], files: GuideFiles) -> list[Problem]:
    problems = []
    if rows[0].amount_from > 1:
        where = at(files, PART, rows[0], "amount_from")
        problems.append(Problem("gap_in_bands", where, f"{rows[0].amount_from:f}", "0"))
    for below, above in itertools.pairwise(rows):
        end = Decimal(NO_END) if below.amount_to is None else below.amount_to
        where = at(files, PART, above, "amount_from")
        found = f"{above.amount_from:f}"
        if above.amount_from == below.amount_from and above.amount_to == below.amount_to:
            expected = f"once; first in {beside(files, PART, above, below)}"
            problems.append(Problem("duplicate_key", at(files, PART, above), found, expected))
        elif above.amount_from <= end:
            problems.append(
                Problem("bands_overlap", where, found, f"after {beside(files, PART, above, below)}")
            )
        elif above.amount_from > end + 1:
            problems.append(Problem("gap_in_bands", where, found, f"{end + 1:f}"))
        dropped = [
            kind
            for kind in below.kinds
            if kind not in above.kinds and not COVERED_BY.get(kind, set()) & set(above.kinds)
        ]
        if dropped:
            where = at(files, PART, above, "kinds")
            found = " ".join(above.kinds)
            problems.append(
                Problem("requirement_dropped", where, found, " ".join(dropped), Severity.WARNING)
            )
    return problems
