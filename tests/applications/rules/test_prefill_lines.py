"""What a quote of another line than life knows is not asked again, and of the right person."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from megler.applications.rules.prefill import answers_from
from megler.applications.rules.prefill_lines import insured_of

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 11, 23)


def _from(example: str, **offer: Any) -> dict[str, Any]:
    facts = json.loads((EXAMPLES / f"{example}.json").read_text("utf-8"))
    return answers_from(facts, offer, TODAY)


def test_what_an_annuity_pays_out_is_no_premium() -> None:
    found = _from("annuity", line="annuity", yields="income", face_amount="100000", mode="monthly")
    assert found["annuity_premium"] == "100000"
    assert (found["annuity_income_start"], found["annuity_income_form"]) == ("now", "certain")
    assert "cover_mode" not in found
    assert "annuity_qualified" not in found, "which of the qualified kinds is not known"


def test_disability_takes_benefit_waiting_and_period_riders_and_income() -> None:
    found = _from("disability", line="disability", face_amount="2500", mode="annual")
    assert (found["di_benefit"], found["di_elimination"], found["di_period"]) == (
        "2500",
        "d90",
        "y5",
    )
    assert found["di_riders"] == ["residual", "future"]
    assert found["di_future_amount"] == "1000"
    assert found["di_income_now"] == "90000"
    assert found["has_existing"] == "yes"


def test_a_couple_that_wants_care_names_its_partner_part() -> None:
    found = _from("long-term-care-couple", line="long_term_care", face_amount="5000")
    assert (found["care_years"], found["care_elimination"]) == ("y3", "d90")
    assert (found["care_inflation"], found["care_partner"]) == ("c3", "yes")


def test_medicare_takes_plan_part_b_and_window() -> None:
    found = _from("medicare-supplement", line="medicare_supplement", plan="G")
    assert (found["msup_plan"], found["msup_part_b"]) == ("g", "2026-01-01")
    assert (found["msup_open"], found["msup_nicotine"]) == ("yes", "no")


def test_a_family_is_listed_with_what_is_known() -> None:
    found = _from("health-family", line="health")
    assert found["household_size"] == 4
    assert [one["relationship"] for one in found["dependents"]] == ["spouse", "child", "child"]
    assert found["dependents"][0]["born"] == "1986-09-17"


@pytest.mark.parametrize(("number", "born"), [(0, "1990-04-01"), (2, "1958-07-09")])
def test_of_a_group_each_ones_own_offer_fills_in_their_own_application(
    number: int, born: str
) -> None:
    found = _from("group-census", line="group_term_life", wants=number)
    assert found["insured_born"] == born


@pytest.mark.parametrize(
    ("line", "cover", "said"),
    [
        ("disability", "term_life", "no"),
        ("disability", "disability", "yes"),
        ("term_life", "disability", "no"),
        ("term_life", "annuity", "yes"),
        ("annuity", None, "yes"),
    ],
)
def test_insurance_in_force_is_told_where_its_kind_is_asked_for(
    line: str, cover: str | None, said: str
) -> None:
    held = {"carrier": "A", "amount": "1000"} | ({"line": cover} if cover else {})
    found = answers_from({"in_force": [held]}, {"line": line}, TODAY)
    assert found["has_existing"] == said


def test_a_document_of_one_person_is_that_person() -> None:
    assert insured_of({"born": "1990-01-01"}, {"wants": 0})["born"] == "1990-01-01"
