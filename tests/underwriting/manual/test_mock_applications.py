"""The mock applications of the manual, judged for the reasons that an underwriter would give.

An application, its laboratory results, prescriptions and the bureau's records became one facts
document each; neither tells a reading of blood pressure, which the exam brings.
"""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Assessment, Outcome
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import Facts, read_facts
from megler.underwriting.rules.requirements import requirements_of
from tests.underwriting.manual.lofoten import lofoten

ON = date(2026, 3, 15)
EXAMPLES = Path(__file__).parents[3] / "examples"
SETTLED = {
    "control": "usual", "organ_damage": "none", "crisis": "never", "compliance": True,
    "lifestyle": False, "unsettled": False,
}  # fmt: skip
"""What the physician's statement says of a blood pressure that gives no trouble."""


def application(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((EXAMPLES / f"mock-{name}.json").read_text("utf-8"))
    return document


def facts_of(document: dict[str, Any]) -> Facts:
    facts, problems = read_facts(document, ON)
    assert facts is not None
    assert problems == []
    return facts


def judged(document: dict[str, Any]) -> Assessment:
    facts = facts_of(document)
    return assess(lofoten(), facts.insured, ON, amount=facts.wants[0].face_amount)


def examined(name: str, systolic: int, diastolic: int, which: int) -> Assessment:
    """The application with the exam's reading and the statement on blood pressure."""
    document = application(name)
    reading = {"systolic": systolic, "diastolic": diastolic, "treated": True}
    document["blood_pressure"] = reading
    document["conditions"][which]["details"] = SETTLED
    return judged(document)


def pages(found: Assessment) -> set[str]:
    return {reason.source.page for reason in found.reasons}


def told(found: Assessment) -> set[tuple[str, str, str]]:
    """Each rating that fired: of what, the case in words, and the outcome."""
    return {
        (r.params["impairment"], r.params["text"], r.params["outcome"])
        for r in found.reasons
        if r.code in ("rating_base", "rating_add", "rating_at_least")
    }


def kinds(name: str) -> dict[str, bool]:
    """What is needed of an applicant, and whether for certain."""
    facts = facts_of(application(name))
    needed = requirements_of(lofoten(), facts.insured, ON, amount=facts.wants[0].face_amount)
    return {one.kind.value: one.is_certain for one in needed.requirements}


def test_treated_hypertension_with_a_father_ill_at_58_is_the_third_class_at_best() -> None:
    found = judged(application("hypertension"))
    assert (found.outcome, found.class_code) == (Outcome.CLASS, "standard_plus")
    assert found.likely is not None
    assert found.likely.class_code == "standard_plus"
    assert ("HDL cholesterol", "50 to 59", "standard_plus") in told(found)
    assert ("LDL cholesterol", "100 to 129", "preferred") in told(found)
    assert {"4.family heart", "4.blood pressure", "4.lipids total", "4.lipids ratio"} <= pages(
        found
    )
    (family,) = (r for r in found.reasons if r.code == "family_history")
    assert (family.params["found"], family.params["allowed"]) == ("1", "0")


def test_without_a_reading_of_blood_pressure_the_end_is_open() -> None:
    found = judged(application("hypertension"))
    assert not found.is_certain
    missing = {one.fact for one in found.open if not one.supposed}
    assert {"blood_pressure.systolic", "blood_pressure.diastolic"} <= missing


@pytest.mark.parametrize(
    ("systolic", "diastolic", "best", "worst"),
    [
        (128, 78, "standard_plus", "standard_plus"),
        (134, 84, "standard_plus", "standard_plus"),
        (144, 88, "standard", "table_1"),
        (164, 96, "table_2", "table_3"),
    ],
)
def test_the_exam_settles_the_hypertension(
    systolic: int, diastolic: int, best: str, worst: str
) -> None:
    assert examined("hypertension", systolic, diastolic, 0).class_range == (best, worst)


def test_a_normal_laboratory_reading_of_the_hypertensive_limits_nothing() -> None:
    impairments = {name for name, _, _ in told(judged(application("hypertension")))}
    assert (
        impairments & {"A1c", "Glucose", "Creatinine", "ALT", "AST", "PSA", "Hemoglobin"} == set()
    )


def test_the_drug_of_the_hypertensive_explains_itself() -> None:
    found = judged(application("hypertension"))
    assert [r for r in found.assumptions if "lisinopril" in str(r.params.values())] == []


def test_what_the_hypertensive_must_still_bring() -> None:
    needed = kinds("hypertension")
    certain = {kind for kind, sure in needed.items() if sure}
    assert {"mib", "paramedical_exam", "blood_profile", "urine", "mvr"} <= certain


def test_diabetes_with_lipids_is_a_table_rating() -> None:
    found = judged(application("diabetes"))
    assert (found.outcome, found.class_code) == (Outcome.TABLE, "standard")
    assert {
        ("Diabetes type 2", "A1c 7.1 to 7.5, 3 to 10 years", "+125..+150"),
        ("Diabetes type 2", "Microalbuminuria", "+25..+50"),
        ("Cholesterol ratio", "6.0 to 7.9", "+25..+75"),
        ("HDL cholesterol", "30 to 39", "+25..+50"),
        ("Triglycerides", "200 to 499", "standard..+75"),
        ("Triglycerides", "With diabetes", "+25"),
    } <= told(found)
    assert {"4.family heart", "4.build", "4.blood pressure", "4.lipids total"} <= pages(found)


def test_the_laboratory_does_not_rate_the_told_diabetes_again() -> None:
    assert pages(judged(application("diabetes"))) & {"4.labs A1c", "4.labs glucose"} == set()


def test_a_smoker_of_ten_years_ago_is_no_user() -> None:
    found = judged(application("diabetes"))
    assert found.class_code == "standard"
    assert "nicotine" not in {one.fact for one in found.open}


def test_better_control_makes_the_diabetic_milder_and_worse_control_harsher() -> None:
    tables = []
    for a1c in (6.4, 7.2, 8.4, 9.6):
        document = application("diabetes")
        document["conditions"][0]["details"]["a1c"] = a1c
        tables.append(judged(document).table or 0)
    assert tables == sorted(tables)
    assert len(set(tables)) > 1


def test_the_diabetic_brings_a_physicians_statement() -> None:
    needed = kinds("diabetes")
    assert needed["aps"]
    assert needed["blood_profile"]


def test_the_amounts_asked_are_within_income() -> None:
    for name in ("hypertension", "diabetes"):
        assert not [r for r in judged(application(name)).reasons if "income" in r.source.page]
    rich = {**application("diabetes"), "wants": {"line": "term_life", "face_amount": "1500000"}}
    assert [r for r in judged(rich).reasons if r.source.page == "2.finances income"]
    assert facts_of(application("hypertension")).wants[0].face_amount == Decimal(750_000)
