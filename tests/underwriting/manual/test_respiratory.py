"""Lungs and sleep apnea by the figures of the manual's chapter."""

import pytest

from tests.underwriting.manual.usual import Case, assessed, label, range_of, range_told, told

CASES: list[Case] = [
    ("asthma", "2008-01-10", {}, 45, "table_1"),
    ("asthma", "1990-01-10", {}, 45, "standard"),
    ("asthma", "1990-01-10", {"severity": "moderate"}, 45, "preferred_plus..table_2"),
    ("asthma", "1990-01-10", {"exacerbations": 1}, 45, "preferred_plus..table_2"),
    ("asthma", "1990-01-10", {"exacerbations": 2}, 45, "table_3..table_5"),
    ("asthma", "1990-01-10", {"exacerbations": 4}, 45, "table_6..individual_consideration"),
    ("asthma", "1990-01-10", {"fev1": 81}, 45, "standard"),
    ("asthma", "1990-01-10", {"fev1": 80}, 45, "preferred_plus..table_2"),
    ("asthma", "1990-01-10", {"fev1": 60}, 45, "preferred_plus..table_2"),
    ("asthma", "1990-01-10", {"fev1": 59}, 45, "table_3..table_5"),
    ("asthma", "1990-01-10", {"fev1": 39}, 45, "decline"),
    ("asthma", "1990-01-10", {"severity": "severe", "excellent_control": True}, 45, "table_2..table_4"),
    ("asthma", "1990-01-10", {"intubated": "over_2_years"}, 45, "table_8..decline"),
    ("asthma", "1990-01-10", {"intubated": "within_2_years"}, 45, "decline"),
    ("asthma", "1990-01-10", {"hospitalized": "within_3_months"}, 45, "postpone"),
    ("asthma", "1990-01-10", {"compliance": False}, 45, "decline"),
    ("asthma", "1990-01-10", {"severity": "exercise"}, 45, "preferred_plus"),
    ("asthma", "1990-01-10", {"severity": "exercise_limited"}, 45, "table_2..table_3"),
    ("copd", "2020-01-10", {"fev1": 80}, 49, "table_3..table_5"),
    ("copd", "2020-01-10", {"fev1": 80}, 50, "table_2..table_4"),
    ("copd", "2020-01-10", {"fev1": 79}, 66, "table_3..table_5"),
    ("copd", "2020-01-10", {"fev1": 49}, 65, "table_7..table_10"),
    ("copd", "2020-01-10", {"fev1": 29}, 45, "decline"),
    ("copd", "2020-01-10", {"fev1": 85, "exacerbations": 2}, 55, "table_6"),
    ("copd", "2020-01-10", {"fev1": 60, "stable": True, "rehabilitation": True}, 55, "table_2..table_4"),
    ("emphysema", "2020-01-10", {"fev1": 60, "bullae": "large"}, 55, "table_6..table_8"),
    ("alpha_1_antitrypsin", "2020-01-10", {"genotype": "zz", "fev1": 90}, 40, "table_4..table_6"),
    ("sleep_apnea", "2020-01-10", {"ahi": 14.9}, 50, "preferred_plus"),
    ("sleep_apnea", "2020-01-10", {"ahi": 15}, 50, "preferred_plus..table_1"),
    ("sleep_apnea", "2020-01-10", {"ahi": 30}, 50, "table_1..table_3"),
    ("sleep_apnea", "2020-01-10", {"ahi": 20, "compliance": False}, 50, "table_2..table_4"),
    ("sleep_apnea", "2020-01-10", {"ahi": 10, "treatment": "none"}, 50, "table_2..table_3"),
    ("sleep_apnea", "2020-01-10", {"ahi": 40, "treatment": "none"}, 50, "table_6..decline"),
    ("sleep_apnea", "2020-01-10", {"ahi": 40, "treatment": "appliance", "ahi_treated": 4}, 50, "table_1..table_3"),
    ("sleep_apnea", "2020-01-10",
     {"ahi": 40, "treatment": "surgery", "treated_months": 5, "ahi_treated": 4}, 50, "postpone"),
    ("central_sleep_apnea", "2020-01-10", {"cause": "unknown", "ahi": 20}, 50, "table_2..table_4"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_manuals_figures_hold(case: Case) -> None:
    assert range_told(case) == case[-1]


def test_asthma_with_copd_is_rated_as_copd_and_more() -> None:
    asthma, copd = told("asthma", "1990-01-10"), told("copd", "2020-01-10", fev1=80)
    assert range_of(assessed(copd, age=55)) == "table_2..table_4"
    assert range_of(assessed(asthma, copd, age=55)) == "table_3..table_6"


def test_copd_costs_a_smoker_more_than_the_class() -> None:
    smoker = [{"product": "cigarette", "last_used": "2026-06-14", "per_week": 70}]
    found = assessed(told("copd", "2020-01-10", fev1=80), age=55, nicotine=smoker)
    assert range_of(found) == "table_4..table_8"


def test_sleep_apnea_and_asthma_add_up() -> None:
    asthma = told("asthma", "1990-01-10", exacerbations=2)
    apnea = told("sleep_apnea", "2020-01-10", ahi=30)
    assert range_of(assessed(asthma, apnea)) == "table_4..table_8"
