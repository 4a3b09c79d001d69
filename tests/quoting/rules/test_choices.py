from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.products import Ask, AskKind
from megler.carriers.rules.steps import CellStep, MultiplyStep, Step
from megler.quoting.rules.books import Book
from megler.quoting.rules.choices import Chosen, chosen
from megler.vocabulary.codes import Line
from tests.quoting.lines import book, choice, figures, product, whole
from tests.quoting.rules.test_asked import ADULT, asked

TABLES = (
    figures(
        "base", [choice("elimination_days", "30", "90"), whole("benefit_years", 2, 5)], ["1"] * 8
    ),
    figures("growth", [choice("inflation", "none", "3", "5")], ["1", "2", "3"]),
    figures("paid", [choice("payout", "life-only", "life-10-certain")], ["5", "4"]),
    figures("homes", [choice("household", "yes", "no")], ["0.9", "1"]),
    figures("roofs", [whole("roof_years", 0, 30)], ["1"] * 31),
)
ROOF = Ask("roof_years", "Age of the roof", AskKind.WHOLE, low=Decimal(0), high=Decimal(30))
SPORT = Ask("sport", "Sport", AskKind.CHOICE, ("none", "climbing"), default="none")


def offered(*names: str, **more: Any) -> Book:
    first, *others = names
    steps: list[Step] = [CellStep(first, first)]
    steps += [MultiplyStep(name, table=name) for name in others]
    return book(product(Line.DISABILITY, *steps, **more), *TABLES)


def choose(given: Book, **wants: Any) -> Chosen:
    return chosen(given, given.edition.products[0], asked(ADULT, **wants))


def codes(answer: Chosen) -> list[tuple[str, dict[str, str]]]:
    return [(reason.code, reason.params) for reason in answer.reasons]


def test_what_is_sold_is_taken_as_the_carrier_spells_it() -> None:
    given = offered("base", "growth", "paid")
    wants = {"elimination_days": 90, "benefit_years": 5, "inflation": "3.0", "payout": "Life only"}
    answer = choose(given, **wants)
    assert answer.reasons == ()
    told = {name: answer.facts[name] for name in wants}
    assert told == {
        "elimination_days": "90",
        "benefit_years": 5,
        "inflation": "3",
        "payout": "life-only",
    }


def test_what_is_not_sold_is_told_with_what_is() -> None:
    answer = choose(offered("base"), elimination_days=60, benefit_years=10)
    assert codes(answer) == [
        (
            "choice_not_offered",
            {"fact": "wants.elimination_days", "asked": "60", "offered": "30, 90"},
        ),
        ("choice_not_offered", {"fact": "wants.benefit_years", "asked": "10", "offered": "2 to 5"}),
    ]


def test_what_is_not_said_is_asked_with_the_choices() -> None:
    answer = choose(offered("paid"))
    assert codes(answer) == [
        ("choice_needed", {"fact": "wants.payout", "offered": "life-only, life-10-certain"})
    ]


def test_a_default_stands_where_the_wish_is_silent_and_says_so() -> None:
    given = offered("paid", defaults={"payout": "life-only"})
    answer = choose(given)
    assert answer.facts["payout"] == "life-only"
    assert [(r.code, r.params) for r in answer.assumptions] == [
        ("default_taken", {"fact": "wants.payout", "value": "life-only"})
    ]
    assert choose(given, payout="life-10-certain").assumptions == ()


def test_without_a_word_of_a_household_there_is_none_unless_the_product_takes_one() -> None:
    assert choose(offered("homes")).facts["household"] == "no"
    assert choose(offered("homes", defaults={"household": "yes"})).facts["household"] == "yes"
    assert choose(offered("homes"), household=True).facts["household"] == "yes"


@pytest.mark.parametrize(("told", "fact"), [(12, 12), ("12", 12), (0, 0), (30, 30)])
def test_a_products_own_question_is_answered_in_details(told: object, fact: int) -> None:
    answer = choose(offered("roofs", asks=(ROOF,)), details={"roof_years": told})
    assert (answer.facts["roof_years"], answer.reasons) == (fact, ())


@pytest.mark.parametrize("told", [31, -1, 2.5, "old", True, "NaN"])
def test_an_answer_beyond_what_is_asked_is_told_with_the_range(told: object) -> None:
    answer = choose(offered("roofs", asks=(ROOF,)), details={"roof_years": told})
    ((code, params),) = codes(answer)
    assert (code, params["offered"]) == ("choice_not_offered", "0 to 30")
    assert params["fact"] == "Age of the roof (wants.details.roof_years)"


def test_a_question_without_an_answer_takes_its_default_or_is_asked() -> None:
    answer = choose(
        offered("base", "roofs", asks=(ROOF, SPORT)), elimination_days=30, benefit_years=2
    )
    assert answer.facts["sport"] == "none"
    assert [r.code for r in answer.assumptions] == ["default_taken"]
    assert [r.code for r in answer.reasons] == ["choice_needed"]


def test_a_product_that_leaves_nothing_to_choose_is_not_looked_at_twice() -> None:
    answer = choose(book(product(Line.TERM_LIFE)), elimination_days=60)
    assert (answer.reasons, answer.assumptions) == ((), ())


def test_what_the_product_fixes_is_not_sold_otherwise() -> None:
    given = book(
        product(Line.DISABILITY, CellStep("growth", "growth"), fixed={"inflation": "3"}), *TABLES
    )
    assert choose(given, inflation="3").reasons == ()
    assert choose(given).reasons == ()
    assert codes(choose(given, inflation="5")) == [
        ("choice_not_offered", {"fact": "wants.inflation", "asked": "5", "offered": "3"})
    ]


def test_a_wish_that_the_product_knows_nothing_of_is_told() -> None:
    answer = choose(offered("growth"), inflation="3", elimination_days=90)
    assert [(r.code, r.params) for r in answer.told] == [
        ("no_choice_of", {"fact": "wants.elimination_days"})
    ]
    assert choose(offered("growth"), inflation="3").told == ()
    other_line = book(product(Line.TERM_LIFE))
    assert choose(other_line, elimination_days=90).told == ()
