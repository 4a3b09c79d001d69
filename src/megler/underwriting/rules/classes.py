"""The class that a guide gives a person, from the rules of that guide's edition.

Each class of the guide is a candidate, best first; after them come the chart's table ratings of
the last class, and beyond those individual consideration. The answer is the best candidate that
no known fact rules out. A fact that is not known leaves candidates open: the range then reaches
to the first candidate that is surely met. Where nicotine is not known, both ladders of classes
are judged and the range spans them.
"""

from collections.abc import Sequence
from datetime import date

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide, Nicotine
from megler.underwriting.rules.assessment import INDIVIDUAL, Assessment, OpenFact, Outcome
from megler.underwriting.rules.build import rounding_assumptions, rows_at_height, whole
from megler.underwriting.rules.ladder import Candidate, Ladder, ladder_for
from megler.underwriting.rules.nicotine import months_to_non_user, nicotine_statuses
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State, Subject
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.problems import Reason, Source

_HISTORY = ("conditions", "medications", "driving", "criminal", "avocations", "travel")


def assess(
    guide: Edition, person: Person, on: date, basis: AgeBasis = AgeBasis.NEAREST
) -> Assessment:
    """The best class that `guide` allows on what is known of `person` on the day `on`.

    `basis` counts the age for limits that have ages. Unknown facts widen `class_range` and are
    listed in `open` and `assumptions`; every rule that capped the class is in `reasons`.
    """
    rules = guide.guide or Guide(classes=())
    rows = rows_at_height(rules, person)
    if rules.build and person.height_in is not None and not rows:
        return _not_in_chart(guide, person)
    subject = Subject(guide.name, rules, person, on, person.ages(on, basis))
    ladders = [ladder_for(subject, status, rows) for status in sorted(_statuses(subject))]
    best = min(ladders, key=lambda ladder: _rank(rules, ladder, ladder.best))
    worst = max(ladders, key=lambda ladder: _rank(rules, ladder, ladder.worst))
    history = _not_judged(person, guide.name)
    worst_code = INDIVIDUAL if history else _code(worst, worst.worst)
    given = best.candidates[best.best] if best.best < len(best.candidates) else None
    better = best.candidates[: best.best]
    open_facts = _open_facts(ladders)
    supposed = [Reason("fact_unknown", {"fact": one.fact}) for one in open_facts]
    return Assessment(
        edition=guide.name,
        outcome=_outcome(given),
        class_code=given.one.code if given else None,
        class_name=given.one.name if given else "",
        rated_as=given.one.rated_as if given else None,
        table=given.table if given else None,
        class_range=(_code(best, best.best), worst_code),
        reasons=(*_met(given, guide.name), *_reasons(better)),
        assumptions=(*supposed, *_roundings(rules, person), *history),
        open=tuple(open_facts),
        improvements=tuple(_improvements(better)),
    )


def _outcome(given: Candidate | None) -> Outcome:
    if given is None:
        return Outcome.INDIVIDUAL_CONSIDERATION
    return Outcome.CLASS if given.table is None else Outcome.TABLE


def _statuses(subject: Subject) -> set[Nicotine]:
    months = months_to_non_user(subject.guide)
    if months is None:
        return {Nicotine.ANY}
    return nicotine_statuses(subject.person, subject.on, months)


def _rank(rules: Guide, ladder: Ladder, index: int) -> tuple[int, int]:
    """Order of outcomes over both ladders: classes as the guide lists them, tables, beyond."""
    if index == len(ladder.candidates):
        return (len(rules.classes) + 1, 0)
    candidate = ladder.candidates[index]
    if candidate.table is not None:
        return (len(rules.classes), candidate.table)
    return (rules.classes.index(candidate.one), 0)


def _code(ladder: Ladder, index: int) -> str:
    return INDIVIDUAL if index == len(ladder.candidates) else ladder.candidates[index].code


def _roundings(rules: Guide, person: Person) -> list[Reason]:
    return rounding_assumptions(person) if rules.build else []


def _met(given: Candidate | None, edition: str) -> list[Reason]:
    if given is None:
        return []
    if given.table is not None:
        params = {"class": given.one.name, "table": str(given.table)}
        return [Reason("table_by_build", params, Source(edition, rule="build"))]
    return [Reason("class_met", {"class": given.one.name}, Source(edition))]


def _reasons(better: Sequence[Candidate]) -> list[Reason]:
    """Every fact that capped the class, by the laxest limit that it fails.

    Limits of classes for nicotine users say nothing to somebody who is none.
    """
    by_fact: dict[str, Reason] = {}
    for candidate in reversed(better):
        reasons = {v.fact: v.reason for v in reversed(candidate.verdicts) if v.reason is not None}
        for_others = any(reason.code == "class_for_users" for reason in reasons.values())
        if candidate.table is None and not for_others:
            by_fact = reasons | by_fact
    return list(by_fact.values())


def _improvements(better: Sequence[Candidate]) -> list[Reason]:
    """For each fact that alone keeps a better class away, the change to the nearest such class."""
    by_fact: dict[str, Reason] = {}
    for candidate in reversed(better):
        failed = [v for v in candidate.verdicts if v.state is State.FAILED]
        facts = {v.fact for v in failed}
        changes = [v.improvement for v in failed if v.improvement is not None]
        if len(facts) == 1 and len(changes) == len(failed):
            by_fact.setdefault(facts.pop(), changes[-1])
    return list(by_fact.values())


def _open_facts(ladders: Sequence[Ladder]) -> list[OpenFact]:
    """Facts not known that could change the answer, each with the worst it alone could lead to."""
    ladder = ladders[0]
    facts = {
        verdict.fact: None
        for candidate in ladder.candidates[: ladder.worst + 1]
        if candidate.state is State.OPEN
        for verdict in candidate.verdicts
        if verdict.state is State.OPEN
    }
    found = [
        OpenFact(fact, _code(ladder, ladder.worst_by(fact))) for fact in facts if fact != "nicotine"
    ]
    if len(ladders) > 1 or "nicotine" in facts:
        last = ladders[-1]
        worst = last.best if len(ladders) > 1 else last.worst_by("nicotine")
        found.append(OpenFact("nicotine", _code(last, worst)))
    return found


def _not_judged(person: Person, edition: str) -> list[Reason]:
    """Known history that this guide's rules say nothing of: a person must look at it."""
    return [
        Reason("not_judged", {"fact": fact, "count": str(len(entries))}, Source(edition))
        for fact in _HISTORY
        if (entries := getattr(person, fact))
    ]


def _not_in_chart(guide: Edition, person: Person) -> Assessment:
    height = whole(person.height_in) if person.height_in is not None else 0
    source = Source(guide.name, rule="build")
    return Assessment(
        edition=guide.name,
        outcome=Outcome.INDIVIDUAL_CONSIDERATION,
        class_code=None,
        class_name="",
        rated_as=None,
        table=None,
        class_range=(INDIVIDUAL, INDIVIDUAL),
        reasons=(Reason("height_not_in_chart", {"height_in": str(height)}, source),),
        assumptions=tuple(rounding_assumptions(person)),
    )
