"""Immune and rheumatic conditions: what the manual's tables say, and at their edges."""

from datetime import date
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.manual.answered import ends, judged, told, years_ago


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({"flares": 0, "urate": 5.9}, "standard", "table_1"),
        ({"flares": 1, "urate": 5.9}, "table_1", "table_2"),
        ({"flares": 2, "urate": 6}, "table_2", "table_3"),
        ({"flares": 2, "urate": 7}, "table_2", "table_3"),
        ({"flares": 3, "urate": 5}, "table_3", "table_5"),
        ({"flares": 3, "urate": 8}, "postpone", "postpone"),
        ({"flares": 0, "urate": 5, "tophi": "persistent"}, "table_5", "table_7"),
        ({"flares": 0, "urate": 5, "arthropathy": "limiting"}, "table_6", "table_8"),
        ({"flares": 0, "urate": 5, "stones": "once"}, "table_2", "table_3"),
        ({"flares": 1, "urate": 5.9, "since": "2010-01-01"}, "table_2", "table_3"),
        ({"flares": 1, "urate": 5.9, "last_flare": "2026-02-10"}, "postpone", "postpone"),
    ],
)
def test_gout(facts: dict[str, Any], best: str, worst: str) -> None:
    more = {"since": "2020-01-01", "last_flare": "2025-10-01", **facts}
    assert ends("gout", **more) == (best, worst)


def test_raised_uric_acid_without_gout_rates_nothing() -> None:
    assert judged("hyperuricemia").table is None


