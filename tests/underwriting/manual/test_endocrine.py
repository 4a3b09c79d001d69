"""Thyroid, adrenals and pituitary by the tables of the manual's chapter."""

import pytest

from tests.underwriting.manual.usual import Case, assessed, label, range_of, range_told, told

CASES: list[Case] = [
    ("hypothyroidism", "2015-01-10", {}, 45, "standard"),
    ("hypothyroidism", "2015-01-10", {"control": "mild"}, 45, "standard..table_1"),
    ("hypothyroidism", "2015-01-10", {"status": "adjusting"}, 45, "table_1..table_2"),
    ("hypothyroidism", "2015-01-10", {"status": "untreated"}, 45, "table_2..table_3"),
    ("hypothyroidism", "2015-01-10", {"status": "untreated_mild", "tsh": 10}, 45, "standard"),
    ("hypothyroidism", "2015-01-10", {"status": "untreated_mild", "tsh": 10.1}, 45, "table_1"),
    ("hypothyroidism", "2015-01-10", {"status": "untreated_mild", "tsh": 10.1}, 66, "table_2"),
    ("hypothyroidism", "2015-01-10", {"myxedema_coma": "over_6_months"}, 45, "table_2"),
    ("hypothyroidism", "2015-01-10", {"myxedema_coma": "within_3_months"}, 45, "decline"),
    ("hyperthyroidism", "2024-01-10", {}, 45, "standard"),
    ("hyperthyroidism", "2024-01-10", {"treated_months": 6}, 45, "table_1..table_2"),
    ("hyperthyroidism", "2024-01-10", {"treatment": "medication", "treated_months": 13}, 45, "standard..table_1"),
    ("hyperthyroidism", "2024-01-10", {"treatment": "medication", "control": "partial"}, 45, "table_2..table_3"),
    ("hyperthyroidism", "2026-05-10", {"treatment": "medication", "treated_months": 1}, 45, "postpone"),
    ("thyroid_nodule", "2024-01-10", {"size_cm": 1.5}, 45, "standard"),
    ("thyroid_nodule", "2026-01-10", {"size_cm": 1.5}, 45, "table_1"),
    ("thyroid_nodule", "2026-01-10", {"size_cm": 1.5, "biopsy": "suspicious"}, 45, "postpone"),
    ("cushings_syndrome", "2020-01-10", {"treated_years": 0.5}, 45, "table_4..table_6"),
    ("cushings_syndrome", "2020-01-10", {"treated_years": 3}, 45, "table_3..table_4"),
    ("cushings_syndrome", "2019-01-10", {"treated_years": 5.5}, 45, "standard..table_1"),
    ("cushings_syndrome", "2019-01-10", {"cause": "pituitary", "treated_years": 5.5}, 45, "table_1..table_2"),
    ("cushings_syndrome", "2019-01-10", {"treatment": "none"}, 45, "postpone..decline"),
    ("adrenal_insufficiency", "2022-01-10", {"treated_years": 4}, 45, "table_1..table_3"),
    ("adrenal_insufficiency", "2022-01-10", {"treated_years": 2, "crisis": "within_1_year"}, 45, "table_3..table_5"),
    ("adrenal_insufficiency", "2022-01-10", {"treated_years": 2, "emergency_plan": True}, 45, "table_1..table_3"),
    ("adrenal_insufficiency", "2022-01-10",
     {"cause": "steroids", "status": "recovered", "treated_years": 2}, 45, "standard..table_1"),
    ("hyperaldosteronism", "2018-01-10",
     {"treatment": "surgery", "treated_years": 6, "pressure_now": "normal"}, 45, "standard..table_1"),
    ("pheochromocytoma", "2020-01-10", {"type": "unilateral", "treated_years": 4}, 45, "table_3..table_4"),
    ("pheochromocytoma", "2020-01-10", {"type": "malignant", "treated_years": 4}, 45, "table_8..decline"),
    ("adrenal_incidentaloma", "2020-01-10", {"size_cm": 0.9, "stable_years": 2}, 45, "standard"),
    ("adrenal_incidentaloma", "2020-01-10", {"size_cm": 4.1, "stable_years": 2}, 45, "table_2..table_4"),
    ("prolactinoma", "2020-01-10", {"treated_years": 2}, 45, "table_1..table_2"),
    ("prolactinoma", "2020-01-10", {"size": "macro", "treated_years": 0.9}, 45, "table_3..table_4"),
    ("prolactinoma", "2020-01-10", {"treated_years": 2, "vision": "reduced"}, 45, "table_2..table_3"),
    ("acromegaly", "2020-01-10", {"treated_years": 4}, 45, "table_1..table_3"),
    ("acromegaly", "2020-01-10", {"treatment": "radiation", "treated_years": 1.9}, 45, "table_4..table_6"),
    ("pituitary_tumor", "2020-01-10", {"stable_years": 1.5}, 45, "standard..table_1"),
    ("pituitary_tumor", "2020-01-10", {"size": "macro", "stable_years": 2}, 45, "table_2..table_3"),
    ("craniopharyngioma", "2020-01-10", {"treatment": "total", "treated_years": 2}, 45, "table_3..table_5"),
    ("pituitary_apoplexy", "2026-01-10", {}, 45, "postpone"),
    ("hypopituitarism", "2020-01-10", {"extent": "all_acquired", "treated_years": 4}, 45, "table_2..table_3"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_manuals_tables_hold(case: Case) -> None:
    assert range_told(case) == case[-1]


def test_a_condition_of_the_thyroid_counts_once_by_its_worst() -> None:
    adjusting = told("hypothyroidism", "2015-01-10", status="adjusting")
    removed = told("thyroidectomy", "2015-01-10")
    assert range_of(assessed(adjusting, removed)) == "table_1..table_2"


def test_glands_of_two_systems_add_up() -> None:
    thyroid = told("hypothyroidism", "2015-01-10", status="adjusting")
    adrenal = told("pheochromocytoma", "2020-01-10", type="unilateral", treated_years=4)
    assert range_of(assessed(thyroid, adrenal)) == "table_4..table_6"


def test_men_costs_a_pituitary_tumor_a_table_or_two() -> None:
    tumor = told("pituitary_tumor", "2020-01-10", size="macro", stable_years=2)
    syndrome = told("multiple_endocrine_neoplasia", "2010-01-10", status="controlled")
    assert range_of(assessed(tumor, syndrome)) == "table_3..table_5"
