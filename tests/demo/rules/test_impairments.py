"""What the fictional carriers rate: leanings, and that the carriers differ as people do."""

from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.demo.rules.guides import guide_edition
from megler.demo.rules.impairments.appetite import Appetite, evidence_days
from megler.demo.rules.impairments.blocks import SCALE, Ladder, leaned
from megler.demo.rules.roster.every import CARRIERS
from megler.underwriting.rules.assessment import Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts

ON = date(2026, 3, 1)
FIT: dict[str, Any] = {
    "born": "1974-02-11", "sex": "male", "jurisdiction": "TX", "height_in": 70, "weight_lb": 165,
    "nicotine": [], "family": [], "conditions": [], "medications": [], "driving": [],
    "criminal": [], "avocations": [], "travel": [], "income_annual": "100000",
    "blood_pressure": {"systolic": 118, "diastolic": 74, "treated": False},
    "cholesterol": {"total": 180, "hdl_ratio": 3.2, "treated": False},
}  # fmt: skip
"""A man of 52 who has the best class everywhere."""
FULL = ("sogne-life", "fjordgard", "switchgrass-life", "tundra-life")


@cache
def guide(carrier: str, series: str = "full-guide") -> Edition:
    profile = next(one for one in CARRIERS if one.house.slug == carrier)
    book = next(one for one in profile.guides if one.series == series)
    edition, _, problems = check_edition(guide_edition(profile.house, book))
    assert problems == []
    assert edition is not None
    return edition


def assessed(carrier: str, series: str = "full-guide", **facts: Any) -> Assessment:
    read, problems = read_facts({**FIT, **facts}, ON)
    assert read is not None, problems
    return assess(guide(carrier, series), read.insured, ON)


def by_carrier(**facts: Any) -> dict[str, tuple[str, str]]:
    """What each carrier with a full guide makes of the man with these facts."""
    return {carrier: assessed(carrier, **facts).class_range for carrier in FULL}


LADDERS = st.builds(
    Ladder,
    st.sampled_from([SCALE[:3], ("preferred", "standard"), ("standard",)]),
    st.sampled_from([4, 6, 8, 16]),
)


@given(st.sampled_from(SCALE), st.integers(-4, 4), LADDERS)
def test_a_step_stricter_is_never_milder_and_a_decline_stays(
    outcome: str, lean: int, ladder: Ladder
) -> None:
    found = leaned(outcome, lean, ladder)
    assert found in SCALE
    assert SCALE.index(leaned(outcome, lean + 1, ladder)) >= SCALE.index(found)
    assert leaned("decline", lean, ladder) == "decline"
    assert found.startswith(("table", "decline")) or found in ladder.classes


def test_what_is_no_step_is_never_moved() -> None:
    for outcome in ("any", "+50", "postpone", "individual_consideration", ""):
        assert leaned(outcome, 2, Ladder(["standard"])) == outcome


def test_the_healthy_have_the_best_class_and_nothing_is_left_open() -> None:
    for carrier in FULL:
        found = assessed(carrier)
        assert found.class_code == guide(carrier).guide.classes[0].code  # type: ignore[union-attr]
        assert found.is_certain


def test_diabetes_is_taken_strictly_here_and_leniently_there() -> None:
    entry = {
        "name": "type 2 diabetes", "since": "2020-01-01",
        "details": {"a1c": 7.4, "insulin": False, "complications": False},
    }  # fmt: skip
    assert by_carrier(conditions=[entry]) == {
        "sogne-life": ("table_2", "table_3"),
        "fjordgard": ("table_3", "table_4"),
        "switchgrass-life": ("standard", "table_2"),
        "tundra-life": ("table_2", "table_3"),
    }


def test_twelve_cigars_a_year_cost_more_at_one_carrier_than_at_another() -> None:
    cigars = [{"product": "cigar", "last_used": "2026-02-01", "details": {"per_year": 12}}]
    assert by_carrier(nicotine=cigars) == {
        "sogne-life": ("preferred", "preferred"),
        "fjordgard": ("preferred_plus", "preferred_plus"),
        "switchgrass-life": ("standard", "standard"),
        "tundra-life": ("preferred_tobacco", "preferred_tobacco"),
    }


