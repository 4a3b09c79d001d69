"""When a question is asked, and which forms are needed."""

import pytest

from megler.forms.rules.questionnaire import (
    Answer,
    Condition,
    asked,
    depending_on,
    forms_needed,
    holds,
)
from tests.forms.asking import given, small


@pytest.mark.parametrize(
    ("said", "is_asked"), [("yes", True), ("no", False), (None, False)], ids=str
)
def test_details_are_asked_only_behind_a_yes(said: str | None, is_asked: bool) -> None:
    made = small()
    assert asked(made, made.by_key["smokes_details"], given(smokes=said)) is is_asked


def test_a_negated_condition_needs_an_answer_too() -> None:
    unless_yes = (Condition("smokes", ("yes",), negated=True),)
    assert holds(small(), unless_yes, given(smokes="no"))
    assert not holds(small(), unless_yes, given(smokes="yes"))
    assert not holds(small(), unless_yes, {})


def test_a_condition_on_a_question_that_is_not_asked_does_not_hold() -> None:
    behind = (Condition("smokes_details", ("pipe",)),)
    answers = {"smokes": Answer("no"), "smokes_details": Answer("pipe")}
    assert not holds(small(), behind, answers)
    assert holds(small(), behind, answers | {"smokes": Answer("yes")})


def test_a_form_is_needed_when_its_condition_holds() -> None:
    assert [f.key for f in forms_needed(small(), given(smokes="no"))] == ["application", "report"]
    assert "notice" in [f.key for f in forms_needed(small(), given(smokes="yes"))]


def test_what_depends_on_a_question_is_found() -> None:
    assert depending_on(small(), frozenset({"smokes"})) == {"smokes_details"}
    assert depending_on(small(), frozenset({"name"})) == set()


def test_each_question_knows_its_form() -> None:
    assert small().form_of("met").key == "report"
