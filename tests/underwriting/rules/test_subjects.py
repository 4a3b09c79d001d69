"""What is judged of everybody is judged once anything of it was told, and not before."""

from datetime import date
from typing import Any

import pytest

from megler.carriers.rules.guide import Guide, Nicotine
from megler.carriers.rules.ratings import Impairment, Listed, Question, QuestionType
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.rules.subjects import facts_of, of_everybody, touched
from tests.underwriting.guides import ON, person
from tests.underwriting.rated_guides import rated_guide, rating


def _of(code: str) -> Impairment:
    return Impairment(code, code, Listed.PERSON, code)


CODES = ("finances", "pulse", "insulin", "gum", "old_age", "scan", "drinking")
EDITION = rated_guide(
    impairments=tuple(_of(code) for code in CODES),
    questions=(
        Question(None, "pulse", QuestionType.NUMBER, "Resting pulse?", usual="70"),
        Question(None, "scan", QuestionType.DATE, "When was the scan?"),
    ),
    ratings=(
        rating("finances", "at_least", "income_multiple > 20", "decline"),
        rating("pulse", "base", "pulse > 90", "table_2"),
        rating("insulin", "base", 'takes("Insulins") and age < 30', "table_2"),
        rating("gum", "base", 'count("nicotine_gum", 12) > 4', "standard"),
        rating("old_age", "base", "age > 80", "decline"),
        rating("scan", "base", "months_since_scan < 12", "postpone"),
        rating("drinking", "base", 'has("dui")', "standard"),
    ),
)


def rules() -> Guide:
    assert EDITION.guide is not None
    return EDITION.guide


def touched_by(on: date = ON, **facts: Any) -> set[str]:
    someone = person(**facts)
    status = frozenset({Nicotine.NONE})
    told = tuple(mentions(rules(), someone))
    return {one.code for one in touched(Life(rules(), someone, on, (47, 47), None, status, told))}


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"details": {"pulse": 95}}, "pulse"),
        ({"details": {"scan": "2026-01-05"}}, "scan"),
        ({"medications": [{"name": "insulin glargine"}]}, "insulin"),
        ({"nicotine": [{"product": "nicotine_gum"}]}, "gum"),
        ({"driving": [{"event": "dui"}]}, "drinking"),
    ],
)
def test_what_was_told_touches_on_its_subject_alone(facts: dict[str, Any], code: str) -> None:
    assert touched_by(**facts) == {code, "old_age"}


def test_what_asks_only_age_is_judged_always() -> None:
    assert touched_by() == {"old_age"}


def test_an_answer_that_is_not_known_touches_on_nothing() -> None:
    assert touched_by(details={"pulse": None}) == {"old_age"}


def test_every_fact_of_an_impairment_is_told_once() -> None:
    assert [one.code for one in of_everybody(rules())] == list(CODES)
    assert [str(fact) for fact in facts_of(rules(), rules().impairments[2])] == [
        "takes(Insulins)",
        "age",
    ]
