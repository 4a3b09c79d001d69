"""Blood pressure, cholesterol and nicotine-free months against the limits of a guide's classes."""

from collections.abc import Iterator
from decimal import Decimal

from megler.carriers.rules.guide import Criterion, CriterionKind, GuideClass
from megler.underwriting.rules.nicotine import criteria_of, months_verdict
from megler.underwriting.rules.people import Person
from megler.underwriting.rules.verdicts import State, Subject, Verdict
from megler.vocabulary.problems import Reason, Source

FACTS = {
    CriterionKind.SYSTOLIC_MAX: "blood_pressure.systolic",
    CriterionKind.DIASTOLIC_MAX: "blood_pressure.diastolic",
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: "cholesterol.hdl_ratio",
    CriterionKind.CHOLESTEROL_TOTAL_MIN: "cholesterol.total",
    CriterionKind.CHOLESTEROL_TOTAL_MAX: "cholesterol.total",
}
"""The fact that each limit is held against."""
_PLACES = {
    CriterionKind.SYSTOLIC_MAX: ("blood_pressure", "systolic"),
    CriterionKind.DIASTOLIC_MAX: ("blood_pressure", "diastolic"),
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: ("cholesterol", "hdl_ratio"),
    CriterionKind.CHOLESTEROL_TOTAL_MIN: ("cholesterol", "total"),
    CriterionKind.CHOLESTEROL_TOTAL_MAX: ("cholesterol", "total"),
}
_MINIMA = {CriterionKind.CHOLESTEROL_TOTAL_MIN}
_MET = {kind: Verdict(fact, State.MET) for kind, fact in FACTS.items()}
"""The one word on every limit that is met."""


def vitals_verdicts(subject: Subject, one: GuideClass) -> Iterator[Verdict]:
    """A verdict for every limit of the class that the person's age calls for."""
    for criterion in criteria_of(subject.guide, one.code):
        if subject.guide.nicotine and criterion.kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN:
            continue
        applies = _applies(criterion, subject.ages)
        if applies is not State.FAILED:
            verdict = _verdict(criterion, subject, one)
            if applies is State.OPEN and verdict.state is State.FAILED:
                source = Source(subject.edition, criterion.page, criterion.kind.value)
                verdict = Verdict("born", State.OPEN, source=source)
            yield verdict


def _applies(criterion: Criterion, ages: tuple[int, int] | None) -> State:
    """Whether the limit is one for this age; open when only some possible ages have it."""
    if criterion.age_from is None and criterion.age_to is None:
        return State.MET
    if ages is None:
        return State.OPEN
    low = criterion.age_from if criterion.age_from is not None else ages[0]
    high = criterion.age_to if criterion.age_to is not None else ages[1]
    if low <= ages[0] and ages[1] <= high:
        return State.MET
    return State.FAILED if ages[1] < low or high < ages[0] else State.OPEN


def _verdict(criterion: Criterion, subject: Subject, one: GuideClass) -> Verdict:
    if criterion.kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN:
        source = Source(subject.edition, criterion.page, criterion.kind.value)
        return months_verdict(subject, one, int(criterion.limit), source)
    found = _figure(criterion.kind, subject.person)
    fact = FACTS[criterion.kind]
    if found is None:
        source = Source(subject.edition, criterion.page, criterion.kind.value)
        return Verdict(fact, State.OPEN, source=source)
    if criterion.kind in _MINIMA:
        failed, code = found < criterion.limit, "below_limit"
    else:
        failed, code = found > criterion.limit, "above_limit"
    if not failed:
        return _MET[criterion.kind]
    source = Source(subject.edition, criterion.page, criterion.kind.value)
    shown = f"{round(Decimal(found), 3).normalize():f}"
    limit = f"{criterion.limit:f}"
    params = {"class": one.name, "fact": fact, "found": shown, "limit": limit}
    reached = Reason("bring_to_limit", {"class": one.name, "fact": fact, "limit": limit}, source)
    return Verdict(fact, State.FAILED, Reason(code, params, source), reached)


def _figure(kind: CriterionKind, person: Person) -> Decimal | int | None:
    part, name = _PLACES[kind]
    held = getattr(person, part)
    figure: Decimal | int | None = None if held is None else getattr(held, name)
    return figure
