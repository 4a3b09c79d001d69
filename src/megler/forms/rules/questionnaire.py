"""The questionnaire as data: forms, sections, questions, and when a question is asked at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
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
    TAX_ID = "tax_id"
    HEIGHT = "height"
    DRUG = "drug"
    CONDITION = "condition"
    MANY = "many"
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
    PAYOR = "payor"
    AGENT = "agent"


class Purpose(StrEnum):
    """What a form is for, as rules about whole packets name it."""

    APPLICATION = "application"
    SUPPLEMENT = "supplement"
    HIPAA = "hipaa"
    HIV_CONSENT = "hiv_consent"
    AGENTS_REPORT = "agents_report"
    REPLACEMENT_NOTICE = "replacement_notice"
    REPLACEMENT_DEFINITION = "replacement_definition"
    REPLACEMENT_DISCLOSURE = "replacement_disclosure"
    COMPARISON = "comparison"
    NOTICE_TO_INSURER = "notice_to_insurer"
    EXCHANGE_1035 = "exchange_1035"
    ASSIGNMENT = "assignment"
    CONDITIONAL_RECEIPT = "conditional_receipt"
    TRUST = "trust"
    BUSINESS_OWNER = "business_owner"
    THIRD_PARTY_PAYOR = "third_party_payor"
    MINOR = "minor"
    ELECTRONIC_DELIVERY = "electronic_delivery"
    ILLUSTRATION = "illustration"
    NO_ILLUSTRATION = "no_illustration"
    STATE_DISCLOSURE = "state_disclosure"
    SUITABILITY = "suitability"
    PAYMENT = "payment"
    OTHER = "other"


DEMANDED = "demanded"
"""The purposes of the papers that the state or the money asks for, as the application knows them."""
CONTEXT = ("carrier", "product", "line", DEMANDED)
"""What conditions may name beside questions: codes that the application knows of itself."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the answer to `question` is one of `values` (or, negated, none of them).

    A MANY answer is one of them when any of its choices is. With `low` or `high` the answer is a
    number within these bounds instead. With `item` the answer is a list, one item of which fulfils
    every condition of `item` (on the item's fields). With `any_of`, one of its groups holds whole.
    """

    question: str
    values: tuple[str, ...] = ()
    negated: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    item: tuple["Condition", ...] = ()
    any_of: tuple[tuple["Condition", ...], ...] = ()

    def named(self) -> Iterator[str]:
        """The questions that it names (fields of items apart)."""
        if self.question:
            yield self.question
        for group in self.any_of:
            for inner in group:
                yield from inner.named()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `text` is what is asked, `short` its name in lists of what is missing.

    `fields` are the questions of one item of a LIST, of which at least `items_min` are needed.
    `choices` maps the stored value to what is shown. `min` and `max` bound WHOLE, MONEY and
    PERCENT; `past` asks for a day not after today, `locked` for nothing: the value comes from
    elsewhere and is only shown. `when` of a field may name other fields of the same item.
    `conditions` are the names of the conditions that a yes tells of, as the vocabulary has them.
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
    conditions: tuple[str, ...] = ()

    def field(self, key: str) -> "Question":
        """The question `key` of one item of this list."""
        return next(one for one in self.fields if one.key == key)


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
class FieldFill:
    """What fills one field of a carrier's PDF: a question, or `part` of it.

    `question` is a question's key, a name of the head (`agent_name`, …), `signature.<role>`,
    `signed_on.<role>` or `signed_name.<role>`. `part` is the part of an address or the field of a
    list, `item` the item (from 1); `value` ticks a box when the answer is (or holds) it; `format`
    says how it is written (see `filling`).
    """

    field: str
    question: str
    part: str = ""
    item: int = 0
    value: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form of the packet: who signs it, when it is needed, and what its signers state.

    `number` and `edition` are printed on it. It may be used when signed from `valid_from` to
    `accepted_until`; an earlier edition of it until `earlier_until` (None: until this one takes
    effect). `pdf` is the file of the carrier's own AcroForm and `fills` what fills it; a form without
    one is typeset from its questions and statements.
    """

    key: str
    name: str
    edition: str
    signers: tuple[SignerRole, ...]
    statements: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    number: str = ""
    purpose: Purpose = Purpose.OTHER
    valid_from: date | None = None
    accepted_until: date | None = None
    earlier_until: date | None = None
    pdf: str = ""
    pages: int = 0
    fills: tuple[FieldFill, ...] = ()

    @property
    def signature_fields(self) -> dict[SignerRole, tuple[str, ...]]:
        """The PDF's fields in which each role signs."""
        found: dict[SignerRole, tuple[str, ...]] = {}
        for fill in self.fills:
            word, _, role = fill.question.partition(".")
            if word == "signature" and role in set(SignerRole):
                found[SignerRole(role)] = (*found.get(SignerRole(role), ()), fill.field)
        return found


def signed_instead(form: FormSpec, absent: SignerRole, other: SignerRole) -> FormSpec:
    """The form where nobody signs as `absent`: `other` does, in the same fields, unless they sign it
    anyway."""
    if absent not in form.signers or other in form.signers:
        return form
    before, after = f".{absent.value}", f".{other.value}"
    return replace(
        form,
        signers=tuple(other if role is absent else role for role in form.signers),
        fills=tuple(
            replace(fill, question=fill.question.removesuffix(before) + after)
            if fill.question.endswith(before)
            else fill
            for fill in form.fills
        ),
    )


class Derivation(StrEnum):
    """How a derived answer comes of another."""

    AGE = "age"
    SUM = "sum"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Derived:
    """An answer worked out from another, for conditions: nobody is asked for it.

    `age` is the age last birthday of who was born on `of`, `sum` the sum of field `part` over the
    items of the list `of`, `count` how many items it has; `only` keeps the items that it holds for.
    """

    key: str
    how: Derivation
    of: str
    part: str = ""
    only: tuple[Condition, ...] = ()


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
    derived: tuple[Derived, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

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

    @cached_property
    def of_a_child(self) -> "Questionnaire":
        """The same where the insured is a child whom somebody else insures, and does not sign."""
        return self._signed_instead(SignerRole.INSURED, SignerRole.OWNER)

    @cached_property
    def of_own_life(self) -> "Questionnaire":
        """The same where the insured is the owner, and signs once."""
        return self._signed_instead(SignerRole.OWNER, SignerRole.INSURED)

    def _signed_instead(self, absent: SignerRole, other: SignerRole) -> "Questionnaire":
        forms = tuple(signed_instead(form, absent, other) for form in self.forms)
        return self if forms == self.forms else replace(self, forms=forms)

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything that a condition may name."""
        return frozenset(self.by_key) | frozenset(CONTEXT) | {one.key for one in self.derived}

    @cached_property
    def forms_of(self) -> dict[str, frozenset[str]]:
        """The forms on which each question is printed: its section's, and those that its fill names."""
        found = {key: {section.form} for key, section in self.section_of.items()}
        for form in self.forms:
            for fill in form.fills:
                if fill.question in found:
                    found[fill.question].add(form.key)
        return {key: frozenset(forms) for key, forms in found.items()}

    @cached_property
    def form_when(self) -> dict[str, tuple[Condition, ...]]:
        """When the form is needed on which each question stands, where that is not always."""
        return {
            key: when
            for key, section in self.section_of.items()
            if (when := self.form_by_key[section.form].when)
        }

    @cached_property
    def opened_by(self) -> dict[str, frozenset[str]]:
        """The questions that may appear or vanish with an answer, by its key."""
        found: dict[str, set[str]] = {}
        of = {one.key: one.of for one in self.derived}
        for _, question in self.questions():
            for condition in (*self.form_when.get(question.key, ()), *question.when):
                for name in condition.named():
                    found.setdefault(of.get(name, name), set()).add(question.key)
        return {key: frozenset(opened) for key, opened in found.items()}

    def said(self, text: str, language: str) -> str:
        """The text in a language, where the form set brings a translation; otherwise as it stands."""
        return self.translations.get(language, {}).get(text, text)

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

    `by` is who gave it, `origin` where it came from (`quote`, `client`, `agent`, …), `whom` who said
    it, when `by` wrote down what another said on the telephone; `version` the version of the whole
    in which it was given.
    """

    value: Any
    by: str = ""
    at: str = ""
    origin: str = ""
    version: int = 0
    raw: str = ""
    whom: str = ""


Answers = Mapping[str, Answer]


def holds(
    questionnaire: Questionnaire, conditions: tuple[Condition, ...], answers: Answers
) -> bool:
    """Whether every condition holds. One on a question that is itself not asked never does."""
    return all(_holds(questionnaire, condition, answers) for condition in conditions)


def _holds(questionnaire: Questionnaire, condition: Condition, answers: Answers) -> bool:
    if condition.any_of:
        return any(holds(questionnaire, group, answers) for group in condition.any_of)
    question = questionnaire.by_key.get(condition.question)
    if question is not None:
        if not asked(questionnaire, question, answers):
            return False
    elif condition.question not in questionnaire.names:
        return False
    found = answers.get(condition.question)
    return fulfils(condition, None if found is None else found.value)


def fulfils(condition: Condition, value: Any) -> bool:
    """Whether a value fulfils a condition, wherever it stands. One that is not known never does."""
    if value is None:
        return False
    if condition.item:
        return any(item_holds(condition.item, item) for item in value)
    if condition.low is not None or condition.high is not None:
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            return False
        low, high = condition.low, condition.high
        return (low is None or number >= low) and (high is None or number <= high)
    if isinstance(value, list):
        return any(str(one) in condition.values for one in value) is not condition.negated
    return (str(value) in condition.values) is not condition.negated


def item_holds(conditions: tuple[Condition, ...], item: Mapping[str, Any]) -> bool:
    """Whether every condition holds among the fields of one item of a list."""
    return all(
        any(item_holds(group, item) for group in condition.any_of)
        if condition.any_of
        else fulfils(condition, item.get(condition.question))
        for condition in conditions
    )


def asked(questionnaire: Questionnaire, question: Question, answers: Answers) -> bool:
    """Whether the question is asked at all, as things stand: its form is needed, and its own `when` holds."""
    form = questionnaire.form_when.get(question.key, ())
    if form and not holds(questionnaire, form, answers):
        return False
    return holds(questionnaire, question.when, answers)


def forms_needed(questionnaire: Questionnaire, answers: Answers) -> list[FormSpec]:
    """The forms that the packet needs, as things stand."""
    return [form for form in questionnaire.forms if holds(questionnaire, form.when, answers)]


def questions_printed(questionnaire: Questionnaire, form: FormSpec) -> list[str]:
    """The questions whose answers stand on a form: those its PDF's fields take, or its sections'."""
    if form.pdf:
        taken = {fill.question for fill in form.fills}
        return [key for key in questionnaire.by_key if key in taken]
    return [q.key for section, q in questionnaire.questions() if section.form == form.key]


def depending_on(questionnaire: Questionnaire, keys: frozenset[str]) -> set[str]:
    """The questions that appear or vanish with the answers to `keys`, however far down."""
    found: set[str] = set()
    waiting = set(keys)
    while waiting:
        key = waiting.pop()
        for appearing in questionnaire.opened_by.get(key, ()):
            if appearing not in found:
                found.add(appearing)
                waiting.add(appearing)
    return found
