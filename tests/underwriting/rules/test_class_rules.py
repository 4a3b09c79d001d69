"""A compound rule holds at its edges, is open where it must be, and tells what would meet it."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.ratings import ClassRule
from megler.carriers.rules.when.reading import read_when
from megler.underwriting.rules.assessment import Assessment
from tests.underwriting.rated_guides import assessed, rated_guide

LIPIDS = ClassRule(
    "preferred_plus",
    read_when(
        "cholesterol_total <= 240 and cholesterol_ratio <= 3.5"
        " or cholesterol_total <= 260 and cholesterol_ratio <= 3.0"
    ),
    text="total <= 240 and ratio <= 3.5, or total <= 260 and ratio <= 3.0",
    page="14",
)
OLD = ClassRule(
    None, read_when("pulse <= 80"), read_when("age >= 60"), text="pulse from 60", page="15"
)
GUIDE = rated_guide(rules=(LIPIDS, OLD))


def lipids(total: float, ratio: float, **more: Any) -> Assessment:
    return assessed(GUIDE, cholesterol={"total": total, "hdl_ratio": ratio}, **more)


@given(st.integers(120, 300), st.decimals("2", "4", places=1))
def test_either_way_is_enough_and_one_point_above_both_is_not(total: int, ratio: Decimal) -> None:
    meets = (total <= 240 and ratio <= Decimal("3.5")) or (total <= 260 and ratio <= 3)
    found = lipids(total, float(ratio)).class_code
    assert found == ("preferred_plus" if meets else "preferred")


def test_what_keeps_the_class_away_is_told_with_its_page_and_the_nearest_way() -> None:
    found = lipids(241, 3.5)
    reason = next(r for r in found.reasons if r.code == "rule_not_met")
    assert (reason.params["class"], reason.source.page) == ("Preferred Plus", "14")
    nearest = next(r for r in found.improvements if r.code == "bring_to_limit")
    assert nearest.params["limit"] in {"240", "3.0"}


def test_a_limit_that_is_itself_too_much_is_told_as_such() -> None:
    strict = ClassRule("preferred_plus", read_when("systolic < 120"), text="below 120", page="14")
    found = assessed(
        rated_guide(rules=(strict,)), blood_pressure={"systolic": 124, "diastolic": 75}
    )
    (nearest,) = [r for r in found.improvements if r.source.rule == "rules"]
    assert (nearest.code, nearest.params["limit"]) == ("bring_below", "120")


def test_a_rule_that_a_known_fact_decides_is_not_open() -> None:
    known = assessed(GUIDE, cholesterol={"total": 261})
    unknown = assessed(GUIDE, cholesterol={"total": 250})
    assert known.class_code == "preferred"
    assert unknown.class_range[0] == "preferred_plus"
    assert "cholesterol.hdl_ratio" in {o.fact for o in unknown.open}


@pytest.mark.parametrize(("born", "code"), [("1960-02-11", None), ("1979-02-11", "preferred_plus")])
def test_a_rule_with_a_condition_is_only_for_those(born: str, code: str | None) -> None:
    found = assessed(
        GUIDE, born=born, cholesterol={"total": 200, "hdl_ratio": 3}, details={"pulse": 81}
    )
    assert found.class_code == code


def test_a_rule_of_every_class_holds_for_users_too() -> None:
    users = {
        "born": "1960-01-01",
        "nicotine": [{"product": "cigarette", "last_used": "2026-02-01"}],
    }
    calm, fast = (assessed(GUIDE, details={"pulse": pulse}, **users) for pulse in (80, 81))
    assert (calm.class_code, calm.outcome) == ("preferred_tobacco", "class")
    assert fast.class_code is None
