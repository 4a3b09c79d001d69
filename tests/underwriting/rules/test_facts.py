import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.underwriting.rules.document import facts_from_text
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Day
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Mode, RequirementKind, Sex
from megler.vocabulary.problems import errors
from tests.underwriting.documents import documents
from tests.underwriting.guides import ON

EXAMPLE = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    "zip": "75001",
    "height_in": 64,
    "weight_lb": 150,
    "nicotine": [{"product": "cigarette", "last_used": "2023-05-01", "per_week": 20}],
    "blood_pressure": {"systolic": 128, "diastolic": 82, "treated": False},
    "cholesterol": {"total": 210, "hdl_ratio": 4.1, "treated": False},
    "family": [
        {
            "relation": "father",
            "condition": "coronary artery disease",
            "onset_age": 58,
            "death_age": 59,
        }
    ],
    "conditions": [
        {
            "name": "diabetes type 2",
            "icd10": "E11.9",
            "since": "2015-06",
            "details": {"a1c": 6.8},
        }
    ],
    "medications": [{"name": "metformin", "since": "2015-06"}],
    "driving": [{"event": "dui", "on": "2018-04-01"}],
    "criminal": [],
    "avocations": [{"name": "scuba", "details": {"max_depth_ft": 90}}],
    "travel": [{"country": "NO", "days": 20}],
    "occupation": "electrician",
    "income_annual": "90000",
    "net_worth": "400000",
    "wants": {
        "line": "term_life",
        "face_amount": "500000",
        "term_years": 20,
        "mode": "monthly",
        "riders": ["waiver_of_premium"],
        "premium_max": None,
    },
}


def test_the_documented_example_reads_whole() -> None:
    facts, problems = read_facts(EXAMPLE, ON)
    assert problems == []
    assert facts is not None
    person, (wants,) = facts.insured, facts.wants
    assert person.sex is Sex.FEMALE
    assert (person.height_in, person.weight_lb) == (Decimal(64), Decimal(150))
    assert person.conditions is not None
    assert person.conditions[0].since == Day(date(2015, 6, 1), date(2015, 6, 30))
    assert person.driving is not None
    assert (person.driving[0].name, person.criminal) == ("dui", ())
    assert (wants.face_amount, wants.premium_max) == (Decimal(500000), None)
    assert wants.mode is Mode.MONTHLY
    assert facts.document is EXAMPLE


def test_missing_and_null_are_unknown_and_an_empty_list_is_none() -> None:
    facts, _ = read_facts({"nicotine": [], "family": None}, ON)
    assert facts is not None
    person = facts.insured
    assert (person.nicotine, person.family, person.conditions) == ((), None, None)


def test_a_list_may_say_that_it_is_not_complete() -> None:
    facts, _ = read_facts({"nicotine": [], "nicotine_complete": False, "family": []}, ON)
    assert facts is not None
    assert facts.insured.incomplete == {"nicotine"}


def test_metric_build_becomes_inches_and_pounds() -> None:
    facts, _ = read_facts({"height_cm": 162.56, "weight_kg": 68}, ON)
    assert facts is not None
    assert facts.insured.height_in == 64
    assert facts.insured.weight_lb is not None
    assert round(facts.insured.weight_lb, 2) == Decimal("149.91")


def test_a_ratio_is_reckoned_from_total_and_hdl() -> None:
    facts, _ = read_facts({"cholesterol": {"total": 200, "hdl": 40}}, ON)
    assert facts is not None
    assert facts.insured.cholesterol is not None
    assert facts.insured.cholesterol.hdl_ratio == 5


def test_this_month_reaches_only_to_today() -> None:
    facts, _ = read_facts({"nicotine": [{"last_used": "2026-03"}]}, ON)
    assert facts is not None
    assert facts.insured.nicotine is not None
    assert facts.insured.nicotine[0].last_used == Day(ON, ON)


def test_a_month_of_birth_leaves_the_age_open_only_around_the_birthday() -> None:
    facts, _ = read_facts({"born": "1979-03"}, date(2026, 3, 15))
    assert facts is not None
    assert facts.insured.ages(date(2026, 3, 15), AgeBasis.LAST) == (46, 47)
    assert facts.insured.ages(date(2026, 4, 1), AgeBasis.LAST) == (47, 47)


def test_a_whole_number_written_with_a_point_stays_whole() -> None:
    facts, problems = read_facts({"age": 47.0, "wants": {"term_years": 20.0}}, ON)
    assert facts is not None, problems
    assert (repr(facts.insured.age), repr(facts.wants[0].term_years)) == ("47", "20")


