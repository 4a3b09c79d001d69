"""Evidence: how long each kind stands at every age, what stands for what, triggers each once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import EvidenceRule, Trigger
from megler.carriers.rules.reading.parts import GuideFiles, at, beside
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Severity

PART, SUBSTITUTES, TRIGGERS = "evidence", "substitutes", "triggers"
_YOUNGEST, _OLDEST = 0, 999


def evidence_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Everything wrong between the rows of evidence, substitutes and triggers."""
    by_kind: dict[RequirementKind, list[EvidenceRule]] = defaultdict(list)
    for row in guide.evidence:
        by_kind[row.kind].append(row)
    problems = [p for rows in by_kind.values() for p in _ages(rows, files)]
    if by_kind:
        problems += _unexplained(guide, by_kind, files)
    for one in guide.substitutes:
        if one.kind in one.stands_for:
            where, expected = at(files, SUBSTITUTES, one, "stands_for"), "other kinds"
            problems.append(Problem("stands_for_itself", where, one.kind, expected))
    seen: dict[object, Trigger] = {}
    for trigger in guide.triggers:
        first = seen.setdefault(trigger.when, trigger)
        if first is not trigger:
            where = at(files, TRIGGERS, trigger, "when")
            expected = f"another condition than {beside(files, TRIGGERS, trigger, first)}"
            found = " ".join(trigger.kinds)
            problems.append(Problem("rules_overlap", where, found, expected, Severity.WARNING))
    return problems


def _ages(rows: Sequence[EvidenceRule], files: GuideFiles) -> Iterator[Problem]:
    """Overlaps and gaps between the ages of one kind."""
    for below, above in pairwise(sorted(rows, key=lambda row: (_low(row), row.row))):
        where, first = at(files, PART, above, "age_from"), beside(files, PART, above, below)
        if (_low(above), _high(above)) == (_low(below), _high(below)):
            expected = f"once; first in {first}"
            yield Problem("duplicate_key", at(files, PART, above), above.kind, expected)
        elif _low(above) <= _high(below):
            yield Problem("bands_overlap", where, str(_low(above)), f"after {first}")
        elif _low(above) > _high(below) + 1:
            yield Problem("gap_in_bands", where, str(_low(above)), str(_high(below) + 1))


def _low(row: EvidenceRule) -> int:
    return _YOUNGEST if row.age_from is None else row.age_from


def _high(row: EvidenceRule) -> int:
    return _OLDEST if row.age_to is None else row.age_to


def _unexplained(
    guide: Guide, by_kind: dict[RequirementKind, list[EvidenceRule]], files: GuideFiles
) -> Iterator[Problem]:
    """Kinds that are asked for, of which nothing says who orders them and how long they take."""
    told = set(by_kind)
    for part, rows in (("requirements", guide.requirements), (TRIGGERS, guide.triggers)):
        for row in rows:
            for kind in row.kinds:
                if kind not in told:
                    told.add(kind)
                    where = at(files, part, row, "kinds")
                    expected = "a row of evidence"
                    yield Problem("evidence_missing", where, kind, expected, Severity.WARNING)
