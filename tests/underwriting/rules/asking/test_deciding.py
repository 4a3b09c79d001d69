"""What is asked back, and what is answered though more could be known."""

import pytest

from megler.underwriting.rules.asking.answers import AnswerKind
from tests.underwriting.rules.asking.market import answered


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("my client is diabetic, who should i go with", "born"),
        ("can a guy with a heart attack in 2019 get term", "born"),
        ("cancer survivor, 50, which company?", "conditions[0].name"),
        ("55 male, heart attack, 500k, who is best", "conditions[0].since"),
        ("65 male on eliquis, 500k, who is best", "conditions"),
        ("what labs do they need at 300k", "born"),
    ],
)
def test_what_decides_is_asked_first(question: str, fact: str) -> None:
    found = answered(question)
    assert found.kind is AnswerKind.ASKS
    assert found.asks[0].fact == fact


@pytest.mark.parametrize(
    "question",
    [
        "55 male, heart attack 2015, 500k, who is best",
        "55 male, lisinopril, 500k, who is best",
        "48 f ozempic for weight, 5'5 185, who is best",
        "31 m truvada, its just prep, who is best",
        "50 male, afib on eliquis, 500k",
    ],
)
def test_what_may_be_supposed_is_answered(question: str) -> None:
    assert answered(question).kind is AnswerKind.ANSWERED


def test_two_people_are_asked_about_one_at_a_time() -> None:
    found = answered("husband 45 healthy, wife 43 type 1 diabetic. 500k each")
    assert (found.kind, [one.code for one in found.summary]) == (AnswerKind.ASKS, ["one_at_a_time"])
    assert not found.says


def test_a_body_mass_index_alone_does_not_tell_the_build() -> None:
    found = answered("34 f bmi 38 500k, who is best")
    assert found.kind is AnswerKind.ASKS
    assert [ask.fact for ask in found.asks][:2] == ["height_in", "weight_lb"]


def test_a_drug_asked_of_alone_is_answered_by_what_it_is_for() -> None:
    found = answered("how do carriers treat metformin")
    assert found.summary[0].code == "drug_is_for"
    assert {one.headline.params["impairment"] for one in found.says} == {"Diabetes type 2"}
