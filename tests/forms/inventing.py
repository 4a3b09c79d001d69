"""Invents valid answers to whatever a questionnaire asks, by dice; for tests of whole form sets."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from megler.forms.rules.answers import read_answer, routing_possible
from megler.forms.rules.derived import with_derived
from megler.forms.rules.questionnaire import (
    Answer,
    AnswerType,
    Question,
    Questionnaire,
    asked,
    item_holds,
)
from megler.vocabulary.codes import JURISDICTIONS

WORDS = (
    "Kari", "Ola", "Blåbær", "O'Neill", "Ångström", "river", "well controlled", "since 2019",
    "Dr. Vik", "Fargo", "(none)", "50/50", "a\\b", "Zoë", "St. Mary's", "ibuprofen",
)  # fmt: skip
ODD = ("Łukasz", "Nguyễn", "東京", "Ωmega", "🙂")
"""Words with letters that a PDF's standard fonts lack."""


def invented(
    made: Questionnaire,
    dice: random.Random,
    on: date,
    *,
    known: Mapping[str, Any] | None = None,
    context: Mapping[str, str] | None = None,
    share: float = 0.9,
    odd: bool = False,
) -> dict[str, Answer]:
    """Answers to most of what is asked (`share` of it), questions opened by answers too."""
    answers = {key: Answer(value) for key, value in (known or {}).items() if key in made.by_key}
    passed: set[str] = set(answers)
    for _ in range(12):
        before = len(passed)
        for _, question in made.questions():
            if question.key in passed:
                continue
            if not asked(made, question, with_derived(made, answers, context or {}, on)):
                continue
            passed.add(question.key)
            if question.required or dice.random() < share:
                answers[question.key] = Answer(_value(question, dice, on, odd))
        if len(passed) == before:
            return answers
    return answers


def _value(question: Question, dice: random.Random, on: date, odd: bool) -> Any:
    raw = _raw(question, dice, on, odd)
    value, problems = read_answer(question, raw)
    assert not problems, (question, raw, problems)
    assert value is not None, (question, raw)
    return value


def _raw(question: Question, dice: random.Random, on: date, odd: bool) -> Any:
    kind = question.type
    if kind is AnswerType.LIST:
        count = dice.randint(max(1, question.items_min), max(1, min(question.items_max, 5)))
        return [_item(question, dice, on, odd) for _ in range(count)]
    if kind is AnswerType.LONG_TEXT:
        return "\n".join(_words(dice, odd) for _ in range(dice.randint(1, 4)))
    if kind in _SIMPLE:
        return _SIMPLE[kind](dice)
    return _bounded(question, dice, on) or _words(dice, odd)


def _bounded(question: Question, dice: random.Random, on: date) -> Any:
    """An answer within what the question allows; None where it is free."""
    kind = question.type
    if question.choices:
        keys = [key for key, _ in question.choices]
        many = dice.sample(keys, dice.randint(1, len(keys)))
        return many if kind is AnswerType.MANY else many[0]
    if kind in {AnswerType.WHOLE, AnswerType.HEIGHT}:
        low = question.min if question.min is not None else 20 if kind is AnswerType.HEIGHT else 0
        high = question.max if question.max is not None else max(low, 90)
        return str(dice.randint(low, high))
    if kind is AnswerType.DATE:
        return (on - timedelta(days=dice.randint(0, 20_000))).isoformat()
    return None


def _item(question: Question, dice: random.Random, on: date, odd: bool) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for field in question.fields:
        if item_holds(field.when, item) and (field.required or dice.random() < 0.8):
            item[field.key] = _value(field, dice, on, odd)
    return item


def _words(dice: random.Random, odd: bool) -> str:
    words = dice.choices(WORDS, k=dice.randint(1, 9))
    return " ".join([*words, dice.choice(ODD)] if odd and dice.random() < 0.3 else words)


def _address(dice: random.Random) -> dict[str, str]:
    return {
        "street": f"{dice.randint(1, 9999)} Elm Street",
        "unit": dice.choice(("", "4B")),
        "city": "Minot",
        "state": dice.choice(list(JURISDICTIONS)),
        "zip": f"{dice.randint(10000, 99999)}",
    }


def _routing(dice: random.Random) -> str:
    while True:
        if routing_possible(digits := f"{dice.randint(10**8, 10**9 - 1)}"):
            return digits


_SIMPLE: dict[AnswerType, Any] = {
    AnswerType.YES_NO: lambda dice: dice.choice(("yes", "no")),
    AnswerType.MONEY: lambda dice: str(dice.randint(0, 5_000_000)),
    AnswerType.PERCENT: lambda dice: str(dice.randint(0, 100)),
    AnswerType.SSN: lambda dice: (
        f"{dice.randint(100, 665)}{dice.randint(10, 99)}{dice.randint(1000, 9999)}"
    ),
    AnswerType.PHONE: lambda dice: f"512555{dice.randint(1000, 9999)}",
    AnswerType.EMAIL: lambda dice: f"kari{dice.randint(1, 999)}@mail.example",
    AnswerType.ADDRESS: _address,
    AnswerType.STATE: lambda dice: dice.choice(list(JURISDICTIONS)),
    AnswerType.ROUTING: _routing,
    AnswerType.ACCOUNT: lambda dice: f"{dice.randint(10**6, 10**12)}",
    AnswerType.TAX_ID: lambda dice: f"{dice.randint(10, 99)}{dice.randint(10**6, 10**7 - 1)}",
    AnswerType.DRUG: lambda dice: dice.choice(("metformin", "lisinopril", "unheardofin")),
    AnswerType.CONDITION: lambda dice: dice.choice(("asthma", "gout", "something rare")),
}
