"""The general forms of every line can be answered whole, without a blocking reason that stays."""

from datetime import date

import pytest

from megler.applications.rules.questionnaires import questionnaire, questionnaire_key
from megler.demo.rules.completing import completed
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import Answer
from megler.vocabulary.codes import Line

ON = date(2026, 11, 23)
SAID = {
    "insured_born": "1961-06-14",
    "insured_email": "kari@example.com",
    "weight_lb": "150",
    "height_in": "66",
    "insured_address": {"street": "1 Oak St", "city": "Austin", "state": "TX", "zip": "78701"},
    "beneficiaries": [
        {"name": "Ola", "relationship": "husband", "class": "primary", "share": "100"}
    ],
}


@pytest.mark.parametrize("key", sorted({questionnaire_key(line) for line in Line}))
def test_answered_whole_the_general_forms_are_in_good_order(key: str) -> None:
    made = questionnaire(key)
    answers = {name: Answer(value) for name, value in completed(made, SAID, {}, ON).items()}
    wrong = [one for one in not_answered(made, answers, ON) if one.is_error]
    assert [(one.problem.code, one.problem.where) for one in wrong] == []
