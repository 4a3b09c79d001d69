"""The first line of a look-up's answer: over all carriers, the best and who does not."""

import pytest

from megler.underwriting.rules.asking.answers import AnswerKind, Says
from megler.underwriting.rules.asking.summaries import rank, summed_up, without_repeats
from megler.vocabulary.problems import Reason
from tests.underwriting.rules.asking.market import answered


def said(carrier: str, headline: Reason, *lines: Reason, product_name: str = "") -> Says:
    return Says(
        carrier, carrier.title(), "", product_name, f"{carrier}/guide@2026-01-01", headline, lines
    )


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("max age for 30 year term non-smoker", "sum_age_max"),
        ("min age on term", "sum_age_min"),
        ("how long are labs good for?", "sum_valid"),
        ("how long does an APS take", "sum_days"),
        ("who orders the MVR", "sum_orders"),
        ("BP limit for preferred plus", "sum_limit_systolic_max"),
        ("how long after a heart attack?", "sum_wait"),
        ("is diabetes type 2 a decline", "sum_rated"),
        ("cigars", "sum_nicotine_passes"),
    ],
)
def test_a_look_up_begins_with_its_answer(question: str, code: str) -> None:
    found = answered(question)
    assert found.kind is AnswerKind.ANSWERED
    assert found.summary[0].code.startswith(code)


def test_outcomes_have_an_order() -> None:
    order = [
        "any",
        "preferred_plus",
        "standard",
        "table_2",
        "+100",
        "table_8",
        "individual_consideration",
        "decline",
    ]
    assert sorted(order, key=rank) == order


def test_simple_products_guides_do_not_speak_for_the_carrier() -> None:
    full = said("skar", Reason("says_rating", {"outcome": "table_2..decline"}))
    simple = said("skar", Reason("says_rating", {"outcome": "any"}), product_name="Graded")
    (head,) = summed_up([simple, full])
    assert (head.code, head.params["outcome"]) == ("sum_rated", "table_2")
    assert summed_up([simple])[0].code == "sum_not_rated"


def test_who_declines_whatever_the_case_is_named() -> None:
    one = said("skar", Reason("says_rating", {"outcome": "decline"}))
    other = said("fjord", Reason("says_rating", {"outcome": "table_4..decline"}))
    rated, declined = summed_up([one, other])
    assert (rated.params["carriers"], declined.params["carriers"]) == ("Fjord", "Skar")


def test_a_flat_extra_of_every_case_is_no_pass() -> None:
    line = Reason("rule_base", {"flat_extra": "5", "flat_extra_to": "7.50"})
    (head,) = summed_up([said("skar", Reason("says_rating", {"outcome": "any"}), line)])
    assert (head.code, head.params["flat_extra"]) == ("sum_rated", "5")


def test_guides_of_one_carrier_that_say_the_same_say_it_once() -> None:
    line = Reason("evidence_valid", {"days": "365"})
    assert len(without_repeats([said("skar", line), said("skar", line), said("fjord", line)])) == 2
