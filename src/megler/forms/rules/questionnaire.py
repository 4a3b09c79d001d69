"""The questionnaire as data: forms, sections, questions, and when a question is asked at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any


class AnswerType(StrEnum):
    """What kind of answer a question takes."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    MONEY = "money"
    WHOLE = "whole"
    CHOICE = "choice"
    YES_NO = "yes_no"
    SSN = "ssn"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PERCENT = "percent"
    STATE = "state"
    ROUTING = "routing"
    ACCOUNT = "account"
    LIST = "list"


MASKED = frozenset({AnswerType.SSN, AnswerType.ACCOUNT})
"""Answers of which only the last four characters are ever shown or printed."""


class AskedOf(StrEnum):
    """Who can supply an answer; the agent may type the client's, never the other way round."""

    CLIENT = "client"
    AGENT = "agent"


class SignerRole(StrEnum):
    """In which role somebody signs; in the order of signing."""

    INSURED = "insured"
    OWNER = "owner"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to `question` is one of `values` (or, negated, none of them)."""

    question: str
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `text` is what is asked, `short` its name in lists of what is missing.

    `fields` are the questions of one item of a LIST, of which at least `items_min` are needed.
    `choices` maps the stored value to what is shown. `min` and `max` bound WHOLE, MONEY and
    PERCENT; `past` asks for a day not after today, `locked` for nothing: the value comes from
    elsewhere and is only shown.
    """

    key: str
    type: AnswerType
    text: str
    short: str
    required: bool = False
    when: tuple[Condition, ...] = ()
    asked_of: AskedOf = AskedOf.AGENT
    help: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    fields: tuple["Question", ...] = ()
    items_min: int = 0
    items_max: int = 20
    min: int | None = None
    max: int | None = None
    past: bool = False
    locked: bool = False
    half: bool = False

    def field(self, key: str) -> "Question":
        """The question `key` of one item of this list."""
        return next(field for field in self.fields if field.key == key)


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together, printed on one form."""

    key: str
    title: str
    form: str
    questions: tuple[Question, ...]
    icon: str = "file-text"
    intro: str = ""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form of the packet: who signs it, when it is needed, and what its signers state."""

    key: str
    name: str
    edition: str
    signers: tuple[SignerRole, ...]
    statements: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Consistency:
    """A rule between answers: its name in `consistency` and the keys it compares."""

    rule: str
    keys: Mapping[str, str]


@dataclass(frozen=True)
class Questionnaire:
    """Everything asked for one kind of application, and the forms it is printed on."""

    key: str
    name: str
    edition: str
    forms: tuple[FormSpec, ...]
    sections: tuple[Section, ...]
    rules: tuple[Consistency, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """Every question by its key (fields of lists apart)."""
        return {q.key: q for _, q in self.questions()}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section in which each question stands."""
        return {q.key: section for section, q in self.questions()}

    @cached_property
    def form_by_key(self) -> dict[str, FormSpec]:
        return {form.key: form for form in self.forms}

    def questions(self) -> Iterator[tuple[Section, Question]]:
        """Every question with its section, in the order of asking."""
        for section in self.sections:
            for question in section.questions:
                yield section, question

    def form_of(self, key: str) -> FormSpec:
        """The form on which the question is printed."""
        return self.form_by_key[self.section_of[key].form]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer given: its value (None: cleared, or not readable: then `raw` is what was typed).

    `by` is who gave it, `origin` where it came from when not from a person (`quote`), `version`
    the version of the whole in which it was given.
    """

    value: Any
    by: str = ""
    at: str = ""
    origin: str = ""
    version: int = 0
    raw: str = ""


Answers = Mapping[str, Answer]


def holds(
    questionnaire: Questionnaire, conditions: tuple[Condition, ...], answers: Answers
) -> bool:
    """Whether every condition holds. One on a question that is itself not asked never does."""
    for condition in conditions:
        found = answers.get(condition.question)
        question = questionnaire.by_key.get(condition.question)
        if question is None or not holds(questionnaire, question.when, answers):
            return False
        value = None if found is None else found.value
        if value is None or (str(value) in condition.values) is condition.negated:
            return False
    return True


def asked(questionnaire: Questionnaire, question: Question, answers: Answers) -> bool:
    """Whether the question is asked at all, as things stand."""
    return holds(questionnaire, question.when, answers)


def forms_needed(questionnaire: Questionnaire, answers: Answers) -> list[FormSpec]:
    """The forms that the packet needs, as things stand."""
    return [form for form in questionnaire.forms if holds(questionnaire, form.when, answers)]


def depending_on(questionnaire: Questionnaire, keys: frozenset[str]) -> set[str]:
    """The questions that appear or vanish with the answers to `keys`, however far down."""
    found: set[str] = set()
    waiting = set(keys)
    while waiting:
        key = waiting.pop()
        for _, question in questionnaire.questions():
            if question.key not in found and any(c.question == key for c in question.when):
                found.add(question.key)
                waiting.add(question.key)
    return found