def test_marijuana_makes_a_nicotine_user_where_it_is_much() -> None:
    weekly = [{"name": "marijuana", "details": {"times_per_month": 10}}]
    assert by_carrier(conditions=weekly) == {
        "sogne-life": ("preferred_tobacco", "preferred_tobacco"),
        "fjordgard": ("table_3", "decline"),
        "switchgrass-life": ("preferred_plus", "individual_consideration"),
        "tundra-life": ("preferred", "preferred"),
    }


def test_driving_under_the_influence_is_postponed_for_longer_at_the_strict() -> None:
    once = [{"event": "DUI", "on": "2025-02-01"}]
    found = {carrier: assessed(carrier, driving=once) for carrier in FULL}
    assert found["fjordgard"].postpone_until == date(2027, 2, 1)
    assert {c: f.flat_extra for c, f in found.items() if f.flat_extra is not None}.keys() == {
        "sogne-life", "switchgrass-life", "tundra-life",
    }  # fmt: skip


def test_several_impairments_add_up_or_the_worst_stands_or_an_underwriter_decides() -> None:
    two = [
        {"name": "sleep apnea", "details": {"severity": "severe", "treated": False}},
        {"name": "type 2 diabetes", "since": "2020-01-01",
         "details": {"a1c": 7.4, "insulin": False, "complications": False}},
    ]  # fmt: skip
    assert by_carrier(conditions=two) == {
        "sogne-life": ("table_6", "table_7"),
        "fjordgard": ("table_3", "table_4"),
        "switchgrass-life": ("table_3", "individual_consideration"),
        "tundra-life": ("table_4", "table_4"),
    }


def test_cover_far_beyond_the_income_is_for_an_underwriter() -> None:
    read, _ = read_facts({**FIT, "wants": {"line": "term_life", "face_amount": "2000000"}}, ON)
    assert read is not None
    amount = read.wants[0].face_amount
    found = assess(guide("sogne-life"), read.insured, ON, amount=amount)
    assert found.class_range[0] == "individual_consideration"
    assert "finances" in {reason.source.rule for reason in found.reasons}


@pytest.mark.parametrize("carrier", ["prairie-mutual", "lofoten-mutual", "tundra-life"])
def test_what_a_level_plan_declines_the_graded_plan_may_take(carrier: str) -> None:
    facts = {"conditions": [{"name": "kidney disease"}], "born": "1960-05-01"}
    level = assessed(carrier, "simplified-guide", **facts)
    assert level.class_range == ("standard", "individual_consideration")
    bad = {"conditions": [{"name": "diabetes", "details": {"complications": True}}]}
    assert assessed(carrier, "simplified-guide", **bad).class_range == ("decline", "decline")
    assert assessed(carrier, "graded-guide", **bad).class_range == ("standard", "standard")


def test_conditions_that_pass_alone_are_declined_together() -> None:
    heart = {"name": "heart attack", "since": "2010-01-01"}
    sugar = {"name": "type 2 diabetes", "details": {"insulin": False, "complications": False}}
    for alone in (heart, sugar):
        found = assessed("prairie-mutual", "simplified-guide", conditions=[alone])
        assert found.class_range == ("standard", "standard")
    both = assessed("prairie-mutual", "simplified-guide", conditions=[heart, sugar])
    assert both.class_range == ("decline", "decline")


def test_a_prescription_knocks_out_what_was_not_told() -> None:
    for drug in ("Aricept 10 mg", "methadone", "oxygen"):
        found = assessed("nordhavn-life", "simplified-guide", medications=[{"name": drug}])
        assert (drug, found.class_range) == (drug, ("decline", "decline"))


def test_laboratory_evidence_of_the_old_is_valid_half_as_long() -> None:
    rows = evidence_days(Appetite((), labs_from_age=66))
    blood = [row for row in rows if row[0] == "blood_profile"]
    assert [(row[3], row[4], row[5]) for row in blood] == [(365, "", 65), (182, 66, "")]
    for below, above in pairwise(row for row in rows if row[0] in {"ecg", "urine"}):
        if below[0] == above[0]:
            assert above[4] == int(str(below[5])) + 1
