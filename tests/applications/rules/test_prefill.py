"""What the quote knows is not asked again; what it does not know is not invented."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.applications.rules.prefill import answers_from
from megler.applications.rules.prefill_lines import insured_of
from megler.applications.rules.questionnaires import questionnaire
from megler.forms.rules.answers import read_answer

TODAY = date(2026, 11, 23)
OFFER = {"carrier_name": "Fjord Life", "product_name": "Fjord Term", "face_amount": "500000"}


def _from(**facts: Any) -> dict[str, Any]:
    return answers_from(facts, OFFER, TODAY)


def test_the_offer_and_the_person_are_filled_in() -> None:
    found = _from(born="1985-06-14", sex="female", jurisdiction="TX", zip="75001", height_cm=165)
    assert found["insured_born"] == "1985-06-14"
    assert found["insured_address"] == {"state": "TX", "zip": "75001"}
    assert found["height_in"] == 65
    assert found["cover_face_amount"] == "500000"


def test_the_unknown_is_left_to_be_asked() -> None:
    assert set(_from()) == {"cover_carrier", "cover_product", "cover_face_amount"}


def test_a_month_is_no_birth_date() -> None:
    assert "insured_born" not in _from(born="1985-06")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"nicotine": []}, "never"),
        ({"nicotine": [{"product": "cigar", "last_used": "2020-05-01"}]}, "past"),
        ({"nicotine": [{"product": "cigar", "last_used": "2026-11-20"}]}, "current"),
        ({"nicotine": [{"product": "cigar"}]}, None),
        ({"nicotine": [], "nicotine_complete": False}, None),
        ({}, None),
    ],
)
def test_nicotine_is_answered_only_when_known(facts: dict[str, Any], said: str | None) -> None:
    assert answers_from(facts, OFFER, TODAY).get("nicotine") == said


def test_an_empty_list_is_a_no_and_a_full_one_a_yes_with_details() -> None:
    assert _from(driving=[])["driving"] == "no"
    found = _from(driving=[{"event": "dui", "on": "2024-04-01"}])
    assert (found["driving"], found["driving_details"]) == ("yes", "dui, 2024-04-01")


def test_cover_in_force_answers_replacement_when_each_says() -> None:
    found = _from(in_force=[{"carrier": "A", "amount": "1000", "issued": "2010", "replace": True}])
    assert (found["has_existing"], found["replacing"]) == ("yes", "yes")
    assert found["existing_cover"][0]["year_issued"] == "2010"
    assert "replacing" not in _from(in_force=[{"carrier": "A"}])
    assert _from(in_force=[])["replacing"] == "no"


def test_others_of_the_facts_become_answers() -> None:
    found = _from(
        citizenship="NO",
        visa="H-1B",
        owner={"name": "Hope Trust"},
        beneficiaries=[{"name": "Ola", "relation": "spouse", "share_percent": 100}],
        medications=[{"name": "metformin"}],
        blood_pressure={"systolic": 128, "diastolic": 82, "treated": True},
        family=[{"relation": "father", "condition": "cancer", "onset_age": 58}],
        pending=[{"carrier": "B", "amount": "2000"}],
    )
    assert found["insured_visa"] == "NO, H-1B"
    assert (found["owner_is_insured"], found["owner_name"]) == ("no", "Hope Trust")
    assert found["beneficiaries"][0]["class"] == "primary"
    assert found["takes_medication"] == "yes"
    assert found["med_pressure"] == "yes"
    assert found["family_history"] == "yes"
    assert found["has_pending_details"] == "B, 2000"


def test_of_several_people_the_insured_is_taken() -> None:
    people = [{"id": "a", "role": "owner"}, {"id": "b", "role": "insured"}]
    assert insured_of({"people": people})["id"] == "b"


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "born": st.dates(date(1930, 1, 1), date(2026, 1, 1)).map(str),
            "sex": st.sampled_from(["female", "male"]),
            "height_in": st.integers(30, 90),
            "weight_kg": st.integers(10, 200),
            "nicotine": st.just([]),
            "driving": st.just([{"event": "dui"}]),
            "medications": st.just([{"name": "a"}]),
            "in_force": st.just([{"carrier": "A", "amount": "5", "issued": "2001-02"}]),
        },
    )
)
def test_whatever_is_filled_in_can_be_read_as_an_answer(facts: dict[str, Any]) -> None:
    made = questionnaire("life")
    for key, raw in answers_from(facts, OFFER, TODAY).items():
        if key in made.by_key:
            value, problems = read_answer(made.by_key[key], raw)
            assert value is not None
            assert problems == []
