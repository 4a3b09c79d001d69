"""A question asked again: what was changed holds, what it is about follows, what was added stays."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.asking.reading import understand
from megler.underwriting.rules.asking.understood import Intent
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.question_edits import (
    asked_with,
    edited,
    is_addition,
    merged,
    without,
)
from megler.underwriting.rules.question_fields import Field, Kind, groups_of
from megler.vocabulary.problems import errors

ON = date(2026, 11, 23)
BORN = Field("age", Kind.AGE, "52")
SINCE = Field("conditions[0].since", Kind.DAY)
A1C = Field("conditions[0].details.a1c", Kind.NUMBER, "7.1")
FACTS: dict[str, Any] = {
    "age": 52,
    "conditions": [{"name": "stent", "details": {"a1c": 7.1}}, {"name": "asthma"}],
    "wants": {"face_amount": "500000"},
}


def changed(typed: dict[str, str], *fields: Field) -> dict[str, Any]:
    found, problems = edited(FACTS, typed, fields, ON)
    assert problems == []
    return found


def test_a_field_that_shows_what_it_showed_changes_nothing() -> None:
    assert changed({"age": "52", "conditions[0].details.a1c": " 7.1 "}, BORN, A1C) == FACTS


def test_what_is_typed_changes_its_fact_and_nothing_else() -> None:
    told = changed({"conditions[0].since": "2019-05"}, SINCE)
    assert told["conditions"][0] == {"name": "stent", "details": {"a1c": 7.1}, "since": "2019-05"}
    assert told["conditions"][1] == FACTS["conditions"][1]
    assert "since" not in FACTS["conditions"][0]


def test_a_birth_date_takes_the_place_of_an_age() -> None:
    told = changed({"age": "2/11/1979"}, BORN)
    assert told["born"] == "1979-02-11"
    assert "age" not in told


def test_an_emptied_field_is_unknown_and_leaves_no_empty_shell() -> None:
    told = changed({"conditions[0].details.a1c": ""}, A1C)
    assert told["conditions"][0] == {"name": "stent"}
    amount = Field("wants.face_amount", Kind.AMOUNT, "500000")
    assert "wants" not in changed({"wants.face_amount": ""}, amount)


def test_what_cannot_be_read_is_told_with_all_the_others() -> None:
    found, problems = edited(FACTS, {"age": "old", SINCE.place: "soon"}, (BORN, SINCE), ON)
    assert found == FACTS
    assert [one.where for one in problems] == ["age", "conditions[0].since"]


def test_a_place_that_is_not_there_takes_nothing() -> None:
    far = Field("conditions[7].since", Kind.DAY)
    assert changed({"conditions[7].since": "2019"}, far) == FACTS


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ("age", {"conditions", "wants"}),
        ("wants.face_amount", {"age", "conditions"}),
        ("conditions[5]", {"age", "conditions", "wants"}),
        ("nonsense[", {"age", "conditions", "wants"}),
        ("", {"age", "conditions", "wants"}),
        ("conditions", {"age", "wants"}),
    ],
)
def test_a_fact_is_taken_away(place: str, left: set[str]) -> None:
    assert set(without(FACTS, place)) == left


def test_the_last_entry_takes_its_list_with_it_so_that_it_is_unknown_and_not_none() -> None:
    once = without(FACTS, "conditions[0]")
    assert once["conditions"] == [{"name": "asthma"}]
    assert "conditions" not in without(once, "conditions[0]")
    assert len(FACTS["conditions"]) == 2


def test_what_was_answered_stays_when_a_question_says_more() -> None:
    base = {"age": 52, "conditions": [{"name": "stent"}]}
    mine = {"age": 53, "conditions": [{"name": "stent", "since": "2019-05"}], "nicotine": []}
    theirs = {"age": 52, "conditions": [{"name": "asthma"}, {"name": "stent"}], "sex": "male"}
    assert merged(base, mine, theirs) == {
        "age": 53,
        "conditions": [{"name": "asthma"}, {"name": "stent", "since": "2019-05"}],
        "nicotine": [],
        "sex": "male",
    }


def test_what_was_taken_away_stays_away_until_it_is_said_anew() -> None:
    base = {"age": 52, "sex": "male"}
    assert merged(base, {"age": 52}, {**base, "zip": "75001"}) == {"age": 52, "zip": "75001"}
    assert merged(base, {"age": 52}, {"age": 52, "sex": "female"}) == {"age": 52, "sex": "female"}


_TREES = st.recursive(
    st.integers(0, 3),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
_DOCUMENTS = st.dictionaries(st.sampled_from("abc"), _TREES, max_size=3)


@given(_DOCUMENTS, _DOCUMENTS)
def test_without_a_change_on_one_side_the_other_holds(base: Any, other: Any) -> None:
    assert merged(base, base, other) == other
    assert merged(base, other, base) == other


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ("52 male, stent", "52 male,  Stent", True),
        ("52 male, stent?", "52 male, stent, quit 2010", True),
        ("52 male, stent", "TX resident 52 male, stent", True),
        ("52 male, stent", "60 female, stent", False),
        ("", "60 female", False),
        ("  ?", "60 female", False),
    ],
)
def test_another_question_is_of_another_person(before: str, now: str, same: bool) -> None:
    assert is_addition(before, now) is same


QUESTION = "52 male stent and asthma on metformin, cigars, preferred at Tundra Life?"


def understood() -> Any:
    return understand(QUESTION, ON, (), {"tundra-life": "Tundra Life"})


def test_what_is_asked_about_follows_the_facts() -> None:
    was = understood()
    assert {"coronary_stent", "asthma"} <= set(was.topic.codes)
    facts = dict(was.facts) | {"conditions": [{"name": "sleep apnea"}], "nicotine": []}
    facts.pop("medications")
    now = asked_with(was, facts, ON)
    assert set(now.topic.codes) == {"sleep_apnea"}
    assert now.topic.products == ()
    assert now.topic.drugs == ()
    assert now.facts == facts


def test_unchanged_facts_change_nothing() -> None:
    was = understood()
    assert asked_with(was, was.facts, ON) == was


def test_pieces_of_the_topic_may_be_left_out() -> None:
    was = understood()
    now = asked_with(was, was.facts, ON, dropped=["carrier:tundra-life", "class:preferred"])
    assert now.topic.carriers == ()
    assert now.topic.class_word == ""
    assert {one.kind for one in was.chips} - {one.kind for one in now.chips} == {"carrier", "class"}


def test_something_else_may_be_asked() -> None:
    was = understood()
    now = asked_with(was, was.facts, ON, intents=["requirements", "best", "abuse", "x"])
    assert now.intents == (Intent.BEST, Intent.REQUIREMENTS)


def test_facts_that_cannot_be_are_told() -> None:
    was = understood()
    assert errors(asked_with(was, {"age": 300}, ON).problems)


@given(st.text(max_size=120))
def test_fields_of_any_question_typed_again_change_nothing(text: str) -> None:
    facts = dict(understand(text, ON).facts)
    if errors(read_facts(facts, ON)[1]):
        return
    fields = [one for group in groups_of(facts, {}) for one in group.fields]
    assert edited(facts, {one.place: one.value for one in fields}, fields, ON) == (facts, [])
