"""How much somebody had to type, against how much the forms hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from megler.applications.rules.origins import TAKEN_OVER, Origin, said_of
from megler.forms.rules.answers import ADDRESS_PARTS
from megler.forms.rules.questionnaire import (
    Answers,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    asked,
    forms_needed,
)

_SIGNING = ("signature.", "signed_on.", "signed_name.")


@dataclass(frozen=True, slots=True)
class Typed:
    """Fields filled in, by who typed them; `taken_over` nobody did; `fields` are on the forms needed."""

    agent: int = 0
    client: int = 0
    staff: int = 0
    telephone: int = 0
    taken_over: int = 0
    fields: int = 0


def typed_in(questionnaire: Questionnaire, answers: Answers) -> Typed:
    """What was typed by whom, as things stand. An address counts its parts, a list its items' fields."""
    found = dict.fromkeys(Origin, 0)
    for _section, question in questionnaire.questions():
        answer = answers.get(question.key)
        if answer is None or answer.value is None or not asked(questionnaire, question, answers):
            continue
        origin = said_of(answer.origin, answer.by)
        if origin is not None:
            found[origin] += leaves(question, answer.value)
    return Typed(
        agent=found[Origin.AGENT],
        client=found[Origin.CLIENT],
        staff=found[Origin.STAFF],
        telephone=found[Origin.TELEPHONE],
        taken_over=sum(found[one] for one in TAKEN_OVER),
        fields=sum(
            fields_on(questionnaire, form, answers) for form in forms_needed(questionnaire, answers)
        ),
    )


def leaves(question: Question, value: Any) -> int:
    """How many fields an answer fills.

    >>> home = Question("home", AnswerType.ADDRESS, "Home", "Home")
    >>> leaves(home, {"street": "1 Oak St", "state": "TX"})
    2
    """
    if question.type is AnswerType.ADDRESS:
        return len(value)
    if question.type is AnswerType.LIST:
        by_key = {field.key: field for field in question.fields}
        return sum(
            leaves(by_key[key], one) for item in value for key, one in item.items() if key in by_key
        )
    return 1


def fields_on(questionnaire: Questionnaire, form: FormSpec, answers: Answers) -> int:
    """How many fields a form holds: those of its PDF, signatures apart, or of the questions printed on it."""
    if form.fills:
        return len({one.field for one in form.fills if not one.question.startswith(_SIGNING)})
    return sum(
        _places(question, answers)
        for section in questionnaire.sections
        if section.form == form.key
        for question in section.questions
        if asked(questionnaire, question, answers)
    )


def _places(question: Question, answers: Answers) -> int:
    if question.type is AnswerType.ADDRESS:
        return len(ADDRESS_PARTS)
    if question.type is AnswerType.LIST:
        found = answers.get(question.key)
        items = found.value if found is not None and found.value else [{}]
        each = [len(ADDRESS_PARTS) if f.type is AnswerType.ADDRESS else 1 for f in question.fields]
        return sum(each) * len(items)
    return 1


def shares(typed: Typed) -> Mapping[str, int]:
    """The figures by name, as programs read them."""
    return {name: getattr(typed, name) for name in Typed.__dataclass_fields__}
