"""Conditions ask how often a nicotine product is used, and how long ago it was."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.guide import Nicotine
from megler.carriers.rules.when.tree import Fact
from megler.underwriting.rules.knowledge import Knowledge, Life
from megler.underwriting.rules.people import NicotineUse
from megler.underwriting.rules.uses import per_year
from megler.underwriting.rules.whens import Answer, Span, exactly
from megler.vocabulary.ages import AgeBasis
from tests.underwriting.guides import ON, person
from tests.underwriting.rated_guides import rated_guide

RULES = rated_guide().guide


def answer(fact: Fact, uses: Any, **more: Any) -> Answer:
    one = person(nicotine=uses, **more)
    assert RULES is not None
    status = frozenset({Nicotine.NONE, Nicotine.USER})
    return Knowledge(Life(RULES, one, ON, one.ages(ON, AgeBasis.LAST), None, status, ()))(fact)


def ago(years: int) -> str:
    return date(ON.year - years, ON.month, ON.day).isoformat()


MONTHLY = {"product": "cigar", "last_used": ago(0), "details": {"per_year": 12}}
WEEKLY = {"product": "cigar", "last_used": ago(0), "per_week": 1}


@pytest.mark.parametrize(
    ("uses", "times"),
    [
        ([MONTHLY], exactly(12)),
        ([WEEKLY], exactly(52)),
        ([MONTHLY, WEEKLY], exactly(64)),
        ([{**MONTHLY, "last_used": ago(1)}], exactly(0)),
        ([{"product": "pipe", "last_used": ago(0), "per_week": 1}], exactly(0)),
        ([], exactly(0)),
        (None, None),
    ],
)
def test_uses_within_a_year_are_counted_by_the_yearly_rate(uses: Any, times: Answer) -> None:
    assert answer(Fact("count", ("cigar", "12")), uses) == times
    assert answer(Fact("count", ("cigar",)), uses) == times


def test_half_a_year_counts_half_the_uses() -> None:
    assert answer(Fact("count", ("cigar", "6")), [MONTHLY]) == exactly(6)


def test_use_of_which_nobody_told_how_often_is_at_least_once() -> None:
    found = answer(Fact("count", ("cigar", "12")), [{"product": "cigar", "last_used": ago(0)}])
    assert isinstance(found, Span)
    assert found.low == 1
    assert found.high > 10**6


def test_use_of_which_nobody_told_when_may_count_or_not() -> None:
    found = answer(Fact("count", ("cigar", "12")), [{"product": "cigar", "per_week": 1}])
    assert found == Span(Decimal(0), Decimal(52))


def test_the_last_use_of_several_counts() -> None:
    uses = [
        {"product": "cigarette", "last_used": ago(9)},
        {"product": "cigarette", "last_used": ago(3)},
    ]
    assert answer(Fact("years_since", ("cigarette",)), uses) == exactly(3)
    assert answer(Fact("months_since", ("cigarette",)), uses) == exactly(36)
    assert answer(Fact("has", ("cigarette",)), uses) is True
    assert answer(Fact("has", ("pipe",)), uses) is False


def test_a_product_never_used_was_used_longer_ago_than_any_limit() -> None:
    found = answer(Fact("months_since", ("cigarette",)), [])
    assert isinstance(found, Span)
    assert found.low > 10**6


def test_a_list_that_is_not_complete_denies_nothing() -> None:
    assert answer(Fact("has", ("pipe",)), [MONTHLY], nicotine_complete=False) is None
    assert answer(Fact("months_since", ("pipe",)), [MONTHLY], nicotine_complete=False) is None


def test_often_is_told_by_year_or_by_week() -> None:
    assert per_year(NicotineUse(details={"per_year": 6})) == 6
    assert per_year(NicotineUse(per_week=Decimal(2))) == 104
    assert per_year(NicotineUse()) is None


@pytest.mark.parametrize("a_year", [1, 6, 12, 24])
def test_so_many_a_year_are_as_many_by_any_decimals_of_a_week(a_year: int) -> None:
    exact = Decimal(a_year) / 52
    for digits in ("0.0001", "0.000001", "0.00000000001"):
        week = NicotineUse(product="cigar", per_week=exact.quantize(Decimal(digits)))
        assert per_year(week) == a_year
