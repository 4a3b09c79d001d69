"""Which offers a proposal compares, and what is told of each."""

from decimal import Decimal

import pytest

from megler.quoting.rules.proposals.choice import (
    Point,
    choice_problems,
    modes_of,
    points_for,
    usual_choice,
)
from tests.quoting.rules.proposals.offers import an_offer

CHEAP = an_offer()
DEARER = an_offer(carrier="bergcare", annualised="600.00")
LONGER = an_offer(term_years=30, annualised="900.00")


def codes(points: list[Point]) -> list[str]:
    return [point.code for point in points]


@pytest.mark.parametrize(("count", "chosen"), [(0, ()), (1, (0,)), (2, (0, 1)), (9, (0, 1, 2))])
def test_usually_the_three_cheapest_are_compared(count: int, chosen: tuple[int, ...]) -> None:
    assert usual_choice([CHEAP] * count) == chosen


@pytest.mark.parametrize(
    ("chosen", "wrong"),
    [
        ([0], []),
        ([3, 0, 1, 2], []),
        ([], ["proposal_count"]),
        ([0, 1, 2, 3, 4], ["proposal_count"]),
        ([0, 0], ["proposal_twice"]),
        ([0, 5], ["proposal_not_there"]),
        ([-1, -1], ["proposal_twice", "proposal_not_there", "proposal_not_there"]),
    ],
)
def test_every_problem_of_a_choice_is_told(chosen: list[int], wrong: list[str]) -> None:
    assert [p.code for p in choice_problems(chosen, [CHEAP] * 5)] == wrong


def test_a_quote_without_offers_makes_no_proposal() -> None:
    assert [p.code for p in choice_problems([0], [])] == ["proposal_no_offers"]


def test_the_lowest_of_its_term_is_called_so_and_others_say_how_much_more() -> None:
    offers = [CHEAP, DEARER, LONGER]
    assert Point("lowest", number=2) in points_for(0, offers, [0, 1])
    assert Point("more_a_year", amount=Decimal("96.00")) in points_for(1, offers, [0, 1])
    assert "lowest" not in codes(points_for(2, offers, [0, 2]))
    assert "more_a_year" not in codes(points_for(2, offers, [0, 2]))


def test_other_currencies_and_wishes_are_never_set_beside_each_other() -> None:
    kroner = an_offer(currency="NOK", annualised="90.00")
    other = an_offer(wants=1, annualised="10.00")
    assert "more_a_year" not in codes(points_for(0, [CHEAP, kroner, other], [0]))


def test_the_least_of_those_compared_is_told_only_among_the_same_wish() -> None:
    assert "least_here" in codes(points_for(0, [CHEAP, LONGER], [0, 1]))
    assert "least_here" not in codes(points_for(0, [CHEAP, {**LONGER, "wants": 1}], [0, 1]))


def test_a_class_that_is_open_is_marked() -> None:
    open_to = an_offer(class_range=["preferred", "standard"])
    assert Point("class_open", word="standard") in points_for(0, [open_to], [0])
    assert "class_open" not in codes(points_for(0, [CHEAP], [0]))


def test_an_income_has_no_lowest_premium() -> None:
    income = an_offer(premium=None, income={"monthly": "512.00"}, line="annuity", **{"class": None})
    assert codes(points_for(0, [income, income], [0])) == ["age_until"]


def test_a_value_beside_a_premium_is_no_price() -> None:
    value = an_offer(premium=None, annualised=None, value={"years": 5, "amount": "110.00"})
    assert codes(points_for(0, [value, CHEAP], [0, 1])) == ["level_for", "age_until"]
    assert "lowest" not in codes(points_for(1, [value, CHEAP], [0, 1]))


def test_modes_stand_in_the_order_asked_for() -> None:
    weekly = an_offer(premium={"weekly": "10.00"})
    assert modes_of([CHEAP, weekly], ["monthly", "annual", "weekly", "quarterly"]) == [
        "monthly",
        "annual",
        "weekly",
    ]
