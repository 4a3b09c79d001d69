"""What goes into the fields of a carrier's PDF, and what does not fit and goes onto a continuation.

`format` of a field's fill:

| format | writes |
|---|---|
| (empty) | the answer as people read it: 02/11/1979, $250,000, 512-555-0142; last four of an SSN |
| `full` | an SSN, an account or a tax number whole |
| `digits 1-3` | of the digits of an answer those from place 1 to place 3 |
| `month`, `day`, `year`, `iso` | of a date its month, day or year in digits, or 1979-02-11 |
| `amount` | an amount without the sign: 250,000 |
| `feet`, `inches` | of a height its feet, or the inches beside them |
| `upper` | in capitals |
| `state Yes` | the name of a box's state, where it is not the value |
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from megler.forms.rules.acroforms import FieldKind, PdfField
from megler.forms.rules.appearances import fitting
from megler.forms.rules.helvetica import has_letters
from megler.forms.rules.questionnaire import (
    Answers,
    AnswerType,
    FieldFill,
    FormSpec,
    Question,
    Questionnaire,
    asked,
)
from megler.forms.rules.shown import shown_answer

HEAD = (
    "reference", "carrier_name", "product_name", "insured_name", "agent_name", "agent_npn",
    "agent_email", "agent_phone",
)  # fmt: skip
"""What a field may take beside answers: what the application knows of itself and its agent."""
SIGNING = ("signature", "signed_on", "signed_name", "signed_at")
"""Fields of a signer, as `signature.owner`: filled when it is signed."""
PLAIN_FORMATS = frozenset(
    {"", "full", "month", "day", "year", "iso", "amount", "feet", "inches", "upper"}
)
_OF_DATE = ("iso", "year", "month", "day")
DIGITS = re.compile(r"digits ([1-9][0-9]?)-([1-9][0-9]?)")
STATE = "state "
CONTINUED = "see continuation"


@dataclass(frozen=True, slots=True)
class Filled:
    """Texts and states by field, and the questions that are written out on a continuation."""

    values: Mapping[str, str]
    continued: tuple[str, ...]


def is_format(text: str) -> bool:
    """Whether it is a format that a fill may have."""
    return text in PLAIN_FORMATS or bool(DIGITS.fullmatch(text)) or text.startswith(STATE)


def filled(
    questionnaire: Questionnaire,
    form: FormSpec,
    fields: Mapping[str, PdfField],
    answers: Answers,
    head: Mapping[str, str],
) -> Filled:
    """What fills the PDF of a form. A text that does not fit is written on the continuation."""
    values: dict[str, str] = {}
    continued: dict[str, None] = {}
    shown = {
        question.key: answers[question.key].value
        for _, question in questionnaire.questions()
        if question.key in answers and asked(questionnaire, question, answers)
    }
    room: dict[str, int] = {}
    for fill in form.fills:
        if fill.question.partition(".")[0] in SIGNING:
            continue
        room[fill.question] = max(room.get(fill.question, 0), fill.item)
        text = _text(questionnaire, fill, fields[fill.field], shown, head)
        if not text:
            continue
        if fields[fill.field].kind is FieldKind.TEXT and not fits(fields[fill.field], text):
            continued[fill.question] = None
            text = CONTINUED if fits(fields[fill.field], CONTINUED) else "*"
        values[fill.field] = text
    for key, items in room.items():
        value = shown.get(key)
        if items and isinstance(value, list) and len(value) > items:
            continued[key] = None
    return Filled(values, tuple(continued))


def _text(
    questionnaire: Questionnaire,
    fill: FieldFill,
    field: PdfField,
    shown: Mapping[str, Any],
    head: Mapping[str, str],
) -> str:
    if fill.question in HEAD:
        return head.get(fill.question, "")
    question = questionnaire.by_key[fill.question]
    value = shown.get(fill.question)
    if question.type is AnswerType.LIST:
        items = value or []
        if fill.item > len(items):
            return ""
        question, value = _part_of_item(question, items[fill.item - 1], fill.part)
    elif question.type is AnswerType.ADDRESS and fill.part:
        value = (value or {}).get(fill.part)
        return "" if value is None else _cased(str(value), fill.format)
    if value is None or value == "":
        return ""
    if fill.value:
        holds = fill.value in value if isinstance(value, list) else str(value) == fill.value
        return _state(fill, field) if holds else ""
    return written(question, value, fill.format)


def _part_of_item(question: Question, item: Mapping[str, Any], part: str) -> tuple[Question, Any]:
    """The field of an item that `part` names; `address.city` is the city of its address."""
    key, _, inner = part.partition(".")
    field, value = question.field(key), item.get(key)
    if inner:
        return Question(part, AnswerType.TEXT, "", ""), (value or {}).get(inner)
    return field, value


def _state(fill: FieldFill, field: PdfField) -> str:
    if fill.format.startswith(STATE):
        return fill.format.removeprefix(STATE)
    if field.kind is FieldKind.TEXT:
        return "X"
    if fill.value in field.states:
        return fill.value
    return field.states[0] if field.states else "Yes"


def written(question: Question, value: Any, how: str) -> str:
    """An answer as a field's format writes it.

    >>> from megler.forms.rules.questionnaire import AnswerType, Question
    >>> written(Question("s", AnswerType.SSN, "SSN", "SSN"), "078051121", "digits 1-3")
    '078'
    """
    plain = str(value)
    if digits := DIGITS.fullmatch(how):
        kept = re.sub(r"\D", "", plain)
        return kept[int(digits[1]) - 1 : int(digits[2])]
    if how == "full":
        return _whole_number(question, plain)
    if how in _OF_DATE:
        return dict(zip(_OF_DATE, (plain, *plain.split("-")), strict=False)).get(how, "")
    if how == "amount":
        return f"{Decimal(plain):,.2f}".removesuffix(".00")
    if how in {"feet", "inches"}:
        return str(int(plain) // 12 if how == "feet" else int(plain) % 12)
    return _cased(shown_answer(question, value), how)


def _cased(text: str, how: str) -> str:
    return text.upper() if how == "upper" else text


def _whole_number(question: Question, digits: str) -> str:
    if question.type is AnswerType.SSN:
        return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
    if question.type is AnswerType.TAX_ID:
        return f"{digits[:2]}-{digits[2:]}"
    return digits


def fits(field: PdfField, text: str) -> bool:
    """Whether the text can be written and seen in the field: its letters, its length, its room.

    A PDF's standard fonts have the letters of Windows-1252 only.
    """
    if not has_letters(text) or (field.longest and len(text) > field.longest):
        return False
    return field.room is None or fitting(field.room, text) is not None
