"""The measure itself: what it calls right, and what wrong."""

from typing import Any

import pytest

from tests.underwriting.questions.atoms import atoms
from tests.underwriting.questions.comparing import Row, compared
from tests.underwriting.questions.market import ON, answered


def row(question: str, **facts: Any) -> Row:
    return Row("1", question, "who_is_best", facts, "", "carriers")


STENT = {"age": 52, "sex": "male", "conditions": [{"name": "coronary_stent"}]}


@pytest.mark.parametrize(
    ("question", "facts", "missed", "added"),
    [
        ("52 male stent 2019, who is best", STENT, 0, 0),
        ("52 male stent 2019, who is best", {**STENT, "age": 53}, 1, 1),
        ("52 male stent 2019 copd, who is best", STENT, 0, 1),
        ("52 male, who is best for 500k", STENT, 1, 1),
        ("52 male 180 cm, who is best", {"age": 52, "sex": "male", "height_in": 71}, 0, 0),
    ],
)
def test_each_fact_is_told_right_missed_or_added(
    question: str, facts: dict[str, Any], missed: int, added: int
) -> None:
    found = compared(row(question, **facts), answered(question))
    assert (len(found.missed), len(found.added)) == (missed, added)
    assert found.facts_right is (not missed and not added)


def test_an_answer_to_something_else_is_confidently_wrong() -> None:
    asked = Row("1", "how long after a stent?", "price", {}, "", "hand_over")
    found = compared(asked, answered(asked.question))
    assert (found.intent, found.kind) == ("rule", "carriers")
    assert found.confidently_wrong


def test_nobody_s_relative_s_illness_is_the_client_s() -> None:
    own = atoms({"conditions": [{"name": "heart attack"}]}, ON)
    family = atoms({"family": [{"relation": "father", "condition": "heart attack"}]}, ON)
    assert not set(own) & set(family)
