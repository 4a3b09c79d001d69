from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.products import Charged, Eligibility, Lives
from megler.carriers.rules.steps import CellStep, SumLivesStep
from megler.quoting.rules.books import Book
from megler.quoting.rules.classing import Classed
from megler.quoting.rules.lives import (
    benefits_in_force,
    facts_of,
    joint_facts,
    lives_of,
    lives_shown,
    needs_age,
    number_of_lives,
    of_life,
)
from megler.quoting.rules.risks import Taken
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.problems import Reason
from tests.quoting.lines import book, choice, figures, product, whole
from tests.quoting.rules.test_asked import asked

AGES = figures("ages", [whole("age", 0, 80)], ["1"] * 81)
FREE = (Charged("child", 21, 3),)


def family(**more: Any) -> Book:
    steps = (CellStep("age", "ages"), SumLivesStep("family"))
    return book(product(Line.HEALTH, *steps, lives=Lives.EACH, **more), AGES)


def child(born: str) -> dict[str, str]:
    return {"role": "child", "born": born}


@pytest.mark.parametrize(
    ("lives", "count", "code"),
    [
        (Lives.ONE, 1, []),
        (Lives.ONE, 2, ["insures_one_life"]),
        (Lives.JOINT, 2, []),
        (Lives.JOINT, 1, ["insures_two_lives"]),
        (Lives.JOINT, 3, ["insures_two_lives"]),
        (Lives.EACH, 1, []),
        (Lives.EACH, 5, []),
    ],
)
def test_a_product_insures_as_many_lives_as_it_says(
    lives: Lives, count: int, code: list[str]
) -> None:
    wish = asked(*[{"born": "1980-01-01"}] * count)
    told = number_of_lives(product(Line.TERM_LIFE, lives=lives), wish, "e")
    assert [reason.code for reason in told] == code


def test_only_the_eldest_children_are_charged() -> None:
    wish = asked(
        {"born": "1980-01-01"},
        child("2012-05-01"),
        child("2010-01-01"),
        child("2004-01-01"),
        child("2012-03-02"),
        child("2011-01-01"),
    )
    given = family(charged=FREE)
    lives = lives_of(given, given.edition.products[0], wish)
    assert [life.charged for life in lives] == [True, False, True, True, True, True]
    assert [life.age for life in lives] == [46, 13, 16, 22, 13, 15]


def test_a_life_addresses_cells_by_its_own_facts() -> None:
    wish = asked({"born": "1980-01-01", "sex": "female", "nicotine": []})
    given = family()
    (life,) = lives_of(given, given.edition.products[0], wish)
    facts = facts_of(life)
    assert (facts["age"], facts["sex"], facts["nicotine"], facts["class"]) == (
        46,
        "female",
        "none",
        None,
    )


def test_two_lives_are_told_apart_and_measured_against_each_other() -> None:
    wish = asked({"born": "1980-01-01"}, {"born": "1976-01-01", "sex": "male", "nicotine": []})
    given = book(product(Line.TERM_LIFE, lives=Lives.JOINT), AGES)
    told = joint_facts(lives_of(given, given.edition.products[0], wish))
    assert told == {
        "second_age": 50,
        "second_sex": "male",
        "second_class": None,
        "second_nicotine": "none",
        "younger_age": 46,
        "older_age": 50,
        "age_difference": 4,
    }


def test_a_product_asks_for_an_age_only_where_it_reckons_with_one() -> None:
    flat = figures("flat", [choice("jurisdiction", "TX")], ["5"])
    events = product(Line.SPECIALTY, CellStep("base", "flat"))
    assert not needs_age(book(events, flat), events)
    limited = product(Line.SPECIALTY, CellStep("base", "flat"), eligibility=Eligibility(age_min=18))
    assert needs_age(book(limited, flat), limited)
    by_age = product(Line.HEALTH, CellStep("age", "ages"))
    assert needs_age(book(by_age, AGES), by_age)
    nobody = asked({"jurisdiction": "TX"})
    (life,) = lives_of(book(events, flat), events, nobody)
    (other,) = lives_of(book(by_age, AGES), by_age, nobody)
    assert life.reasons == ()
    assert [reason.params["fact"] for reason in other.reasons] == ["born"]


def test_benefits_in_force_are_those_of_disability_that_stay() -> None:
    covers = [
        {"line": "disability", "amount": "1500"},
        {"line": "disability", "amount": "700", "replace": True},
        {"line": "term_life", "amount": "500000"},
        {"line": "disability", "amount": "250.50", "replace": False},
    ]
    assert benefits_in_force(asked({"in_force": covers}).person) == Decimal("1750.50")
    assert benefits_in_force(asked({}).person) == 0


def test_each_life_is_shown_with_what_it_adds() -> None:
    given = family(charged=(Charged("child", 21, 0),))
    lives = lives_of(
        given, given.edition.products[0], asked({"born": "1980-01-01"}, child("2012-01-01"))
    )
    assert all(isinstance(life.classed, Classed) for life in lives)
    taken = Taken("family", "sum_lives", Decimal(7), Decimal(7), Mode.ANNUAL, "p0")
    first, second = lives_shown(lives, (taken, taken._replace(used=Decimal(0), life="p1")))
    assert (first.id, first.role, first.age_used) == ("p0", "insured", 46)
    assert first.premium == {Mode.ANNUAL: Decimal(7)}
    assert (second.charged, second.premium) == (False, {Mode.ANNUAL: Decimal(0)})


def test_a_reason_of_one_of_several_names_whom() -> None:
    given = family()
    (life,) = lives_of(given, given.edition.products[0], asked({"born": "1980-01-01"}))
    assert of_life(Reason("too_old", {"age": "46"}), life).params == {"age": "46", "life": "p0"}
