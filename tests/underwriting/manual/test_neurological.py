"""Brain and nerves by the figures of the manual's chapter."""

from datetime import date

import pytest

from tests.underwriting.manual.usual import Case, assessed, label, range_of, range_told, told

CASES: list[Case] = [
    # TIA and stroke: edges of 3, 6, 12 and 24 months
    ("tia", "2026-03-16", {}, 60, "postpone"),
    ("tia", "2026-03-15", {}, 60, "table_3..table_5"),
    ("tia", "2025-12-15", {}, 60, "table_2..table_4"),
    ("tia", "2025-06-15", {}, 60, "table_1..table_3"),
    ("tia", "2024-06-15", {}, 60, "table_1..table_3"),
    ("tia", "2024-06-14", {}, 60, "standard..table_2"),
    ("tia", "2024-06-14", {"control": "poor"}, 60, "table_2..table_4"),
    ("stroke", "2025-12-16", {}, 60, "postpone"),
    ("stroke", "2025-12-15", {}, 60, "table_4..table_6"),
    ("stroke", "2025-01-15", {"deficits": "moderate"}, 60, "table_5..table_7"),
    ("stroke", "2020-01-15", {"control": "poor"}, 60, "table_4..table_6"),
    ("stroke", "2020-01-15", {"deficits": "severe"}, 60, "table_8..decline"),
    ("stroke", "2020-01-15", {}, 49, "table_3..table_6"),
    ("stroke", "2020-01-15", {"cause": "unknown"}, 65, "table_3..table_5"),
    ("stroke", "2020-01-15", {"cause": "heart", "anticoagulation": "not_taken"}, 65, "decline"),
    ("cerebral_hemorrhage", "2025-06-16", {"cause": "pressure"}, 60, "postpone"),
    ("cerebral_hemorrhage", "2025-06-15", {"cause": "pressure"}, 60, "table_5..table_7"),
    ("cerebral_hemorrhage", "2024-06-14",
     {"cause": "aneurysm_treated", "deficits": "moderate"}, 60, "table_7..table_9"),
    ("subarachnoid_hemorrhage", "2020-01-15", {"cause": "coiled"}, 60, "table_5..table_7"),
    ("cerebral_aneurysm", "2020-01-15", {"treatment": "untreated"}, 60, "decline"),
    ("carotid_disease", "2020-01-15", {"stenosis": 49}, 60, "standard..table_2"),
    ("carotid_disease", "2020-01-15", {"stenosis": 69}, 60, "table_2..table_4"),
    ("carotid_disease", "2020-01-15", {"stenosis": 70}, 60, "table_4..individual_consideration"),
    # epilepsy
    ("epilepsy", "2010-01-15", {"seizure_free_years": 5.1}, 45, "standard..table_2"),
    ("epilepsy", "2010-01-15", {"seizure_free_years": 5}, 45, "table_2..table_3"),
    ("epilepsy", "2010-01-15", {"seizure_free_years": 3, "treatment": "none"}, 45, "table_1..table_2"),
    ("epilepsy", "2010-01-15", {"seizure_free_years": 0.5, "frequency": "yearly"}, 45, "table_6..table_8"),
    ("epilepsy", "2010-01-15", {"seizure_free_years": 0, "frequency": "daily"}, 45, "decline"),
    ("epilepsy", "2010-01-15", {"seizure_free_years": 3, "cause": "stroke"}, 45, "table_4..table_5"),
    ("epilepsy", "2010-01-15",
     {"treatment": "surgery", "seizure_free_years": 2, "operated_years": 2}, 45, "table_3..table_5"),
    ("single_seizure", "2025-09-15", {"eeg": "abnormal"}, 45, "table_3..table_4"),
    # multiple sclerosis, Parkinson's, dementia, restless legs
    ("multiple_sclerosis", "2025-01-15", {"edss": 2.0}, 35, "table_3..table_5"),
    ("multiple_sclerosis", "2025-01-15", {"edss": 2.5, "relapses": 2}, 35, "table_5..table_7"),
    ("multiple_sclerosis", "2025-01-15", {"edss": 2.0}, 45, "table_2..table_4"),
    ("multiple_sclerosis", "2020-01-15",
     {"edss": 4.0, "mri": "stable", "treatment": "effective"}, 40, "standard..table_2"),
    ("multiple_sclerosis", "2015-01-15",
     {"course": "primary_progressive", "edss": 5, "progression": "rapid"}, 50, "decline"),
    ("parkinsons_disease", "2024-01-15", {"stage": 2}, 65, "table_3..table_4"),
    ("parkinsons_disease", "2023-06-15", {"stage": 2}, 65, "table_4..table_5"),
    ("parkinsons_disease", "2024-01-15", {"stage": 3}, 50, "table_6..table_7"),
    ("parkinsons_disease", "2024-01-15",
     {"stage": 2, "subtype": "tremor", "falls": "occasional"}, 65, "table_3..table_5"),
    ("alzheimers_disease", "2022-01-15", {"severity": "mild"}, 75, "table_5..table_7"),
    ("alzheimers_disease", "2022-01-15", {"severity": "moderate"}, 75, "decline"),
    ("mci", "2020-01-15", {"course": "stable"}, 60, "table_2..table_3"),
    ("mci", "2020-01-15", {"course": "stable", "family_history": "one"}, 60, "table_3..table_4"),
    ("restless_legs", "2020-01-15", {}, 50, "standard"),
    ("restless_legs", "2020-01-15", {"irls": 31}, 50, "table_3..table_4"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_manuals_figures_hold(case: Case) -> None:
    assert range_told(case) == case[-1]


def test_a_hemorrhage_is_postponed_for_a_year_from_its_day() -> None:
    found = assessed(told("cerebral_hemorrhage", "2025-09-20", cause="pressure"), age=60)
    assert found.postpone_until == date(2026, 9, 20)


def test_stroke_and_carotid_disease_add_up() -> None:
    stroke = told("stroke", "2020-01-15")
    carotid = told("carotid_disease", "2020-01-15", stenosis=60)
    assert range_of(assessed(stroke, carotid, age=60)) == "table_4..table_8"


def test_several_attacks_cost_more_than_one() -> None:
    one, other = told("tia", "2022-06-14"), told("tia", "2023-06-14")
    assert range_of(assessed(one, other, age=60)) == "table_2..table_6"
