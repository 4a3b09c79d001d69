"""Applicants answer everything that a form set asks for, and nothing that it does not."""

from datetime import date
from typing import Any

import pytest

from megler.demo.rules.completing import completed
from megler.forms.rules.answers import read_answer
from megler.forms.rules.derived import with_derived
from megler.forms.rules.good_order import not_answered
from megler.forms.rules.questionnaire import Answer
from tests.demo.formsets import checked, recipes

ON = date(2026, 6, 1)
HOME = {"street": "1 Elm", "city": "Fargo", "state": "ND", "zip": "58102"}
BORN = {"disability": "1985-05-05", "illness": "1985-05-05", "health": "1985-05-05"}
RAWS: dict[str, Any] = {
    "insured_first_name": "Kari",
    "weight_lb": "150",
    "beneficiaries": [
        {"name": "Ola", "relationship": "Spouse", "class": "primary", "share": "100", "odd": "x"}
    ],
    "not_asked": "x",
    "insured_email": "not an address",
}


@pytest.mark.parametrize("name", sorted(recipes()))
def test_what_is_completed_is_in_good_order(name: str) -> None:
    made, recipe = checked(name)[0].questionnaire, recipes()[name]
    context = {"line": recipe.lines[-1]}
    known = {"insured_address": Answer(HOME)}
    raws = {**RAWS, "insured_born": BORN.get(recipe.kind, "1960-05-05")}
    found = completed(made, raws, with_derived(made, known, context, ON), ON)
    assert set(found) <= set(made.by_key) - {"insured_address"}
    for key, value in found.items():
        assert read_answer(made.by_key[key], value) == (value, []), key
    answers = {**known, **{key: Answer(value) for key, value in found.items()}}
    assert not_answered(made, with_derived(made, answers, context, ON), ON) == []


def test_what_is_told_counts_more_than_what_stood_there() -> None:
    made = checked("tundra-life/illness-forms")[0].questionnaire
    given = {"insured_phone": Answer("7015550100"), "insured_citizen": Answer("no")}
    found = completed(made, {"insured_phone": "701-555-0199"}, given, ON)
    assert found["insured_phone"] == "7015550199"
    assert "insured_citizen" not in found
    assert "insured_visa" in found
