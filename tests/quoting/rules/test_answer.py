import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from megler.quoting.rules.answer import quote_json, quote_schema
from megler.quoting.rules.quote import quote
from megler.underwriting.rules.facts import read_facts
from tests.quoting.books import group_book, health_book, term_book
from tests.underwriting.guides import KNOWN, ON, guide

BOOKS = (term_book(), health_book(), group_book())


def published(**facts: Any) -> dict[str, Any]:
    wants = {"face_amount": "500000", "mode": "monthly"}
    read, problems = read_facts(KNOWN | {"wants": wants} | facts, ON)
    assert read is not None, problems
    answer = quote(read, BOOKS, {"fjordlife": [guide()]}, ON)
    return quote_json(answer, lambda reason: reason.code, lambda problem: problem.code)


def check(answer: object) -> None:
    Draft202012Validator.check_schema(quote_schema())
    Draft202012Validator(quote_schema()).validate(answer)


@pytest.mark.parametrize(
    "facts",
    [
        {"zip": "75002"},
        {"zip": "75001"},
        {"weight_lb": 190},
        {"jurisdiction": "NY", "nicotine": None},
        {"born": None},
        {"wants": {"face_amount": "500000", "riders": ["x"], "term_years": 20}},
    ],
)
def test_every_answer_has_the_published_shape(facts: dict[str, Any]) -> None:
    answer = published(**facts)
    check(answer)
    assert json.loads(json.dumps(answer)) == answer


def test_the_shape_refuses_what_is_not_published() -> None:
    answer = published(zip="75002")
    spoils: list[Any] = [{"premium": {"monthly": 5.0}}, {"premium": {}}, {"line": "term"}]
    for spoil in spoils:
        broken = {**answer, "offers": [{**answer["offers"][0], **spoil}]}
        with pytest.raises(ValidationError):
            check(broken)


def test_money_is_published_as_decimal_strings() -> None:
    offer = next(o for o in published(zip="75002")["offers"] if o["term_years"] == 20)
    assert offer["premium"] == {
        "annual": "660.00",
        "semiannual": "336.60",
        "quarterly": "171.60",
        "monthly": "57.75",
    }
    assert (offer["amount"], offer["annualised"]) == ("500000", "693.00")
    assert offer["steps"][0] == {
        "step": "base",
        "do": "rate",
        "figure": "1.19",
        "amount": "595.00",
        "mode": "annual",
    }


def test_the_facts_come_back_as_they_came() -> None:
    assert published(zip="75002")["facts"] == KNOWN | {
        "wants": {"face_amount": "500000", "mode": "monthly"},
        "zip": "75002",
    }
