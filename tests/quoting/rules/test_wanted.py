"""What is wished for, as typed: each line reads its own fields."""

from datetime import date
from typing import Any

import pytest

from megler.quoting.rules.entry import facts_from_entry
from megler.underwriting.rules.facts import read_facts

TODAY = date(2026, 6, 1)


def wants(**typed: str) -> Any:
    document, problems = facts_from_entry(typed, TODAY)
    assert not problems
    read, refused = read_facts(document, TODAY)
    assert read is not None, refused
    return document["wants"]


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        (
            {"line": "term_life", "face_amount": "500k", "term_years": "20", "premium": "1"},
            {"line": "term_life", "face_amount": "500000", "term_years": 20},
        ),
        (
            {"line": "term_life", "by": "budget", "budget": "80", "face_amount": "500k"},
            {"line": "term_life", "budget": "80"},
        ),
        (
            {"line": "whole_life", "face_amount": "100k", "term_years": "20",
             "plan_whole_life": "20-pay", "plan_health": "gold"},
            {"line": "whole_life", "face_amount": "100000", "plan": "20-pay"},
        ),
        (
            {"line": "annuity", "premium": "100k", "payout": "life-only", "qualified": "yes",
             "face_amount": "500k", "annuity_years": "5"},
            {"line": "annuity", "premium": "100000", "payout": "life-only", "qualified": True,
             "term_years": 5},
        ),
        (
            {"line": "disability", "benefit_monthly": "4k", "elimination_days": "90",
             "benefit_years": "10"},
            {"line": "disability", "benefit_monthly": "4000", "elimination_days": 90,
             "benefit_years": 10},
        ),
        (
            {"line": "long_term_care", "benefit_monthly": "5000", "inflation": "3"},
            {"line": "long_term_care", "benefit_monthly": "5000", "inflation": "3"},
        ),
        (
            {"line": "medicare_supplement", "plan_medicare_supplement": "G", "household": "yes"},
            {"line": "medicare_supplement", "plan": "G", "household": True},
        ),
        (
            {"line": "specialty", "face_amount": "1m", "ask_specialty_event": "wedding",
             "ask_specialty_attendance": "80", "ask_health_x": "1"},
            {"line": "specialty", "face_amount": "1000000",
             "details": {"event": "wedding", "attendance": 80}},
        ),
        (
            {"line": "term_life", "riders_term_life": "child_term,waiver_of_premium",
             "rider_amount_term_life_child_term": "15k", "riders_whole_life": "guaranteed_purchase"},
            {"line": "term_life",
             "riders": [{"code": "child_term", "amount": "15000"}, "waiver_of_premium"]},
        ),
        (
            {"line": "term_life", "class": "standard", "table": "d", "flat_extra": "2.50",
             "flat_extra_years": "5"},
            {"line": "term_life", "class": "standard", "table": 4,
             "flat_extra": {"per_1000": "2.5", "years": 5}},
        ),
    ],
)  # fmt: skip
def test_each_line_reads_its_own_fields(typed: dict[str, str], wish: dict[str, Any]) -> None:
    assert wants(**typed) == wish


def test_a_partner_has_a_policy_of_their_own_of_the_same_or_another_amount() -> None:
    typed = {"line": "term_life", "face_amount": "500k", "age": "47", "partner": "each",
             "partner_age": "45", "jurisdiction": "TX"}  # fmt: skip
    document, _ = facts_from_entry(typed, TODAY)
    assert document["people"] == [
        {"id": "insured", "role": "insured", "age": 47, "jurisdiction": "TX"},
        {"id": "partner", "role": "spouse", "age": 45, "jurisdiction": "TX"},
    ]
    alike = {"line": "term_life", "face_amount": "500000"}
    assert document["wants"] == [
        {**alike, "people": ["insured"]},
        {**alike, "people": ["partner"]},
    ]
    told = wants(**typed, partner_amount="250k")
    assert [one["face_amount"] for one in told] == ["500000", "250000"]


def test_one_policy_may_insure_both_and_a_family() -> None:
    both = wants(line="universal_life", face_amount="1m", partner="one", partner_age="60", age="62")
    assert both["people"] == ["insured", "partner"]
    family = wants(line="health", partner="each", partner_age="40", age="42", children="12, 9 4")
    assert family["people"] == ["insured", "partner", "child-1", "child-2", "child-3"]


def test_couples_say_that_the_household_has_both() -> None:
    told = wants(line="long_term_care", benefit_monthly="5k", age="60", partner="each",
                 partner_age="59")  # fmt: skip
    assert [one["household"] for one in told] == [True, True]


def test_another_line_may_be_asked_for_in_the_same_run() -> None:
    told = wants(line="term_life", face_amount="500k", age="47", also_line="disability",
                 also_amount="4k", mode="monthly")  # fmt: skip
    assert told[1] == {"line": "disability", "benefit_monthly": "4000", "mode": "monthly"}


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ({"line": "term_life", "table": "17"}, "table"),
        ({"line": "term_life", "flat_extra_years": "5"}, "flat_extra"),
        ({"line": "health", "children": "two"}, "children"),
        ({"line": "term_life", "riders_term_life": "x", "rider_amount_term_life_x": "lots"},
         "rider_amount_term_life_x"),
        ({"line": "term_life", "partner": "each", "partner_height": "tall"}, "partner_height"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_field(typed: dict[str, str], where: str) -> None:
    _, problems = facts_from_entry(typed, TODAY)
    assert [problem.where for problem in problems] == [where]
