"""What was typed into the questions' fields, as raw answers, and which were left as they were shown.

Fields are written and read as the reader's language has it; rules and papers are in English.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext

from megler.forms.rules.answers import ADDRESS_PARTS
from megler.forms.rules.questionnaire import MASKED, Answer, AnswerType, Question
from megler.forms.rules.shown import Manner
from megler.ui.templatetags.ui import money
from megler.vocabulary.numbers import whole

ITEMS_MAX = 50
MANNER = Manner(gettext, lambda day: date_format(day, "SHORT_DATE_FORMAT"), money)
"""How the reader's language writes answers."""
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_DECIMAL_COMMA = re.compile(r"\$?[\d\s]+,\d{1,2}\s*%?")
_NUMBERS = {AnswerType.MONEY, AnswerType.PERCENT, AnswerType.WHOLE}


def in_english(question: Question, raw: Any) -> Any:
    """What was typed, with days and decimals as the rules read them.

    Norwegian writes 31.12.1980 and 250,50; Django's formats say whether the reader's language does.
    """
    if question.type is AnswerType.LIST and isinstance(raw, list):
        by_key = {field.key: field for field in question.fields}
        return [{key: in_english(by_key[key], text) for key, text in item.items()} for item in raw]
    if not isinstance(raw, str):
        return raw
    day = _DAY_FIRST.fullmatch(raw.strip())
    if question.type is AnswerType.DATE and day and get_format("SHORT_DATE_FORMAT")[0] in "dj":
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    comma = get_format("DECIMAL_SEPARATOR") == "," and _DECIMAL_COMMA.fullmatch(raw.strip())
    return raw.replace(",", ".") if comma and question.type in _NUMBERS else raw


def raw_answer(question: Question, data: QueryDict) -> Any:
    """What was typed for a question; None when its field was not sent."""
    if question.type is AnswerType.ADDRESS:
        return _parts(question.key, ADDRESS_PARTS, data)
    if question.type is AnswerType.LIST:
        return _items(question, data)
    return data.get(question.key)


def _parts(key: str, parts: Iterable[str], data: QueryDict) -> dict[str, str] | None:
    found = {part: data.get(f"{key}.{part}") for part in parts}
    given = {part: text for part, text in found.items() if text is not None}
    return given or None


def _items(question: Question, data: QueryDict) -> list[dict[str, str]] | None:
    """Items are sent as `key.0.field`, in the order of their numbers; `key.sent` says there is a list."""
    if f"{question.key}.sent" not in data:
        return None
    numbers = {
        number
        for name in data
        if name.startswith(f"{question.key}.") and (number := whole(name.split(".")[1])) is not None
    }
    fields = [field.key for field in question.fields]
    rows = [_parts(f"{question.key}.{n}", fields, data) or {} for n in sorted(numbers)[:ITEMS_MAX]]
    return [row for row in rows if any(text.strip() for text in row.values())]


def mark(question: Question, raw: Any, version: int) -> str:
    """What a page remembers of the answer it showed: its version and a keyed digest of its fields."""
    return f"{version}:{_digest(question, raw)}"


def _digest(question: Question, raw: Any) -> str:
    return salted_hmac("application.answer", f"{question.key}\n{_flat(raw)}").hexdigest()[:24]


def _flat(raw: Any) -> str:
    """Raw answers that show alike are alike, whatever is left empty."""
    if isinstance(raw, dict):
        return "\n".join(f"{k}={v}" for k, v in sorted(raw.items()) if v not in (None, ""))
    if isinstance(raw, list):
        return "\n\n".join(flat for item in raw if (flat := _flat(item)))
    return "" if raw is None else " ".join(str(raw).split())


def typed_answers(
    questions: Iterable[Question], data: QueryDict
) -> tuple[dict[str, Any], dict[str, int]]:
    """The raw answers that differ from what the page showed, and the version each was shown in."""
    raws: dict[str, Any] = {}
    seen: dict[str, int] = {}
    for question in questions:
        raw = raw_answer(question, data)
        if raw is None or question.locked:
            continue
        version, _, digest = data.get(f"was.{question.key}", "").partition(":")
        untouched = constant_time_compare(digest, _digest(question, raw))
        if untouched and question.type not in MASKED:
            continue
        if question.type in MASKED and not str(raw).strip():
            continue
        raws[question.key] = in_english(question, raw)
        seen[question.key] = whole(version) or 0
    return raws, seen


def shown_raw(question: Question, answer: Answer | None, text: Any) -> Any:
    """What the fields hold when an answer is shown; `text` is how one simple value is written."""
    if answer is None:
        return None
    if answer.value is None:
        return answer.raw or None
    if question.type is AnswerType.ADDRESS:
        return answer.value
    if question.type is AnswerType.LIST:
        by_key = {field.key: field for field in question.fields}
        return [
            {key: text(by_key[key], value) for key, value in item.items()} for item in answer.value
        ]
    return "" if question.type in MASKED else text(question, answer.value)
