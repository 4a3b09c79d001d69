from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.guide import (
    Criterion,
    CriterionKind,
    Guide,
    GuideClass,
    Nicotine,
)
from megler.underwriting.rules.assessment import INDIVIDUAL, Assessment, Outcome
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from tests.underwriting.documents import documents
from tests.underwriting.guides import KNOWN, ON, criteria, guide, person

GUIDE = guide()
ORDER = [
    "preferred_plus",
    "preferred",
    "standard",
    "preferred_tobacco",
    "standard_tobacco",
    "table_2",
    "table_4",
    INDIVIDUAL,
]


def judged(**facts: Any) -> Assessment:
    return assess(GUIDE, person(**facts), ON)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({}, "preferred_plus"),
        ({"weight_lb": 150}, "preferred_plus"),
        ({"weight_lb": 151}, "preferred"),
        ({"weight_lb": 150.4}, "preferred_plus"),
        ({"weight_lb": 150.5}, "preferred"),
        ({"weight_lb": 185}, "standard"),
        ({"weight_lb": 186}, "table_2"),
        ({"weight_lb": 201}, "table_4"),
        ({"weight_lb": 216}, INDIVIDUAL),
        ({"weight_lb": 94}, INDIVIDUAL),
        ({"height_in": 59}, INDIVIDUAL),
        ({"height_in": 73, "weight_lb": 170}, INDIVIDUAL),
        ({"blood_pressure": {"systolic": 130, "diastolic": 80}}, "preferred_plus"),
        ({"blood_pressure": {"systolic": 131, "diastolic": 80}}, "preferred"),
        ({"blood_pressure": {"systolic": 130, "diastolic": 89}}, "standard"),
        ({"blood_pressure": {"systolic": 151, "diastolic": 80}}, "preferred_tobacco"),
        ({"cholesterol": {"total": 190, "hdl_ratio": 4.0}}, "preferred_plus"),
        ({"cholesterol": {"total": 190, "hdl_ratio": 4.01}}, "preferred"),
        ({"cholesterol": {"total": 301, "hdl_ratio": 3.9}}, INDIVIDUAL),
        ({"cholesterol": {"total": 99, "hdl_ratio": 3.9}}, INDIVIDUAL),
        ({"nicotine": [{"last_used": "2023-03-01"}]}, "preferred_plus"),
        ({"nicotine": [{"last_used": "2023-03-02"}]}, "preferred"),
        ({"nicotine": [{"last_used": "2025-03-01"}]}, "standard"),
        ({"nicotine": [{"last_used": "2025-03-02"}]}, "preferred_tobacco"),
        ({"nicotine": [{"last_used": "2026-03-01"}]}, "preferred_tobacco"),
    ],
)
def test_each_limit_decides_to_the_unit(facts: dict[str, Any], outcome: str) -> None:
    if outcome == "preferred_tobacco" and "nicotine" not in facts:
        outcome = INDIVIDUAL
    assert judged(**facts).class_range == (outcome, outcome)


def death(age: int | None, relation: str = "father", **more: Any) -> dict[str, Any]:
    return {"relation": relation, "condition": "heart attack", "death_age": age} | more


@pytest.mark.parametrize(
    ("family", "best", "worst"),
    [
        ([death(60)], "preferred_plus", "preferred_plus"),
        ([death(59)], "preferred", "preferred"),
        ([death(59), death(59, "mother")], "standard", "standard"),
        ([death(59), death(59, "brother")], "preferred", "preferred"),
        ([death(59, condition="colon cancer")], "preferred_plus", "preferred_plus"),
        ([death(59, condition="a short illness")], "preferred_plus", "preferred"),
        ([death(None, onset_age=58)], "preferred_plus", "preferred"),
        ([death(None, onset_age=60)], "preferred_plus", "preferred_plus"),
        ([death(None, onset_age=58, alive=True)], "preferred_plus", "preferred_plus"),
        (..., "preferred_plus", "standard"),
    ],
)
def test_family_history_counts_relatives(family: object, best: str, worst: str) -> None:
    assert judged(family=family).class_range == (best, worst)


def test_every_rule_that_capped_the_class_is_told_with_its_source() -> None:
    answer = judged(weight_lb=160, blood_pressure={"systolic": 145, "diastolic": 78})
    assert answer.class_code == "standard"
    told = {(r.code, r.params.get("class"), r.source.rule, r.source.page) for r in answer.reasons}
    assert told == {
        ("class_met", "Standard", "", ""),
        ("above_limit", "Preferred", "systolic_max", "12"),
        ("over_weight", "Preferred Plus", "build", "11"),
    }
    assert {r.source.edition for r in answer.reasons} == {"fjordlife/guide@2026-01-01"}


