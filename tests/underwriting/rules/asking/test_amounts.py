"""Amounts, terms and lines."""

from decimal import Decimal
from typing import Any

import pytest

from megler.underwriting.rules.asking.amounts import amount_of
from tests.underwriting.rules.asking.market import told


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("1.5M", 1500000), ("1.5 mil", 1500000), ("1.5 million", 1500000), ("$1,500,000", 1500000),
        ("500k", 500000), ("500 K", 500000), ("$250,000", 250000), ("250,000", 250000), ("250000", 250000),
        ("half a million", 500000), ("quarter million", 250000), ("one million", 1000000), ("a million", 1000000),
        ("2 million", 2000000), ("1MM", 1000000), ("75k", 75000), ("5 mill", 5000000),
    ],
)  # fmt: skip
def test_amounts_asked_for(words: str, amount: int) -> None:
    assert amount_of(words) == amount
    assert told(f"52 male {words} term")["wants"]["face_amount"] == str(amount)


@pytest.mark.parametrize("words", ["", "many", "0", "99999999999999", "1e5"])
def test_no_amount(words: str) -> None:
    assert amount_of(words) is None


def test_an_amount_is_exact() -> None:
    assert amount_of("1.25 m") == Decimal(1250000)


@pytest.mark.parametrize(
    ("words", "wants"),
    [
        ("20 year term", {"line": "term_life", "term_years": 20}),
        ("20yr", {"line": "term_life", "term_years": 20}),
        ("20-year level term", {"line": "term_life", "term_years": 20}),
        ("term 20", {"line": "term_life", "term_years": 20}),
        ("T20", {"line": "term_life", "term_years": 20}),
        ("20T", {"line": "term_life", "term_years": 20}),
        ("30 yr term", {"line": "term_life", "term_years": 30}),
        ("term", {"line": "term_life"}),
        ("whole life", {"line": "whole_life"}),
        ("WL", {"line": "whole_life"}),
        ("GUL", {"line": "universal_life"}),
        ("IUL", {"line": "universal_life"}),
        ("final expense", {"line": "final_expense"}),
        ("long term care", {"line": "long_term_care"}),
        ("disability insurance", {"line": "disability"}),
        ("med supp", {"line": "medicare_supplement"}),
    ],
)
def test_lines_and_terms(words: str, wants: dict[str, Any]) -> None:
    assert told(f"52 male {words}")["wants"] == wants


@pytest.mark.parametrize(
    "words", ["quit 20 years ago", "diabetic for 20 years", "long term use", "20 years old"]
)
def test_no_terms(words: str) -> None:
    assert "term_years" not in told(f"male {words}").get("wants", {})


def test_amounts_a_month() -> None:
    assert told("40 m 500k term under $60/month")["wants"] == {
        "line": "term_life", "face_amount": "500000", "premium_max": "60", "mode": "monthly",
    }  # fmt: skip
    assert told("40 m disability insurance 3,000 a month")["wants"]["benefit_monthly"] == "3000"
