"""A healthy woman with one condition, every question of the guide answered as it usually is."""

from datetime import date
from functools import cache
from typing import Any

from megler.carriers.rules.ratings import Listed, Question, QuestionType
from megler.underwriting.rules.assessment import Assessment
from tests.underwriting.manual.lofoten import KNOWN, ON, assess, lofoten, person


@cache
def usual_answers(impairment: str) -> dict[str, Any]:
    """The usual answer to each question of an impairment that has one."""
    guide = lofoten().guide
    assert guide is not None
    return {
        asked.key: _answer(asked)
        for asked in guide.questions
        if asked.impairment == impairment and asked.usual
    }


def _answer(asked: Question) -> bool | float | str:
    match asked.type:
        case QuestionType.FLAG:
            return asked.usual == "true"
        case QuestionType.NUMBER:
            return float(asked.usual)
        case _:
            return asked.usual


def told(impairment: str, since: str = "2000-01-01", **details: Any) -> dict[str, Any]:
    """An entry of the facts, by the name of the impairment, with the usual answers besides."""
    guide = lofoten().guide
    assert guide is not None
    names = {one.code: one.name for one in guide.impairments if one.listed is Listed.CONDITIONS}
    answers = {**usual_answers(impairment), **details}
    return {"name": names[impairment], "since": since, "details": answers}


def judged(
    impairment: str, *besides: dict[str, Any], born: str = "1979-02-11", **facts: Any
) -> Assessment:
    """What the guide makes of the condition, and of entries `besides` it."""
    known = {**KNOWN, "born": born, "conditions": [told(impairment, **facts), *besides]}
    return assess(lofoten(), person(**known), ON)


def ends(impairment: str, *besides: dict[str, Any], **facts: Any) -> tuple[str, str]:
    """The best and the worst outcome of `judged`."""
    return judged(impairment, *besides, **facts).class_range


def years_ago(years: float) -> str:
    """The day so many years before the day of judging, to the month."""
    months = ON.year * 12 + ON.month - 1 - round(years * 12)
    return date(months // 12, months % 12 + 1, ON.day).isoformat()
