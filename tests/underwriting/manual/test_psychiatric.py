"""Psychiatric conditions, alcohol and drugs: what the manual's tables say, and at their edges.

Regular care takes 25 points off depression, anxiety and bipolar disorder; it is the usual answer.
"""

from datetime import date
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.manual.answered import ends, judged, told, years_ago

HOSPITAL = {"hospitalized": True}


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({"years_stable": 0.4}, "standard", "table_1"),
        ({"years_stable": 0.5}, "standard", "standard"),
        ({"control": "partial", "years_stable": 3}, "standard", "table_1"),
        ({"years_stable": 0.4, "episodes": 3}, "table_1", "table_2"),
        ({"severity": "moderate", "years_stable": 0.4}, "table_1", "table_2"),
        ({"severity": "moderate", "years_stable": 0.5}, "standard", "table_1"),
        ({"severity": "moderate", "years_stable": 1}, "standard", "standard"),
        ({"severity": "moderate", "treatment": "none", "years_stable": 1.9}, "standard", "table_1"),
        ({"severity": "moderate", "treatment": "none", "years_stable": 2}, "standard", "standard"),
        ({"severity": "moderate", "control": "partial", "years_stable": 5}, "table_1", "table_2"),
        ({"severity": "severe", "years_stable": 0.9}, "table_2", "table_2"),
        ({"severity": "severe", "years_stable": 1}, "table_1", "table_2"),
        ({"severity": "severe", "years_stable": 5}, "table_1", "table_2"),
        ({"severity": "severe", "years_stable": 5.1}, "standard", "table_1"),
        ({"severity": "severe", "control": "partial", "years_stable": 1.9}, "table_2", "table_3"),
        ({"severity": "severe", "control": "partial", "years_stable": 2}, "table_2", "table_2"),
        ({"severity": "psychotic", "years_stable": 3}, "table_3", "table_4"),
        ({"severity": "severe", "years_stable": 3, "resistant": True}, "table_3", "table_5"),
        ({"kind": "postpartum", "severity": "moderate", "years_stable": 1}, "table_1", "table_2"),
        ({"kind": "seasonal", "treatment": "none", "years_stable": 1}, "table_1", "table_2"),
        ({"years_stable": 3, "suicidal": "thoughts", "last_suicidal": "2025-04-01"}, "table_2", "table_3"),
        ({"years_stable": 3, "suicidal": "attempt", "last_suicidal": "2024-09-01"}, "table_3", "table_3"),
        ({"years_stable": 3, "suicidal": "attempts", "last_suicidal": "2020-09-01"}, "table_3", "table_3"),
    ],
)  # fmt: skip
def test_depression(facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends("depression", **{"episodes": 2, **facts}) == (best, worst)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({**HOSPITAL, "last_hospitalized": "2025-12-02"}, Outcome.POSTPONE),
        ({**HOSPITAL, "last_hospitalized": "2025-12-01"}, Outcome.CLASS),
        ({"treatment_changed": True}, Outcome.POSTPONE),
        ({"suicidal": "attempt", "last_suicidal": "2025-03-02"}, Outcome.POSTPONE),
        ({"suicidal": "attempts", "last_suicidal": "2024-03-02"}, Outcome.DECLINE),
        ({"severity": "severe", "control": "partial", "resistant": True}, Outcome.DECLINE),
        ({"severity": "severe", "function": "disabled"}, Outcome.DECLINE),
        ({"compliance": "refused"}, Outcome.DECLINE),
        ({"since": "2025-12-15", "treatment": "none"}, Outcome.POSTPONE),
    ],
)
def test_depression_that_is_put_off_or_declined(facts: dict[str, Any], outcome: Outcome) -> None:
    assert judged("depression", **{"episodes": 2, "years_stable": 3, **facts}).outcome is outcome


