"""An impairment gives what the guide's rows say, at both ends, and says which rows."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.assessment import Assessment, Outcome
from tests.underwriting.rated_guides import assessed, having, rated_guide

GUIDE = rated_guide()


def diabetic(**details: Any) -> Assessment:
    return assessed(
        GUIDE, conditions=having("diabetes type 2", since="2015-06-01", details=details)
    )


@pytest.mark.parametrize(
    ("a1c", "ends"),
    [
        (7, ("table_2", "table_3")),
        (7.1, ("table_4", "table_4")),
        (8.5, ("table_4", "table_4")),
        (8.6, ("decline", "decline")),
        ("8.6", ("decline", "decline")),
        ("8.6 %", ("decline", "decline")),
    ],
)
def test_the_row_that_holds_is_the_rating(a1c: Any, ends: tuple[str, str]) -> None:
    assert diabetic(a1c=a1c, ulcer=False).class_range == ends


@given(st.decimals("4", "14", places=1))
def test_one_tenth_above_a_limit_is_above_it(a1c: Decimal) -> None:
    best = diabetic(a1c=float(a1c), ulcer=False).class_range[0]
    assert best == ("table_2" if a1c <= 7 else "table_4" if a1c <= Decimal("8.5") else "decline")


def test_an_unanswered_question_widens_the_range_and_is_asked() -> None:
    found = diabetic(ulcer=False)
    assert found.class_range == ("table_2", "decline")
    assert [(o.fact, o.question) for o in found.open if not o.supposed] == [
        ("conditions[0].details.a1c", "Last A1c?")
    ]
    assert found.open[0].would_change_to == "decline"


def test_a_usual_answer_is_likely_but_does_not_narrow_the_range() -> None:
    found = diabetic(a1c=7.5)
    assert found.class_range == ("table_4", "postpone")
    assert found.likely is not None
    assert found.likely.table == 4
    assert "fact_unknown_usual" in {r.code for r in found.assumptions}


def test_the_likely_outcome_of_a_range_is_its_middle_rounded_to_the_worse() -> None:
    found = diabetic(a1c=7, ulcer=False)
    assert (found.table, found.likely and found.likely.table) == (2, 3)


def test_what_happens_in_the_middle_of_a_month_that_is_only_known_by_name_stays_open() -> None:
    edges = assessed(GUIDE, conditions=having("myocardial infarction", since="2025-09"))
    assert edges.class_range == ("table_4", "postpone")


@pytest.mark.parametrize(
    ("since", "outcome", "until"),
    [
        ("2025-09-02", Outcome.POSTPONE, date(2026, 3, 2)),
        ("2025-09-01", Outcome.TABLE, None),
        ("2023-03-02", Outcome.TABLE, None),
    ],
)
def test_a_postponement_ends_on_its_day(since: str, outcome: Outcome, until: date | None) -> None:
    found = assessed(GUIDE, conditions=having("myocardial infarction", since=since))
    assert (found.outcome, found.postpone_until) == (outcome, until)


def test_a_flat_extra_comes_with_its_years() -> None:
    found = assessed(GUIDE, conditions=having("myocardial infarction", since="2024-09-01"))
    assert (found.table, found.flat_extra, found.flat_years) == (4, Decimal("5.00"), 3)
    diver = assessed(GUIDE, avocations=having("scuba"))
    assert (diver.class_code, diver.flat_extra, diver.flat_years) == (
        "preferred_plus",
        Decimal("2.50"),
        None,
    )


def test_points_are_added_and_taken_off_but_never_below_nothing() -> None:
    young = assessed(
        GUIDE,
        born="1979-02-11",
        conditions=having(
            "diabetes type 2", since="2005-01-01", details={"a1c": 8, "ulcer": False}
        ),
    )
    assert young.table == 5


def test_every_row_that_fired_is_a_reason_with_its_page() -> None:
    found = diabetic(a1c=7.5, ulcer=True)
    told = {r.code: (r.params["text"], r.source.page, r.source.rule) for r in found.reasons[1:3]}
    assert told["rating_base"] == ("A1c 7.1 to 8.5", "7", "diabetes_type_2")
    assert told["rating_at_least"] == ("ulcer", "7", "diabetes_type_2")
    assert found.outcome is Outcome.POSTPONE


def test_what_no_row_covers_is_left_to_an_underwriter() -> None:
    rows = tuple(r for r in GUIDE.guide.ratings if "8.5" not in r.text) if GUIDE.guide else ()
    found = assessed(
        rated_guide(ratings=rows),
        conditions=having("diabetes type 2", details={"a1c": 12, "ulcer": False}),
    )
    assert found.outcome is Outcome.INDIVIDUAL_CONSIDERATION
    assert "impairment_not_covered" in {r.code for r in found.reasons}


def test_an_answer_that_is_none_is_told_and_stays_open() -> None:
    found = diabetic(a1c="high", ulcer=False)
    assert found.class_range == ("table_2", "decline")
    told = next(r for r in found.assumptions if r.code == "answer_not_understood")
    assert (told.params["found"], told.params["expected"]) == ("high", "%")


def test_who_is_rated_as_a_user_has_the_classes_of_users() -> None:
    often = assessed(GUIDE, conditions=having("marijuana", details={"per_week": 3}))
    seldom = assessed(GUIDE, conditions=having("marijuana", details={"per_week": 2}))
    unsaid = assessed(GUIDE, conditions=having("marijuana"))
    assert (often.class_code, seldom.class_code) == ("standard_tobacco", "standard")
    assert unsaid.class_range == ("standard", "standard_tobacco")
    assert "treated_as_user" in {r.code for r in often.reasons}
    assert "more_nicotine_free_months" not in {r.code for r in often.improvements}


def test_a_factor_of_everybody_is_judged_only_when_it_was_touched_on() -> None:
    rich = assessed(GUIDE, income_annual="100000", amount=Decimal(2_000_000))
    poor = assessed(GUIDE, income_annual="99999", amount=Decimal(2_000_000))
    unsaid = assessed(GUIDE, amount=Decimal(2_000_000))
    assert rich.outcome is Outcome.CLASS
    assert poor.outcome is Outcome.INDIVIDUAL_CONSIDERATION
    assert unsaid.class_range == ("preferred_plus", "preferred_plus")
    assert "income_annual" in {o.fact for o in unsaid.open if o.supposed}
