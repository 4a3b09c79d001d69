"""Liver, bowel and bariatric surgery: what the manual's tables say, and at their edges."""

from datetime import date
from typing import Any

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.manual.answered import ends, judged, told, years_ago

ALCOHOL = {"cause": "alcohol", "control": "good"}
VIRAL = {"cause": "viral", "treatment": "cured"}


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({**ALCOHOL, "stage": "child_a", "years_stable": 0.9}, "postpone", "postpone"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 1}, "table_5", "table_7"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 2}, "table_4", "table_6"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 5}, "table_4", "table_6"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 5.1}, "table_3", "table_5"),
        ({**ALCOHOL, "stage": "child_b", "years_stable": 1.9}, "postpone", "decline"),
        ({**ALCOHOL, "stage": "child_b", "years_stable": 2}, "table_7", "table_9"),
        ({**ALCOHOL, "stage": "child_c", "years_stable": 9}, "decline", "decline"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 6, "drinking": True}, "decline", "decline"),
        ({**VIRAL, "stage": "child_a", "years_stable": 0.45}, "table_5", "table_7"),
        ({**VIRAL, "stage": "child_a", "years_stable": 1}, "table_4", "table_6"),
        ({**VIRAL, "stage": "child_a", "years_stable": 1.1}, "table_3", "table_5"),
        ({**VIRAL, "stage": "child_a", "years_stable": 3.1}, "table_2", "table_4"),
        ({"cause": "fatty", "stage": "child_a", "control": "poor", "years_stable": 2}, "table_6", "table_8"),
        ({"cause": "fatty", "stage": "child_a", "control": "good", "years_stable": 2, "meld": 15},
         "table_4", "table_6"),
        ({"cause": "fatty", "stage": "child_a", "control": "good", "years_stable": 2, "meld": 16},
         "decline", "decline"),
        ({"cause": "fatty", "stage": "child_a", "control": "good", "years_stable": 2,
          "portal_hypertension": True}, "table_5", "table_9"),
        ({"cause": "other", "stage": "child_b", "control": "partial", "years_stable": 2}, "table_8", "decline"),
        ({"found": "stiffness_to_15", "stage": "child_a", "control": "good", "cause": "fatty"},
         "table_3", "table_4"),
        ({"found": "stiffness_over_15", "stage": "child_a", "control": "good", "cause": "fatty"},
         "table_4", "table_6"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 4, "born": "1950-01-01"}, "table_3", "table_5"),
        ({**ALCOHOL, "stage": "child_a", "years_stable": 5.1, "born": "1950-01-01"}, "table_2", "table_4"),
    ],
)  # fmt: skip
def test_cirrhosis(facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends("cirrhosis", **facts) == (best, worst)


@pytest.mark.parametrize(
    ("impairment", "facts", "best", "worst"),
    [
        ("elevated_liver_enzymes", {"cause": "fatty", "times_normal": 1.9}, "standard", "table_1"),
        ("elevated_liver_enzymes", {"cause": "fatty", "times_normal": 2}, "table_1", "table_3"),
        ("elevated_liver_enzymes", {"cause": "fatty", "times_normal": 5}, "table_1", "table_3"),
        ("elevated_liver_enzymes", {"cause": "fatty", "times_normal": 5.1}, "postpone", "decline"),
        ("elevated_liver_enzymes", {"cause": "gallstones", "times_normal": 5.1}, "standard", "table_2"),
        ("elevated_liver_enzymes", {"cause": "unknown"}, "postpone", "postpone"),
        ("elevated_liver_enzymes", {"cause": "gilbert"}, "standard", "standard"),
        ("fatty_liver", {"fibrosis": "f2_f3"}, "table_3", "table_6"),
        ("hepatitis_b", {"phase": "acute"}, "postpone", "postpone"),
        ("hepatitis_b", {"phase": "carrier", "e_antigen": False, "since": years_ago(10)}, "standard", "table_1"),
        ("hepatitis_b", {"phase": "carrier", "e_antigen": False, "since": years_ago(10.1)}, "standard", "standard"),
        ("hepatitis_b", {"phase": "hepatitis", "e_antigen": False, "years_stable": 0.9}, "table_1", "table_2"),
        ("hepatitis_b", {"phase": "hepatitis", "e_antigen": False, "years_stable": 1}, "standard", "table_1"),
        ("hepatitis_b", {"phase": "hepatitis", "treatment": "none", "fibrosis": "f3"}, "table_3", "table_5"),
        ("hepatitis_c", {"treatment": "none", "fibrosis": "f3"}, "table_3", "table_4"),
        ("hepatitis_c", {"treatment": "cured", "fibrosis": "f3", "years_since_cure": 0.2}, "postpone", "postpone"),
        ("hepatitis_c", {"treatment": "cured", "fibrosis": "f3", "years_since_cure": 0.9}, "table_2", "table_3"),
        ("hepatitis_c", {"treatment": "cured", "fibrosis": "f3", "years_since_cure": 1}, "table_1", "table_2"),
        ("hepatitis_c", {"treatment": "cured", "fibrosis": "f3", "years_since_cure": 3.1}, "standard", "table_1"),
        ("hepatitis_c", {"treatment": "cured", "fibrosis": "f1", "years_since_cure": 3}, "standard", "table_1"),
        ("hepatitis_c", {"treatment": "cured", "fibrosis": "f1", "years_since_cure": 3.1}, "standard", "standard"),
    ],
)  # fmt: skip
def test_liver(impairment: str, facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends(impairment, **{"e_antigen": False, **facts}) == (best, worst)


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({"extent": "proctitis", "severity": "mild", "years_stable": 0.9}, "table_1", "table_2"),
        ({"extent": "proctitis", "severity": "mild", "years_stable": 1}, "standard", "table_1"),
        ({"extent": "left_sided", "severity": "moderate", "years_stable": 1}, "table_2", "table_3"),
        ({"extent": "left_sided", "severity": "moderate", "years_stable": 3.1}, "table_1", "table_2"),
        ({"extent": "extensive", "severity": "moderate", "years_stable": 5}, "table_3", "table_4"),
        ({"extent": "extensive", "severity": "moderate", "years_stable": 5.1}, "table_2", "table_3"),
        ({"extent": "extensive", "severity": "severe"}, "table_6", "postpone"),
        ({"extent": "proctitis", "severity": "mild", "control": "poor"}, "table_6", "postpone"),
        ({"surgery": "pouch", "last_surgery": years_ago(3)}, "table_2", "table_4"),
        ({"surgery": "pouch", "last_surgery": years_ago(37 / 12)}, "table_2", "table_3"),
        ({"surgery": "ileostomy", "last_surgery": years_ago(11 / 12)}, "table_3", "table_4"),
        ({"extent": "extensive", "severity": "mild", "years_stable": 4, "cholangitis": True}, "table_3", "table_6"),
        ({"extent": "extensive", "severity": "mild", "years_stable": 4, "dysplasia": "current"},
         "postpone", "decline"),
        ({"extent": "extensive", "severity": "mild", "years_stable": 4, "since": years_ago(21)},
         "table_2", "table_4"),
        ({"extent": "proctitis", "severity": "mild", "born": "1990-01-01", "since": "2005-01-01",
          "years_stable": 10.5}, "standard", "standard"),
    ],
)  # fmt: skip
def test_ulcerative_colitis(facts: dict[str, Any], best: str, worst: str) -> None:
    assert ends("ulcerative_colitis", **{"since": years_ago(6), **facts}) == (best, worst)


