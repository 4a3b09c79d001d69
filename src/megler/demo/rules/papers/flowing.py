"""Questions flowing down a paper: boxes side by side, questions to tick, lists with their rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from megler.demo.rules.papers.cells import (
    ACROSS,
    BOXED,
    LINE,
    Drawn,
    Spot,
    boxed_cell,
    boxes,
    cells,
    item_spot,
    spot,
)
from megler.demo.rules.papers.fields import Fields
from megler.forms.rules.questionnaire import AnswerType, Condition, Question, Questionnaire

DEEPEST = 4
"""Steps to the right at most, however deep a question stands."""
BESIDE_MAX = 26
"""Letters of all boxes together that still stand beside their question."""
TABLE_MAX = 6
"""Fields of an item that still stand in one row of a table."""


def flow(
    made: Questionnaire, questions: Sequence[Question], fields: Fields, rows: dict[str, int]
) -> list[Drawn]:
    """The blocks of a section's questions, numbered as they stand."""
    found: list[Drawn] = []
    line: list[Drawn] = []
    number, before, last = 0, _Before(), ""
    keys = {one.key for one in questions}
    for question in questions:
        level, when = _level(made, question, keys), question.when
        if level != before.level or when != before.when:
            found += _ended(line, before.level)
            line = []
            if when and (lead := _lead(made, question, last)):
                found.append({"shape": "lead", "text": lead, "level": level})
        before = _Before(level, when)
        last = question.key if question.type in BOXED else last
        number += not level
        text = question.text if level else f"{number}. {question.text}"
        at = spot(question)
        if question.type is AnswerType.LIST or (question.type in BOXED and not _beside(question)):
            found += [*_ended(line, level), _block(at, fields, rows, text, level)]
            line = []
            continue
        boxed = question.type in BOXED
        new = [boxed_cell(at, fields, text)] if boxed else cells(at, fields, text)
        if sum(c["span"] for c in (*line, *new)) > ACROSS:
            found += _ended(line, level)
            line = []
        line += new
    return [*found, *_ended(line, before.level)]


@dataclass(frozen=True, slots=True)
class _Before:
    """Where the question before stood, and when it is asked."""

    level: int = 0
    when: tuple[Condition, ...] = ()


def _ended(line: list[Drawn], level: int) -> list[Drawn]:
    return [{"shape": "row", "cells": list(line), "level": level}] if line else []


def _level(made: Questionnaire, question: Question, keys: set[str], deep: int = 0) -> int:
    """How deep a question hangs below others of the same section."""
    above = [
        made.by_key[name]
        for condition in question.when
        for name in condition.named()
        if name in keys
    ]
    if not above or deep > DEEPEST:
        return 0
    return min(DEEPEST, 1 + max(_level(made, one, keys, deep + 1) for one in above))


def _beside(question: Question) -> bool:
    """Whether its few boxes stand in a row with other answers."""
    letters = sum(len(label) + 5 for _, label in question.choices)
    return question.half and question.type is AnswerType.CHOICE and letters <= BESIDE_MAX * 2


def _lead(made: Questionnaire, question: Question, last: str) -> str:
    """When a question is answered, as a paper says it: `If yes:` below the question itself."""
    if len(question.when) == 1 and question.when[0].question == last:
        asked, values = made.by_key[last], question.when[0].values
        if asked.type is AnswerType.YES_NO and values and not question.when[0].negated:
            return f"If {values[0]}:"
    said = [words for one in question.when if (words := _condition(made, one))]
    return f"If {' and '.join(said)}:" if said else ""


def _condition(made: Questionnaire, condition: Condition) -> str:
    asked = made.by_key.get(condition.question)
    if asked is None or not condition.values or condition.negated:
        return ""
    if asked.type is AnswerType.YES_NO:
        return f"{condition.values[0]} to “{_clipped(asked.short)}”"
    labels = dict(asked.choices)
    said = " or ".join(labels.get(value, value) for value in condition.values)
    return f"“{_clipped(asked.short)}” is {said}" if len(said) < 90 else ""


def _clipped(words: str) -> str:
    return words if len(words) <= 48 else words[:47] + "…"


def _block(at: Spot, fields: Fields, rows: dict[str, int], text: str, level: int) -> Drawn:
    if at.asked.type is AnswerType.LIST:
        return _listing(at.asked, fields, rows.get(at.asked.key, 3), text, level)
    return _ask(at, fields, text, level)


def _ask(at: Spot, fields: Fields, text: str, level: int) -> Drawn:
    drawn = boxes(at, fields)
    letters = sum(len(box["label"]) + 3 for box in drawn)
    below = letters > BESIDE_MAX and len(text) + letters > 88
    return {"shape": "ask", "text": text, "level": level, "boxes": drawn, "below": below}


def _listing(listed: Question, fields: Fields, rows: int, text: str, level: int) -> Drawn:
    """A table where an item fits a row; otherwise a card for each item."""
    rows = max(1, min(rows, listed.items_max))
    wide = {AnswerType.ADDRESS, AnswerType.LONG_TEXT, AnswerType.MANY, AnswerType.HEIGHT}
    choices = sum(f.type is AnswerType.CHOICE and len(f.choices) > 2 for f in listed.fields)
    fits = len(listed.fields) <= TABLE_MAX and not any(f.type in wide for f in listed.fields)
    if fits and choices < 3:
        return {
            "shape": "listing",
            "text": text,
            "level": level,
            "columns": [{"caption": f.text, "span": _column(f)} for f in listed.fields],
            "rows": [
                [_in_table(item_spot(listed, f, n), fields) for f in listed.fields]
                for n in range(1, rows + 1)
            ],
        }
    cards = [list(_card(listed, fields, n)) for n in range(1, rows + 1)]
    return {"shape": "cards", "text": text, "level": level, "cards": cards}


def _column(field: Question) -> float:
    spans = {
        AnswerType.TEXT: 4, AnswerType.DRUG: 4, AnswerType.CONDITION: 4, AnswerType.YES_NO: 1.9,
        AnswerType.PERCENT: 1.4, AnswerType.WHOLE: 1.3, AnswerType.DATE: 2, AnswerType.MONEY: 2,
        AnswerType.PHONE: 2.2, AnswerType.STATE: 2,
    }  # fmt: skip
    return spans.get(field.type, 2.5)


def _in_table(at: Spot, fields: Fields) -> Drawn:
    if at.asked.type is AnswerType.YES_NO:
        return {"kind": "boxes", "boxes": boxes(at, fields, short=True)}
    number = fields.text(at.name, at.asked.short, at.fill(at.name), size=8.0)
    return {"kind": "field", "field": number, "height": LINE}


def _card(listed: Question, fields: Fields, n: int) -> Iterable[Drawn]:
    line: list[Drawn] = []
    for field in listed.fields:
        at = item_spot(listed, field, n)
        boxed = field.type in BOXED
        new = [boxed_cell(at, fields, field.text)] if boxed else cells(at, fields, field.text)
        if sum(c["span"] for c in (*line, *new)) > ACROSS:
            yield from _ended(line, 0)
            line = []
        line += new
    yield from _ended(line, 0)