def test_people_are_read_each_and_wishes_find_theirs() -> None:
    document = {
        "people": [{"id": "kari", "age": 40}, {"id": "ola", "role": "spouse", "age": 42}],
        "wants": [{"people": ["ola"]}, {}],
    }
    facts, problems = read_facts(document, ON)
    assert facts is not None, problems
    lives = [facts.lives_of(wants) for wants in facts.wants]
    assert [[life.id for life in each] for each in lives] == [["ola"], ["kari"]]


@pytest.mark.parametrize(
    ("document", "where", "code"),
    [
        ({"people": [{"id": "a"}], "age": 40}, "age", "facts_both_people_and_top"),
        ({"people": [{"id": "a"}, {"id": "a"}]}, "people[1].id", "facts_duplicate_person"),
        ({"people": [{"id": "a", "born": "2030-01-01"}]}, "people[0].born", "facts_in_the_future"),
        ({"wants": [{"people": ["b"]}]}, "wants[0].people[0]", "facts_unknown_person"),
        ({"wants": {"face_amount": "0"}}, "wants.face_amount", "facts_zero_amount"),
    ],
)
def test_a_document_that_contradicts_itself_is_refused(
    document: object, where: str, code: str
) -> None:
    facts, problems = read_facts(document, ON)
    assert facts is None
    assert [(p.where, p.code) for p in problems] == [(where, code)]


def test_shape_and_sense_are_told_together() -> None:
    facts, problems = read_facts({"sexx": "male", "born": "2030-01-01", "age": "47"}, ON)
    assert facts is None
    assert {p.where for p in problems} == {"sexx", "born", "age"}


def test_a_warning_stops_nothing() -> None:
    facts, problems = read_facts({"zip": "75001", "jurisdiction": "NY"}, ON)
    assert facts is not None
    assert [p.code for p in problems] == ["facts_zip_elsewhere"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"age": 40, "age": 41}', "facts_duplicate_key"),
        ('{"wants": {"line": null, "line": null}}', "facts_duplicate_key"),
        ('{"age": 40', "facts_not_json"),
        ("", "facts_not_json"),
        ("[" * 100_000, "facts_too_deep"),
        ('{"weight_lb": NaN}', "facts_not_a_number"),
        ('{"weight_lb": 1e999}', "facts_out_of_range"),
        ("[1]", "facts_wrong_type"),
    ],
)
def test_a_text_that_is_no_facts_document_is_refused(text: str, code: str) -> None:
    facts, problems = facts_from_text(text, ON)
    assert facts is None
    assert [p.code for p in problems] == [code]


@given(documents())
@settings(max_examples=150, deadline=None)
def test_any_document_of_the_schema_reads_or_is_refused_with_problems(document: object) -> None:
    facts, problems = read_facts(document, ON)
    assert (facts is None) == bool(errors(problems))
    assert not [p for p in problems if p.code in {"facts_unknown_key", "facts_wrong_type"}]
    again, _ = facts_from_text(json.dumps(document), ON)
    assert again == facts


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["born", "wants", "people", "nicotine", "id", "x"]), inner
            )
        ),
        max_leaves=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_nothing_at_all_makes_reading_fail(document: object) -> None:
    facts, problems = read_facts(document, ON)
    assert (facts is None) == bool(errors(problems))


def test_evidence_on_file_is_read_with_its_day_and_carrier() -> None:
    facts, problems = read_facts(
        {"evidence": [{"kind": "blood_profile", "on": "2026-01", "carrier": "fjordlife"}]}, ON
    )
    assert facts is not None
    assert problems == []
    (held,) = facts.insured.evidence or ()
    assert (held.kind, held.carrier) == (RequirementKind.BLOOD_PROFILE, "fjordlife")
    assert held.on == Day(date(2026, 1, 1), date(2026, 1, 31))


def test_evidence_that_is_none_of_the_kinds_or_of_the_future_is_refused_at_its_place() -> None:
    told = {"evidence": [{"kind": "xray"}, {"kind": "ecg", "on": "2027-01-01"}, {"on": "2026-01"}]}
    _, problems = read_facts(told, ON)
    assert {(p.where, p.code) for p in problems} == {
        ("evidence[0].kind", "facts_not_in_list"),
        ("evidence[1].on", "facts_in_the_future"),
        ("evidence[2]", "facts_missing_key"),
    }
