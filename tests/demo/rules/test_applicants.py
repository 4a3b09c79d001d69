"""An applicant's facts can be read, and the answers are in good order on every form."""

import random
from datetime import date
from typing import Any

import pytest

from megler.applications.rules.prefill import answers_from
from megler.applications.rules.questionnaires import questionnaire
from megler.demo.actions.applicants import LINES, an_applicant
from megler.demo.rules.applicants import Applicant, answers_of, facts_document
from megler.forms.rules.answers import read_answer
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import Answer
from megler.underwriting.rules.facts import read_facts

ON = date(2026, 5, 4)
FORMS = {"health": "health", "group_term_life": "group_life"}


def some(count: int) -> list[Applicant]:
    return [an_applicant(random.Random(number), ON) for number in range(count)]


def test_every_line_is_asked_for() -> None:
    assert {person.wish.line for person in some(200)} == set(LINES)


@pytest.mark.parametrize("person", some(60), ids=lambda p: p.name)
def test_the_facts_are_sound(person: Applicant) -> None:
    facts, problems = read_facts(facts_document(person, ON), ON)
    assert problems == []
    assert facts is not None


@pytest.mark.parametrize("person", some(60), ids=lambda p: p.name)
def test_the_application_is_in_good_order(person: Applicant) -> None:
    asked = questionnaire(FORMS.get(person.wish.line, "life"))
    offer: dict[str, Any] = {"line": person.wish.line, "face_amount": person.wish.amount}
    raws = answers_from(facts_document(person, ON), offer, ON) | answers_of(person, ON)
    given = {}
    for key, raw in raws.items():
        if key in asked.by_key and raw is not None:
            value, problems = read_answer(asked.by_key[key], raw)
            assert problems == []
            given[key] = Answer(value)
    assert [m.problem for m in not_answered(asked, given, ON) if m.is_error] == []