def test_the_nearest_improvement_is_told_where_one_fact_alone_stands_in_the_way() -> None:
    (pounds,) = judged(weight_lb=171).improvements
    assert (pounds.code, pounds.params) == ("less_weight", {"class": "Preferred", "less": "6"})
    (months,) = judged(nicotine=[{"last_used": "2024-02-01"}]).improvements
    assert months.params == {"class": "Preferred Plus", "more": "11"}
    two = judged(weight_lb=171, blood_pressure={"systolic": 145, "diastolic": 78})
    assert two.improvements == ()


def test_what_reaches_only_a_table_promises_the_table() -> None:
    both = judged(weight_lb=190, blood_pressure={"systolic": 151, "diastolic": 80})
    (lower,) = both.improvements
    assert (lower.code, lower.params["class"]) == ("bring_to_limit", "table 2")


def test_a_user_hears_how_long_until_the_classes_for_non_users() -> None:
    answer = judged(nicotine=[{"last_used": "2025-12-01"}])
    assert answer.class_code == "preferred_tobacco"
    assert answer.improvements[0].params == {"class": "Standard", "more": "9"}


def test_a_table_rates_the_last_class_of_the_same_nicotine_status() -> None:
    answer = judged(weight_lb=190)
    assert (answer.outcome, answer.class_code, answer.table) == (Outcome.TABLE, "standard", 2)
    smoker = judged(weight_lb=190, nicotine=[{"last_used": "2026-02-01"}])
    assert (smoker.class_code, smoker.table) == ("standard_tobacco", 2)
    sick = judged(weight_lb=190, blood_pressure={"systolic": 151, "diastolic": 80})
    assert sick.outcome is Outcome.INDIVIDUAL_CONSIDERATION
    assert [r.params["class"] for r in answer.reasons] == ["Standard", "Standard"]


def test_a_month_whose_ends_decide_differently_leaves_the_class_open() -> None:
    open_month = judged(nicotine=[{"last_used": "2023-03"}])
    assert open_month.class_range == ("preferred_plus", "preferred")
    assert [o.fact for o in open_month.open] == ["nicotine[0].last_used"]
    assert judged(nicotine=[{"last_used": "2023-02"}]).class_range == ("preferred_plus",) * 2
    assert judged(nicotine=[{"last_used": "2023-04"}]).class_range == ("preferred",) * 2


def test_unknown_nicotine_spans_both_ladders() -> None:
    answer = judged(nicotine=...)
    assert answer.class_range == ("preferred_plus", "preferred_tobacco")
    assert [(o.fact, o.would_change_to) for o in answer.open] == [("nicotine", "preferred_tobacco")]


@pytest.mark.parametrize(
    ("fact", "worst"),
    [("weight_lb", INDIVIDUAL), ("blood_pressure", INDIVIDUAL), ("height_in", INDIVIDUAL)],
)
def test_an_unknown_fact_is_named_and_supposed_well(fact: str, worst: str) -> None:
    answer = judged(**{fact: ...})
    assert answer.class_range == ("preferred_plus", worst)
    assert {o.would_change_to for o in answer.open} == {worst}
    assert all(r.code == "fact_unknown" for r in answer.assumptions)
    assert all(o.fact.startswith(fact) for o in answer.open)


def test_an_unknown_fact_that_can_change_nothing_is_not_asked_for() -> None:
    answer = assess(guide(family=()), person(family=..., sex=...), ON)
    assert answer.is_certain
    assert answer.open == ()


def test_history_that_the_guide_does_not_judge_leaves_the_worst_open() -> None:
    answer = judged(conditions=[{"name": "diabetes type 2"}], medications=[])
    assert answer.class_range == ("preferred_plus", INDIVIDUAL)
    assert (answer.reasons[0].code, answer.reasons[0].params["fact"]) == (
        "not_judged",
        "conditions",
    )


def test_figures_rounded_for_the_chart_are_told() -> None:
    answer = judged(height_in=..., height_cm=163)
    assert [(r.code, r.params) for r in answer.assumptions] == [
        ("rounded_for_chart", {"fact": "height_in", "used": "64"})
    ]


def test_a_limit_for_ages_holds_at_those_ages_only() -> None:
    older = Criterion("preferred_plus", CriterionKind.SYSTOLIC_MAX, 48, None, Decimal(115))
    strict = guide(criteria=(*criteria(), older))
    ends = {"1979-02-11": "preferred_plus", "1977-02-11": "preferred"}
    for born, code in ends.items():
        assert assess(strict, person(born=born), ON).class_code == code
    unknown = assess(strict, person(born=...), ON)
    assert unknown.class_range == ("preferred_plus", "preferred")
    assert [o.fact for o in unknown.open] == ["born"]


