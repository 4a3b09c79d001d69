"""Lofoten Mutual's guide, and people with a condition to judge by it.

Where a test tells nothing else, everything is as it usually is: the questions that it leaves out
have their usual answers, so that the range is the manual's own.
"""

from datetime import date
from typing import Any

from megler.carriers.rules.ratings import QuestionType
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.conditions import wider
from tests.underwriting.manual.lofoten import lofoten

ON = date(2026, 6, 15)
FIT: dict[str, Any] = {
    "sex": "male", "jurisdiction": "TX", "family": [], "nicotine": [],
    "height_in": 70, "weight_lb": 165,
    "blood_pressure": {"systolic": 112, "diastolic": 70, "treated": False},
    "cholesterol": {"total": 150, "hdl_ratio": 3.0, "treated": False},
}  # fmt: skip
"""A man who has the best class when nothing is told of him but his age."""

Case = tuple[str, str | None, dict[str, Any], int, str]
"""An entry's name, its month or day, answers that are not the usual ones, the age, the range."""


def usual_answers(impairment: str) -> dict[str, Any]:
    """The usual answer to each question, that has one, of an impairment or of the wider one."""
    guide = lofoten().guide
    assert guide is not None
    rated = {one.code for one in guide.impairments}
    judging = next((code for code in wider(impairment) if code in rated), impairment)
    return {
        one.key: float(one.usual) if one.type is QuestionType.NUMBER else one.usual
        for one in guide.questions
        if one.impairment == judging and one.usual
    }


def told(impairment: str, since: str | None = None, **details: Any) -> dict[str, Any]:
    """An entry of the facts by an impairment's code, usual where `details` do not say otherwise."""
    entry = {"name": impairment.replace("_", " "), "details": usual_answers(impairment) | details}
    return entry | ({"since": since} if since else {})


def assessed(*conditions: dict[str, Any], age: int = 45, **facts: Any) -> Assessment:
    """What the guide makes of the fit man of an age with these conditions."""
    document = {**FIT, "born": f"{ON.year - age}-02-11", **facts, "conditions": [*conditions]}
    person, problems = read_facts(document, ON)
    assert person is not None, problems
    return assess(lofoten(), person.insured, ON)


def range_of(assessment: Assessment) -> str:
    """The range as a case states it: `table_2`, or `table_2..table_4`."""
    best, worst = assessment.class_range
    return best if best == worst else f"{best}..{worst}"


def range_told(case: Case) -> str:
    """The range of a case."""
    name, since, details, age, _ = case
    return range_of(assessed(told(name, since, **details), age=age))


def label(case: Case) -> str:
    """A case as pytest names it."""
    name, since, details, age, expected = case
    answers = " ".join(f"{key}={value}" for key, value in details.items())
    return f"{name} {since or ''} {answers} {age}: {expected}"
