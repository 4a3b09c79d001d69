"""Answers worked out from others, and what the application knows of itself, for conditions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.forms.rules.questionnaire import (
    CONTEXT,
    Answer,
    Answers,
    Derivation,
    Derived,
    Questionnaire,
    item_holds,
)
from megler.vocabulary.ages import age_last


def with_derived(
    questionnaire: Questionnaire, answers: Answers, context: Mapping[str, Any], on: date
) -> dict[str, Answer]:
    """The answers with those that are derived from them, and the context: carrier,
    product, line, and the papers demanded.

    `on` is the day on which ages are taken. What cannot be worked out is not there: conditions on it
    do not hold.
    """
    found = dict(answers)
    for key in CONTEXT:
        if key in context:
            found[key] = Answer(context[key])
    for one in questionnaire.derived:
        value = _value(one, answers.get(one.of), on)
        if value is not None:
            found[one.key] = Answer(value)
    return found


def _value(one: Derived, of: Answer | None, on: date) -> int | str | None:
    value = None if of is None else of.value
    if value is None:
        return None
    if one.how is Derivation.AGE:
        return _age(str(value), on)
    items = [item for item in value if item_holds(one.only, item)]
    if one.how is Derivation.COUNT:
        return len(items)
    try:
        amounts = [Decimal(str(item.get(one.part) or 0)) for item in items]
    except InvalidOperation:
        return None
    return f"{sum(amounts, Decimal(0)).normalize():f}"


def _age(born: str, on: date) -> int | None:
    try:
        day = date.fromisoformat(born)
    except ValueError:
        return None
    return age_last(day, on) if day <= on else None
