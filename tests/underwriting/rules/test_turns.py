"""Each answer to a fact tells which rows may hold under it, and which surely do."""

from decimal import Decimal

import pytest

from megler.carriers.rules.guide import Guide
from megler.carriers.rules.ratings import Verb
from megler.carriers.rules.when.tree import Fact
from megler.underwriting.rules.turns import Turns, ratings_of, turns_of
from megler.underwriting.rules.whens import OneOf, Span
from tests.underwriting.rated_guides import rated_guide, rating


def guide_of(*whens: str) -> Guide:
    edition = rated_guide(ratings=tuple(rating("asthma", "add", when, "+25") for when in whens))
    assert edition.guide is not None
    return edition.guide


def masks(guide: Guide, name: str, held: str) -> dict[str, list[object]]:
    """The answers under which each row may hold, or `must`; figures as themselves."""
    turns = turns_of(guide, "asthma", Fact(name))
    told = [one.low if isinstance(one, Span) else one for one in turns.answers]
    of_row = getattr(turns, held)
    return {
        row.text: [one for i, one in enumerate(told) if of_row[id(row)] >> i & 1]
        for row in guide.ratings
        if id(row) in of_row
    }


def test_a_choice_is_answered_by_each_of_its_values() -> None:
    guide = guide_of('severity == "mild"', 'severity in ["mild", "severe"]', "age > 60")
    assert masks(guide, "severity", "may") == {
        'severity == "mild"': ["mild"],
        'severity in ["mild", "severe"]': ["mild", "severe"],
    }


def test_figures_are_answered_once_for_all_that_make_the_same_of_every_row() -> None:
    guide = guide_of("attacks < 2", "2 <= attacks < 4")
    assert masks(guide, "attacks", "may") == {
        "attacks < 2": [Decimal(1)],
        "2 <= attacks < 4": [Decimal(2)],
    }


def test_what_another_fact_decides_may_hold_and_need_not() -> None:
    guide = guide_of("smokes and age > 60", "smokes or age > 60", "not smokes")
    assert masks(guide, "smokes", "may") == {
        "smokes and age > 60": [True],
        "smokes or age > 60": [True, False],
        "not smokes": [False],
    }
    assert masks(guide, "smokes", "must") == {
        "smokes and age > 60": [],
        "smokes or age > 60": [True],
        "not smokes": [False],
    }


@pytest.mark.parametrize(
    ("name", "when", "answers"),
    [("sex", 'sex == "male"', 2), ("jurisdiction", 'jurisdiction == "TX"', 2)],
)
def test_a_text_is_what_is_named_or_something_else(name: str, when: str, answers: int) -> None:
    assert len(turns_of(guide_of(when), "asthma", Fact(name)).answers) == answers


def test_only_answers_that_what_is_known_leaves_are_possible() -> None:
    turns = Turns(("mild", "moderate", "severe"), {}, {})
    assert turns.possible(None) == [1, 2, 4]
    assert turns.possible(OneOf(frozenset({"mild", "severe"}))) == [1, 4]


def test_the_rows_of_an_impairment_stand_by_what_they_do() -> None:
    rows = ratings_of(rated_guide().guide or Guide(classes=()), "diabetes_type_2")
    assert [len(rows[verb]) for verb in (Verb.BASE, Verb.ADD, Verb.AT_LEAST)] == [3, 2, 1]
    assert ratings_of(Guide(classes=()), "diabetes_type_2") == {}
