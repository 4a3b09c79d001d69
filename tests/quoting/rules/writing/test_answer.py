import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from msgspec.json import encode

from megler.quoting.rules.answer import quote_json
from megler.quoting.rules.quote import quote
from megler.quoting.rules.writing.answer import write_quote
from megler.underwriting.rules.facts import Facts, read_facts
from megler.vocabulary.problems import Problem, Reason, errors
from tests.quoting.rules.writing.markets import FACTS, ON, demo

PERSON = {
    "born": "1979-02-11", "sex": "female", "jurisdiction": "TX", "height_in": 64, "weight_lb": 150,
    "nicotine": [], "blood_pressure": {"systolic": 128, "diastolic": 82, "treated": False},
}  # fmt: skip
TERM = {"line": "term_life", "face_amount": "500000", "mode": "monthly"}


def said(reason: Reason) -> str:
    return f"{reason.code} {sorted(reason.params.items())}"


def told(problem: Problem) -> str:
    return problem.code


def read(document: dict[str, Any]) -> Facts | None:
    facts, problems = read_facts(document, ON)
    return None if errors(problems) else facts


def exactly(facts: Facts) -> bytes:
    books, guides, _ = demo()
    return encode(quote_json(quote(facts, books, guides, ON), said, told))


def as_written(facts: Facts) -> bytes | None:
    books, guides, market = demo()
    return write_quote(facts, books, guides, market, text=said, problem_text=told)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(FACTS)
def test_what_is_written_reads_as_the_exact_engine_answers(document: dict[str, Any]) -> None:
    facts = read(document)
    assume(facts is not None)
    assert facts is not None
    written = as_written(facts)
    assert written is None or written == exactly(facts)


@pytest.mark.parametrize(
    "wants",
    [
        TERM,
        {**TERM, "term_years": 20},
        {"face_amount": "250000"},
        [TERM, {"face_amount": "100000"}],
        {**TERM, "class": "standard"},
        {"line": "health"},
        {**TERM, "term_years": 13},
    ],
)
def test_plain_wishes_are_written_to_the_byte(wants: object) -> None:
    facts = read({**PERSON, "zip": "75001", "wants": wants})
    assert facts is not None
    assert as_written(facts) == exactly(facts)


def test_it_is_json_with_every_offer_and_all_that_is_not_offered() -> None:
    facts = read({**PERSON, "wants": TERM})
    assert facts is not None
    answer = json.loads(as_written(facts) or b"")
    assert len(answer["offers"]) > 20
    assert answer["not_offered"]
    assert all(offer["steps"] for offer in answer["offers"])
    years = [float(offer["annualised"]) for offer in answer["offers"]]
    assert years == sorted(years)


@pytest.mark.parametrize(
    "more",
    [
        {"riders": ["waiver_of_premium"]},
        {"premium_max": "60"},
        {"table": 4, "class": "standard"},
        {"face_amount": "250000.50"},
        {"flat_extra": {"per_1000": "2.50", "years": 5}},
    ],
)
def test_what_only_the_exact_engine_answers_is_left_to_it(more: dict[str, object]) -> None:
    facts = read({**PERSON, "wants": {**TERM, **more}})
    assert facts is not None
    assert as_written(facts) is None
