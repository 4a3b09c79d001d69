"""Rules that can never hold, wherever a guide has conditions; drugs that nobody knows."""

from collections.abc import Iterator
from dataclasses import replace

from megler.carriers.rules.checking.axes import Domain
from megler.carriers.rules.checking.spaces import space_of
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Impairment, Listed
from megler.carriers.rules.reading.parts import GuideFiles, at
from megler.carriers.rules.when.names import names_of, nearest
from megler.carriers.rules.when.tree import When, facts_in
from megler.vocabulary.conditions import drug, drug_classes, medications
from megler.vocabulary.problems import Problem, Severity

_WITH_WHEN = ("rules", "nicotine", "triggers")


def condition_problems(guide: Guide, files: GuideFiles) -> list[Problem]:
    """Conditions of every part that never hold, or that ask for drugs which nobody knows."""
    problems: list[Problem] = []
    domain = domain_of(guide)
    for part in _WITH_WHEN:
        for row in getattr(guide, part):
            problems += firing_problems(part, row, row.when, domain, files)
    for part in (*_WITH_WHEN, "ratings"):
        for row in getattr(guide, part):
            for column in ("when", "requires"):
                problems += _drugs(part, row, getattr(row, column, None), column, files)
    return problems


def domain_of(guide: Guide, one: Impairment | None = None) -> Domain:
    """What the facts of a guide's conditions can be; with those of an impairment's questions."""
    asked = [q for q in guide.questions if q.impairment in (None, one.code if one else None)]
    own = one.code if one and one.listed is not Listed.PERSON else ""
    names = names_of((), True).with_questions(sorted(asked, key=lambda q: q.impairment is not None))
    return Domain(names.facts, names.values, own=own)


def firing_problems(
    part: str, row: object, when: When | None, domain: Domain, files: GuideFiles
) -> Iterator[Problem]:
    """A row whose condition never holds: an error by its own figures, a warning by what facts mean."""
    space = None if when is None else space_of([when], replace(domain, fine=True))
    if space is None:
        return
    holds = space.where(when)
    if (holds & space.possible(strict=False)).any():
        return
    severity = Severity.WARNING if holds.any() else Severity.ERROR
    where, expected = at(files, part, row, "when"), "a condition that can hold"
    yield Problem("rule_never_holds", where, "", expected, severity)


def _drugs(
    part: str, row: object, when: When | None, column: str, files: GuideFiles
) -> Iterator[Problem]:
    for fact in facts_in(when):
        if fact.name == "takes" and not _is_drug(fact.arguments[0]):
            name = fact.arguments[0]
            known = drug(name)
            expected = known.name if known else _near(name)
            where = at(files, part, row, column)
            yield Problem("unknown_drug", where, name, expected, Severity.WARNING)


def _near(name: str) -> str:
    """The drug or class that was probably meant; there are too many to name them all."""
    there = {*medications(), *drug_classes()}
    near = nearest(name, there)
    return near if near in there else "a drug or a class of drugs"


def _is_drug(name: str) -> bool:
    """Whether a name is a drug's own, or that of a class of drugs."""
    known = {*medications(), *drug_classes()}
    return name.lower() in {one.lower() for one in known}
