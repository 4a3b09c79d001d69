"""What was typed into the questions' fields, as raw answers, and which were left as they were shown.

Fields are written and read as the reader's language has it; rules and papers are in English.
"""

import re
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.http import QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext

from megler.applications.rules.merging import ListShown, item_mark
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
        return [in_english_item(question, item) for item in raw]
    if not isinstance(raw, str):
        return raw
    day = _DAY_FIRST.fullmatch(raw.strip())
    if question.type is AnswerType.DATE and day and get_format("SHORT_DATE_FORMAT")[0] in "dj":
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    comma = get_format("DECIMAL_SEPARATOR") == "," and _DECIMAL_COMMA.fullmatch(raw.strip())
    return raw.replace(",", ".") if comma and question.type in _NUMBERS else raw


def in_english_item(question: Question, item: dict[str, Any]) -> dict[str, Any]:
    """One item of a list, as the rules read it."""
    by_key = {field.key: field for field in question.fields}
    return {key: in_english(by_key[key], raw) for key, raw in item.items() if key in by_key}


def raw_answer(question: Question, data: QueryDict) -> Any:
    """What was typed for a question; None when its field was not sent."""
    if question.type is AnswerType.ADDRESS:
        return _parts(question.key, ADDRESS_PARTS, data)
    if question.type is AnswerType.LIST:
        return None if (rows := _rows(question, data)) is None else [row for _n, row in rows]
    if question.type is AnswerType.MANY:
        return data.getlist(question.key) if f"{question.key}.sent" in data else None
    return data.get(question.key)


def _parts(key: str, parts: Iterable[str], data: QueryDict) -> dict[str, str] | None:
    found = {part: data.get(f"{key}.{part}") for part in parts}
    given = {part: text for part, text in found.items() if text is not None}
    return given or None


def row_numbers(key: str, data: QueryDict) -> list[int]:
    """The numbers of a list's rows on the page, in their order."""
    names = (name.split(".") for name in data if name.startswith(f"{key}."))
    return sorted({number for name in names if (number := whole(name[1])) is not None})


def _rows(question: Question, data: QueryDict) -> list[tuple[int, dict[str, Any]]] | None:
    """The rows with something in them, by number: fields are sent as `key.0.field`.

    `key.sent` says that there is a list; the row named by `remove` is left out.
    """
    if f"{question.key}.sent" not in data:
        return None
    removed = data.get("remove", "")
    found = []
    for number in row_numbers(question.key, data)[:ITEMS_MAX]:
        row = {
            field.key: raw
            for field in question.fields
            if (raw := _cell(field, f"{question.key}.{number}.{field.key}", data)) is not None
        }
        if any(_flat(raw) for raw in row.values()) and removed != f"{question.key}.{number}":
            found.append((number, row))
    return found


def _cell(field: Question, name: str, data: QueryDict) -> Any:
    if field.type is AnswerType.ADDRESS:
        return _parts(name, ADDRESS_PARTS, data)
    if field.type is AnswerType.MANY:
        return data.getlist(name) or None
    return data.get(name)


def mark(question: Question, raw: Any, version: int, numbers: Iterable[int] | None = None) -> str:
    """What a page remembers of the answer it showed: its version and a keyed digest of its fields.

    Of a list it remembers each item too, by the number of its row (0, 1, … or `numbers`).
    """
    told = f"{version}:{_digest(question, raw)}"
    if question.type is not AnswerType.LIST or not isinstance(raw, list):
        return told
    rows = zip(count() if numbers is None else numbers, raw, strict=False)
    marks = (
        f"{number}={item_mark(question, in_english_item(question, row))}" for number, row in rows
    )
    return f"{told}:{','.join(marks)}"


def _digest(question: Question, raw: Any) -> str:
    return salted_hmac("application.answer", f"{question.key}\n{_flat(raw)}").hexdigest()[:24]


def _flat(raw: Any) -> str:
    """Raw answers that show alike are alike, whatever is left empty."""
    if isinstance(raw, dict):
        return "\n".join(f"{k}={flat}" for k, v in sorted(raw.items()) if (flat := _flat(v)))
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
        version, digest, _items = _was(question, data)
        untouched = constant_time_compare(digest, _digest(question, raw))
        if untouched and question.type not in MASKED:
            continue
        if question.type in MASKED and not str(raw).strip():
            continue
        raws[question.key] = in_english(question, raw)
        seen[question.key] = version
    return raws, seen


def _was(question: Question, data: QueryDict) -> tuple[int, str, dict[int, str]]:
    """What the page remembered: the version shown, the digest, and the marks of a list's rows."""
    version, digest, items, *_rest = *data.get(f"was.{question.key}", "").split(":"), "", "", ""
    pairs = (one.partition("=") for one in items.split(",") if "=" in one)
    marks = {at: text for number, _is, text in pairs if (at := whole(number)) is not None}
    return whole(version) or 0, digest, marks


def shown_version(question: Question, data: QueryDict) -> int:
    """The version in which the page showed the answer; 0 when there was none."""
    return _was(question, data)[0]


def shown_lists(questions: Iterable[Question], data: QueryDict) -> dict[str, ListShown]:
    """What the page showed of the lists that it sends."""
    found = {}
    for question in questions:
        if question.type is AnswerType.LIST and (rows := _rows(question, data)) is not None:
            marks = _was(question, data)[2]
            kept = tuple(mark for _number, mark in sorted(marks.items()))
            found[question.key] = ListShown(kept, tuple(marks.get(n, "") for n, _row in rows))
    return found


def rows_sent(question: Question, data: QueryDict) -> tuple[list[int], int]:
    """The numbers of the rows sent that hold something, and how many were left empty."""
    filled = [number for number, _row in _rows(question, data) or []]
    removed = data.get("remove", "").startswith(f"{question.key}.")
    return filled, max(len(row_numbers(question.key, data)) - len(filled) - removed, 0)


def shown_raw(question: Question, answer: Answer | None, text: Any) -> Any:
    """What the fields hold when an answer is shown; `text` is how one simple value is written."""
    if answer is None:
        return None
    if answer.value is None:
        return answer.raw or None
    if question.type is AnswerType.ADDRESS:
        return answer.value
    if question.type is AnswerType.MANY:
        return list(answer.value)
    if question.type is AnswerType.LIST:
        by_key = {field.key: field for field in question.fields}
        return [
            {key: _cell_shown(by_key[key], value, text) for key, value in item.items()}
            for item in answer.value
        ]
    return "" if question.type in MASKED else text(question, answer.value)


def _cell_shown(field: Question, value: Any, text: Any) -> Any:
    return value if isinstance(value, dict | list) else text(field, value)
