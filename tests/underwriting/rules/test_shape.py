from typing import Any

import pytest
from jsonschema import Draft202012Validator

from megler.underwriting.rules.shape import days_of, facts_schema, shape_problems, shown

_SEXES = "female, male"


def parts(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, dict):
        return [schema, *(p for value in schema.values() for p in parts(value))]
    return [p for value in schema for p in parts(value)] if isinstance(schema, list) else []


def test_the_published_schema_is_a_valid_schema_that_refuses_unknown_keys_everywhere() -> None:
    schema = facts_schema()
    Draft202012Validator.check_schema(schema)
    objects = [p for p in parts(schema) if "properties" in p and isinstance(p["properties"], dict)]
    assert len(objects) > 15
    assert all(p.get("additionalProperties") is False for p in objects)


def test_a_person_of_several_has_every_key_that_a_single_one_has() -> None:
    schema = facts_schema()
    alone = set(schema["properties"]) - {"people", "wants"}
    assert set(schema["properties"]["people"]["items"]["properties"]) == alone | {"id", "role"}


@pytest.mark.parametrize(
    ("document", "where", "code", "expected"),
    [
        ({"borm": "1979-02-11"}, "borm", "facts_unknown_key", "born"),
        ({"wants": {"face_amonut": "1"}}, "wants.face_amonut", "facts_unknown_key", "face_amount"),
        (
            {"wants": [{}, {"face_amount": 500000}]},
            "wants[1].face_amount",
            "facts_wrong_type",
            'string such as "500000"',
        ),
        (
            {"people": [{"id": "a", "sex": "F"}]},
            "people[0].sex",
            "facts_not_in_list",
            "female, male",
        ),
        ({"people": [{}]}, "people[0]", "facts_missing_key", "id"),
        ({"born": "1979-02-30"}, "born", "facts_impossible_date", "a day of the calendar"),
        ({"born": "11.2.1979"}, "born", "facts_malformed", "2023-05-01"),
        ({"born": "1979-02-11\n"}, "born", "facts_control_character", ""),
        ({"occupation": "a\x00b"}, "occupation", "facts_control_character", ""),
        ({"income_annual": "-5"}, "income_annual", "facts_negative", "500000"),
        ({"age": 121}, "age", "facts_out_of_range", "0 to 120"),
        ({"weight_lb": True}, "weight_lb", "facts_wrong_type", "number"),
        ({"weight_lb": float("nan")}, "weight_lb", "facts_not_a_number", ""),
        ({"zip": "٧٥٠٠١"}, "zip", "facts_malformed", "75001"),
        ({"nicotine": "never"}, "nicotine", "facts_wrong_type", "array"),
        ([], "facts", "facts_wrong_type", "object"),
        (None, "facts", "facts_wrong_type", "object"),
    ],
)
def test_what_the_schema_forbids_is_named_with_its_place(
    document: object, where: str, code: str, expected: str
) -> None:
    problems, _ = shape_problems(document)
    assert [(p.where, p.code, p.expected) for p in problems] == [(where, code, expected)]


def test_null_is_unknown_everywhere() -> None:
    schema = facts_schema()["properties"]
    assert shape_problems(dict.fromkeys(schema)) == ([], dict.fromkeys(schema))


def test_every_violation_is_told_and_what_is_sound_stays() -> None:
    document = {"born": 1979, "sex": "male", "colour": "red", "wants": {"face_amount": ""}}
    problems, clean = shape_problems(document)
    assert {p.where for p in problems} == {"born", "colour", "wants.face_amount"}
    assert clean == {"sex": "male", "wants": {}}
    assert document["born"] == 1979


def test_a_month_reaches_from_its_first_to_its_last_day() -> None:
    assert [d.isoformat() for d in days_of("2015-12")] == ["2015-12-01", "2015-12-31"]


def test_what_was_found_is_shown_short_and_printable() -> None:
    assert shown("a\x00" + "b" * 200) == "a\ufffd" + "b" * 77 + "…"
