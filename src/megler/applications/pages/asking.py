"""Questions as fields: what a template needs to ask one, with its answer and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.applications.forms import MANNER, mark, shown_raw
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import (
    MASKED,
    Answer,
    AnswerType,
    Question,
    Questionnaire,
    asked,
)
from megler.forms.rules.shown import shown_answer
from megler.ui.problems import sentence
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.problems import Problem, Severity

_RADIO_MAX = 3
_MODES = {
    AnswerType.MONEY: "decimal",
    AnswerType.WHOLE: "numeric",
    AnswerType.PERCENT: "decimal",
    AnswerType.SSN: "numeric",
    AnswerType.ROUTING: "numeric",
    AnswerType.ACCOUNT: "numeric",
    AnswerType.DATE: "numeric",
    AnswerType.PHONE: "tel",
    AnswerType.EMAIL: "email",
}
_HINTS = {
    AnswerType.DATE: gettext_lazy("MM/DD/YYYY"),
    AnswerType.SSN: "123-45-6789",
    AnswerType.PHONE: "512-555-0142",
    AnswerType.EMAIL: "name@example.com",
}


@dataclass(frozen=True)
class Control:
    """One input: `kind` is text, area, select or radio."""

    name: str
    id: str
    kind: str
    label: str
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    placeholder: str = ""
    mode: str = ""
    before: str = ""
    after: str = ""
    wide: str = ""
    required: bool = False


@dataclass(frozen=True)
class Theirs:
    """Somebody else's answer, which came between."""

    by: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Asked:
    """A question to be shown: its inputs, its answer's origin, and what is wrong."""

    question: Question
    is_asked: bool
    controls: tuple[Control, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()
    shown: str = ""
    mark: str = ""
    from_quote: bool = False
    wrong: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    theirs: Theirs | None = None
    by: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def text(self) -> str:
        return _(self.question.text)

    @property
    def help(self) -> str:
        return _(self.question.help) if self.question.help else ""

    @property
    def type(self) -> str:
        return self.question.type.value

    @property
    def is_group(self) -> bool:
        """Several inputs under one label."""
        return self.type in {"address", "list"} or (
            self.controls[:1] != () and self.controls[0].kind == "radio"
        )

    @property
    def label_for(self) -> str:
        return "" if self.is_group or not self.controls else self.controls[0].id


def relabelled(questionnaire: Questionnaire, problem: Problem, short: str = "") -> Problem:
    """The problem with the question's name where its key stood, for people."""
    key = problem.where.split("[")[0].split(".")[0]
    question = questionnaire.by_key.get(key)
    label = short or (_(question.short) if question else problem.where)
    return replace(problem, where=label)


def name_of(one: Missing) -> str:
    """What is missing, by name: the question, the item of a list, the field."""
    name = _(one.short) if one.item is None else f"{_(one.short)} {one.item}"
    return f"{name}: {_(one.part)}" if one.part else name


def told(questionnaire: Questionnaire, one: Missing) -> str:
    """What is missing, as a sentence."""
    return sentence(relabelled(questionnaire, one.problem, name_of(one)))


def ask(
    questionnaire: Questionnaire,
    questions: Iterable[Question],
    answers: Mapping[str, Answer],
    missing: Iterable[Missing] = (),
    *,
    blank_rows: Mapping[str, int] | None = None,
    theirs: Mapping[str, Theirs] | None = None,
    typed: Mapping[str, Any] | None = None,
) -> list[Asked]:
    """The questions as fields. What is not answered yet is no error beside its field.

    `typed` shows what was typed instead of what is kept; `blank_rows` adds empty rows to lists.
    """
    wrong = _wrong(questionnaire, missing)
    return [
        _asked(
            question,
            answers.get(question.key),
            is_asked=asked(questionnaire, question, answers),
            wrong=wrong.get(question.key, []),
            blank_rows=(blank_rows or {}).get(question.key, 0),
            theirs=(theirs or {}).get(question.key),
            typed=(typed or {}).get(question.key),
        )
        for question in questions
    ]


def _wrong(
    questionnaire: Questionnaire, missing: Iterable[Missing]
) -> dict[str, list[tuple[Severity, str]]]:
    found: dict[str, list[tuple[Severity, str]]] = {}
    for one in missing:
        if one.problem.code != "answer_missing":
            text = told(questionnaire, one)
            found.setdefault(one.question, []).append((one.problem.severity, text))
    return found


def _asked(
    question: Question,
    answer: Answer | None,
    *,
    is_asked: bool,
    wrong: list[tuple[Severity, str]],
    blank_rows: int,
    theirs: Theirs | None,
    typed: Any,
) -> Asked:
    raw = shown_raw(question, answer, _written)
    version = answer.version if answer else 0
    value = raw if typed is None else typed
    controls: tuple[Control, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()
    if question.type is AnswerType.LIST:
        rows = _rows(question, value if isinstance(value, list) else [], blank_rows)
    elif question.type is AnswerType.ADDRESS:
        controls = _address(question, value if isinstance(value, dict) else {})
    else:
        controls = (control(question, question.key, value, answer),)
    has_value = answer is not None and answer.value is not None
    return Asked(
        question=question,
        is_asked=is_asked,
        controls=controls,
        rows=rows,
        shown=shown_answer(question, answer.value, MANNER) if answer else "",
        mark=mark(question, raw, version),
        from_quote=bool(answer and answer.origin and has_value),
        wrong=tuple(text for severity, text in wrong if severity is Severity.ERROR),
        warnings=tuple(text for severity, text in wrong if severity is Severity.WARNING),
        theirs=theirs,
        by=answer.by if answer else "",
    )


def _written(question: Question, value: Any) -> str:
    """A simple value as it stands in its field."""
    if question.type in {AnswerType.CHOICE, AnswerType.YES_NO, AnswerType.STATE}:
        return str(value)
    text = shown_answer(question, value, MANNER)
    return text.removeprefix("$") if question.type is AnswerType.MONEY else text.removesuffix(" %")


def control(question: Question, name: str, raw: Any, answer: Answer | None = None) -> Control:
    """The input of one simple question, in a list or on its own."""
    kind = question.type
    options = _options(question)
    shape = "text"
    if kind is AnswerType.LONG_TEXT:
        shape = "area"
    elif options:
        in_list = name != question.key
        shape = "radio" if len(options) <= _RADIO_MAX and not in_list else "select"
    hint = str(_HINTS.get(kind, ""))
    if kind in MASKED and answer is not None and answer.value is not None:
        hint = shown_answer(question, answer.value)
    return Control(
        name=name,
        id=f"q-{name}",
        kind=shape,
        label=_(question.text),
        value="" if raw is None else str(raw),
        options=options,
        placeholder=hint,
        mode=_MODES.get(kind, ""),
        before="$" if kind is AnswerType.MONEY else "",
        after="%" if kind is AnswerType.PERCENT else "",
        required=question.required,
    )


def _options(question: Question) -> tuple[tuple[str, str], ...]:
    if question.type is AnswerType.YES_NO:
        return (("yes", _("Yes")), ("no", _("No")))
    if question.type is AnswerType.STATE:
        return tuple(JURISDICTIONS.items())
    return tuple((value, _(label)) for value, label in question.choices)


def _rows(
    question: Question, items: list[dict[str, Any]], blank: int
) -> tuple[tuple[Control, ...], ...]:
    filled = [*items, *({} for _row in range(blank))] or [{}]
    return tuple(
        tuple(
            control(one, f"{question.key}.{i}.{one.key}", item.get(one.key))
            for one in question.fields
        )
        for i, item in enumerate(filled)
    )


def _address(question: Question, value: Mapping[str, Any]) -> tuple[Control, ...]:
    labels = {
        "street": (_("Street and number"), "col-sm-8"),
        "unit": (_("Apartment, unit"), "col-sm-4"),
        "city": (_("City"), "col-sm-5"),
        "state": (_("State"), "col-7 col-sm-4"),
        "zip": (_("ZIP code"), "col-5 col-sm-3"),
    }
    return tuple(
        Control(
            name=f"{question.key}.{part}",
            id=f"q-{question.key}" if part == "street" else f"q-{question.key}.{part}",
            kind="select" if part == "state" else "text",
            label=label,
            value=str(value.get(part) or ""),
            options=tuple(JURISDICTIONS.items()) if part == "state" else (),
            mode="numeric" if part == "zip" else "",
            wide=wide,
            required=part != "unit",
        )
        for part, (label, wide) in labels.items()
    )
