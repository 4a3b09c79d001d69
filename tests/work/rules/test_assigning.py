"""Who gets what: rules in order, least load, nobody who is away."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from megler.work.rules.assigning import Choice, Facts, Rule, choose, fits, least_loaded

LARGE = Rule("large", amount_from=Decimal(1_000_000), person="ada")
TEXAS = Rule("Texas", jurisdiction="TX", team="south")
REST = Rule("the rest", team="all")
MEMBERS = {"south": ["bo", "cy"], "all": ["bo", "cy", "dan"]}


def test_the_first_rule_that_fits_decides() -> None:
    facts = Facts(jurisdiction="TX", amount=Decimal(2_000_000))
    assert choose([LARGE, TEXAS, REST], facts, MEMBERS, {}) == Choice("large", person="ada")
    assert choose([TEXAS, LARGE, REST], facts, MEMBERS, {"bo": 1}) == Choice("Texas", "cy", "south")


def test_without_a_fitting_rule_nobody_gets_it() -> None:
    assert choose([LARGE, TEXAS], Facts(), MEMBERS, {}) is None


def test_who_is_away_is_passed_over_and_an_empty_team_keeps_it_in_its_queue() -> None:
    assert choose([TEXAS], Facts(jurisdiction="TX"), MEMBERS, {}, {"bo"}) == Choice(
        "Texas", "cy", "south"
    )
    assert choose([TEXAS], Facts(jurisdiction="TX"), MEMBERS, {}, {"bo", "cy"}) == Choice(
        "Texas", "", "south"
    )


@given(st.integers(1, 60))
def test_load_is_spread_evenly(count: int) -> None:
    loads: dict[str, int] = {}
    for _number in range(count):
        choice = choose([REST], Facts(), MEMBERS, loads)
        assert choice
        loads[choice.person] = loads.get(choice.person, 0) + 1
    shares = [loads.get(one, 0) for one in MEMBERS["all"]]
    assert max(shares) - min(shares) <= 1


def test_each_condition_must_hold() -> None:
    rule = Rule("all", "c", "l", "TX", "a", Decimal(5), person="p")
    assert fits(rule, Facts("c", "l", "TX", "a", Decimal(5)))
    for other in (
        Facts("x", "l", "TX", "a", Decimal(5)),
        Facts("c", "x", "TX", "a", Decimal(5)),
        Facts("c", "l", "NY", "a", Decimal(5)),
        Facts("c", "l", "TX", "x", Decimal(5)),
        Facts("c", "l", "TX", "a", Decimal(4)),
    ):
        assert not fits(rule, other)


def test_nobody_is_least_loaded_of_none() -> None:
    assert least_loaded([], {}) == ""
