"""The published answer of an assessment: its shape, its order, one judgement for many products."""

import time
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from megler.underwriting.rules.answer_assessments import (
    assessed,
    assessment_schema,
    assessments_json,
)
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Facts
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.ages import AgeBasis
from tests.underwriting.guides import KNOWN, ON, guide
from tests.underwriting.rated_guides import IMPAIRMENTS, QUESTIONS, RATINGS
from tests.underwriting.rules.test_answer import TERM

RATED = guide(impairments=IMPAIRMENTS, questions=QUESTIONS, ratings=RATINGS)
BOOK = "fjordlife/rates@2026-01-01"


def facts(**more: Any) -> Facts:
    wants = {"line": "term_life", "face_amount": "500000"}
    read, problems = read_facts({**KNOWN, "wants": wants, **more}, ON)
    assert read is not None, problems
    return read


def answer(products: list[Judged], **more: Any) -> Any:
    told = facts(**more)
    return assessments_json(
        told, assessed(told, products, ON), ON, lambda r: r.code, lambda p: p.code
    )


def product(code: str, **more: Any) -> Judged:
    return Judged(RATED, code, replace(TERM, code=code, **more), BOOK)


HISTORIES: list[dict[str, Any]] = [
    {},
    {"conditions": [{"name": "diabetes type 2", "details": {"a1c": 8}}]},
    {"conditions": [{"name": "diabetes type 2", "since": "2015"}], "born": None},
    {"conditions": [{"name": "diabetes type 2", "details": {"a1c": 12}}]},
    {"conditions": [{"name": "heart attack", "since": "2026-01"}], "medications": []},
    {"driving": [{"event": "dui", "on": "2025-12-01"}], "conditions_complete": False},
    {"medications": [{"name": "metformin"}], "nicotine": None, "weight_lb": 199},
    {"height_in": 80, "evidence": [{"kind": "ecg"}]},
]


@pytest.mark.parametrize("history", HISTORIES[1:2] + HISTORIES[3:])
def test_every_answer_has_the_published_shape(history: dict[str, Any]) -> None:
    told = answer([product("term"), Judged(RATED)], **history)
    jsonschema.validate(told, assessment_schema())
    assert len(told["assessments"]) == 2


def test_open_products_come_first_then_the_better_outcome() -> None:
    heavier = replace(guide(build=guide().guide.build[:13]), carrier="z")  # type: ignore[union-attr]
    closed = replace(TERM.eligibility, age_max=40)
    told = answer(
        [
            product("closed", eligibility=closed),
            Judged(heavier, "x", TERM, BOOK),
            product("open"),
        ],
        weight_lb=160,
    )
    entries = told["assessments"]
    assert [one["eligible"] for one in entries] == [True, True, False]
    assert entries[2]["product"] == "closed"
    assert [reason["code"] for reason in entries[2]["not_eligible"]] == ["too_old"]
    assert entries[2]["class"] == "preferred"


def test_a_guide_judges_once_for_products_that_count_age_alike() -> None:
    nearest = [product(f"p{n}") for n in range(30)]
    last = [product(f"l{n}", age_basis=AgeBasis.LAST) for n in range(30)]
    found = assessed(facts(), [*nearest, *last], ON)
    assert len(found) == 60
    assert len({id(one.assessment) for one in found}) == 2


def test_several_people_are_named() -> None:
    people = [{"id": "kari", **KNOWN}, {"id": "ola", "role": "spouse", "age": 49}]
    wants = [{"people": ["kari"]}, {"people": ["ola"]}]
    document = dict.fromkeys(KNOWN) | {"people": people, "wants": wants}
    told = answer([product("term")], **document)
    assert {one["person"] for one in told["assessments"]} == {"kari", "ola"}
    jsonschema.validate(told, assessment_schema())


def test_without_a_guide_the_answer_says_so() -> None:
    told = answer([])
    assert [p["code"] for p in told["problems"]] == ["assess_no_guides"]
    jsonschema.validate(told, assessment_schema())


def test_a_class_has_the_name_that_its_guide_gives_it() -> None:
    (one,) = answer([Judged(guide(), "term", TERM, BOOK)], family=None)["assessments"]
    assert one["class_name"] == "Preferred Plus"
    assert one["names"] == {"preferred_plus": "Preferred Plus", "standard": "Standard"}


def test_one_assessment_takes_milliseconds() -> None:
    products = [product(f"p{n}") for n in range(20)]
    history = {"conditions": [{"name": "diabetes type 2", "details": {"a1c": 8}}]}
    answer(products, **history)
    begun = time.perf_counter()
    answer(products, **history)
    assert time.perf_counter() - begun < 0.05


def test_a_guide_that_does_not_know_an_entry_comes_after_one_that_rates_it() -> None:
    known = {"impairments": IMPAIRMENTS[:2], "questions": (), "ratings": ()}
    blind = replace(guide(**known), carrier="aaker", carrier_name="Aaker Life")
    history = {"conditions": [{"name": "sleep apnea"}]}
    told = answer([Judged(blind), Judged(RATED)], **history)
    assert [one["outcome"] for one in told["assessments"]] == ["table", "class"]
