"""What still keeps a questionnaire from being in good order: missing, unreadable or contradictory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from megler.forms.rules.answers import read_answer
from megler.forms.rules.consistency import RULES
from megler.forms.rules.medication import MEDICATION_EXPLAINED, medication_explained
from megler.forms.rules.questionnaire import (
    Answer,
    Answers,
    AnswerType,
    AskedOf,
    FormSpec,
    Question,
    Questionnaire,
    SignerRole,
    asked,
    forms_needed,
    item_holds,
)
from megler.vocabulary.ages import add_months
from megler.vocabulary.problems import Problem, Severity
from megler.vocabulary.zips import zip_fits

_ADDRESS_NEEDED = ("street", "city", "state", "zip")
_ADDRESS_NAMES = {
    "street": "Street and number",
    "city": "City",
    "state": "State",
    "zip": "ZIP code",
}
_OLDEST_YEARS = 120


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not in good order: on which form, at which question, who can supply it.

    `short` names the question, `item` the item of a list (from 1), `part` its field or the part of
    an address. `is_readable` is False while there is no answer that can be read; True for one that cannot stand.
    """

    problem: Problem
    form: str
    section: str
    question: str
    asked_of: AskedOf
    short: str
    item: int | None = None
    part: str = ""
    is_readable: bool = True

    @property
    def is_error(self) -> bool:
        return self.problem.severity is Severity.ERROR


def values_of(questionnaire: Questionnaire, answers: Answers) -> dict[str, Any]:
    """The values of the questions that are asked, as things stand."""
    return {
        question.key: answers[question.key].value
        for _, question in questionnaire.questions()
        if question.key in answers and asked(questionnaire, question, answers)
    }


def not_answered(questionnaire: Questionnaire, answers: Answers, on: date) -> list[Missing]:
    """Everything wrong with the answers themselves; empty when they are in good order."""
    found = []
    for _section, question in questionnaire.questions():
        if not asked(questionnaire, question, answers):
            continue
        answer = answers.get(question.key)
        readable = answer is not None and answer.value is not None
        for problem in _problems_of(question, answer, on):
            one = _at(questionnaire, question, problem)
            complete = readable and problem.code != "answer_missing"
            found.append(replace(one, is_readable=complete))
    values = values_of(questionnaire, answers)
    for rule in questionnaire.rules:
        if rule.rule == MEDICATION_EXPLAINED:
            contradictions = medication_explained(questionnaire, values, rule.keys)
        else:
            contradictions = RULES[rule.rule](values, rule.keys, on)
        for problem in contradictions:
            key = problem.where.split("[")[0].split(".")[0]
            if key in questionnaire.by_key:
                found.append(_at(questionnaire, questionnaire.by_key[key], problem))
    return [*found, *forms_out_of_date(questionnaire, answers, on)]


def signatures_missing(
    questionnaire: Questionnaire,
    answers: Answers,
    signed: Mapping[SignerRole, frozenset[str]],
    roles: Iterable[SignerRole],
) -> list[Problem]:
    """Signatures that the forms need and that no valid one covers.

    `signed` says which forms each role has validly signed; `roles` which roles sign here (an owner
    who is the insured does not sign twice). Problems name the form; `found` is the role.
    """
    wanted = set(roles)
    return [
        Problem("signature_missing", form.name, role.value, "")
        for form in forms_needed(questionnaire, answers)
        for role in form.signers
        if role in wanted and form.key not in signed.get(role, frozenset())
    ]


def forms_out_of_date(questionnaire: Questionnaire, answers: Answers, on: date) -> list[Missing]:
    """Forms of the packet whose edition may not be signed on a day: not yet, or no longer."""
    found = []
    for form in forms_needed(questionnaire, answers):
        if form.valid_from and on < form.valid_from:
            first = form.valid_from.isoformat()
            found.append(
                of_form(
                    questionnaire, form, Problem("form_not_yet", form.name, form.edition, first)
                )
            )
        if form.accepted_until and on > form.accepted_until:
            last = form.accepted_until.isoformat()
            found.append(
                of_form(questionnaire, form, Problem("form_stale", form.name, form.edition, last))
            )
    return found


