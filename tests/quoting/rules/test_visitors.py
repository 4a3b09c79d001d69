"""What a visitor of a quote link tells, and which offers they are shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.quoting.rules.visitors import (
    FIELDS,
    HEALTH,
    LENGTH_MAX,
    LINES,
    classes_for,
    is_asking,
    shown_to_visitor,
    visitor_entry,
    visitor_facts,
)
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.codes import TOBACCO_CLASSES
from tests.quoting.rules.proposals.offers import an_offer

ON = date(2026, 6, 1)
TOLD = {"age": "47", "sex": "female", "jurisdiction": "TX", "nicotine": "never",
        "health": "good", "line": "term_life", "face_amount": "500k", "term_years": "20"}  # fmt: skip


def test_what_is_told_becomes_facts_with_a_wish_for_each_class() -> None:
    document, problems = visitor_facts(visitor_entry(TOLD, ["term_life"]), ON)
    assert problems == []
    facts, wrong = read_facts(document, ON)
    assert wrong == [] or facts is not None
    assert [w["class"] for w in document["wants"]] == ["preferred", "standard_plus", "standard"]
    assert {w["face_amount"] for w in document["wants"]} == {"500000"}
    assert document["nicotine"] == []


def test_only_known_fields_and_lines_of_the_link_count() -> None:
    told = {**TOLD, "line": "health", "weight": "300", "height": "5'10", "health": "godlike"}
    entry = visitor_entry(told, ["whole_life", "term_life"])
    assert set(entry) == {*FIELDS, HEALTH}
    assert (entry["line"], entry["term_years"], entry["health"]) == ("whole_life", "", "")


@pytest.mark.parametrize(
    ("guess", "nicotine", "first"),
    [
        ("excellent", "never", "preferred_plus"),
        ("average", "never", "standard"),
        ("", "", "standard"),
        ("excellent", "now", "preferred_tobacco"),
        ("average", "now", "standard_tobacco"),
    ],
)
def test_a_guess_never_promises_more_than_it_says(guess: str, nicotine: str, first: str) -> None:
    classes = classes_for(guess, nicotine)
    assert classes[0] == first
    assert all((c in TOBACCO_CLASSES) == (nicotine == "now") for c in classes)


def test_a_price_needs_an_age_and_an_amount() -> None:
    assert is_asking({"age": "40", "face_amount": "1"})
    assert is_asking({"born": "1979-02-11", "face_amount": "1"})
    assert not is_asking({"age": "40", "face_amount": ""})
    assert not is_asking({"face_amount": "500k"})


def test_each_product_is_shown_once_in_its_best_class_cheapest_first_without_hidden_ones() -> None:
    offers = [
        an_offer(wants=2, annualised="300.00"),
        an_offer(wants=0, annualised="500.00"),
        an_offer(wants=1, annualised="400.00", carrier="bergcare"),
        an_offer(wants=0, annualised="100.00", carrier="shy"),
        an_offer(wants=0, annualised=None, premium=None, product="income"),
    ]
    shown = shown_to_visitor(offers, ["shy"])
    assert [(o["carrier"], o["wants"]) for o in shown] == [("bergcare", 1), ("fjordlife", 0)]


@given(st.dictionaries(st.sampled_from([*FIELDS, HEALTH, "x"]), st.text(max_size=60)))
def test_whatever_is_sent_is_read_or_named_and_bounded(told: dict[str, str]) -> None:
    entry = visitor_entry(told, [line.value for line in LINES])
    assert all(len(value) <= LENGTH_MAX for value in entry.values())
    document, _problems = visitor_facts(entry, ON)
    assert document["wants"]
