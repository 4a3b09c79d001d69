"""What agents type on the quote page."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.quoting.rules.entry import facts_from_entry

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("typed", "inches"),
    [
        ("5'10", 70),
        ('5’10"', 70),
        ("5-10", 70),
        ("5 10", 70),
        ("6'", 72),
        ("70", 70),
        ("70 in", 70),
        ("5ft 4in", 64),
    ],
)
def test_heights_are_read_as_the_trade_writes_them(typed: str, inches: int) -> None:
    facts, problems = facts_from_entry({"height": typed}, TODAY)
    assert facts["height_in"] == inches
    assert not problems


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("500k", "500000"),
        ("1.5M", "1500000"),
        ("$250,000", "250000"),
        ("1mm", "1000000"),
        ("500 000", "500000"),
        ("100000.50", "100000.5"),
    ],
)
def test_amounts_are_read_as_the_trade_writes_them(typed: str, amount: str) -> None:
    facts, problems = facts_from_entry({"face_amount": typed}, TODAY)
    assert facts["wants"] == {"face_amount": amount}
    assert not problems


def test_metric_and_imperial_keep_their_own_keys() -> None:
    facts, _ = facts_from_entry({"height": "178", "weight": "82,5 kg"}, TODAY)
    assert (facts["height_cm"], facts["weight_kg"]) == (178, 82.5)


def test_an_empty_page_knows_nothing() -> None:
    assert facts_from_entry({"sex": " ", "nicotine": "", "family": ""}, TODAY) == (
        {"wants": {}},
        [],
    )


def test_never_and_none_are_known_and_empty() -> None:
    facts, _ = facts_from_entry({"nicotine": "never", "family": "none"}, TODAY)
    assert (facts["nicotine"], facts["family"]) == ([], [])


def test_nothing_to_tell_empties_every_list_of_the_history() -> None:
    facts, _ = facts_from_entry({"history": "none"}, TODAY)
    assert facts["conditions"] == facts["driving"] == facts["travel"] == []
    assert "conditions" not in facts_from_entry({}, TODAY)[0]


def test_a_relative_without_an_age_at_death_lives() -> None:
    typed = {"family": "some", "family_relation_1": "father", "family_onset_age_1": "55"}
    facts, _ = facts_from_entry(typed, TODAY)
    assert facts["family"] == [{"relation": "father", "onset_age": 55, "alive": True}]


def test_present_use_was_last_today() -> None:
    facts, _ = facts_from_entry({"nicotine": "now", "nicotine_product": "cigar"}, TODAY)
    assert facts["nicotine"] == [{"product": "cigar", "last_used": "2026-06-01"}]


def test_stopped_without_a_month_is_a_problem_of_that_field() -> None:
    facts, problems = facts_from_entry({"nicotine": "stopped"}, TODAY)
    assert "nicotine" not in facts
    assert [(p.code, p.where) for p in problems] == [("missing", "nicotine_last_used")]


@pytest.mark.parametrize("typed", ["Infinity", "NaN", "1e9999999", "-inf"])
def test_what_is_a_number_only_to_a_machine_is_not_read(typed: str) -> None:
    _, problems = facts_from_entry({"cholesterol_total": typed}, TODAY)
    assert [p.where for p in problems] == ["cholesterol_total"]


def test_every_unreadable_field_is_named_at_once() -> None:
    typed = {"height": "tall", "weight": "5 stone", "blood_pressure": "high", "face_amount": "lots"}
    _, problems = facts_from_entry(typed, TODAY)
    assert {p.where for p in problems} == set(typed)
    assert {p.found for p in problems} == set(typed.values())


FIELDS = [
    "born", "sex", "jurisdiction", "age", "height", "weight", "nicotine", "nicotine_last_used",
    "blood_pressure", "blood_pressure_treated", "cholesterol_total", "family", "family_relation_1",
    "family_onset_age_1", "line", "face_amount", "term_years", "mode",
]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_whatever_is_typed_is_read_or_named(typed: dict[str, str]) -> None:
    facts, problems = facts_from_entry(typed, TODAY)
    assert isinstance(facts, dict)
    assert all(p.where in FIELDS for p in problems)