GOOD = {"cd4": 501, "viral_load": 0, "cd4_nadir": 300}


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({**GOOD, "years_on_treatment": 0.4}, "postpone", "postpone"),
        ({**GOOD, "years_on_treatment": 0.5}, "table_6", "table_8"),
        ({**GOOD, "years_on_treatment": 1}, "table_5", "table_6"),
        ({**GOOD, "years_on_treatment": 3}, "table_4", "table_5"),
        ({**GOOD, "years_on_treatment": 10}, "table_3", "table_4"),
        ({**GOOD, "years_on_treatment": 10.1}, "table_2", "table_3"),
        ({**GOOD, "years_on_treatment": 4, "cd4": 500}, "table_5", "table_7"),
        ({**GOOD, "years_on_treatment": 4, "cd4": 349}, "table_6", "table_8"),
        ({**GOOD, "years_on_treatment": 2, "viral_load": 1000}, "table_7", "table_9"),
        ({**GOOD, "years_on_treatment": 2, "viral_load": 1001}, "table_8", "decline"),
        ({**GOOD, "years_on_treatment": 9, "cd4": 199}, "table_8", "decline"),
        ({**GOOD, "years_on_treatment": 4, "cd4_nadir": 199}, "table_5", "table_6"),
        (
            {**GOOD, "years_on_treatment": 4, "opportunistic": "within_2_years"},
            "decline",
            "decline",
        ),
        ({"treatment": "elite", "viral_load": 0, "since": years_ago(10)}, "table_2", "table_4"),
        ({"treatment": "elite", "viral_load": 0, "since": years_ago(11)}, "table_1", "table_3"),
    ],
)
def test_hiv(facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends("hiv", **facts) == (best, worst)


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({"severity": "remission", "years_stable": 0.9}, "table_3", "table_4"),
        ({"severity": "remission", "years_stable": 1}, "table_2", "table_3"),
        ({"severity": "remission", "years_stable": 3}, "table_2", "table_3"),
        ({"severity": "remission", "years_stable": 5}, "table_1", "table_2"),
        ({"severity": "remission", "years_stable": 5.1}, "standard", "table_1"),
        ({"severity": "mild", "years_stable": 3.1}, "table_2", "table_3"),
        (
            {"severity": "mild", "years_stable": 3.1, "treatment": "antimalarial"},
            "table_1",
            "table_2",
        ),
        ({"severity": "moderate", "years_stable": 3}, "table_5", "table_7"),
        ({"severity": "severe", "years_stable": 3}, "table_8", "decline"),
        ({"kind": "cutaneous", "severity": "mild", "years_stable": 3.1}, "standard", "standard"),
        (
            {"severity": "remission", "organ": "kidney_high", "years_stable": 5},
            "table_4",
            "table_6",
        ),
        (
            {"severity": "remission", "organ": "kidney_high", "years_stable": 5.1},
            "table_2",
            "table_4",
        ),
        (
            {"severity": "moderate", "organ": "kidney_high", "years_stable": 5.1},
            "table_8",
            "postpone",
        ),
        (
            {"severity": "mild", "years_stable": 4, "antiphospholipid": "arterial"},
            "table_4",
            "table_7",
        ),
        ({"severity": "remission", "years_stable": 4, "pregnant": True}, "postpone", "postpone"),
    ],
)
def test_lupus(facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends("lupus", **facts) == (best, worst)


@pytest.mark.parametrize(
    ("years", "facts", "best", "worst"),
    [
        (1.5, {"activity": "low"}, "table_2", "table_3"),
        (1.5, {"activity": "low", "treatment": "switched"}, "table_3", "table_4"),
        (1.5, {"activity": "moderate", "treatment": "biologic"}, "table_4", "table_6"),
        (2, {"activity": "moderate", "treatment": "biologic"}, "table_5", "table_7"),
        (10, {"activity": "remission", "treatment": "combined"}, "table_2", "table_3"),
        (10, {"activity": "high"}, "table_5", "table_8"),
        (11, {"activity": "low"}, "table_1", "table_3"),
        (11, {"activity": "moderate", "damage": "severe"}, "table_4", "table_6"),
        (11, {"activity": "high"}, "table_6", "table_8"),
        (1.5, {"activity": "low", "erosive": True}, "table_3", "table_4"),
        (5, {"activity": "low", "function": "class_1"}, "table_1", "table_2"),
        (5, {"activity": "low", "extraarticular": "felty"}, "table_5", "table_7"),
        (5, {"activity": "low", "extraarticular": "vasculitis_active"}, "table_8", "decline"),
        (
            8,
            {"activity": "remission", "treatment": "none", "years_stable": 2},
            "table_1",
            "table_2",
        ),
        (
            8,
            {"activity": "remission", "treatment": "none", "years_stable": 2.1},
            "standard",
            "table_1",
        ),
    ],
)
def test_rheumatoid_arthritis(years: float, facts: dict[str, Any], best: str, worst: str) -> None:
    """Of functional class II, which adds nothing; seropositive from two years on.

    That adds a table to what is active before five years.
    """
    more = {"function": "class_2", "seropositive": years >= 2, "years_stable": 1, **facts}
    assert ends("rheumatoid_arthritis", since=years_ago(years), **more) == (best, worst)


@pytest.mark.parametrize(
    ("organ", "years", "graft", "best", "worst"),
    [
        ("liver", 11 / 12, "excellent", "postpone", "postpone"),
        ("liver", 1, "excellent", "table_4", "table_5"),
        ("liver", 1, "fair", "postpone", "decline"),
        ("liver", 3, "excellent", "table_3", "table_4"),
        ("liver", 61 / 12, "good", "table_3", "table_4"),
        ("liver", 6, "poor", "decline", "decline"),
        ("heart", 23 / 12, "excellent", "postpone", "postpone"),
        ("heart", 2, "excellent", "table_5", "table_5"),
        ("heart", 6, "fair", "decline", "decline"),
        ("lung", 4, "good", "postpone", "decline"),
        ("pancreas", 6, "excellent", "table_3", "table_3"),
    ],
)
def test_a_transplant_rejected_once(
    organ: str, years: float, graft: str, best: str, worst: str
) -> None:
    """A rejection in the past adds a table or two."""
    found = ends(
        "organ_transplant", organ=organ, since=years_ago(years), graft=graft, rejection="past"
    )
    tables = [int(end[6:]) if end.startswith("table_") else None for end in (best, worst)]
    low, high = tables
    assert found == (
        best if low is None else f"table_{low + 1}",
        worst if high is None else f"table_{high + 2}",
    )


def test_a_new_liver_is_put_off_until_a_year_has_passed() -> None:
    found = judged("organ_transplant", organ="liver", graft="good", since="2025-08-20")
    assert (found.outcome, found.postpone_until) == (Outcome.POSTPONE, date(2026, 8, 20))


def test_hiv_and_hepatitis_add_up() -> None:
    carrier = told("hepatitis_b", phase="carrier", e_antigen=True, treatment="none")
    assert ends("hiv", carrier, years_on_treatment=4, **GOOD) == ("table_5", "table_7")
