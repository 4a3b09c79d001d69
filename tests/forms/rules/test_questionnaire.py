"""When a question is asked, and which forms are needed."""

from decimal import Decimal

import pytest

from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    Condition,
    FieldFill,
    FormSpec,
    Question,
    Questionnaire,
    Section,
    SignerRole,
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


def _opened(*when: Condition) -> Questionnaire:
    listed = Question(
        "policies", AnswerType.LIST, "Policies", "Policy",
        fields=(
            Question("kind", AnswerType.TEXT, "Kind", "Kind"),
            Question("replace", AnswerType.YES_NO, "Replaced?", "Replaced"),
        ),
    )  # fmt: skip
    choices = (("cash", "Cash"), ("loan", "Loan"))
    questions = (
        Question("state", AnswerType.STATE, "State", "State"),
        Question("amount", AnswerType.MONEY, "Amount", "Amount"),
        Question("source", AnswerType.MANY, "Source", "Source", choices=choices),
        listed,
    )
    forms = (FormSpec("a", "A", "1", ()), FormSpec("b", "B", "1", (), when=when))
    behind = (Question("last", AnswerType.TEXT, "Last", "Last"),)
    return Questionnaire(
        "q", "Q", "1", forms, (Section("s", "S", "a", questions), Section("t", "T", "b", behind))
    )


def _needs_b(condition: Condition, **values: object) -> bool:
    made = _opened(condition)
    answers = {key: Answer(value) for key, value in values.items()}
    needed = [form.key for form in forms_needed(made, answers)] == ["a", "b"]
    assert asked(made, made.by_key["last"], answers) is needed  # a form's questions come with it
    return needed


def test_bounds_hold_for_numbers_within_them() -> None:
    condition = Condition("amount", low=Decimal(10), high=Decimal(20))
    found = [_needs_b(condition, amount=value) for value in ("9.99", "10", "20", "20.01", "ten")]
    assert found == [False, True, True, False, False]
    assert not _needs_b(condition)


def test_one_item_fulfils_every_condition_of_an_item() -> None:
    condition = Condition(
        "policies", item=(Condition("kind", ("annuity",)), Condition("replace", ("yes",)))
    )
    apart = [{"kind": "annuity", "replace": "no"}, {"kind": "life", "replace": "yes"}]
    assert not _needs_b(condition, policies=apart)
    assert _needs_b(condition, policies=[*apart, {"kind": "annuity", "replace": "yes"}])
    assert not _needs_b(condition, policies=[])


def test_any_of_several_choices_is_enough_and_none_of_them_negated() -> None:
    assert _needs_b(Condition("source", ("loan",)), source=["cash", "loan"])
    assert not _needs_b(Condition("source", ("loan",), negated=True), source=["cash", "loan"])
    assert _needs_b(Condition("source", ("loan",), negated=True), source=["cash"])
    assert not _needs_b(Condition("source", ("loan",), negated=True))


def test_one_of_the_alternatives_is_enough() -> None:
    either = Condition(
        "", any_of=((Condition("state", ("NY",)),), (Condition("amount", low=Decimal(5)),))
    )
    assert _needs_b(either, state="NY")
    assert _needs_b(either, state="TX", amount="5")
    assert not _needs_b(either, state="TX", amount="4")


def test_the_line_and_what_is_derived_may_be_named() -> None:
    assert _needs_b(Condition("line", ("annuity",)), line="annuity")
    assert not _needs_b(Condition("line", ("annuity",)), line="term_life")


def test_questions_of_a_form_depend_on_what_opens_it() -> None:
    made = _opened(Condition("state", ("NY",)))
    assert depending_on(made, frozenset({"state"})) == {"last"}
    assert depending_on(made, frozenset({"amount"})) == set()


def test_what_only_a_child_would_sign_its_owner_signs_in_the_same_fields() -> None:
    fills = (
        FieldFill("sig", "signature.insured"),
        FieldFill("day", "signed_on.insured"),
        FieldFill("by", "signature.agent"),
        FieldFill("name", "insured_name"),
    )
    insured, agent = SignerRole.INSURED, SignerRole.AGENT
    alone = FormSpec("hipaa", "HIPAA", "1", (insured, agent), pdf="a.pdf", fills=fills)
    both = FormSpec("both", "Both", "1", (insured, SignerRole.OWNER, agent), fills=fills)
    made = Questionnaire("q", "Q", "1", (alone, both), ()).of_a_child
    hipaa, same = made.forms
    assert hipaa.signers == (SignerRole.OWNER, agent)
    assert [fill.question for fill in hipaa.fills] == [
        "signature.owner", "signed_on.owner", "signature.agent", "insured_name",
    ]  # fmt: skip
    assert same == both


def test_what_only_the_owner_signs_the_insured_signs_who_owns_the_policy() -> None:
    owner, agent = SignerRole.OWNER, SignerRole.AGENT
    alone = FormSpec("notice", "Notice", "1", (owner, agent))
    made = Questionnaire("q", "Q", "1", (alone,), ())
    assert made.of_own_life.forms[0].signers == (SignerRole.INSURED, agent)
    assert made.of_a_child is made
    assert small().of_own_life.key == small().key
