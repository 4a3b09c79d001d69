"""The fields of the assessment page make facts, and facts from elsewhere fill the fields."""

from datetime import date

from megler.underwriting.rules.assess_entry import entry_of_facts, facts_of_entry
from megler.underwriting.rules.facts import read_facts

ON = date(2026, 3, 1)
DOCUMENT = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    "height_in": 64,
    "weight_lb": 150,
    "nicotine": [{"product": "cigar", "last_used": "2025-11", "details": {"per_year": 12}}],
    "blood_pressure": {"systolic": 128, "diastolic": 82, "treated": False},
    "cholesterol": {"total": 210, "hdl_ratio": 4.1},
    "family": [{"relation": "father", "condition": "stroke", "onset_age": 58, "death_age": 59}],
    "conditions": [{"name": "asthma", "since": "2015-06", "details": {"severity": "mild"}}],
    "income_annual": "90000",
    "net_worth": "400000",
    "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20},
}


def test_facts_from_elsewhere_come_back_as_they_were() -> None:
    entry = entry_of_facts(DOCUMENT, ON)
    again, problems = facts_of_entry(entry, ON)
    assert not problems
    assert again == DOCUMENT
    assert not [p for p in read_facts(again, ON)[1] if p.severity == "error"]


def test_every_field_that_cannot_be_read_is_told_at_once() -> None:
    _, problems = facts_of_entry({"height": "tall", "net_worth": "much", "age": "x"}, ON)
    assert {p.where for p in problems} == {"height", "net_worth", "age"}


def test_metric_facts_stay_metric() -> None:
    entry = entry_of_facts({"height_cm": 180, "weight_kg": 85.5}, ON)
    assert facts_of_entry(entry, ON)[0] == {"height_cm": 180, "weight_kg": 85.5}
