"""Figures and ratings together: the worse class, and tables of the last class."""

import pytest

from megler.underwriting.rules.assessment import Outcome
from tests.underwriting.rated_guides import assessed, having


@pytest.mark.parametrize(
    ("weight", "severity", "code"),
    [
        (140, "mild", "preferred"),
        (170, "mild", "standard"),
        (140, "moderate", "standard"),
    ],
)
def test_the_worse_of_figures_and_ratings_is_the_class(
    weight: int, severity: str, code: str
) -> None:
    found = assessed(weight_lb=weight, conditions=having("asthma", details={"severity": severity}))
    assert (found.outcome, found.class_code) == (Outcome.CLASS, code)


def test_a_table_rates_the_last_class_of_the_persons_nicotine_status() -> None:
    smoker = [{"product": "cigarette", "last_used": "2026-02-01"}]
    for nicotine, code in ((smoker, "standard_tobacco"), ([], "standard")):
        found = assessed(nicotine=nicotine, conditions=having("sleep apnea"))
        assert (found.table, found.class_code, found.rated_as) == (2, code, code)


def test_a_class_limit_for_non_users_limits_users_alike() -> None:
    smoker = [{"product": "cigarette", "last_used": "2026-02-01"}]
    found = assessed(nicotine=smoker, conditions=having("asthma", details={"severity": "moderate"}))
    assert found.class_range == ("standard_tobacco", "table_2")


def test_a_decline_stands_whatever_the_figures_say() -> None:
    conditions = having("diabetes type 2", details={"a1c": 9, "ulcer": False})
    found = assessed(weight_lb=140, conditions=conditions)
    assert (found.outcome, found.class_code, found.class_range) == (
        Outcome.DECLINE,
        None,
        ("decline", "decline"),
    )