def test_a_class_granted_on_review_is_never_given_but_told() -> None:
    credit = GuideClass(
        "standard_plus", "Standard Plus", "standard", Nicotine.NONE, None, on_review=True
    )
    rules = GUIDE.guide
    assert rules is not None
    classes = (*rules.classes[:2], credit, *rules.classes[2:])
    lenient = guide(
        classes=classes,
        build=(
            *rules.build,
            *(
                replace(row, class_code="standard_plus", weight_max_lb=row.weight_max_lb + 5)
                for row in rules.build
                if row.class_code == "preferred"
            ),
        ),
    )
    answer = assess(lenient, person(weight_lb=168), ON)
    assert answer.class_code == "standard"
    assert [r.code for r in answer.improvements] == ["less_weight", "granted_on_review"][::-1]
    assert "Standard Plus" not in {reason.params.get("class") for reason in answer.reasons}


def test_a_class_that_the_chart_never_names_has_its_most_generous_bounds() -> None:
    smoker = {"nicotine": [{"last_used": "2026-02-01"}]}
    assert judged(weight_lb=185, **smoker).class_code == "preferred_tobacco"
    assert judged(weight_lb=186, **smoker).outcome is Outcome.TABLE


def test_a_guide_that_asks_nothing_gives_its_first_class() -> None:
    bare = guide(classes=(GuideClass("one", "One", "one"),), build=(), criteria=(), family=())
    empty = read_facts({}, ON)[0]
    assert empty is not None
    assert assess(bare, empty.insured, ON).class_range == ("one", "one")


def test_a_guide_without_classes_leaves_it_to_an_underwriter() -> None:
    answer = assess(guide(classes=()), person(), ON)
    assert answer.outcome is Outcome.INDIVIDUAL_CONSIDERATION


def rank(code: str) -> int:
    return ORDER.index(code)


@given(st.integers(80, 260), st.integers(0, 40))
@settings(deadline=None)
def test_more_weight_never_betters_the_class(weight: int, more: int) -> None:
    lighter, heavier = judged(weight_lb=max(weight, 95)), judged(weight_lb=max(weight, 95) + more)
    assert rank(lighter.class_range[0]) <= rank(heavier.class_range[0])


@given(st.dates(date(2019, 1, 1), ON), st.dates(date(2019, 1, 1), ON))
@settings(deadline=None)
def test_longer_without_nicotine_never_worsens_the_class(one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    best = judged(nicotine=[{"last_used": earlier.isoformat()}]).class_range[0]
    assert rank(best) <= rank(judged(nicotine=[{"last_used": later.isoformat()}]).class_range[0])


KNOWN_FACTS = st.fixed_dictionaries(
    {
        "weight_lb": st.integers(95, 230),
        "blood_pressure": st.fixed_dictionaries(
            {"systolic": st.integers(110, 160), "diastolic": st.integers(60, 100)}
        ),
        "cholesterol": st.fixed_dictionaries(
            {"total": st.integers(95, 310), "hdl_ratio": st.sampled_from([3, 4, 4.5, 5, 6, 7])}
        ),
        "nicotine": st.lists(
            st.fixed_dictionaries(
                {"last_used": st.sampled_from(["2020-01", "2023-03", "2024-03-05", "2026-02-01"])}
            ),
            max_size=2,
        ),
        "family": st.lists(
            st.fixed_dictionaries(
                {
                    "relation": st.sampled_from(["father", "mother", "brother"]),
                    "condition": st.sampled_from(["heart attack", "cancer"]),
                    "death_age": st.integers(50, 70),
                }
            ),
            max_size=3,
        ),
    }
)


@given(KNOWN_FACTS, st.sets(st.sampled_from([*KNOWN, "weight_lb"]), max_size=4))
@settings(max_examples=150, deadline=None)
def test_unknown_facts_only_widen_the_range(facts: dict[str, Any], unknown: set[str]) -> None:
    known = judged(**facts).class_range
    wider = (
        judged(**facts, **{}) if not unknown else judged(**(facts | dict.fromkeys(unknown, ...)))
    )
    assert rank(wider.class_range[0]) <= rank(known[0])
    assert rank(wider.class_range[1]) >= rank(known[1])


@given(documents())
@settings(max_examples=150, deadline=None)
def test_any_facts_can_be_judged_and_the_class_lies_within_its_range(document: object) -> None:
    facts, _ = read_facts(document, ON)
    if facts is not None:
        answer = assess(GUIDE, facts.insured, ON)
        best, worst = answer.class_range
        assert rank(best) <= rank(worst)
        given = f"table_{answer.table}" if answer.table else answer.class_code or INDIVIDUAL
        assert given == best
        assert answer.is_certain or answer.assumptions


def test_an_edition_of_no_guide_judges_nothing() -> None:
    rules = Guide(classes=())
    assert assess(replace(GUIDE, guide=None), person(), ON) == assess(
        replace(GUIDE, guide=rules), person(), ON
    )
