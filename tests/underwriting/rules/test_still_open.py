"""What is not known is told once, with the rule that asks for it and what was supposed."""

from decimal import Decimal
from typing import Any

import pytest

from megler.carriers.rules.ratings import Question, QuestionType
from megler.underwriting.rules.assessment import Assessment, Outcome
from tests.underwriting.rated_guides import assessed, having, rated_guide, rating

GUIDE = rated_guide()


def asked(found: Assessment) -> dict[str, str]:
    return {one.fact: one.would_change_to for one in found.open if not one.supposed}


def supposed(found: Assessment, code: str) -> dict[str, dict[str, str]]:
    return {r.params["fact"]: r.params for r in found.assumptions if r.code == code}


def diabetic(**details: Any) -> Assessment:
    entry = having("diabetes type 2", since="2015-06-01", details=details)
    return assessed(GUIDE, conditions=entry)


def test_a_fact_that_a_class_and_a_rating_wait_for_is_asked_once_with_the_worse() -> None:
    rows = (
        rating("asthma", "base", "systolic > 140", "decline", text="High"),
        rating("asthma", "base", "systolic <= 140", "any"),
    )
    found = assessed(
        rated_guide(ratings=rows), conditions=having("asthma"), blood_pressure={"diastolic": 70}
    )
    facts = [one.fact for one in found.open]
    assert facts.count("blood_pressure.systolic") == 1
    assert asked(found)["blood_pressure.systolic"] == "decline"


def test_every_open_fact_has_its_rule_and_page() -> None:
    found = assessed(GUIDE, conditions=having("diabetes type 2"), weight_lb=..., family=...)
    for one in found.open:
        if not one.supposed:
            assert one.source.edition == GUIDE.name
    pages = {one.fact: (one.source.page, one.source.rule) for one in found.open}
    assert pages["conditions[0].details.a1c"] == ("7", "diabetes_type_2")
    assert pages["weight_lb"] == ("11", "build")
    assert pages["family"] == ("13", "family")
    said = {r.params["fact"]: r.source for r in found.assumptions if r.code.startswith("fact_un")}
    assert said["weight_lb"].page == "11"


def test_what_nothing_could_change_is_not_asked() -> None:
    found = assessed(GUIDE, conditions=[*having("diabetes type 2", details={"a1c": 9})])
    assert found.class_range == ("decline", "decline")
    assert found.open == ()
    assert not any(r.code.endswith("_open") for r in found.reasons)


def test_a_usual_answer_is_told_with_the_open_fact_and_not_again() -> None:
    found = diabetic(a1c=7.5)
    assert set(asked(found)) == {"conditions[0].details.ulcer"}
    usual = supposed(found, "fact_unknown_usual")
    assert usual["conditions[0].details.ulcer"]["answer"] == "false"
    assert not supposed(found, "fact_unknown")
    assert not supposed(found, "usual_supposed")


def test_what_one_answer_alone_leads_to_supposes_the_best_of_the_others() -> None:
    assert asked(diabetic()) == {
        "conditions[0].details.a1c": "decline",
        "conditions[0].details.ulcer": "postpone",
    }


def test_subjects_of_which_nothing_was_told_are_named() -> None:
    found = assessed(rated_guide(ratings=(rating("income", "base", "pulse > 90", "table_2"),)))
    told = supposed(found, "subjects_supposed")
    assert told["details"]["names"] == "Income"
    assert found.outcome is Outcome.CLASS


def test_what_may_lead_to_the_worst_comes_first() -> None:
    found = assessed(GUIDE, conditions=[*having("asthma"), *having("diabetes type 2")])
    told = list(asked(found).values())
    assert told[:3] == ["decline", "decline", "postpone"]


def test_an_answer_that_costs_a_flat_extra_says_so() -> None:
    rows = (
        rating("scuba", "base", "depth_ft > 100", "any", extra=("5.00", None)),
        rating("scuba", "base", "depth_ft <= 100", "any"),
    )
    depth = Question("scuba", "depth_ft", QuestionType.NUMBER, "How deep?")
    edition = rated_guide(ratings=rows, questions=(depth,))
    found = assessed(edition, avocations=having("scuba"))
    assert asked(found) == {"avocations[0].details.depth_ft": "preferred_plus"}
    assert [one.flat_extra for one in found.open if not one.supposed] == [Decimal("5.00")]


def test_nicotine_is_not_asked_again_where_a_condition_may_count_as_its_use() -> None:
    found = assessed(GUIDE, conditions=having("marijuana"))
    assert asked(found) == {"conditions[0].details.per_week": "standard_tobacco"}


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({"conditions": [{"icd10": "Z99.8"}]}, "Z99.8"),
        ({"conditions": [{"name": "moon disease", "icd10": "Z99.8"}]}, "moon disease"),
        ({"travel": [{"country": "AF", "days": 3}]}, "Afghanistan"),
    ],
)
def test_what_the_guide_does_not_know_is_called_by_its_name(
    facts: dict[str, Any], names: str
) -> None:
    first = assessed(GUIDE, **facts).reasons[0]
    assert (first.code, first.params["names"]) == ("not_judged", names)


def test_of_a_build_of_which_nothing_was_told_height_and_weight_are_asked() -> None:
    nothing = asked(assessed(GUIDE, height_in=..., weight_lb=...))
    assert {"height_in", "weight_lb"} <= set(nothing)
    assert nothing["height_in"] == nothing["weight_lb"]
    assert "weight_lb" not in asked(assessed(GUIDE, height_in=...))


def test_an_answer_that_several_impairments_wait_for_weighs_in_all_of_them() -> None:
    rows = (
        rating("asthma", "base", "", "table_2"),
        rating("asthma", "add", "systolic > 140", "+50"),
        rating("sleep_apnea", "base", "", "table_2"),
        rating("sleep_apnea", "add", "systolic > 150", "+25"),
    )
    found = assessed(
        rated_guide(ratings=rows, criteria=()),
        conditions=[*having("asthma"), *having("sleep apnea")],
        blood_pressure=...,
    )
    assert asked(found) == {"blood_pressure.systolic": "table_7"}


def test_the_day_of_the_one_entry_that_has_none_is_asked_of_it() -> None:
    rows = (
        rating("dui", "base", 'count("dui", 60) == 0', "any"),
        rating("dui", "base", 'count("dui", 60) > 0', "decline"),
    )
    found = assessed(rated_guide(ratings=rows), driving=[{"event": "dui"}])
    assert asked(found) == {"driving[0].on": "decline"}


def test_a_subject_of_which_a_class_asks_is_told_to_be_supposed_without_a_rating() -> None:
    rows = (rating("income", "base", "systolic > 140", "table_2"),)
    found = assessed(rated_guide(ratings=rows), blood_pressure={"diastolic": 70})
    assert supposed(found, "ratings_supposed").keys() == {"blood_pressure"}
