from typing import Any

import pytest

from megler.quoting.rules.books import Book
from megler.quoting.rules.offering import Asked, Assessments, Found, needs_amount, offers_of
from megler.underwriting.rules.facts import Wants, read_facts
from tests.quoting.books import book, group_book, health_book, term_book
from tests.underwriting.guides import KNOWN, ON, guide

LIFE = """
format = 1
[edition]
kind = "rate_book"
carrier = "fjordlife"
carrier_name = "Fjord Life"
series = "whole"
title = "Whole 2026"
effective_from = 2026-01-01
currency = "USD"
source = "Manual W-26"

[[product]]
code = "whole"
name = "Fjord Whole"
line = "whole_life"
age_basis = "last"
premium_period = "annual"
[product.eligibility]
plans = ["ordinary", "twenty-pay"]
[[product.step]]
name = "base"
do = "rate"
table = "base"
per = "1000"

[[table]]
name = "base"
file = "base.csv"
measure = "rate_per_1000"
[[table.dimension]]
name = "plan"
kind = "choice"
column = "plan"
values = ["ordinary", "twenty-pay"]
[[table.dimension]]
name = "age"
kind = "whole"
column = "age"
from = 47
to = 48
"""


def whole_book() -> Book:
    rates = "plan,age,value\nordinary,47,20.00\nordinary,48,21.00\n"
    return book(
        {"edition.toml": LIFE, "base.csv": rates + "twenty-pay,47,30.00\ntwenty-pay,48,31.00\n"}
    )


def found(given: Book, wants: dict[str, Any]) -> Found:
    read, problems = read_facts(KNOWN | {"wants": wants}, ON)
    assert read is not None, problems
    (wish,) = read.wants
    assert isinstance(wish, Wants)
    assessments = Assessments({"fjordlife": [guide()]}, read.insured, ON)
    (product,) = given.edition.products
    return offers_of(given, product, Asked(0, wish, read.insured, ON, assessments), None)


@pytest.mark.parametrize(
    ("plan", "priced"),
    [
        ({}, ["ordinary", "twenty-pay"]),
        ({"plan": "twenty-pay"}, ["twenty-pay"]),
        ({"plan": "endowment"}, []),
    ],
)
def test_every_plan_is_priced_unless_one_is_asked_for(
    plan: dict[str, str], priced: list[str]
) -> None:
    answer = found(whole_book(), {"face_amount": "10000", **plan})
    assert [offer.plan for offer in answer.offers] == priced
    codes = [reason.code for one in answer.not_offered for reason in one.reasons]
    assert codes == ([] if priced else ["plan_not_offered"])


def test_only_what_reckons_with_an_amount_needs_one() -> None:
    needs = [needs_amount(b, b.edition.products[0]) for b in (term_book(), group_book())]
    assert needs == [True, True]
    assert not needs_amount(health_book(), health_book().edition.products[0])


def test_a_person_is_judged_once_by_a_guide_for_all_its_products() -> None:
    read, _ = read_facts(KNOWN, ON)
    assert read is not None
    assessments = Assessments({}, read.insured, ON)
    (product,) = term_book().edition.products
    edition = guide()
    first = assessments.by(edition, product.age_basis)
    assert assessments.by(edition, product.age_basis) is first
