from datetime import date
from typing import Any

import pytest

from megler.underwriting.rules.sense import senseless
from megler.vocabulary.problems import Severity

ON = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("facts", "where", "code"),
    [
        ({"born": "2026-03-02"}, "born", "in_the_future"),
        ({"born": "2026-04"}, "born", "in_the_future"),
        ({"born": "1905-02-28"}, "born", "too_old"),
        ({"born": "1979-02-11", "age": 45}, "age", "contradicts_born"),
        ({"height_in": 64, "height_cm": 165}, "height_cm", "contradicts_height_in"),
        ({"weight_lb": 150, "weight_kg": 70}, "weight_kg", "contradicts_weight_lb"),
        ({"age": 40, "height_in": 35}, "height_in", "absurd_height"),
        ({"age": 40, "height_cm": 246}, "height_cm", "absurd_height"),
        ({"weight_lb": 1101}, "weight_lb", "absurd_weight"),
        ({"height_in": 72, "weight_kg": 20}, "weight_kg", "absurd_build"),
        (
            {"blood_pressure": {"systolic": 80, "diastolic": 80}},
            "blood_pressure.systolic",
            "systolic_not_above_diastolic",
        ),
        ({"cholesterol": {"total": 50, "hdl": 60}}, "cholesterol.hdl", "hdl_not_below_total"),
        (
            {"cholesterol": {"total": 200, "hdl": 50, "hdl_ratio": 3.0}},
            "cholesterol.hdl_ratio",
            "contradicts_hdl",
        ),
        ({"nicotine": [{"last_used": "2026-03-02"}]}, "nicotine[0].last_used", "in_the_future"),
        (
            {"born": "1979-02-11", "nicotine": [{}, {"last_used": "1979-01"}]},
            "nicotine[1].last_used",
            "before_birth",
        ),
        ({"age": 40, "driving": [{"on": "1980-01-01"}]}, "driving[0].on", "before_birth"),
        (
            {"conditions": [{"since": "2015-06", "until": "2015-05"}]},
            "conditions[0].until",
            "ends_before_start",
        ),
        (
            {"family": [{"onset_age": 58, "death_age": 57}]},
            "family[0].death_age",
            "death_before_onset",
        ),
        ({"family": [{"alive": True, "death_age": 57}]}, "family[0].death_age", "alive_and_dead"),
        (
            {"beneficiaries": [{"share_percent": "50"}, {"share_percent": "49"}]},
            "beneficiaries",
            "shares_not_whole",
        ),
        ({"zip": "75001", "jurisdiction": "OK"}, "zip", "zip_elsewhere"),
    ],
)
def test_what_cannot_be_true_is_named(facts: dict[str, Any], where: str, code: str) -> None:
    assert [(p.where, p.code) for p in senseless(facts, "", ON)] == [(where, f"facts_{code}")]


@pytest.mark.parametrize(
    "facts",
    [
        {"born": "2026-03-01"},
        {"born": "2026-03"},
        {"born": "1906-03-01"},
        {"born": "1979-02-11", "age": 47},
        {"born": "1978-12-11", "age": 47},
        {"height_in": 64, "height_cm": 163},
        {"weight_lb": 150, "weight_kg": 68},
        {"age": 1, "height_in": 30, "weight_lb": 22},
        {"blood_pressure": {"systolic": 81, "diastolic": 80}},
        {"cholesterol": {"total": 210, "hdl": 51, "hdl_ratio": 4.1}},
        {"born": "1979-02-11", "nicotine": [{"last_used": "2026-03"}]},
        {"beneficiaries": [{"share_percent": "33.3"}], "beneficiaries_complete": False},
        {"zip": "75001", "jurisdiction": "TX"},
        {"zip": "06390", "jurisdiction": None},
    ],
)
def test_what_may_be_true_passes(facts: dict[str, Any]) -> None:
    assert senseless(facts, "", ON) == []


def test_a_zip_across_a_border_is_only_a_warning() -> None:
    (problem,) = senseless({"zip": "75001", "jurisdiction": "NY"}, "people[0].", ON)
    assert (problem.where, problem.severity) == ("people[0].zip", Severity.WARNING)
    assert list(senseless({"zip": "06390", "jurisdiction": "NY"}, "", ON)) == []


def test_every_impossible_fact_is_told_at_once() -> None:
    facts = {"born": "2030-01-01", "weight_lb": 1200, "height_cm": 5, "nicotine": []}
    codes = {p.code for p in senseless(facts, "", ON)}
    assert codes >= {"facts_in_the_future", "facts_absurd_weight", "facts_absurd_height"}