@pytest.mark.parametrize(
    ("impairment", "facts", "best", "worst"),
    [
        ("anxiety", {"severity": "moderate", "years_stable": 0.4}, "standard", "table_1"),
        ("anxiety", {"severity": "severe", "years_stable": 1}, "standard", "table_1"),
        ("anxiety", {"severity": "severe", "years_stable": 2.1}, "standard", "standard"),
        ("anxiety", {"kind": "panic", "frequency": "occasional", "years_stable": 0.4}, "table_1", "table_2"),
        ("anxiety", {"kind": "panic", "frequency": "occasional", "years_stable": 0.4,
                     "control": "partial", "avoidance": True}, "table_3", "table_6"),
        ("anxiety", {"kind": "childhood", "severity": "mild", "treatment": "none", "years_stable": 2.1},
         "standard", "standard"),
        ("ocd", {"severity": "mild", "years_stable": 1}, "standard", "standard"),
        ("ocd", {"severity": "moderate", "years_stable": 1}, "table_1", "table_2"),
        ("ocd", {"severity": "moderate", "years_stable": 2.1}, "standard", "table_1"),
        ("ocd", {"severity": "severe", "control": "partial", "years_stable": 1}, "table_3", "table_4"),
        ("ocd", {"severity": "extreme"}, "individual_consideration", "decline"),
        ("ptsd", {"severity": "severe", "years_stable": 3}, "table_1", "table_3"),
        ("ptsd", {"exposure": "combat", "severity": "severe", "years_stable": 2.9}, "table_2", "table_4"),
        ("ptsd", {"exposure": "ongoing", "severity": "mild", "years_stable": 2},
         "individual_consideration", "individual_consideration"),
        ("bipolar_disorder", {"kind": "type_1", "severity": "severe", "years_stable": 0.9}, "table_2", "table_3"),
        ("bipolar_disorder", {"kind": "type_1", "severity": "severe", "years_stable": 1}, "table_2", "table_2"),
        ("bipolar_disorder", {"kind": "type_2", "severity": "mild", "years_stable": 5.1}, "standard", "standard"),
        ("bipolar_disorder", {"kind": "type_2", "severity": "mild", "years_stable": 1.5,
                              "pattern": "rapid_cycling"}, "table_1", "table_3"),
        ("bipolar_disorder", {"kind": "type_1", "severity": "mild", "years_stable": 2, **HOSPITAL,
                              "last_hospitalized": "2024-03-01"}, "table_3", "table_4"),
        ("bipolar_disorder", {"kind": "type_1", "severity": "mild", "years_stable": 2,
                              "suicidal": "attempts", "last_suicidal": "2022-03-01"}, "decline", "decline"),
        ("adhd", {"severity": "moderate"}, "standard", "standard"),
        ("adhd", {"severity": "severe"}, "standard", "table_1"),
        ("adhd", {"severity": "severe", "control": "partial", "favorable": 2}, "standard", "table_2"),
        ("autism", {}, "standard", "table_1"),
        ("autism", {"level": "level_2", "independence": "supported"}, "table_3", "table_4"),
        ("autism", {"level": "level_2", "independence": "supported", "cognition": "below"}, "decline", "decline"),
        ("insomnia", {"years_stable": 0.5}, "standard", "standard"),
        ("insomnia", {"years_stable": 1, "treatment": "benzodiazepine"}, "table_1", "table_2"),
        ("schizophrenia", {"severity": "mild", "function": "full", "years_stable": 5}, "table_3", "table_4"),
        ("schizophrenia", {"severity": "mild", "function": "full", "years_stable": 5.1}, "table_2", "table_3"),
        ("schizophrenia", {"severity": "mild", "control": "partial", "years_stable": 1.9}, "decline", "decline"),
        ("schizophrenia", {"kind": "brief", "recurrence": False, "years_stable": 2.1}, "table_1", "table_2"),
        ("eating_disorder", {"kind": "anorexia", "recovery": "full", "years_stable": 10}, "standard", "table_1"),
        ("eating_disorder", {"kind": "anorexia", "recovery": "full", "years_stable": 10.1}, "standard", "standard"),
        ("eating_disorder", {"kind": "anorexia", "recovery": "active"}, "postpone", "postpone"),
        ("eating_disorder", {"kind": "purging", "recovery": "full", "years_stable": 3}, "table_2", "table_3"),
        ("personality_disorder", {}, "table_1", "table_3"),
    ],
)  # fmt: skip
def test_other_conditions(impairment: str, facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends(impairment, **facts) == (best, worst)


@pytest.mark.parametrize(
    ("impairment", "facts", "months", "best", "worst"),
    [
        ("alcohol_abuse", {"severity": "moderate"}, 11, "postpone", "postpone"),
        ("alcohol_abuse", {"severity": "moderate"}, 12, "table_2", "table_3"),
        ("alcohol_abuse", {"severity": "mild"}, 60, "table_1", "table_2"),
        ("alcohol_abuse", {"severity": "mild"}, 61, "standard", "table_1"),
        ("alcohol_abuse", {"severity": "severe"}, 59, "table_3", "table_3"),
        ("alcohol_abuse", {"severity": "severe"}, 60, "table_2", "table_3"),
        ("alcohol_abuse", {"severity": "severe", "complications": True}, 96, "decline", "decline"),
        ("alcohol_abuse", {"severity": "mild", "relapse": "several"}, 61, "table_1", "table_3"),
        ("alcohol_abuse", {"severity": "mild"}, 0, "postpone", "decline"),
        ("drug_abuse", {"substance": "opioid", "intravenous": True}, 35, "postpone", "postpone"),
        ("drug_abuse", {"substance": "opioid", "intravenous": True}, 36, "table_3", "table_3"),
        ("drug_abuse", {"substance": "opioid"}, 85, "table_1", "table_2"),
        ("drug_abuse", {"substance": "stimulant"}, 60, "table_3", "table_3"),
        ("drug_abuse", {"substance": "several", "intravenous": True}, 59, "decline", "decline"),
        ("drug_abuse", {"substance": "opioid", "maintenance": "methadone"}, 96, "table_2", "table_3"),
    ],
)  # fmt: skip
def test_alcohol_and_drugs_by_months_since_the_last_use(
    impairment: str, facts: dict[str, Any], months: int, best: str, worst: str
) -> None:
    more = {"severity": "severe", "intravenous": False, "abnormal_labs": False, **facts}
    assert ends(impairment, last_use=years_ago(months / 12), **more) == (best, worst)


@pytest.mark.parametrize(
    ("facts", "years", "best", "worst"),
    [
        ({}, 1, "table_3", "table_4"),
        ({}, 5, "table_3", "table_3"),
        ({}, 61 / 12, "table_2", "table_3"),
        ({"cause": "bipolar"}, 2, "table_4", "table_4"),
        ({"cause": "psychotic"}, 4, "postpone", "decline"),
        ({"attempts": 2}, 59 / 12, "postpone", "decline"),
        ({"attempts": 2}, 5, "table_4", "table_6"),
        ({"attempts": 3}, 4, "decline", "decline"),
        ({"high_lethality": True}, 6, "table_3", "table_5"),
        ({"kind": "thoughts", "thoughts": "plan"}, 3.5, "table_1", "table_2"),
        ({"kind": "thoughts", "thoughts": "plan"}, 1, "table_2", "table_3"),
    ],
)
def test_a_suicide_attempt(facts: dict[str, Any], years: float, best: str, worst: str) -> None:
    assert ends("suicide_attempt", since=years_ago(years), **facts) == (best, worst)


def test_an_attempt_within_a_year_is_put_off_until_the_year_is_over() -> None:
    found = judged("suicide_attempt", since="2025-05-01")
    assert (found.outcome, found.postpone_until) == (Outcome.POSTPONE, date(2026, 5, 1))


def test_an_attempt_of_youth_counts_less_to_a_grown_person() -> None:
    found = ends("suicide_attempt", born="1985-02-11", since="2002-03-01")
    assert found == ("standard", "table_1")


def test_anxiety_adds_to_a_mood_and_another_mood_does_not() -> None:
    depressed: dict[str, Any] = {"severity": "severe", "years_stable": 3, "episodes": 2}
    panic = told("anxiety", kind="panic", frequency="frequent", years_stable=1)
    bipolar = told("bipolar_disorder", kind="type_2", severity="mild", years_stable=6)
    assert ends("depression", **depressed) == ("table_1", "table_2")
    assert ends("depression", panic, **depressed) == ("table_2", "table_4")
    assert ends("depression", bipolar, **depressed) == ("table_1", "table_2")
