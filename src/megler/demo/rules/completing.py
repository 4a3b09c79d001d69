"""Answers of the demo's applicants to whatever a carrier's form set asks beyond what is known of them."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from megler.forms.rules.answers import read_answer
from megler.forms.rules.derived import with_derived
from megler.forms.rules.questionnaire import (
    CONTEXT,
    Answer,
    Answers,
    AnswerType,
    Question,
    Questionnaire,
    asked,
    item_holds,
)

SAID: dict[str, str] = {
    "owner_is_insured": "yes", "delivery": "paper", "delivery_can_open": "yes", "illustration_shown": "yes",
    "report_id_seen": "yes", "juvenile_alike": "yes", "care_designee": "waived",
    "care_works": "yes", "care_drives": "yes", "care_inflation_declined": "yes",
    "work_afford": "yes", "work_advised": "yes", "pressure_control": "yes", "business_notice": "yes",
    "business_resolution": "yes", "business_all_insured": "yes", "exchange_same_owner": "yes",
    "exchange_same_insured": "yes", "msup_open": "yes", "group_at_work": "yes",
    "suit_horizon": "later", "insured_employment": "employed",
}  # fmt: skip
"""What healthy, careful people say where neither a no nor the first choice is usual."""
PASSES = 12
"""Questions open others; a form set is no deeper than this."""


def completed(
    made: Questionnaire, raws: Mapping[str, Any], given: Answers, on: date
) -> dict[str, Any]:
    """Values for everything that is asked and needed, `raws` where they can be read, else invented.

    `given` is what is answered already, with the context and what is derived; what stands there and
    not in `raws` stays as it is.
    """
    context = {key: given[key].value for key in CONTEXT if key in given}
    answers: dict[str, Answer] = {key: one for key, one in given.items() if key in made.by_key}
    found: dict[str, Any] = {}
    for _ in range(PASSES):
        known = with_derived(made, answers, context, on)
        before = len(found)
        for _, question in made.questions():
            if question.locked or question.key in found or not asked(made, question, known):
                continue
            value = _told(question, raws.get(question.key))
            if value is None and _is_needed(question) and _is_open(answers.get(question.key)):
                value = _invented(question, answers, on)
            if value is not None:
                found[question.key] = value
                answers[question.key] = Answer(value)
        if len(found) == before:
            break
    return found


def _is_needed(question: Question) -> bool:
    return question.required or (question.type is AnswerType.LIST and question.items_min > 0)


def _is_open(answer: Answer | None) -> bool:
    return answer is None or answer.value is None


def _told(question: Question, raw: Any) -> Any:
    """What is known, as far as the question asks for it; None when it cannot be read."""
    if question.type is AnswerType.LIST and isinstance(raw, list):
        keys = {field.key for field in question.fields}
        raw = [{key: one for key, one in item.items() if key in keys} for item in raw]
        if any(_lacking(question, item) for item in raw):
            return None
    value, problems = read_answer(question, raw)
    return None if problems else value


def _lacking(question: Question, item: Mapping[str, Any]) -> bool:
    return any(field.required and item.get(field.key) in {None, ""} for field in question.fields)


def _invented(question: Question, answers: Mapping[str, Answer], on: date) -> Any:
    """An unremarkable answer."""
    if question.key in SAID:
        return SAID[question.key]
    if question.type is AnswerType.LIST:
        items = [_item(question, answers, on) for _ in range(max(1, question.items_min))]
        return items if question.items_min else None
    if question.type is AnswerType.STATE:
        home = answers.get("insured_address")
        return (home.value or {}).get("state", "TX") if home else "TX"
    if question.type is AnswerType.ADDRESS:
        home = answers.get("insured_address")
        return home.value if home else None
    return _plain(question, on)


def _item(question: Question, answers: Mapping[str, Answer], on: date) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for field in question.fields:
        if field.required and item_holds(field.when, item):
            item[field.key] = _invented(field, answers, on)
    return item


def _plain(question: Question, on: date) -> Any:
    kind = question.type
    if kind is AnswerType.YES_NO:
        return "no"
    if question.choices:
        first = question.choices[0][0]
        return [first] if kind is AnswerType.MANY else first
    if kind is AnswerType.DATE:
        ahead = (on.replace(day=1) + timedelta(days=32)).replace(day=1)
        return (on - timedelta(days=400) if question.past else ahead).isoformat()
    if kind in {AnswerType.WHOLE, AnswerType.HEIGHT}:
        usual = 40 if kind is AnswerType.WHOLE else 68
        low, high = question.min or 0, question.max if question.max is not None else usual
        return min(max(usual, low), high)
    return _USUAL.get(kind, "As told above")


_USUAL: dict[AnswerType, Any] = {
    AnswerType.MONEY: "60000",
    AnswerType.PERCENT: "5",
    AnswerType.PHONE: "7015550144",
    AnswerType.EMAIL: "somebody@mail.example",
    AnswerType.SSN: "078051121",
    AnswerType.TAX_ID: "123456789",
    AnswerType.ROUTING: "021000021",
    AnswerType.ACCOUNT: "10002000",
    AnswerType.DRUG: "ibuprofen",
    AnswerType.CONDITION: "a cold",
}
