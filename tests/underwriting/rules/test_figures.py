"""Which guides say nothing of whom only figures are known, and who that is."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import (
    ClassRule,
    Impairment,
    Listed,
    NicotineRule,
    OutcomeKind,
    Question,
    QuestionType,
    Rated,
    Rating,
    Verb,
)
from megler.carriers.rules.when.tree import Compare, Fact, Sign
from megler.underwriting.rules.figures import Judged, is_beside, is_figures, judged_by
from megler.underwriting.rules.people import Entry, NicotineUse, Person
from tests.underwriting.guides import guide

POINTS = Rated(OutcomeKind.POINTS, number=50)
SILENT = Judged(history=False, products=frozenset())
ALL = Judged(history=True, products=frozenset({"cigar"}))


def rules() -> Guide:
    found = guide().guide
    assert found is not None
    return found


def rated_by(fact: Fact, listed: Listed = Listed.PERSON) -> Guide:
    """A guide with an impairment that turns on one fact."""
    one = Impairment("figure", "A figure", listed, "labs")
    when = Compare(fact, Sign.ABOVE, Decimal(1))
    rating = Rating("figure", Verb.BASE, when, POINTS, POINTS)
    asked = Question(None, "a1c", QuestionType.NUMBER, "A1c?")
    return replace(rules(), impairments=(one,), ratings=(rating,), questions=(asked,))


@pytest.mark.parametrize("name", ["a1c", "income_multiple", "net_worth"])
def test_what_turns_on_answers_and_means_says_nothing_of_figures(name: str) -> None:
    assert is_beside(rated_by(Fact(name)))


def test_what_turns_on_other_conditions_says_nothing_of_figures() -> None:
    assert is_beside(rated_by(Fact("count", ("diabetes_2",))))


@pytest.mark.parametrize("name", ["systolic", "cholesterol_ratio", "age", "bmi"])
def test_what_is_rated_by_a_figure_speaks_of_everybody(name: str) -> None:
    assert not is_beside(rated_by(Fact(name)))


def test_what_is_found_in_a_list_says_nothing_of_figures() -> None:
    assert is_beside(rated_by(Fact("systolic"), Listed.CONDITIONS))


@pytest.mark.parametrize(
    "told",
    [
        {"conditions": (Entry("asthma"),)},
        {"medications": (Entry("metformin"),)},
        {"driving": (Entry("dui"),)},
        {"details": {"a1c": 7}},
        {"occupation": "logger"},
        {"income_annual": Decimal(0)},
        {"visa": "H-1B"},
        {"incomplete": frozenset({"driving"})},
        {"nicotine": (NicotineUse("cigar"),)},
    ],
)
def test_whoever_tells_of_what_guides_judge_is_more_than_figures(told: dict[str, Any]) -> None:
    person = replace(Person(), **told)
    assert not is_figures(person, ALL)
    assert is_figures(person, SILENT)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"conditions": (), "medications": ()},
        {"incomplete": frozenset({"nicotine", "family"})},
        {"nicotine": (NicotineUse("cigarette"), NicotineUse())},
        {"weight_lb": Decimal(300)},
    ],
)
def test_whoever_tells_only_of_figures_is_no_more_than_those(told: dict[str, Any]) -> None:
    assert is_figures(replace(Person(), **told), ALL)


def test_guides_judge_history_by_impairments_or_rules_and_products_by_name() -> None:
    def edition(**more: Any) -> Edition:
        return replace(guide(), guide=replace(rules(), **more))

    assert judged_by([guide()]) == SILENT
    assert judged_by([guide(), replace(guide(), guide=rated_by(Fact("a1c")))]).history
    required = ClassRule("standard", Compare(Fact("has", ("stroke",)), Sign.IS, False))
    assert judged_by([edition(rules=(required,))]).history
    of_cigars = (NicotineRule(None, "cigar", 12), NicotineRule("standard", None, 24))
    assert judged_by([edition(nicotine=of_cigars)]) == replace(ALL, history=False)