def of_form(questionnaire: Questionnaire, form: FormSpec, problem: Problem) -> Missing:
    """A problem with a whole form; it stands at the form's first question, or at the first of all."""
    sections = [one for one in questionnaire.sections if one.questions]
    section = next((one for one in sections if one.form == form.key), sections[0])
    question = section.questions[0]
    return Missing(problem, form.key, section.key, question.key, AskedOf.AGENT, form.name)


def _at(questionnaire: Questionnaire, question: Question, problem: Problem) -> Missing:
    section = questionnaire.section_of[question.key]
    item, part = _place(question, problem.where.removeprefix(question.key))
    return Missing(
        problem=problem,
        form=section.form,
        section=section.key,
        question=question.key,
        asked_of=question.asked_of,
        short=question.short,
        item=item,
        part=part,
    )


def _place(question: Question, rest: str) -> tuple[int | None, str]:
    """Which item of a list (from 1) and which field or part of an address `rest` names.

    >>> from megler.forms.rules.questionnaire import AnswerType, Question
    >>> _place(Question("home", AnswerType.ADDRESS, "Home", "Home"), ".zip")
    (None, 'ZIP code')
    """
    if question.type is AnswerType.ADDRESS:
        return None, _ADDRESS_NAMES.get(rest.removeprefix("."), "")
    index, _, key = rest.removeprefix("[").partition("].")
    if question.type is not AnswerType.LIST or not index.isdigit():
        return None, ""
    return int(index) + 1, next((f.short for f in question.fields if f.key == key), key)


def _problems_of(question: Question, answer: Answer | None, on: date) -> Iterable[Problem]:
    if answer is not None and answer.value is None and answer.raw:
        _value, wrong = read_answer(question, answer.raw)
        yield from wrong or [Problem("unreadable", question.key)]
        return
    value = None if answer is None else answer.value
    if value is None or value == "":
        if question.required or question.items_min:
            yield _missing(question, question.key)
        return
    yield from _value_problems(question, question.key, value, on)


def _missing(question: Question, where: str) -> Problem:
    return Problem("answer_missing", where, "", question.asked_of.value)


def _value_problems(question: Question, where: str, value: Any, on: date) -> Iterable[Problem]:
    if question.type is AnswerType.LIST:
        yield from _list_problems(question, where, value, on)
    elif question.type is AnswerType.ADDRESS:
        yield from _address_problems(question, where, value)
    elif question.type is AnswerType.DATE and question.past:
        day = date.fromisoformat(value)
        if day > on:
            yield Problem("in_the_future", where, value, on.isoformat())
        elif day < add_months(on, -12 * _OLDEST_YEARS):
            yield Problem("too_long_ago", where, value, str(_OLDEST_YEARS))


def _list_problems(question: Question, where: str, items: Any, on: date) -> Iterable[Problem]:
    if len(items) < max(question.items_min, 1 if question.required else 0):
        yield _missing(question, where)
    for i, item in enumerate(items):
        for field in question.fields:
            place, value = f"{where}[{i}].{field.key}", item.get(field.key)
            if not item_holds(field.when, item):
                continue
            if value is not None:
                yield from _value_problems(field, place, value, on)
            elif field.required:
                yield _missing(field, place)


def _address_problems(
    question: Question, where: str, value: Mapping[str, str]
) -> Iterable[Problem]:
    for part in _ADDRESS_NEEDED:
        if not value.get(part):
            yield _missing(question, f"{where}.{part}")
    state, code = value.get("state"), value.get("zip")
    if state and code and not zip_fits(state, code):
        yield Problem("zip_not_in_state", f"{where}.zip", code, state, Severity.WARNING)
