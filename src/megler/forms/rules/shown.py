"""Answers as people read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from megler.forms.rules.heights import height_shown
from megler.forms.rules.questionnaire import AnswerType, Question
from megler.vocabulary.codes import JURISDICTIONS


@dataclass(frozen=True, slots=True)
class Manner:
    """How a reader's language writes words, days and amounts of dollars; English as it stands."""

    say: Callable[[str], str] = str
    day: Callable[[date], str] = lambda day: day.strftime("%m/%d/%Y")
    dollars: Callable[[Decimal], str] = lambda amount: "$" + f"{amount:,.2f}".removesuffix(".00")


ENGLISH = Manner()


def shown_answer(question: Question, value: Any, manner: Manner = ENGLISH) -> str:
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
        return "\n".join(_item_shown(question, item, manner) for item in value)
    text = str(value)
    if question.type is AnswerType.CHOICE:
        return manner.say(dict(question.choices).get(text, text))
    if question.type is AnswerType.MANY:
        said = dict(question.choices)
        return ", ".join(manner.say(said.get(str(one), str(one))) for one in value)
    return _SHOWN[question.type](text, manner) if question.type in _SHOWN else text


_SHOWN: dict[AnswerType, Callable[[str, Manner], str]] = {
    AnswerType.DATE: lambda text, manner: manner.day(date.fromisoformat(text)),
    AnswerType.MONEY: lambda text, manner: manner.dollars(Decimal(text)),
    AnswerType.YES_NO: lambda text, manner: manner.say(text.capitalize()),
    AnswerType.SSN: lambda text, _manner: f"•••-••-{text[-4:]}",
    AnswerType.ACCOUNT: lambda text, _manner: f"•••• {text[-4:]}",
    AnswerType.TAX_ID: lambda text, _manner: f"{text[:2]}-{text[2:]}",
    AnswerType.HEIGHT: lambda text, _manner: height_shown(int(text)),
    AnswerType.PERCENT: lambda text, _manner: f"{text} %",
    AnswerType.PHONE: lambda text, _manner: (
        f"{text[:3]}-{text[3:6]}-{text[6:]}" if len(text) == len("5125550142") else text
    ),
    AnswerType.STATE: lambda text, _manner: JURISDICTIONS.get(text, text),
}


def _address_shown(value: Mapping[str, str]) -> str:
    place = " ".join(value[part] for part in ("state", "zip") if part in value)
    parts = [value.get("street", ""), value.get("unit", ""), value.get("city", ""), place]
    return ", ".join(part for part in parts if part)


def _item_shown(question: Question, item: Mapping[str, Any], manner: Manner) -> str:
    shown = (shown_answer(field, item.get(field.key), manner) for field in question.fields)
    return " · ".join(text for text in shown if text)
