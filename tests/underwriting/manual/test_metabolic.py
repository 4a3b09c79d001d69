"""Diabetes, weight and metabolic syndrome by the figures of the manual's chapter."""

from typing import Any

import pytest

from tests.underwriting.manual.usual import Case, assessed, label, range_of, range_told, told

CASES: list[Case] = [
    # type 2 at 45, diagnosed between 30 and 50: A1c by years; edges of A1c and of 3 and 10 years
    ("diabetes_type_2", "2024-01-10", {"a1c": 6.5}, 45, "table_2..table_3"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 6.6}, 45, "table_3..table_4"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.0}, 45, "table_3..table_4"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1}, 45, "table_4..table_5"),
    ("diabetes_type_2", "2023-06-15", {"a1c": 7.1}, 45, "table_5..table_6"),
    ("diabetes_type_2", "2023-06-16", {"a1c": 7.1}, 45, "table_4..table_5"),
    ("diabetes_type_2", "2016-06-15", {"a1c": 7.1}, 45, "table_5..table_6"),
    ("diabetes_type_2", "2016-06-14", {"a1c": 7.1}, 45, "table_6..table_7"),
    ("diabetes_type_2", "2020-01-10", {"a1c": 8.0}, 45, "table_6..table_7"),
    ("diabetes_type_2", "2020-01-10", {"a1c": 9.0}, 45, "table_7..table_9"),
    ("diabetes_type_2", "2020-01-10", {"a1c": 10.0}, 45, "table_9..table_11"),
    ("diabetes_type_2", "2020-01-10", {"a1c": 10.1}, 45, "table_12..postpone"),
    ("diabetes_type_2", "2012-01-10", {"a1c": 10.1}, 45, "decline"),
    ("diabetes_type_2", "2020-01-10", {"a1c": 12.1}, 45, "decline"),
    ("diabetes_type_2", "2026-04-10", {"a1c": 6.0}, 45, "postpone"),
    # onset, treatment, complications
    ("diabetes_type_2", "2024-01-10", {"a1c": 6.6}, 60, "table_2..table_3"),
    ("diabetes_type_2", "2008-01-10", {"a1c": 6.5}, 45, "table_5..table_7"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "treatment": "diet"}, 45, "table_3..table_4"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "treatment": "insulin"}, 45, "table_5..table_7"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "retinopathy": "moderate"}, 45, "table_6..table_8"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "retinopathy": "proliferative"}, 45, "table_10..decline"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "nephropathy": "microalbuminuria"}, 45, "table_5..table_7"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "egfr": 59}, 45, "table_6..table_9"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "egfr": 29}, 45, "decline"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 7.1, "foot": "ulcer"}, 45, "postpone"),
    ("diabetes_type_2", "2024-01-10", {"a1c": 6.4, "control": "excellent"}, 45, "table_1..table_2"),
    # type 1
    ("diabetes_type_1", "2022-01-10", {"a1c": 6.5}, 45, "table_2..table_3"),
    ("diabetes_type_1", "2000-01-10", {"a1c": 7.5}, 45, "table_7..table_8"),
    ("diabetes_type_1", "2005-01-10", {"a1c": 7.5}, 30, "table_8..table_10"),
    ("diabetes_type_1", "2000-01-10", {"a1c": 7.5, "technology": "both"}, 45, "table_5..table_6"),
    ("diabetes_type_1", "2000-01-10", {"a1c": 7.5, "hypoglycemia": "some"}, 45, "table_9..table_10"),
    ("diabetes_type_1", "2000-01-10", {"a1c": 10.1}, 45, "decline"),
    # before and beside diabetes
    ("gestational_diabetes", "2018-01-10", {"status": "prediabetes"}, 40, "preferred_plus..table_1"),
    ("gestational_diabetes", "2022-01-10", {"status": "prediabetes"}, 40, "table_1"),
    ("metabolic_syndrome", "2020-01-10", {"components": 4}, 45, "table_2..table_4"),
    ("metabolic_syndrome", "2020-01-10",
     {"components": 4, "treatment": "full_good_response"}, 45, "preferred_plus..table_2"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_manuals_figures_hold(case: Case) -> None:
    assert range_told(case) == case[-1]


@pytest.mark.parametrize(
    ("weight", "expected"),
    [(165, "preferred_plus..table_1"), (175, "table_1..table_2"), (209, "table_2..table_3")],
)
def test_prediabetes_goes_by_the_body_mass_index(weight: int, expected: str) -> None:
    """165, 175 and 209 lb at 70 in are 23.7, 25.1 and 30.0."""
    found = assessed(told("prediabetes", "2024-01-10"), weight_lb=weight)
    assert range_of(found) == expected


def test_diabetes_of_a_type_not_told_is_asked_for_its_type() -> None:
    entry = told("diabetes", "2020-01-10", a1c=6.8)
    del entry["details"]["type"]
    found = assessed(entry)
    assert range_of(found) == "table_4..table_6"
    assert "conditions[0].details.type" in {one.fact for one in found.open}


def test_insulin_among_the_medications_counts_as_told() -> None:
    diabetes = told("diabetes_type_2", "2024-01-10", a1c=7.1)
    found = assessed(diabetes, medications=[{"name": "insulin glargine"}])
    assert range_of(found) == "table_5..table_7"


def test_kidney_disease_counts_by_itself_and_not_within_diabetes() -> None:
    diabetes = told("diabetes_type_2", "2024-01-10", a1c=7.1, egfr=50)
    kidney = told("kidney_disease", "2024-01-10")
    assert "eGFR 45 to 59" in added_to_diabetes(diabetes)
    assert "eGFR 45 to 59" not in added_to_diabetes(diabetes, kidney)


def added_to_diabetes(*conditions: dict[str, Any]) -> set[object]:
    return {
        one.params["text"]
        for one in assessed(*conditions).reasons
        if one.code == "rating_add" and one.params["impairment"] == "Diabetes type 2"
    }


def test_diabetes_and_hypertension_are_rated_both_and_combined() -> None:
    diabetes = told("diabetes_type_2", "2024-01-10", a1c=7.1)
    pressure = {"systolic": 155, "diastolic": 95, "treated": True}
    found = assessed(diabetes, told("hypertension", "2015-01-10"), blood_pressure=pressure)
    assert range_of(found) == "table_5..table_7"
