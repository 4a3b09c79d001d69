"""What stands on a paper: the answers of one form as plain data for the typesetter."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from megler.forms.rules.questionnaire import (
    Answers,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    asked,
    questions_printed,
)
from megler.forms.rules.shown import ENGLISH, Manner, shown_answer

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of every paper: label and value pairs, in order.

    `names` are the values of the fields that carriers' PDFs take beside answers (`filling.HEAD`).
    """

    reference: str
    facts: tuple[tuple[str, str], ...]
    names: Mapping[str, str] = field(default_factory=dict)


def paper_content(
    questionnaire: Questionnaire,
    form: FormSpec,
    answers: Answers,
    head: Head,
    signers: Mapping[str, str],
    *,
    manner: Manner = ENGLISH,
) -> dict[str, Any]:
    """The paper of one form. `signers` gives the name of who signs in each role.

    `manner` is for pages that show the answers; papers are in English, as carriers' forms are.
    """
    content: dict[str, Any] = {
        "form": form.name,
        "number": form.number,
        "edition": form.edition,
        "reference": head.reference,
        "facts": [list(fact) for fact in head.facts],
        "sections": list(_sections(questionnaire, form, answers, manner)),
        "statements": list(form.statements),
        "signers": [
            {"role": role.value, "name": signers[role.value]}
            for role in form.signers
            if role.value in signers
        ],
    }
    if form.pdf:
        content |= _of_fields(questionnaire, form, answers, head)
    return content


def _sections(
    questionnaire: Questionnaire, form: FormSpec, answers: Answers, manner: Manner
) -> Iterable[dict[str, Any]]:
    """The sections printed on a form; a carrier's PDF takes answers of any section."""
    printed = frozenset(questions_printed(questionnaire, form))
    for section in questionnaire.sections:
        questions = [question for question in section.questions if question.key in printed]
        if rows := list(_rows(questionnaire, questions, answers, manner)):
            yield {"title": section.title, "rows": rows}


def _of_fields(
    questionnaire: Questionnaire, form: FormSpec, answers: Answers, head: Head
) -> dict[str, Any]:
    """What fills a carrier's PDF: the answers as they are (a form may show a number whole)."""
    filled = {
        key: answers[key].value
        for key in questions_printed(questionnaire, form)
        if key in answers and asked(questionnaire, questionnaire.by_key[key], answers)
    }
    names = {fill.question for fill in form.fills} & set(head.names)
    return {
        "pdf": form.pdf,
        "filled": {key: value for key, value in filled.items() if value is not None},
        "head": {name: head.names[name] for name in sorted(names)},
    }


def _rows(
    questionnaire: Questionnaire, questions: Iterable[Question], answers: Answers, manner: Manner
) -> Iterable[Row]:
    for question in questions:
        if not asked(questionnaire, question, answers):
            continue
        found = answers.get(question.key)
        value = None if found is None else found.value
        if question.locked and value is None:
            continue
        if question.type is AnswerType.LIST and value:
            heads = [one.text for one in question.fields]
            cells = [
                [shown_answer(one, item.get(one.key), manner) for one in question.fields]
                for item in value
            ]
            yield {"question": question.text, "answer": "", "table": [heads, *cells]}
        else:
            shown = shown_answer(question, value, manner)
            yield {"question": question.text, "answer": shown, "table": []}


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content, whatever the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
