"""Heart and vessels by the figures of the manual's chapter: points / 25 are tables."""

from datetime import date
from decimal import Decimal

import pytest

from tests.underwriting.manual.usual import Case, assessed, label, range_of, range_told, told

CASES: list[Case] = [
    # coronary disease without infarction: severity, years, age
    ("coronary_artery_disease", "2021-01-10", {"severity": "mild"}, 49, "table_3"),
    ("coronary_artery_disease", "2021-01-10", {"severity": "mild"}, 50, "table_2"),
    ("coronary_artery_disease", "2021-01-10", {"severity": "mild"}, 61, "standard"),
    ("coronary_artery_disease", "2025-01-10", {"severity": "moderate"}, 60, "table_5"),
    ("coronary_artery_disease", "2025-01-10", {"severity": "moderate"}, 61, "table_3"),
    ("coronary_artery_disease", "2020-01-10", {"severity": "severe"}, 45, "table_6"),
    ("angina", "2020-01-10", {"severity": "severe"}, 45, "table_6"),
    # infarction: vessels, restoration, EF, time; edges of 6 months, 1, 3 and 5 years
    ("myocardial_infarction", "2025-12-16", {"vessels": "single", "ejection_fraction": 55}, 55, "postpone"),
    ("myocardial_infarction", "2025-12-15", {"vessels": "single", "ejection_fraction": 55}, 55, "table_5"),
    ("myocardial_infarction", "2025-06-15", {"vessels": "single", "ejection_fraction": 55}, 55, "table_5"),
    ("myocardial_infarction", "2023-06-15", {"vessels": "single", "ejection_fraction": 55}, 55, "table_4"),
    ("myocardial_infarction", "2021-06-15", {"vessels": "single", "ejection_fraction": 55}, 55, "table_4"),
    ("myocardial_infarction", "2021-06-14", {"vessels": "single", "ejection_fraction": 55}, 55, "table_3"),
    ("myocardial_infarction", "2024-01-10", {"vessels": "multiple", "ejection_fraction": 55}, 65, "table_5"),
    ("myocardial_infarction", "2019-01-10",
     {"vessels": "multiple", "revascularization": "incomplete", "ejection_fraction": 50}, 45, "table_6"),
    ("myocardial_infarction", "2019-01-10", {"vessels": "single", "ejection_fraction": 49}, 45, "table_8"),
    ("myocardial_infarction", "2026-01-10", {"vessels": "single", "ejection_fraction": 35}, 45, "decline"),
    ("myocardial_infarction", "2026-01-10", {"vessels": "single", "ejection_fraction": 35}, 50, "postpone"),
    ("myocardial_infarction", "2010-01-10", {"vessels": "single", "ejection_fraction": 29}, 65, "decline"),
    # stent and bypass
    ("coronary_stent", "2026-04-10", {}, 55, "postpone"),
    ("coronary_stent", "2024-01-10", {}, 55, "table_3"),
    ("coronary_stent", "2021-01-10", {}, 65, "standard"),
    ("coronary_stent", "2021-01-10", {"vessels": "multiple"}, 55, "table_3"),
    ("coronary_bypass", "2026-01-10", {}, 55, "postpone"),
    ("coronary_bypass", "2021-01-10", {}, 45, "table_4"),
    ("coronary_stent", "2021-01-10", {"symptoms": "unstable"}, 55, "postpone"),
    ("coronary_stent", "2021-01-10", {"compliance": False}, 55, "decline"),
    # rhythm
    ("atrial_fibrillation", "2025-06-15",
     {"type": "paroxysmal", "anticoagulation": "not_needed"}, 45, "table_3..table_4"),
    ("atrial_fibrillation", "2024-06-15",
     {"type": "paroxysmal", "anticoagulation": "not_needed"}, 66, "standard..table_1"),
    ("atrial_fibrillation", "2020-06-15", {"type": "permanent", "anticoagulation": "taken"}, 55, "table_2..table_4"),
    ("supraventricular_tachycardia", "2020-01-10",
     {"treatment": "ablation", "ablation_months": 6}, 40, "preferred_plus"),
    ("wolff_parkinson_white", "2020-01-10", {"treatment": "none"}, 40, "table_2..table_4"),
    ("premature_ventricular_contractions", "2020-01-10", {"per_day": 999}, 40, "preferred_plus"),
    ("premature_ventricular_contractions", "2020-01-10", {"per_day": 10001}, 40, "table_2..table_4"),
    ("heart_block", "2020-01-10", {"degree": "mobitz_2"}, 60, "table_3..table_5"),
    ("heart_block", "2020-01-10", {"degree": "mobitz_2", "pacemaker": True}, 60, "table_2..table_3"),
    ("bundle_branch_block", "2020-01-10", {"type": "left"}, 60, "table_2..table_4"),
    ("long_qt", "2020-01-10", {"qtc": 471, "treatment": "none"}, 40, "table_3..table_5"),
    ("brugada", "2020-01-10", {"type": "type_1", "events": "arrest"}, 40, "decline"),
    # valves, muscle, defects from birth
    ("mitral_stenosis", "2020-01-10", {"severity": "moderate", "symptoms": "minimal"}, 50, "table_3..table_5"),
    ("mitral_regurgitation", "2020-01-10", {"severity": "moderate", "ejection_fraction": 54}, 50, "table_5..table_7"),
    ("mitral_regurgitation", "2020-01-10", {"severity": "severe", "ejection_fraction": 44}, 50, "table_10..decline"),
    ("aortic_stenosis", "2020-01-10",
     {"severity": "severe", "surgery": "done", "operated_months": 6}, 60, "table_4..table_6"),
    ("mitral_valve_prolapse", "2010-01-10", {}, 40, "preferred_plus"),
    ("cardiomyopathy", "2020-01-10", {"ejection_fraction": 45}, 50, "table_3"),
    ("cardiomyopathy", "2020-01-10", {"ejection_fraction": 34, "device": True}, 50, "decline"),
    ("hypertrophic_cardiomyopathy", "2020-01-10", {"wall_cm": 2.0}, 50, "table_3"),
    ("takotsubo", "2025-06-15", {}, 60, "table_1..table_2"),
    ("ventricular_septal_defect", "1981-06-10", {"repair": "repaired", "repair_age": 6}, 45, "preferred_plus..table_2"),
    ("tetralogy_of_fallot", "1981-06-10", {"residue": "mild_leak"}, 45, "table_2..table_4"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_manuals_figures_hold(case: Case) -> None:
    assert range_told(case) == case[-1]


@pytest.mark.parametrize(
    ("systolic", "diastolic", "age", "expected"),
    [
        (140, 88, 45, "standard"),
        (150, 95, 39, "table_1..table_2"),
        (151, 95, 39, "table_2..table_3"),
        (151, 95, 40, "table_1..table_2"),
        (170, 105, 61, "table_1..table_2"),
        (181, 90, 61, "postpone"),
    ],
)
def test_hypertension_goes_by_the_readings_and_the_age(
    systolic: int, diastolic: int, age: int, expected: str
) -> None:
    """The chapter's table by age, in place of the one of the vital signs."""
    pressure = {"systolic": systolic, "diastolic": diastolic, "treated": True}
    found = assessed(told("hypertension", "2015-01-10"), age=age, blood_pressure=pressure)
    assert range_of(found) == expected


def test_a_fresh_infarction_has_a_flat_extra_for_three_years() -> None:
    found = assessed(
        told("myocardial_infarction", "2025-12-01", vessels="single", ejection_fraction=55), age=45
    )
    assert (found.flat_extra, found.flat_years) == (Decimal("10.00"), 3)


def test_a_stent_is_postponed_until_three_months_have_passed() -> None:
    found = assessed(told("coronary_stent", "2026-04-10"))
    assert found.postpone_until == date(2026, 7, 10)


def test_a_stent_after_an_infarction_is_rated_as_the_infarction() -> None:
    attack = told("myocardial_infarction", "2018-01-10", vessels="single", ejection_fraction=55)
    alone = assessed(attack, age=55)
    with_stent = assessed(attack, told("coronary_stent", "2018-01-10"), age=55)
    assert range_of(with_stent) == range_of(alone) == "table_3"


def test_of_a_stent_after_an_infarction_nothing_more_is_asked() -> None:
    attack = told("myocardial_infarction", "2018-01-10", vessels="single")
    found = assessed(attack, {"name": "stent", "since": "2018-01-10"}, age=55)
    assert not [one.fact for one in found.open if one.fact.startswith("conditions[1]")]


def test_coronary_disease_and_a_rhythm_add_up() -> None:
    coronary = told("coronary_artery_disease", "2021-01-10", severity="mild")
    rhythm = told("atrial_fibrillation", "2020-06-15", anticoagulation="not_needed")
    assert range_of(assessed(coronary, rhythm, age=45)) == "table_5..table_6"


def test_an_unknown_ejection_fraction_widens_the_range_to_decline() -> None:
    entry = told("myocardial_infarction", "2018-01-10", vessels="single")
    del entry["details"]["ejection_fraction"]
    found = assessed(entry, age=55)
    assert range_of(found) == "table_3..decline"
    assert "conditions[0].details.ejection_fraction" in {one.fact for one in found.open}
