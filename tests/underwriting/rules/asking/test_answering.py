"""Questions answered from two guides: the answer, its sources, what decides, and not knowing."""

import pytest

from megler.underwriting.rules.asking.answers import Answered, AnswerKind
from tests.underwriting.rules.asking.market import answered


def headlines(found: Answered) -> dict[str, str]:
    """The code of each carrier's headline."""
    return {one.carrier: one.headline.code for one in found.says}


def test_who_is_best_for_a_person_and_what_they_will_need() -> None:
    found = answered(
        "45 female 64 inches 140 lbs NS 500k 20 year term, T2D a1c 6.8, who is best and what will they need?"
    )
    assert found.kind is AnswerKind.ANSWERED
    assert found.summary[0].code == "best_is"
    assert found.summary[0].params["carriers"] == "Fjord Life"
    assert [one.headline.code for one in found.says[2:]] == ["needs_exam_yes", "needs_exam_yes"]
    assert {line.params["kind"] for line in found.says[2].lines} == {
        "mib",
        "paramedical_exam",
        "blood_profile",
    }
    assert "conditions[0].since" in {ask.fact for ask in found.asks}


def test_whether_a_class_can_be_had() -> None:
    found = answered(
        "45 f 5'4 140 never smoked bp 120/75 chol 190 ratio 3.5 no family history healthy 500k preferred plus?"
    )
    assert headlines(found) == {"fjordlife": "person_yes", "skarlife": "person_yes"}
    heavy = answered(
        "45 f 5'4 175 never smoked bp 120/75 chol 190 ratio 3.5 no family history healthy 500k preferred plus?"
    )
    assert headlines(heavy) == {"fjordlife": "person_no", "skarlife": "person_no"}


def test_cigars_at_preferred() -> None:
    found = answered("does anyone accept cigars at preferred?")
    assert headlines(found) == {"fjordlife": "says_nicotine_no", "skarlife": "says_nicotine_yes"}
    assert [(r.code, r.params["carriers"]) for r in found.summary] == [
        ("anyone_yes", "Skår Mutual"),
        ("anyone_not", "Fjord Life"),
    ]
    assert found.says[1].lines[0].params["per_year"] == "12"
    assert found.says[1].lines[0].source.page == "14"


def test_the_age_to_which_a_term_is_sold_by_nicotine() -> None:
    found = answered("max age for 30 year term non-smoker")
    assert [(one.product, one.headline.params["figure"]) for one in found.says] == [
        ("skar-term", "60"),
        ("fjord-term", "55"),
    ]
    smoker = answered("max issue age 30 year term smoker")
    assert [one.headline.params["figure"] for one in smoker.says] == ["55", "50"]


def test_whether_an_age_may_have_a_term() -> None:
    assert (
        answered("can a 72 year old get a 20 year term?").summary[0].params["carriers"]
        == "Skår Mutual"
    )
    assert answered("can a 79 year old get a 20 year term?").summary[0].code == "anyone_no"


def test_how_long_after_a_heart_attack() -> None:
    found = answered("how long after a heart attack?")
    lines = found.says[0].lines
    assert (found.says[0].headline.code, found.says[0].headline.params["months"]) == (
        "says_wait_months",
        "6",
    )
    assert [line.code for line in lines] == ["rule_postpone_since", "rule_base", "rule_base"]
    assert lines[0].params["months"] == "6"
    assert lines[2].params["flat_extra"] == "5.00"
    assert lines[0].source.page == "7"


def test_what_was_told_rules_cases_out() -> None:
    found = answered("heart attack 4 months ago, any takers?")
    assert [line.code for line in found.says[0].lines] == ["rule_postpone_since"]


def test_limits_of_blood_pressure() -> None:
    found = answered("BP limit for preferred plus")
    told = {line.code: line.params["limit"] for line in found.says[0].lines}
    assert told == {"limit_systolic_max": "130", "limit_diastolic_max": "80"}
    assert found.says[0].lines[0].source.page == "12"


