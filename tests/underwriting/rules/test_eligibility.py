from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.products import Eligibility
from megler.underwriting.rules.eligibility import Applicant, health_is_asked, why_not, why_not_term
from megler.vocabulary.codes import Line
from tests.quoting.books import health_book, term_book

(TERM,) = term_book().edition.products
FITS = Applicant(age=47, jurisdiction="TX", amount=Decimal(250_000))


@pytest.mark.parametrize(
    ("applicant", "codes"),
    [
        ({}, []),
        ({"age": 46}, []),
        ({"age": 45}, ["too_young"]),
        ({"age": 49}, []),
        ({"age": 50}, ["too_old"]),
        ({"age": None}, []),
        ({"jurisdiction": "NY"}, ["not_sold_in"]),
        ({"jurisdiction": None}, []),
        ({"amount": Decimal(100_000)}, []),
        ({"amount": Decimal(99_000)}, ["amount_below"]),
        ({"amount": Decimal(1_000_000)}, []),
        ({"amount": Decimal(1_001_000)}, ["amount_above"]),
        ({"amount": Decimal("250000.50")}, ["amount_off_step"]),
        ({"amount": Decimal(500_000), "age": 49}, []),
        ({"amount": Decimal(501_000), "age": 49}, ["amount_above_for_age"]),
        ({"amount": Decimal(1), "needs_amount": False}, []),
        ({"line": Line.TERM_LIFE}, []),
        ({"line": Line.HEALTH}, ["other_line"]),
        (
            {"age": 60, "jurisdiction": "NY", "amount": Decimal("50.5"), "line": Line.HEALTH},
            ["other_line", "too_old", "not_sold_in", "amount_below", "amount_off_step"],
        ),
    ],
)
def test_every_reason_is_told_at_once(applicant: dict[str, Any], codes: list[str]) -> None:
    reasons = why_not(TERM, replace(FITS, **applicant), "fjordlife/term@2026-01-01")
    assert [reason.code for reason in reasons] == codes
    assert {reason.source.rule for reason in reasons} <= {"eligibility"}


def test_sold_only_where_listed() -> None:
    (silver,) = health_book().edition.products
    assert why_not(silver, FITS, "") == []
    assert [r.code for r in why_not(silver, replace(FITS, jurisdiction="OK"), "")] == [
        "not_sold_in"
    ]


@pytest.mark.parametrize(
    ("term", "age", "status", "codes"),
    [
        (10, 49, Nicotine.USER, []),
        (20, 48, Nicotine.NONE, []),
        (20, 49, Nicotine.NONE, ["too_old_for_term"]),
        (20, 47, Nicotine.USER, []),
        (15, 47, Nicotine.NONE, ["term_not_offered"]),
    ],
)
def test_a_term_has_limits_of_its_own(
    term: int, age: int, status: Nicotine, codes: list[str]
) -> None:
    assert [r.code for r in why_not_term(TERM, term, age, status, "")] == codes


def test_a_limit_for_the_own_status_comes_before_one_for_any() -> None:
    (reason,) = why_not_term(TERM, 20, 48, Nicotine.USER, "")
    assert (reason.code, reason.params["limit"]) == ("too_old_for_term", "47")


def test_a_term_for_non_users_only_is_not_for_users() -> None:
    limit = replace(TERM.eligibility.terms[0], nicotine=Nicotine.NONE)
    product = replace(TERM, eligibility=replace(TERM.eligibility, terms=(limit,)))
    assert [r.code for r in why_not_term(product, 10, 47, Nicotine.USER, "")] == [
        "term_not_for_nicotine"
    ]
    assert why_not_term(product, 10, 47, Nicotine.NONE, "") == []


def test_evidence_of_health_is_asked_above_the_guaranteed_amount() -> None:
    limits = Eligibility(guaranteed_issue_max=Decimal(100_000))
    assert health_is_asked(limits, Decimal(100_000)) is None
    asked = health_is_asked(limits, Decimal(100_001))
    assert asked is not None
    assert asked.params == {"amount": "100001", "limit": "100000"}
    assert health_is_asked(Eligibility(), Decimal(10**9)) is None


@pytest.mark.parametrize(
    ("benefit", "in_force", "limit"),
    [("3000", "0", None), ("3000.01", "0", "3000.00"), ("2000", "1500.555", "1499.44")],
)
def test_a_years_benefit_is_at_most_its_percent_of_the_income(
    benefit: str, in_force: str, limit: str | None
) -> None:
    (term,) = term_book().edition.products
    product = replace(term, eligibility=Eligibility(income_percent_max=Decimal(60)))
    buyer = Applicant(
        47,
        "TX",
        Decimal(benefit),
        income_annual=Decimal(60_000),
        benefits_monthly=Decimal(in_force),
    )
    told = [reason.params["limit"] for reason in why_not(product, buyer, "e")]
    assert told == ([] if limit is None else [limit])
