"""Time alone is an improvement, told to the month."""

from typing import Any

from megler.vocabulary.problems import Reason
from tests.underwriting.rated_guides import assessed, having


def sooner(**facts: Any) -> list[Reason]:
    return [r for r in assessed(**facts).improvements if r.code == "better_with_time"]


def test_the_first_month_in_which_an_impairment_rates_less_is_told() -> None:
    told = sooner(conditions=having("myocardial infarction", since="2025-12-01"))
    assert [(r.params["months"], r.params["to"]) for r in told] == [("3", "table_4")]
    later = sooner(conditions=having("myocardial infarction", since="2024-03-01"))
    assert [(r.params["months"], r.params["to"]) for r in later] == [("12", "table_2")]


def test_nothing_is_told_where_time_changes_nothing() -> None:
    assert not sooner(conditions=having("sleep apnea", since="2024-03-01"))
    assert not sooner(conditions=having("myocardial infarction", since="2019-03-01"))


def test_events_fall_out_of_the_look_back() -> None:
    told = sooner(
        driving=[{"event": "dui", "on": "2022-03-01"}, {"event": "dui", "on": "2023-03-01"}]
    )
    assert {r.params["months"] for r in told} == {"12"}
