"""What a language model says may stand only where it says the answer again."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.rephrasing import (
    LONGEST,
    Grounds,
    grounds_of,
    known_of,
    may_stand,
    to_say_again,
)

ON = date(2026, 11, 23)
CLASSES = ("Preferred", "Preferred Plus", "Standard", "Standard Plus", "Select", "Fjord")
CARRIERS = ("Tundra Life", "Nordhavn Life", "Prairie Mutual")


def reason(text: str) -> dict[str, Any]:
    return {"code": "x", "text": text, "source": {"edition": "e"}}


def says(carrier: str, headline: str, *lines: str) -> dict[str, Any]:
    return {
        "carrier_name": carrier, "product_name": None, "headline": reason(headline),
        "lines": [reason(line) for line in lines], "improvements": [], "more": 0,
    }  # fmt: skip


ANSWER: dict[str, Any] = {
    "intent_texts": ["who is best"],
    "summary": [reason("Best: Tundra Life, likely Standard Plus.")],
    "carriers": [
        says("Tundra Life", "Likely Standard Plus; possible Preferred – table 2.", "A1C to 7.5."),
        says("Nordhavn Life", "Likely table 4; possible table 3 – decline.", "Up to 1,500,000."),
    ],
    "asks": [{"name": "stent: when", "question": "When was the stent placed?", "fact": "x"}],
    "assumptions": [reason("Driving events: supposed there is nothing to tell.")],
}
GROUNDS = grounds_of(ANSWER, CARRIERS, CLASSES)


@pytest.mark.parametrize(
    "said",
    [
        "Tundra Life looks best, likely at Standard Plus.",
        "The best offer is likely Standard Plus. It comes from Tundra Life.",
        "Nordhavn Life would likely come in at table four, and could decline.",
        "Nordhavn Life takes up to 1.5M.",
        "Nordhavn Life takes up to $1,500,000; Tundra Life looks at an A1C up to 7.5.",
        "Still open is when the stent was placed.",
        "Tundra Life is likely Standard Plus. They may go as far as Preferred.",
    ],
)
def test_the_answer_said_again_may_stand(said: str) -> None:
    assert may_stand(said, GROUNDS)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("Tundra Life is likely Preferred Plus.", "a class that the answer has not"),
        ("Tundra Life is likely Preferred plus.", "whatever its capitals"),
        ("Tundra Life is likely Standard.", "a class inside another's name"),
        ("Tundra Life comes to table 4.", "what the answer says of another carrier"),
        ("Tundra Life could decline.", "the outcome of another carrier"),
        ("Tundra Life fits. They could decline.", "the same a sentence later"),
        ("Prairie Mutual is likely Standard Plus.", "a carrier that the answer has not"),
        ("Prudential takes this at Standard Plus.", "a carrier that nobody here knows"),
        ("Ask prudently, or try Acme.", "a name that nobody here knows"),
        ("Nordhavn Life: wait 6 months.", "an invented figure"),
        ("Nordhavn Life: wait six months.", "an invented figure in words"),
        ("Nordhavn Life takes up to 15M.", "a figure of another size"),
        ("Nordhavn Life takes an A1C up to 7.5.", "another carrier's figure"),
        ("Tundra Life postpones it.", "an outcome that the answer has not"),
        ("Likely table B.", "a table by its letter"),
        ("Wait ٦ months.", "figures of another script"),
        ("Wait ⁶ months.", "a small raised figure"),
        ("See https://example.com for Tundra Life.", "an address"),
        ("Write to tundra@example.com.", "an address of mail"),
        ("Tundra Life\u202e fits.", "letters that turn the line around"),
        ("Tundra Life fits.\x07", "a control character"),
        ("", "nothing"),
        ("Tundra Life fits. " * 100, "too long"),
    ],
)
def test_anything_more_is_refused(said: str, why: str) -> None:
    assert not may_stand(said, GROUNDS), why


def test_the_length_is_bounded_where_it_says() -> None:
    line = "Tundra Life fits. "
    assert may_stand((line * 99)[: LONGEST - 1] + ".", GROUNDS)
    assert not may_stand((line * 99)[:LONGEST] + ".", GROUNDS)


@given(st.integers(min_value=0, max_value=10**9))
def test_no_figure_is_let_in_that_the_answer_has_not(number: int) -> None:
    known = {2, 3, 4, 1, 1_500_000}
    assert may_stand(f"The limit is {number}.", GROUNDS) is (number in known)


@given(st.text(max_size=200))
def test_whatever_is_said_gets_an_answer(said: str) -> None:
    assert may_stand(said, Grounds((), {}, frozenset(), frozenset())) in {True, False}


@given(st.sampled_from(CLASSES), st.sampled_from(CARRIERS))
def test_a_carrier_gets_only_its_own_classes(risk_class: str, carrier: str) -> None:
    own = {"Tundra Life": {"Standard Plus", "Preferred"}}
    said = f"{carrier} comes to {risk_class}."
    assert may_stand(said, GROUNDS) is (risk_class in own.get(carrier, set()))


FACTS: dict[str, Any] = {
    "born": "1979-02-11", "sex": "male", "zip": "75001", "county": "Collin", "jurisdiction": "TX",
    "occupation": "works for Ola Nordmann", "nicotine": [],
    "owner": {"name": "Kari Hope"}, "beneficiaries": [{"name": "Siri Moe"}],
    "blood_pressure": {"systolic": 128, "diastolic": 82, "measured": "2026-01-02"},
    "conditions": [
        {"name": "stent of John Smith", "since": "2019-05-04", "details": {"ef": 55, "by": "Dr Who"}},
        {"name": "Ola's moon sickness"},
    ],
    "medications": [{"name": "Lipitor, says Kari"}, {"name": "Karipill"}],
    "wants": {"line": "term_life", "face_amount": "500000"},
}  # fmt: skip


def test_what_is_known_is_told_in_nobodys_own_words() -> None:
    told = "; ".join(known_of(FACTS, ON))
    assert "age: 47" in told
    assert "Coronary stent or angioplasty, since 2019, ef 55" in told
    assert "takes atorvastatin" in told
    assert "systolic 128" in told
    assert "wants face amount: 500000" in told
    for private in ("1979", "75001", "Collin", "Ola", "Kari", "Siri", "John", "Who", "05-04"):
        assert private not in told


def test_of_several_people_the_first_is_told() -> None:
    people = {"people": [{"age": 40, "nicotine": [{"product": "cigar"}]}, {"age": 41}], "wants": []}
    assert known_of(people, ON) == ["age: 40", "nicotine: cigar"]


def test_what_is_sent_is_the_answer_and_no_more_than_fits() -> None:
    system, text = to_say_again(ANSWER, ["age: 47"], "Norwegian")
    sent = json.loads(text)
    assert "Norwegian" in system
    assert sent["known"] == ["age: 47"]
    assert list(sent["answer"]["carriers"]) == ["Tundra Life", "Nordhavn Life"]
    assert sent["answer"]["still_to_ask"] == ["When was the stent placed?"]
    many = {**ANSWER, "carriers": [says(f"Carrier {n}", "x" * 900) for n in range(30)]}
    _, text = to_say_again(many, [], "English")
    assert len(text) < 6500
    assert len(json.loads(text)["answer"]["carriers"]) <= 8
