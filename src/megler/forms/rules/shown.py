"""Answers as people read them."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from megler.forms.rules.questionnaire import AnswerType, Question
from megler.vocabulary.codes import JURISDICTIONS


def shown_answer(question: Question, value: Any) -> str:
    """The value as people read it: masked where only the last four may be seen.

    >>> from megler.forms.rules.questionnaire import AnswerType, Question
    >>> shown_answer(Question("s", AnswerType.SSN, "SSN", "SSN"), "078051121")
    '•••-••-1121'
    """
    if value is None or value == "":
        return ""
    if question.type is AnswerType.ADDRESS:
        return _address_shown(value)
    if question.type is AnswerType.LIST:
        return "\n".join(_item_shown(question, item) for item in value)
    text = str(value)
    if question.type is AnswerType.CHOICE:
        return dict(question.choices).get(text, text)
    return _SHOWN[question.type](text) if question.type in _SHOWN else text


_SHOWN: dict[AnswerType, Callable[[str], str]] = {
    AnswerType.DATE: lambda text: date.fromisoformat(text).strftime("%m/%d/%Y"),
    AnswerType.MONEY: lambda text: "$" + f"{Decimal(text):,.2f}".removesuffix(".00"),
    AnswerType.YES_NO: str.capitalize,
    AnswerType.SSN: lambda text: f"•••-••-{text[-4:]}",
    AnswerType.ACCOUNT: lambda text: f"•••• {text[-4:]}",
    AnswerType.PERCENT: lambda text: f"{text} %",
    AnswerType.PHONE: lambda text: (
        f"{text[:3]}-{text[3:6]}-{text[6:]}" if len(text) == len("5125550142") else text
    ),
    AnswerType.STATE: lambda text: JURISDICTIONS.get(text, text),
}


def _address_shown(value: Mapping[str, str]) -> str:
    place = " ".join(value[part] for part in ("state", "zip") if part in value)
    parts = [value.get("street", ""), value.get("unit", ""), value.get("city", ""), place]
    return ", ".join(part for part in parts if part)


def _item_shown(question: Question, item: Mapping[str, Any]) -> str:
    shown = (shown_answer(field, item.get(field.key)) for field in question.fields)
    return " · ".join(text for text in shown if text)