@pytest.mark.parametrize(
    ("facts", "best", "worst"),
    [
        ({"location": "ileal", "years_stable": 2}, "table_2", "table_3"),
        ({"location": "ileal", "years_stable": 2.1}, "table_1", "table_2"),
        ({"location": "ileal", "behavior": "penetrating", "years_stable": 1}, "table_4", "table_5"),
        (
            {"location": "ileocolonic", "behavior": "stricturing", "years_stable": 3},
            "table_3",
            "table_5",
        ),
        ({"location": "ileal", "perianal": True, "years_stable": 1}, "table_4", "table_6"),
        ({"location": "upper", "control": "poor"}, "table_6", "postpone"),
        ({"location": "ileal", "years_stable": 3, "treatment": "biologic"}, "standard", "table_1"),
        ({"location": "ileal", "years_stable": 3, "nutrition": "failure"}, "decline", "decline"),
        ({"surgery": "resection", "last_surgery": years_ago(1)}, "table_2", "table_3"),
        ({"surgery": "resection", "last_surgery": years_ago(2 / 12)}, "postpone", "postpone"),
    ],
)
def test_crohns_disease(facts: dict[str, Any], best: str, worst: str) -> None:
    told_ = {"since": years_ago(6), "perianal": False, **facts}
    assert ends("crohns_disease", **told_) == (best, worst)


@pytest.mark.parametrize(
    ("procedure", "months", "best", "worst"),
    [
        ("bypass", 2, "postpone", "postpone"),
        ("bypass", 3, "table_3", "table_4"),
        ("bypass", 6, "table_2", "table_3"),
        ("bypass", 12, "table_1", "table_2"),
        ("bypass", 24, "table_1", "table_2"),
        ("bypass", 25, "standard", "table_1"),
        ("sleeve", 3, "table_2", "table_3"),
        ("sleeve", 13, "standard", "table_1"),
        ("band", 12, "table_1", "table_2"),
        ("switch", 5, "postpone", "postpone"),
        ("switch", 6, "table_3", "table_5"),
        ("switch", 25, "table_1", "table_3"),
    ],
)
def test_bariatric_surgery(procedure: str, months: int, best: str, worst: str) -> None:
    since = years_ago(months / 12)
    assert ends("bariatric_surgery", procedure=procedure, since=since) == (best, worst)


def test_a_fresh_bypass_is_put_off_until_three_months_have_passed() -> None:
    found = judged("bariatric_surgery", procedure="bypass", since="2026-01-15")
    assert (found.outcome, found.postpone_until) == (Outcome.POSTPONE, date(2026, 4, 15))


def test_hepatitis_b_beside_c_adds_once_and_the_liver_counts_by_the_worst() -> None:
    carrier = {"phase": "carrier", "e_antigen": True, "treatment": "none"}
    cured = told("hepatitis_c", treatment="cured", fibrosis="f0", years_since_cure=2)
    assert ends("hepatitis_b", **carrier) == ("table_1", "table_2")
    untreated = ends("hepatitis_b", cured, **carrier)
    assert untreated == ("table_3", "postpone")
    suppressed = {**carrier, "treatment": "treated"}
    assert ends("hepatitis_b", cured, **suppressed) == ("table_1", "table_3")
