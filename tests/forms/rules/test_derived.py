"""Answers worked out from others open forms and questions."""

from datetime import date

from megler.forms.rules.derived import with_derived
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    Condition,
    Derivation,
    Derived,
    FormSpec,
    Question,
    Questionnaire,
    Section,
)

ON = date(2026, 3, 1)
POLICIES = Question(
    "policies", AnswerType.LIST, "Policies", "Policy",
    fields=(
        Question("amount", AnswerType.MONEY, "Amount", "Amount"),
        Question("replace", AnswerType.YES_NO, "Replaced?", "Replaced"),
    ),
)  # fmt: skip
BORN = Question("born", AnswerType.DATE, "Born", "Born")
ASKED = Questionnaire(
    key="q", name="Q", edition="1",
    forms=(FormSpec("a", "A", "1", ()),),
    sections=(Section("s", "S", "a", (BORN, POLICIES)),),
    derived=(
        Derived("age", Derivation.AGE, "born"),
        Derived("count", Derivation.COUNT, "policies"),
        Derived("replaced", Derivation.SUM, "policies", "amount", (Condition("replace", ("yes",)),)),
    ),
)  # fmt: skip


def _derived(**values: object) -> dict[str, object]:
    answers = {key: Answer(value) for key, value in values.items()}
    found = with_derived(ASKED, answers, {"line": "term_life"}, ON)
    return {key: answer.value for key, answer in found.items() if key not in values}


def test_an_age_is_that_of_the_last_birthday() -> None:
    assert _derived(born="1980-03-01") == {"line": "term_life", "age": 46}
    assert _derived(born="1980-03-02") == {"line": "term_life", "age": 45}


def test_a_sum_and_a_count_are_over_the_items_that_qualify() -> None:
    items = [{"amount": "1000.50", "replace": "yes"}, {"amount": "5", "replace": "no"}, {}]
    assert _derived(policies=items) == {"line": "term_life", "count": 3, "replaced": "1000.5"}


def test_what_cannot_be_worked_out_is_not_there() -> None:
    assert _derived() == {"line": "term_life"}
    assert _derived(born="2027-01-01") == {"line": "term_life"}
    assert _derived(born="soon") == {"line": "term_life"}
