"""What stands on a paper: the answers of one form as plain data for the typesetter."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from megler.forms.rules.questionnaire import (
    Answers,
    AnswerType,
    FormSpec,
    Question,
    Questionnaire,
    asked,
)
from megler.forms.rules.shown import ENGLISH, Manner, shown_answer

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of every paper: label and value pairs, in order."""

    reference: str
    facts: tuple[tuple[str, str], ...]


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
    return {
        "form": form.name,
        "edition": form.edition,
        "reference": head.reference,
        "facts": [list(fact) for fact in head.facts],
        "sections": [
            {"title": section.title, "rows": rows}
            for section in questionnaire.sections
            if section.form == form.key
            and (rows := list(_rows(questionnaire, section.questions, answers, manner)))
        ],
        "statements": list(form.statements),
        "signers": [
            {"role": role.value, "name": signers[role.value]}
            for role in form.signers
            if role.value in signers
        ],
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
            heads = [field.text for field in question.fields]
            cells = [
                [shown_answer(field, item.get(field.key), manner) for field in question.fields]
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
