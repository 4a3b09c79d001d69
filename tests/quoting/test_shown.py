"""An answer made ready for a page: sorted, narrowed, by wish."""

from typing import Any

import pytest

from megler.quoting.rules.answer import quote_json
from megler.quoting.rules.tools.counter import Counter, key_of
from megler.quoting.sentences import sentence
from megler.quoting.shown import MOST_SHOWN, offer_key, offer_text, table_of, wish_title
from megler.underwriting.rules.facts import read_facts
from tests.quoting.books import term_book
from tests.quoting.rules.tools.market import facts, second_book
from tests.underwriting.guides import KNOWN, ON, guide


def answer(**wants: Any) -> dict[str, Any]:
    guides = {"fjordlife": [guide()], "bergliv": [guide()]}
    market = Counter([term_book(), second_book()], guides, ON)
    told = market.answer(facts({"term_years": None, **wants}))
    return dict(quote_json(told, sentence, lambda problem: problem.code))


@pytest.mark.parametrize(
    ("sort", "first"),
    [("", "Bergliv"), ("price", "Bergliv"), ("carrier", "Bergliv"), ("term", "Bergliv")],
)
def test_offers_are_in_the_order_chosen(sort: str, first: str) -> None:
    offers = table_of(answer(), "monthly", {"sort": sort})["offers"]
    assert offers[0]["carrier_name"] == first
    terms = [offer["term_years"] for offer in offers]
    carriers = [offer["carrier"] for offer in offers]
    assert (terms == sorted(terms)) == (sort != "carrier")
    assert (carriers == sorted(carriers)) == (sort == "carrier")


@pytest.mark.parametrize(
    ("choices", "left"),
    [
        ({"carrier": "fjordlife"}, {("fjordlife", 10), ("fjordlife", 20)}),
        ({"term": "20"}, {("fjordlife", 20), ("bergliv", 20)}),
        ({"class_": "standard"}, set()),
        ({"carrier": "fjordlife", "term": "10"}, {("fjordlife", 10)}),
    ],
)
def test_what_is_chosen_leaves_the_rest_out_and_counts_it(
    choices: dict[str, str], left: set[tuple[str, int]]
) -> None:
    table = table_of(answer(), "monthly", choices)
    assert {(offer["carrier"], offer["term_years"]) for offer in table["offers"]} == left
    (group,) = table["groups"]
    assert group["hidden"] == 4 - len(left)
    assert len(table["every"]) == 4


def test_choices_are_offered_among_what_is_there() -> None:
    filters = table_of(answer(), "monthly")["filters"]
    assert filters["carriers"] == [("bergliv", "Bergliv"), ("fjordlife", "Fjord Life")]
    assert filters["terms"] == [10, 20]
    assert [code for code, _ in filters["classes"]] == ["preferred_plus"]


def test_an_offer_keeps_its_place_in_the_answer_however_it_is_sorted() -> None:
    told = answer()
    for offer in table_of(told, "monthly", {"sort": "carrier"})["offers"]:
        assert told["offers"][offer["number"]]["edition"] == offer["edition"]


def test_the_steps_lead_to_the_mode_that_is_shown() -> None:
    offer = table_of(answer(), "monthly")["offers"][0]
    shown = [(taken["step"], taken["mode"]) for taken in offer["main_steps"]]
    assert [mode for step, mode in shown if step == "mode"] == ["monthly"]
    assert shown[0] == ("base", "annual")
    assert offer["main_steps"][-1]["amount"] == offer["main"]


def test_the_dearest_of_a_wish_has_the_longest_bar() -> None:
    offers = table_of(answer(), "monthly")["offers"]
    assert max(offer["share"] for offer in offers) == 100
    assert min(offers, key=lambda o: o["share"])["main"] == min(o["main"] for o in offers)


def test_long_lists_are_cut_until_all_is_asked_for() -> None:
    told = answer()
    told["offers"] = told["offers"] * 20
    (cut,) = table_of(told, "monthly")["groups"]
    assert (len(cut["offers"]), cut["count"]) == (MOST_SHOWN, 80)
    (whole,) = table_of(told, "monthly", {"many": "1"})["groups"]
    assert len(whole["offers"]) == 80


def test_each_wish_has_its_own_group_and_says_for_whom() -> None:
    people = [
        {"id": "insured", "role": "insured", **KNOWN},
        {"id": "partner", "role": "spouse", "age": 47},
    ]
    wish = {"line": "term_life", "face_amount": "250000", "term_years": 10}
    wants = [
        {**wish, "people": ["insured"]},
        {**wish, "people": ["partner"]},
        {"line": "health", "people": ["insured", "partner"], "mode": "monthly"},
    ]
    document = {"people": people, "wants": wants}
    read, _ = read_facts(document, ON)
    assert read is not None
    market = Counter([term_book()], {"fjordlife": [guide()]}, ON)
    told = quote_json(market.answer(read), sentence, lambda problem: problem.code)
    groups = table_of(dict(told), "monthly")["groups"]
    assert [len(group["offers"]) for group in groups] == [1, 1, 0]
    assert [wish_title(document, n)["lives"] for n in range(3)] == ["insured", "partner", "both"]


def test_keys_travel_through_a_form_and_back() -> None:
    market = Counter([term_book()], {"fjordlife": [guide()]}, ON)
    for offer in market.offers(facts()):
        assert offer_key(offer_text(key_of(offer))) == key_of(offer)
    for wrong in ("", "a:b", "a:b:x::0", "a:b:1::x", "a:b:1::0:c"):
        assert offer_key(wrong) is None
