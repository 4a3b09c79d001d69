"""Whom a document asks about, for what amount, and whether a product is open to them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.products import Eligibility, Product, TermLimit
from megler.underwriting.rules.answer import asked_of, problem_json, why_not_open
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Facts
from megler.underwriting.rules.standing import Judged
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Line
from megler.vocabulary.problems import Problem
from tests.underwriting.guides import ON, guide

LIMITS = Eligibility(
    age_min=18,
    age_max=70,
    amount_min=Decimal(100_000),
    amount_max=Decimal(1_000_000),
    jurisdictions_except=frozenset({"NY"}),
    terms=(TermLimit(10), TermLimit(30, age_max=50)),
)
TERM = Product("term", "Term", Line.TERM_LIFE, AgeBasis.NEAREST, None, LIMITS, ())
WHOLE = replace(TERM, code="whole", name="Whole", line=Line.WHOLE_LIFE)


def facts(**document: Any) -> Facts:
    read, problems = read_facts({"age": 47, "jurisdiction": "TX", **document}, ON)
    assert read is not None, problems
    return read


def judged(product: Product | None = TERM) -> Judged:
    return Judged(guide(), product.code if product else "", product, "fjordlife/rates@2026-01-01")


def reasons(wants: dict[str, Any], on: date = ON, **document: Any) -> list[str]:
    (asked,) = asked_of(facts(wants=wants, **document))
    return [reason.code for reason in why_not_open(asked, judged(), on)]


@pytest.mark.parametrize(
    ("wants", "told", "codes"),
    [
        ({"face_amount": "500000", "term_years": 10}, {}, []),
        ({"face_amount": "99999"}, {}, ["amount_below"]),
        ({"face_amount": "1000001"}, {}, ["amount_above"]),
        ({"face_amount": "500000"}, {"jurisdiction": "NY"}, ["not_sold_in"]),
        ({"face_amount": "500000", "term_years": 20}, {}, ["term_not_offered"]),
        ({"face_amount": "500000", "term_years": 30}, {"age": 51}, ["too_old_for_term"]),
        ({"face_amount": "500000"}, {"age": 51}, []),
        ({"face_amount": "500000"}, {"age": 71}, ["too_old"]),
        ({}, {"age": None, "jurisdiction": None}, []),
    ],
)
def test_a_product_says_why_it_is_not_open(
    wants: dict[str, Any], told: dict[str, Any], codes: list[str]
) -> None:
    assert reasons(wants, **told) == codes


def test_a_birth_month_that_leaves_the_age_open_leaves_the_product_open() -> None:
    assert reasons({}, age=None, born="1955-09") == []
    assert reasons({}, age=None, born="1955-08") == ["too_old"]


def test_of_several_wishes_for_a_line_the_largest_amount_is_judged() -> None:
    wants = [
        {"line": "term_life", "face_amount": "200000"},
        {"line": "whole_life", "face_amount": "900000"},
        {"face_amount": "300000"},
    ]
    (asked,) = asked_of(facts(wants=wants))
    amounts = [asked.wish_for(judged(p)).face_amount for p in (TERM, WHOLE, None)]
    assert amounts == [300_000, 900_000, 900_000]


def test_only_products_of_a_line_asked_for_are_judged() -> None:
    (asked,) = asked_of(facts(wants={"line": "whole_life"}))
    assert [asked.is_for(judged(p)) for p in (TERM, WHOLE, None)] == [False, True, True]
    (anything,) = asked_of(facts())
    assert anything.is_for(judged(TERM))


def test_everybody_whom_a_wish_insures_is_judged_and_nobody_else() -> None:
    people = [
        {"id": "kari", "age": 47},
        {"id": "ola", "role": "spouse", "age": 49},
        {"id": "per", "role": "owner", "age": 70},
    ]
    wants = [{"people": ["ola"], "line": "term_life"}, {"people": ["kari"]}, {"people": ["per"]}]
    read, _ = read_facts({"people": people, "wants": wants}, ON)
    assert read is not None
    assert [(one.person.id, len(one.wants)) for one in asked_of(read)] == [("kari", 1), ("ola", 1)]


def test_a_problem_is_told_with_its_sentence() -> None:
    told = problem_json(Problem("wrong_value", "on", "x", "a day"), lambda p: f"{p.where}!")
    assert (told["code"], told["text"], told["severity"]) == ("wrong_value", "on!", "error")
