"""Limits as figures say what the reasons say."""

from decimal import Decimal

import pytest

from megler.carriers.rules.guide import Nicotine
from megler.quoting.rules.market.axes import JURISDICTION_CODES
from megler.quoting.rules.market.limits import NO_AMOUNT, Sale, amounts, sold_in, step_of
from megler.underwriting.rules.eligibility import Applicant, why_not, why_not_term
from tests.quoting.books import group_book, health_book, term_book

TERM = term_book().edition.products[0]


@pytest.mark.parametrize("status", [Nicotine.NONE, Nicotine.USER])
@pytest.mark.parametrize("term", [10, 20])
def test_least_and_most_amounts_are_those_without_a_reason_against(
    status: Nicotine, term: int
) -> None:
    low, high = amounts(Sale(TERM, term, True), status)
    for age in range(44, 52):
        for amount in (99_000, 100_000, 500_000, 501_000, 1_000_000, 1_001_000):
            applicant = Applicant(age, "TX", Decimal(amount))
            against = [*why_not(TERM, applicant, ""), *why_not_term(TERM, term, age, status, "")]
            assert (low[age] <= amount <= high[age]) == (not against), (age, amount, against)
        assert not low[age] <= NO_AMOUNT <= high[age]


def test_who_needs_no_amount_is_sold_without_one() -> None:
    low, high = amounts(Sale(health_book().edition.products[0], None, False), Nicotine.NONE)
    assert low[47] <= NO_AMOUNT <= high[47]


def test_jurisdictions_are_those_that_the_product_is_sold_in() -> None:
    sold = sold_in(TERM)
    assert sold[0] == 1
    assert [code for code, one in zip(JURISDICTION_CODES, sold[1:], strict=True) if not one] == [
        "NY"
    ]


def test_amounts_go_in_the_products_steps() -> None:
    step = step_of(Sale(TERM, 10, True))
    assert step is not None
    assert (step.start, step.step) == (0, 1000)
    assert step_of(Sale(group_book().edition.products[0], None, True)) is None
