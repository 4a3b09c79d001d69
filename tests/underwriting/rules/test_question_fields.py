"""What a facts document shows in fields: as it would be typed, grouped as people think of it."""

from typing import Any

import pytest

from megler.carriers.rules.ratings import QuestionType
from megler.underwriting.rules.asked_about import AskedOf
from megler.underwriting.rules.question_fields import (
    Kind,
    field_of,
    groups_of,
    shown,
    shown_at,
    steps,
)

A1C = AskedOf("a1c", QuestionType.NUMBER, "What was the last A1C?", (), "%", "", ("Tundra Life",))
STAGE = AskedOf("stage", QuestionType.CHOICE, "Which stage?", ("one", "two"), "", "", ("Tundra",))
FACTS: dict[str, Any] = {
    "age": 52, "sex": "male", "height_in": 70, "weight_kg": 82, "nicotine": [],
    "blood_pressure": {"systolic": 128, "diastolic": 82, "treated": True},
    "cholesterol": {"treated": False},
    "conditions": [{"name": "type 2 diabetic", "since": "2019-05", "details": {"a1c": 7.1, "x": True}}],
    "family": [{"relation": "father", "condition": "stroke", "death_age": 58}],
    "wants": {"line": "term_life", "face_amount": "1500000"},
}  # fmt: skip


def test_every_fact_has_its_field_as_it_would_be_typed() -> None:
    groups = {one.place: one for one in groups_of(FACTS, {"conditions[0]": [A1C]})}
    shown_now = {field.place: field.value for group in groups.values() for field in group.fields}
    assert shown_now == {
        "age": "52", "sex": "male", "height": "5'10", "weight": "82 kg", "blood_pressure": "128/82",
        "blood_pressure.treated": "yes", "cholesterol.treated": "no",
        "wants.line": "term_life", "wants.face_amount": "1500000",
        "conditions[0].name": "type 2 diabetic", "conditions[0].since": "2019-05",
        "conditions[0].details.a1c": "7.1", "conditions[0].details.x": "yes",
        "family[0].relation": "father", "family[0].condition": "stroke",
        "family[0].death_age": "58",
    }  # fmt: skip
    assert groups["nicotine"].fields == ()
    assert [one.place for one in groups["blood_pressure"].fields][1:] == ["blood_pressure.treated"]


def test_a_guides_question_gives_its_field_unit_words_and_kind() -> None:
    (group,) = groups_of({"conditions": FACTS["conditions"]}, {"conditions[0]": [A1C]})
    a1c = next(one for one in group.fields if one.place.endswith("a1c"))
    assert (a1c.kind, a1c.unit, a1c.question) == (Kind.NUMBER, "%", "What was the last A1C?")


def test_evidence_and_what_is_known_of_the_person_have_fields_too() -> None:
    facts = {"evidence": [{"kind": "ecg", "on": "2026-03"}], "details": {"a1c": 6.1}}
    groups = {one.place: one.fields for one in groups_of(facts, {"details": [A1C]})}
    assert [(one.kind, one.value) for one in groups["evidence[0]"]] == [
        (Kind.CHOICE, "ecg"),
        (Kind.DAY, "2026-03"),
    ]
    assert [(one.value, one.unit) for one in groups["details.a1c"]] == [("6.1", "%")]


def test_nothing_known_has_no_fields() -> None:
    assert groups_of({}, {}) == []
    assert groups_of({"wants": [], "people": [{"age": 4}], "conditions": None}, {}) == []


@pytest.mark.parametrize(
    ("fact", "place", "kind"),
    [
        ("born", "age", Kind.AGE),
        ("height_in", "height", Kind.HEIGHT),
        ("weight_lb", "weight", Kind.WEIGHT),
        ("blood_pressure.diastolic", "blood_pressure", Kind.PRESSURE),
        ("blood_pressure.treated", "blood_pressure.treated", Kind.FLAG),
        ("cholesterol.total", "cholesterol.total", Kind.NUMBER),
        ("nicotine", "nicotine", Kind.WORDS),
        ("family", "family", Kind.WORDS),
        ("wants.face_amount", "wants.face_amount", Kind.AMOUNT),
        ("conditions[0].since", "conditions[0].since", Kind.DAY),
        ("conditions[0].details.stage", "conditions[0].details.stage", Kind.CHOICE),
        ("nicotine[0].details.per_year", "nicotine[0].details.per_year", Kind.NUMBER),
    ],
)
def test_what_is_asked_for_has_a_field(fact: str, place: str, kind: Kind) -> None:
    found = field_of({}, fact, [STAGE])
    assert found is not None
    assert (found.place, found.kind) == (place, kind)


@pytest.mark.parametrize("fact", ["", "x", "conditions[0].details.unheard", "conditions[0]", "[0]"])
def test_what_nobody_asks_has_none(fact: str) -> None:
    assert field_of({}, fact, [STAGE]) is None


def test_values_are_shown_as_typed() -> None:
    assert shown(Kind.FLAG, True) == "yes"
    assert shown(Kind.TEXT, {"a": 1}) == ""
    assert shown_at({"height_in": 70.5}, "height") == "70.5 in"
    assert shown_at({"blood_pressure": {"systolic": 128}}, "blood_pressure") == ""
    assert shown_at({"conditions": []}, "conditions[3].name") == ""
    assert steps("wants.face_amount") == ["wants", "face_amount"]
