"""Kidneys: what the manual's tables say, and at their edges."""

from datetime import date
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.manual.answered import ends, judged, years_ago

STEADY = {"cause": "reflux", "control": "good"}
"""A cause that rates nothing besides; a stable eGFR may take a table off, and is the usual answer."""


@pytest.mark.parametrize(
    ("egfr", "uacr", "best", "worst"),
    [
        (90, 29, "standard", "table_1"),
        (90, 30, "standard", "table_2"),
        (90, 301, "table_2", "table_4"),
        (89, 300, "table_1", "table_3"),
        (60, 10, "standard", "table_1"),
        (59.9, 10, "table_1", "table_3"),
        (45, 30, "table_2", "table_4"),
        (44.9, 10, "table_3", "table_5"),
        (30, 301, "table_5", "table_8"),
        (29.9, 10, "table_5", "table_8"),
        (29.9, 300, "table_7", "individual_consideration"),
        (15, 301, "decline", "decline"),
        (14.9, 10, "decline", "decline"),
    ],
)
def test_kidney_disease_by_egfr_and_albumin(
    egfr: float, uacr: float, best: str, worst: str
) -> None:
    assert ends("kidney_disease", egfr=egfr, uacr=uacr, **STEADY) == (best, worst)


@pytest.mark.parametrize(
    ("born", "egfr", "best", "worst"),
    [
        ("1956-03-02", 50, "table_1", "table_3"),
        ("1950-01-01", 50, "standard", "table_1"),
        ("1950-01-01", 44, "standard", "table_3"),
        ("1940-01-01", 50, "standard", "standard"),
        ("1940-01-01", 44, "standard", "table_2"),
    ],
)
def test_a_reduced_egfr_alone_counts_less_in_the_elderly(
    born: str, egfr: float, best: str, worst: str
) -> None:
    assert ends("kidney_disease", born=born, egfr=egfr, uacr=10, **STEADY) == (best, worst)


@pytest.mark.parametrize(
    ("impairment", "facts", "best", "worst"),
    [
        ("kidney_disease", {"egfr": 70, "uacr": 10, "cause": "diabetes", "control": "poor"}, "standard", "table_3"),
        ("kidney_disease", {"egfr": 50, "uacr": 10, "cause": "reflux", "trend": "falling"}, "table_3", "table_4"),
        ("kidney_disease", {"egfr": 50, "uacr": 10, "cause": "glomerulonephritis"}, "standard", "table_2"),
        ("kidney_disease", {"egfr": 50, "uacr": 10, "dialysis": "now"}, "decline", "decline"),
        ("kidney_disease", {"egfr": 50, "uacr": 10, "acute_injury": "recent"}, "postpone", "postpone"),
        ("polycystic_kidney", {"egfr": 95, "uacr": 10}, "table_1", "table_2"),
        ("polycystic_kidney", {"egfr": 95, "uacr": 10, "trend": "falling"}, "table_2", "table_3"),
        ("single_kidney", {"reason": "congenital", "egfr": 60, "uacr": 10}, "standard", "table_1"),
        ("single_kidney", {"reason": "congenital", "egfr": 59, "uacr": 10}, "table_1", "table_3"),
        ("single_kidney", {"reason": "donation", "egfr": 80, "uacr": 40, "since": years_ago(5)},
         "table_1", "table_3"),
        ("single_kidney", {"reason": "donation", "egfr": 50, "uacr": 10, "since": years_ago(6)},
         "standard", "table_2"),
        ("single_kidney", {"reason": "cancer", "egfr": 80, "uacr": 10, "since": years_ago(6)}, "table_2", "table_4"),
        ("proteinuria", {"kind": "dipstick", "years_stable": 0.5, "repeated": "not_repeated"}, "table_1", "table_1"),
        ("proteinuria", {"kind": "dipstick", "years_stable": 0.5, "dipstick": "two", "repeated": "persistent"},
         "table_2", "table_3"),
        ("proteinuria", {"uacr": 29, "years_stable": 0.5, "egfr": 90}, "standard", "standard"),
        ("proteinuria", {"uacr": 300, "years_stable": 0.5, "egfr": 90}, "standard", "table_1"),
        ("proteinuria", {"uacr": 301, "years_stable": 0.5, "egfr": 90}, "table_2", "table_3"),
        ("proteinuria", {"uacr": 1001, "years_stable": 0.5, "egfr": 90}, "table_4", "table_6"),
        ("proteinuria", {"uacr": 1001, "years_stable": 1.1, "egfr": 90}, "table_3", "table_5"),
        ("proteinuria", {"uacr": 1001, "years_stable": 0.5, "egfr": 90, "evaluation": "limited"},
         "table_5", "table_7"),
        ("proteinuria", {"uacr": 3501, "years_stable": 0.5, "egfr": 90}, "table_4", "postpone"),
        ("proteinuria", {"uacr": 3501, "years_stable": 0.5, "egfr": 29}, "decline", "decline"),
        ("proteinuria", {"kind": "exercise"}, "standard", "standard"),
        ("glomerular_disease", {"diagnosis": "iga", "uacr": 999, "remission": "partial"}, "table_2", "table_4"),
        ("glomerular_disease", {"diagnosis": "iga", "uacr": 1000, "remission": "partial"}, "table_4", "table_6"),
        ("glomerular_disease", {"diagnosis": "membranous", "uacr": 100, "remission": "active"},
         "table_7", "postpone"),
        ("pregnancy_proteinuria", {"preeclampsia": True, "resolved": True, "since": years_ago(0.5)},
         "table_1", "table_2"),
        ("pregnancy_proteinuria", {"preeclampsia": True, "resolved": True, "since": years_ago(7 / 12)},
         "standard", "table_1"),
    ],
)  # fmt: skip
def test_kidneys(impairment: str, facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends(impairment, **{"egfr": 90, **facts}) == (best, worst)


@pytest.mark.parametrize(
    ("donor", "years", "egfr", "best", "worst"),
    [
        ("living", 1, 61, 5, 7),
        ("living", 1, 60, 6, 8),
        ("living", 1, 44, 7, 9),
        ("living", 3, 61, 4, 6),
        ("living", 5, 61, 4, 6),
        ("living", 61 / 12, 61, 3, 5),
        ("deceased", 1, 61, 6, 8),
        ("deceased", 3, 44, 7, 9),
        ("deceased", 6, 45, 5, 7),
    ],
)
def test_a_kidney_transplant_rejected_once(
    donor: str, years: float, egfr: float, best: int, worst: int
) -> None:
    """A rejection long past adds a table; drugs taken regularly may take it off again."""
    facts: dict[str, Any] = {"donor": donor, "egfr": egfr, "uacr": 100, "since": years_ago(years)}
    found = ends("kidney_transplant", rejection="past", **facts)
    assert found == (f"table_{best}", f"table_{worst + 1}")


def test_a_failing_transplant_is_put_off_or_declined() -> None:
    facts: dict[str, Any] = {"donor": "living", "egfr": 29, "uacr": 100, "since": years_ago(6)}
    assert ends("kidney_transplant", **facts) == ("postpone", "decline")
    assert ends("kidney_transplant", failing=True, **facts) == ("decline", "decline")


def test_a_new_kidney_is_put_off_until_a_year_has_passed() -> None:
    found = judged("kidney_transplant", donor="living", egfr=70, uacr=10, since="2025-06-10")
    assert (found.outcome, found.postpone_until) == (Outcome.POSTPONE, date(2026, 6, 10))
