"""Blood pressure, cholesterol and laboratory values in plain words."""

from typing import Any

import pytest

from tests.underwriting.rules.asking.market import read, told


@pytest.mark.parametrize(
    "words",
    ["BP 130/80", "130/80", "blood pressure is 130 over 80", "bp: 130/80", "BP runs 130/80"],
)
def test_blood_pressure(words: str) -> None:
    assert told(f"52 male {words}")["blood_pressure"] == {"systolic": 130, "diastolic": 80}


@pytest.mark.parametrize(
    "words",
    [
        "treated htn 130/80",
        "130/80 on bp meds",
        "130/80 on lisinopril for htn",
        "bp treated 130/80",
    ],
)
def test_treated_blood_pressure(words: str) -> None:
    pressure = told(f"52 male {words}")["blood_pressure"]
    assert pressure == {"systolic": 130, "diastolic": 80, "treated": True}


def test_untreated_blood_pressure() -> None:
    assert told("what if bp is 150/95 untreated")["blood_pressure"] == {
        "systolic": 150,
        "diastolic": 95,
        "treated": False,
    }


@pytest.mark.parametrize("words", ["on 5/10 he", "50/50 split", "80/130", "10/20 year"])
def test_what_is_no_pressure(words: str) -> None:
    assert "blood_pressure" not in told(f"male {words}")


@pytest.mark.parametrize(
    ("words", "told_of"),
    [
        ("chol 190 ratio 3.2", {"total": 190, "hdl_ratio": 3.2}),
        ("cholesterol 240/5.2", {"total": 240, "hdl_ratio": 5.2}),
        ("total cholesterol of 210", {"total": 210}),
        ("ratio 5.2 total 240", {"total": 240, "hdl_ratio": 5.2}),
        ("chol/hdl ratio 4.5", {"hdl_ratio": 4.5}),
        ("chol 200 hdl 50", {"total": 200, "hdl": 50}),
        ("cholesterol 220 on cholesterol meds", {"total": 220, "treated": True}),
    ],
)
def test_cholesterol(words: str, told_of: dict[str, Any]) -> None:
    assert told(f"52 male {words}")["cholesterol"] == told_of


def test_a_lab_stands_with_its_condition() -> None:
    facts = told("52 male asthma, type 2 diabetes, A1c 7.1")
    assert facts["conditions"] == [
        {"name": "asthma"},
        {"name": "type 2 diabetes", "details": {"a1c": 7.1}},
    ]


def test_a_lab_without_its_condition_stands_with_the_person() -> None:
    assert told("52 male asthma hba1c 5,6")["details"] == {"a1c": 5.6}


@pytest.mark.parametrize(
    ("words", "key", "value"),
    [("gleason 6", "gleason", 6), ("EF 55%", "ejection_fraction", 55), ("ahi of 22", "ahi", 22),
     ("psa 4.2", "psa", 4.2),
     ("egfr 58", "egfr", 58), ("bmi 31", "bmi", 31)],
)  # fmt: skip
def test_labs(words: str, key: str, value: float) -> None:
    assert told(f"52 male {words}")["details"][key] == value


def test_a_lab_without_a_figure_is_what_is_asked_of() -> None:
    understood = read("what A1c gets standard")
    assert understood.topic.labs == ("a1c",)
    assert "details" not in understood.facts
