"""The inputs of a question, as a template draws them: one, several, or the rows of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from megler.applications.forms import MANNER
from megler.forms.rules.heights import height_shown
from megler.forms.rules.questionnaire import MASKED, Answer, AnswerType, Question, item_holds
from megler.forms.rules.shown import shown_answer
from megler.vocabulary.codes import JURISDICTIONS

_RADIO_MAX = 3
_CM_IN_INCH = 2.54
_MODES = {
    AnswerType.MONEY: "decimal",
    AnswerType.WHOLE: "numeric",
    AnswerType.PERCENT: "decimal",
    AnswerType.SSN: "numeric",
    AnswerType.TAX_ID: "numeric",
    AnswerType.ROUTING: "numeric",
    AnswerType.ACCOUNT: "numeric",
    AnswerType.DATE: "numeric",
    AnswerType.PHONE: "tel",
    AnswerType.EMAIL: "email",
}
_HINTS = {
    AnswerType.DATE: gettext_lazy("MM/DD/YYYY"),
    AnswerType.SSN: "123-45-6789",
    AnswerType.TAX_ID: "12-3456789",
    AnswerType.PHONE: "512-555-0142",
    AnswerType.EMAIL: "name@example.com",
    AnswerType.HEIGHT: "5'4\"",
}
_SUGGESTED = {AnswerType.DRUG, AnswerType.CONDITION}
_CHOSEN = {AnswerType.CHOICE, AnswerType.YES_NO, AnswerType.STATE}


@dataclass(frozen=True)
class Control:
    """One input: `kind` is text, area, select, radio or checks; `suggest` what it suggests."""

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
    suggest: str = ""
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One field of a list's item: its inputs, and whether it is asked in this item at all."""

    label: str
    required: bool
    is_asked: bool
    controls: tuple[Control, ...]

    @property
    def is_group(self) -> bool:
        """Several inputs under one label."""
        return len(self.controls) > 1 or self.controls[0].kind in {"radio", "checks"}


def written(question: Question, value: Any) -> str:
    """A simple value as it stands in its field."""
    if question.type in _CHOSEN:
        return str(value)
    text = shown_answer(question, value, MANNER)
    return text.removeprefix("$") if question.type is AnswerType.MONEY else text.removesuffix(" %")


def reading_of(question: Question, value: Any) -> str:
    """How a height was read, in both measures."""
    if question.type is not AnswerType.HEIGHT or value is None:
        return ""
    return f"{height_shown(int(value))}, {round(int(value) * _CM_IN_INCH)} cm"


def control(question: Question, name: str, raw: Any, answer: Answer | None = None) -> Control:
    """The input of one simple question, in a list or on its own."""
    kind = question.type
    options = _options(question)
    hint = str(_HINTS.get(kind, ""))
    if kind in MASKED and answer is not None and answer.value is not None:
        hint = shown_answer(question, answer.value)
    many = kind is AnswerType.MANY
    return Control(
        name=name,
        id=f"q-{name}",
        kind=_shape(question, options, in_list=name != question.key),
        label=_(question.text),
        value="" if raw is None or many else str(raw),
        options=options,
        placeholder=hint,
        mode=_MODES.get(kind, ""),
        before="$" if kind is AnswerType.MONEY else "",
        after="%" if kind is AnswerType.PERCENT else "",
        required=question.required,
        suggest=kind.value if kind in _SUGGESTED else "",
        chosen=tuple(str(one) for one in raw) if many and isinstance(raw, list) else (),
    )


def _shape(question: Question, options: tuple[tuple[str, str], ...], *, in_list: bool) -> str:
    if question.type is AnswerType.LONG_TEXT:
        return "area"
    if question.type is AnswerType.MANY:
        return "checks"
    if not options:
        return "text"
    return "radio" if len(options) <= _RADIO_MAX and not in_list else "select"


def _options(question: Question) -> tuple[tuple[str, str], ...]:
    if question.type is AnswerType.YES_NO:
        return (("yes", _("Yes")), ("no", _("No")))
    if question.type is AnswerType.STATE:
        return tuple(JURISDICTIONS.items())
    return tuple((value, _(label)) for value, label in question.choices)


def list_rows(
    question: Question, items: list[dict[str, Any]], kept: list[Any], blank: int
) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a list: its items, `blank` empty ones, and one at least.

    `kept` are the items as they are kept: by them it is known which fields are asked.
    """
    filled = [*items, *({} for _row in range(blank))] or [{}]
    return tuple(
        tuple(
            Cell(
                _(one.text),
                one.required,
                item_holds(one.when, kept[i] if i < len(kept) else item),
                _cell(one, f"{question.key}.{i}.{one.key}", item.get(one.key)),
            )
            for one in question.fields
        )
        for i, item in enumerate(filled)
    )


def _cell(field: Question, name: str, raw: Any) -> tuple[Control, ...]:
    if field.type is AnswerType.ADDRESS:
        return address_controls(name, raw if isinstance(raw, dict) else {})
    return (control(field, name, raw),)


def address_controls(name: str, value: Mapping[str, Any]) -> tuple[Control, ...]:
    """The inputs of an address."""
    labels = {
        "street": (_("Street and number"), "col-sm-8"),
        "unit": (_("Apartment, unit"), "col-sm-4"),
        "city": (_("City"), "col-sm-5"),
        "state": (_("State"), "col-7 col-sm-4"),
        "zip": (_("ZIP code"), "col-5 col-sm-3"),
    }
    return tuple(
        Control(
            name=f"{name}.{part}",
            id=f"q-{name}" if part == "street" else f"q-{name}.{part}",
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
