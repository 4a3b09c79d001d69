"""What was typed is read into one shape, or told as a problem; never an exception."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.forms.rules.answers import read_answer, routing_possible, ssn_possible
from megler.forms.rules.questionnaire import AnswerType, Question
from megler.forms.rules.shown import shown_answer
from tests.forms.asking import small


def _question(kind: str, **more: Any) -> Question:
    if kind == "choice":
        more.setdefault("choices", (("never", "Never"), ("past", "In the past")))
    if kind == "list":
        return small().by_key["heirs"]
    return Question("q", AnswerType(kind), "Q", "Q", **more)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  Kari \t Hope ", "Kari Hope"),
        ("text", "   ", None),
        ("text", None, None),
        ("text", "a\x00b", "ab"),
        ("long_text", "one\r\n two ", "one\ntwo"),
        ("date", "6/14/1985", "1985-06-14"),
        ("date", "1985-06-14", "1985-06-14"),
        ("money", "$250,000.50", "250000.5"),
        ("money", 90000, "90000"),
        ("whole", "1,200", 1200),
        ("percent", "33.33 %", "33.33"),
        ("choice", "never", "never"),
        ("choice", "In the past", "past"),
        ("yes_no", "Y", "yes"),
        ("yes_no", False, "no"),
        ("ssn", "078-05-1121", "078051121"),
        ("phone", "+1 (512) 555-0142", "5125550142"),
        ("phone", "+47 22 33 44 55", "+4722334455"),
        ("email", "Kari@Example.COM", "kari@example.com"),
        ("state", "texas", "TX"),
        ("routing", "021000021", "021000021"),
        ("account", "12 345-678", "12345678"),
    ],
)
def test_an_answer_is_normalised(kind: str, typed: object, value: object) -> None:
    assert read_answer(_question(kind), typed) == (value, [])


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("date", "02/30/2024", "not_a_date"),
        ("date", "14.6.85", "not_a_date"),
        ("money", "lots", "not_an_amount"),
        ("money", "1.005", "not_an_amount"),
        ("money", "-5", "out_of_range"),
        ("whole", "1.5", "not_a_whole_number"),
        ("percent", "101", "out_of_range"),
        ("choice", "sometimes", "not_a_choice"),
        ("yes_no", "perhaps", "not_yes_or_no"),
        ("ssn", "000-12-3456", "not_an_ssn"),
        ("ssn", "666-12-3456", "not_an_ssn"),
        ("ssn", "912-12-3456", "not_an_ssn"),
        ("ssn", "078-00-1121", "not_an_ssn"),
        ("ssn", "078-05-0000", "not_an_ssn"),
        ("ssn", "078-05-112", "not_an_ssn"),
        ("phone", "555-0142", "not_a_phone"),
        ("email", "kari@example", "not_an_email"),
        ("email", "kari..h@example.com", "not_an_email"),
        ("state", "Oslo", "not_a_state"),
        ("routing", "021000022", "not_a_routing_number"),
        ("account", "123", "not_an_account_number"),
        ("text", "x" * 201, "too_long"),
        ("text", {"a": 1}, "wrong_type"),
        ("list", "Ola", "wrong_type"),
        ("address", "1 Oak St", "wrong_type"),
    ],
)
def test_what_cannot_be_read_is_told(kind: str, typed: object, code: str) -> None:
    value, problems = read_answer(_question(kind), typed)
    assert value is None
    assert [p.code for p in problems] == [code]


@pytest.mark.parametrize("kind", ["ssn", "account"])
def test_a_secret_number_is_never_repeated_in_a_problem(kind: str) -> None:
    _, problems = read_answer(_question(kind), "12")
    assert problems[0].found == ""


def test_bounds_are_told() -> None:
    value, problems = read_answer(_question("whole", min=1, max=28), "29")
    assert (value, problems[0].code, problems[0].expected) == (None, "out_of_range", "1–28")


def test_an_address_is_read_by_its_parts() -> None:
    typed = {
        "street": " 1 Oak St ",
        "city": "Addison",
        "state": "texas",
        "zip": "75001",
        "unit": "",
    }
    value, problems = read_answer(_question("address"), typed)
    assert problems == []
    assert value == {"street": "1 Oak St", "city": "Addison", "state": "TX", "zip": "75001"}


def test_every_wrong_part_of_an_address_is_told_at_once() -> None:
    typed = {"state": "Oslo", "zip": "7500", "planet": "Mars"}
    _, problems = read_answer(_question("address"), typed)
    assert [(p.code, p.where) for p in problems] == [
        ("unknown_key", "q"),
        ("not_a_state", "q.state"),
        ("not_a_zip", "q.zip"),
    ]


def test_a_list_leaves_empty_items_out_and_names_wrong_fields() -> None:
    heirs = small().by_key["heirs"]
    empty: dict[str, str] = {"who": "", "class": "", "share": ""}
    value, problems = read_answer(heirs, [{"who": "Ola", "share": "50%"}, empty])
    assert (value, problems) == ([{"who": "Ola", "share": "50"}], [])

    value, problems = read_answer(heirs, [{"who": "Ola"}, {"share": "half", "shoe": "42"}])
    assert value is None
    assert [p.where for p in problems] == ["heirs[1]", "heirs[1].share"]


@given(
    st.sampled_from([kind.value for kind in AnswerType]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=6,
    ),
)
def test_anything_at_all_is_read_or_told(kind: str, typed: object) -> None:
    question = _question(kind)
    value, problems = read_answer(question, typed)
    assert value is None or problems == []
    if value is not None:
        assert isinstance(shown_answer(question, value), str)


@pytest.mark.parametrize("kind", ["money", "percent", "whole", "date", "ssn", "phone"])
@pytest.mark.parametrize(
    "typed",
    ["9" * 40, "9" * 5000, 10**6000, float("inf"), float("nan"), "²", "1e999", "٣٣"],
    ids=lambda typed: type(typed).__name__,
)
def test_a_number_beyond_all_bounds_is_told(kind: str, typed: object) -> None:
    value, problems = read_answer(_question(kind), typed)
    assert value is None
    assert problems


@given(
    st.sampled_from(["date", "money", "whole", "percent", "ssn", "phone", "state", "routing"]),
    st.text(alphabet="0123456789-/.$%+() TXtx", max_size=14),
)
def test_reading_a_value_again_changes_nothing(kind: str, typed: str) -> None:
    question = _question(kind)
    value, problems = read_answer(question, typed)
    if not problems:
        assert read_answer(question, value) == (value, [])


@given(st.integers(0, 10**9 - 1))
def test_no_impossible_area_is_an_ssn(number: int) -> None:
    digits = f"{number:09d}"
    if digits[:3] in {"000", "666"} or digits[0] == "9":
        assert not ssn_possible(digits)


@given(st.integers(1, 10**8 - 1))
def test_exactly_one_check_digit_makes_a_routing_number(first_eight: int) -> None:
    fitting = [d for d in range(10) if routing_possible(f"{first_eight:08d}{d}")]
    assert len(fitting) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "read"),
    [
        ("money", "250,000", "250000"),
        ("money", "$ 1 250 000.50", "1250000.5"),
        ("money", "12,34", None),
        ("money", "1,2,3", None),
        ("money", "12 50", None),
        ("money", "1,0000", None),
        ("money", "-0", "0"),
        ("percent", "3,3 %", None),
        ("percent", "-0.0", "0"),
        ("whole", "1,5", None),
        ("whole", "1,500", 1500),
    ],
)
def test_commas_and_blanks_part_thousands_alone(kind: str, typed: str, read: object) -> None:
    value, problems = read_answer(Question("n", AnswerType(kind), "N", "N"), typed)
    assert value == read
    assert bool(problems) is (read is None)