def test_limits_of_cholesterol_build_and_family() -> None:
    ratio = answered("max cholesterol ratio for preferred")
    assert "5" in {line.params["limit"] for line in ratio.says[0].lines}
    build = answered("max weight for preferred at 5'4")
    assert [line.params["limit"] for line in build.says[0].lines] == ["165"]
    family = answered("family history rules for preferred plus")
    assert family.says[0].lines[0].params["before_age"] == "60"


def test_a_class_alone_is_told_with_everything_it_asks() -> None:
    found = answered("what does preferred plus require")
    assert {one.headline.code for one in found.says} == {
        "says_pressure", "says_cholesterol", "says_nicotine_no", "says_family",
    }  # fmt: skip


def test_weights_need_a_height() -> None:
    found = answered("what is the max weight for preferred")
    assert found.kind is AnswerKind.ASKS
    assert [ask.fact for ask in found.asks] == ["height_in"]


def test_which_lab_value_gets_a_class() -> None:
    found = answered("what A1c gets table 2")
    assert found.says[0].lines[0].params["text"] == "a1c <= 7"
    assert found.says[0].headline.code == "says_maybe"


def test_a_condition_that_only_a_wider_rule_knows() -> None:
    found = answered("is prostate cancer a decline?")
    assert [one.headline.params["impairment"] for one in found.says] == ["Cancer", "Cancer"]


def test_evidence_by_kind_and_age() -> None:
    days = answered("how long are labs good for at 65?")
    assert [one.headline.params["days"] for one in days.says] == ["180", "180"]
    takes = answered("how long does an APS take")
    assert [one.headline.params["days"] for one in takes.says] == ["20", "30"]
    orders = answered("who orders the MVR")
    assert orders.says[0].headline.params["ordered_by"] == "carrier"


def test_how_much_without_an_exam() -> None:
    assert [
        one.headline.params["figure"] for one in answered("max face without exam at 45").says
    ] == ["250000"] * 2
    assert [ask.fact for ask in answered("max face without exam").asks] == ["born"]


def test_amounts_by_income() -> None:
    found = answered("what income multiple at 50")
    assert found.says[0].lines[0].params["text"] == "income_multiple > 20"


def test_states_and_conversion() -> None:
    assert answered("is term available in NY").says[0].headline.code == "limit_not_sold"
    assert answered("conversion privilege on term?").says[0].headline.params["until_age"] == "65"


def test_a_drug_tells_what_it_is_for() -> None:
    found = answered("what is Eliquis for")
    assert found.summary[0].params["conditions"].startswith("atrial_fibrillation")


def test_a_price_is_handed_over_with_the_facts() -> None:
    found = answered("quote 45 male 500k 20 year term")
    assert (found.kind, found.place) == (AnswerKind.HANDED_OVER, "quote")
    assert found.understood.facts["age"] == 45


@pytest.mark.parametrize(
    ("question", "kind", "place"),
    [
        ("how long after a corneal transplant of the moon?", AnswerKind.SILENT, "underwriter"),
        ("is hemophilia a decline", AnswerKind.SILENT, "underwriter"),
        ("how long is a treadmill good for", AnswerKind.SILENT, "underwriter"),
        ("what's the weather in Oslo", AnswerKind.NOT_UNDERSTOOD, "underwriter"),
        ("what's the commission on term", AnswerKind.HANDED_OVER, "commissions"),
        ("you stupid idiot", AnswerKind.DECLINED, ""),
        ("age 130 male 500k", AnswerKind.NOT_UNDERSTOOD, "underwriter"),
    ],
)
def test_not_knowing_is_said(question: str, kind: AnswerKind, place: str) -> None:
    found = answered(question)
    assert (found.kind, found.place) == (kind, place)
    assert found.says == ()


def test_a_carrier_named_is_the_only_one_asked() -> None:
    assert {one.carrier for one in answered("does Fjord take sleep apnea").says} == {"fjordlife"}


def test_every_line_names_the_edition_it_stands_on() -> None:
    for question in (
        "is asthma a decline",
        "BP limit for preferred",
        "52 male 500k asthma",
        "who orders the MVR",
    ):
        for one in answered(question).says:
            assert one.edition
            assert all(line.source.edition or line.code == "class_for_users" for line in one.lines)
