"""What decides is told first, and rows that wait for the same answer are one reason."""

from typing import Any

from megler.carriers.rules.edition import Edition
from megler.underwriting.rules.assessment import Assessment
from tests.underwriting.rated_guides import assessed, having, rated_guide, rating

GUIDE = rated_guide()


def codes(found: Assessment) -> list[str]:
    return [reason.code for reason in found.reasons]


def of_ratings(found: Assessment) -> list[tuple[str, str, str]]:
    return [
        (r.code, r.params["impairment"], r.params["outcome"])
        for r in found.reasons
        if r.code.startswith("rating_")
    ]


def asthma(*rows: Any) -> Edition:
    return rated_guide(ratings=tuple(rating("asthma", *row[:-1], **row[-1]) for row in rows))


def test_the_heaviest_impairment_comes_first() -> None:
    found = assessed(
        GUIDE,
        conditions=[{"name": "asthma, mild"}, {"name": "sleep apnea"}, {"name": "cancer"}],
    )
    assert [name for _, name, _ in of_ratings(found)] == ["Cancer", "Sleep apnea", "Asthma"]


def test_the_base_rows_that_may_hold_are_one_reason_from_the_mildest_to_the_harshest() -> None:
    found = assessed(GUIDE, conditions=having("asthma"))
    assert of_ratings(found) == [("rating_base_open", "Asthma", "preferred..decline")]
    assert found.reasons[-1].params["waits"] == "conditions[0].details.severity"
    assert found.reasons[-1].source.page == "7"


def test_rows_that_wait_for_the_same_answer_are_one_reason_and_others_their_own() -> None:
    guide = rated_guide(
        ratings=(
            rating("diabetes_type_2", "base", "", "+50"),
            rating("diabetes_type_2", "add", "a1c < 6.5", "-25"),
            rating("diabetes_type_2", "add", "a1c > 8", "+50", "+75"),
            rating("diabetes_type_2", "add", "ulcer", "+100"),
        )
    )
    found = assessed(guide, conditions=having("diabetes type 2"))
    assert of_ratings(found)[1:] == [
        ("rating_add_open", "Diabetes type 2", "-25..+75"),
        ("rating_add_open", "Diabetes type 2", "+100"),
    ]
    assert found.reasons[-1].params["text"] == "ulcer"


def test_figures_come_first_where_they_decide_and_last_where_ratings_do() -> None:
    heavy = assessed(GUIDE, weight_lb=180, conditions=having("asthma, mild"))
    assert codes(heavy) == ["class_met", "over_weight", "rating_base"]
    ill = assessed(GUIDE, weight_lb=180, conditions=having("sleep apnea"))
    assert codes(ill) == ["table_by_ratings", "rating_base", "over_weight"]


def test_what_may_hold_comes_after_what_holds() -> None:
    found = assessed(GUIDE, conditions=[*having("asthma"), *having("sleep apnea")], weight_lb=180)
    told = [code.endswith("_open") for code in codes(found)]
    assert told == sorted(told)


def test_limits_of_the_class_say_nothing_beside_a_table() -> None:
    guide = rated_guide(
        ratings=(
            rating("sleep_apnea", "base", "", "table_2"),
            rating("asthma", "base", "", "any"),
            rating("asthma", "at_least", 'severity == "mild"', "standard"),
        )
    )
    for name, code in (("asthma", "rating_at_least_open"), ("asthma, mild", "rating_at_least")):
        alone = assessed(guide, conditions=having(name))
        beside = assessed(guide, conditions=[*having(name), *having("sleep apnea")])
        assert code in codes(alone)
        assert code not in codes(beside)


def test_flat_extras_of_folded_rows_reach_from_the_lowest_to_the_highest() -> None:
    guide = asthma(
        ("base", 'severity == "mild"', "standard", {"extra": ("2.50", 3)}),
        ("base", 'severity == "moderate"', "standard", {"extra": ("5.00", 3)}),
        ("base", 'severity == "severe"', "decline", {}),
    )
    found = assessed(guide, conditions=having("asthma"))
    extra = next(r.params for r in found.reasons if r.params.get("flat_extra"))
    assert (extra["flat_extra"], extra["flat_extra_to"], extra["flat_years"]) == (
        "2.50",
        "5.00",
        "3",
    )
