"""What the client reads by the private link: the questions still open, and the answers in plain words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from megler.applications.actions.holding import missing, today
from megler.applications.forms import MANNER
from megler.applications.models import Application
from megler.applications.pages.asking import Asked, ask
from megler.applications.pages.words import in_words, words
from megler.applications.rules.signers import client_can_answer, forms_signed_by
from megler.forms.rules.questionnaire import (
    AnswerType,
    AskedOf,
    Question,
    Questionnaire,
    SignerRole,
    asked,
    forms_needed,
    questions_printed,
)
from megler.forms.rules.shown import shown_answer


@dataclass(frozen=True)
class Group:
    """Questions of one section, still to be answered by the client."""

    key: str
    title: str
    icon: str
    questions: list[Asked]


def open_questions(application: Application, role: SignerRole) -> list[Group]:
    """What the client is still asked, on the forms they sign, with what each answer may bring."""
    made, answers = application.questionnaire, application.given
    forms = forms_signed_by(made, answers, role)
    wrong = missing(application, today(None))
    lacking = {one.question for one in wrong if one.form in forms and client_can_answer(one)}
    if not lacking:
        return []
    shown = lacking | _behind(made, lacking)
    groups = []
    for section in made.sections:
        mine = [q for q in section.questions if q.key in shown and asked(made, q, answers)]
        if mine:
            fields = ask(made, mine, answers, wrong)
            groups.append(Group(section.key, words(made, section.title), section.icon, fields))
    return groups


def _behind(made: Questionnaire, lacking: set[str]) -> set[str]:
    """The client's questions whose answer made a lacking one be asked, so that it can be changed."""
    named = {
        name for key in lacking for one in made.by_key[key].when for name in one.named()
    }  # fmt: skip
    asked_about = (made.by_key.get(name) for name in named)  # others are derived, or of the product
    return {one.key for one in asked_about if one and one.asked_of is AskedOf.CLIENT}


def summary_of(held: Application, role: SignerRole) -> list[dict[str, Any]]:
    """The answers on the forms this signer signs, in plain words: each once, however many carry it."""
    made, answers = held.questionnaire, held.given
    printed = {
        key
        for form in forms_needed(made, answers)
        if role in form.signers
        for key in questions_printed(made, form)
    }
    parts = []
    for section in made.sections:
        rows = []
        for question in section.questions:
            if question.key not in printed or not asked(made, question, answers):
                continue
            read = in_words(made, question)
            given = answers.get(question.key)
            if given and (shown := _shown(read, given.value)):
                rows.append({"question": _(read.text), "answer": shown})
        if rows:
            title = words(made, section.title)
            parts.append({"title": title, "icon": section.icon, "rows": rows})
    return parts


def _shown(question: Question, value: Any) -> str:
    """An answer as it is read; of a list a line for each item."""
    if question.type is not AnswerType.LIST:
        return shown_answer(question, value, MANNER)
    lines = []
    for item in value or ():
        cells = (shown_answer(field, item.get(field.key), MANNER) for field in question.fields)
        lines.append(" · ".join(cell for cell in cells if cell))
    return "\n".join(lines)
