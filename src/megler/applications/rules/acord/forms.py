"""Answers as ACORD's form instances: as people read them, and as they are kept."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from megler.applications.rules.acord.places import ANSWERS
from megler.applications.rules.acord.told import HOLDING
from megler.exchange.txlife import records as r
from megler.exchange.txlife.dialects import AnswersIn, Dialect
from megler.exchange.txlife.records import NOTHING, Coded
from megler.forms.rules.questionnaire import (
    Answers,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
)
from megler.forms.rules.shown import shown_answer


@dataclass(frozen=True, slots=True)
class Filled:
    """A questionnaire with its answers: all that are kept, the `values` that are told, and the keys
    of those that stand `elsewhere` in the message."""

    questionnaire: Questionnaire
    answers: Answers
    values: Mapping[str, Any]
    elsewhere: frozenset[str]


def forms_of(filled: Filled, dialect: Dialect, whole: bool) -> Iterable[r.Form]:
    """Each form with its answers; as they are kept, they stand in our extension of it.

    With `whole` also what was typed and cannot be read.
    """
    by_form: dict[str, list[Question]] = {}
    for section, question in filled.questionnaire.questions():
        told = filled.answers.get(question.key)
        if question.key in filled.values or (whole and told and told.raw):
            by_form.setdefault(section.form, []).append(question)
    for key, questions in by_form.items():
        shown = [q for q in questions if q.key in filled.values and q.key not in filled.elsewhere]
        if dialect.answers_in is AnswersIn.EXTENSION:
            shown = []
        responses = tuple(_response(one, filled.values[one.key]) for one in shown)
        kept = {one.key: _kept(one, filled, whole) for one in questions}
        text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
        extension = r.Extension(ANSWERS, text, dialect.vendor_code, dialect.extension_code)
        yield _form(filled.questionnaire.form_by_key[key], responses, (extension,))


def _form(
    form: FormSpec, responses: tuple[r.Response, ...], extensions: tuple[r.Extension, ...]
) -> r.Form:
    return r.Form(
        id=f"Form_{form.key}",
        name=form.name,
        number=form.number or form.edition,
        holding_id=HOLDING,
        responses=responses,
        extensions=extensions,
    )


def _response(question: Question, value: Any) -> r.Response:
    """The answer as people read it; yes and no carry ACORD's code as well."""
    flag = Coded(str(value)) if question.type is AnswerType.YES_NO else NOTHING
    text = shown_answer(question, value)
    plain = isinstance(value, str) and question.type is not AnswerType.ADDRESS
    data = str(value) if plain and str(value) != text and flag is NOTHING else ""
    return r.Response(key=question.key, question=question.text, text=text, data=data, code=flag)


def _kept(question: Question, filled: Filled, whole: bool) -> dict[str, Any]:
    """An answer as it is kept, with who gave it and when."""
    answer = filled.answers[question.key]
    one: dict[str, Any] = {
        "by": answer.by, "at": answer.at, "origin": answer.origin, "whom": answer.whom,
    }  # fmt: skip
    if whole:
        one["raw"] = answer.raw
    if question.key in filled.values and question.key not in filled.elsewhere:
        one["value"] = answer.value
    return {name: said for name, said in one.items() if said not in ("", None)}
