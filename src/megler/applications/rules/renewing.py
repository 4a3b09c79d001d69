"""What changes when an application takes a newer edition of its carrier's forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from megler.forms.rules.answers import read_answer
from megler.forms.rules.good_order import Missing, of_form
from megler.forms.rules.questionnaire import (
    Answers,
    FormSpec,
    Question,
    Questionnaire,
    forms_needed,
)
from megler.vocabulary.problems import Problem


@dataclass(frozen=True, slots=True)
class FormChange:
    """A form that is another in the newer edition; `before` or `after` is empty where it is new or gone.

    The earlier one may be signed until `until`; None where that does not end.
    """

    key: str
    name: str
    number: str
    before: str
    after: str
    until: date | None = None


def form_changes(old: Questionnaire, new: Questionnaire, in_effect: date) -> list[FormChange]:
    """The forms that differ by number or edition, in the order of the newer set.

    `in_effect` is the day from which the newer set is in effect.
    """
    was = {form.key: form for form in old.forms}
    found = []
    for form in new.forms:
        earlier = was.pop(form.key, None)
        if earlier is None:
            found.append(FormChange(form.key, form.name, form.number, "", form.edition))
        elif _mark(earlier) != _mark(form):
            until = form.earlier_until or in_effect - timedelta(days=1)
            editions = earlier.edition, form.edition
            found.append(FormChange(form.key, form.name, form.number, *editions, until))
    found += [FormChange(one.key, one.name, one.number, one.edition, "") for one in was.values()]
    return found


def stale_forms(
    asked: Questionnaire, answers: Answers, changes: Iterable[FormChange], on: date
) -> list[Missing]:
    """The forms of the packet that a newer edition has ended by a day."""
    ended = {one.key: one.until for one in changes if one.until and one.until < on}
    return [
        of_form(
            asked, form, Problem("form_stale", form.name, form.edition, ended[form.key].isoformat())
        )
        for form in forms_needed(asked, answers)
        if form.key in ended
    ]


def _mark(form: FormSpec) -> tuple[str, str]:
    return form.number, form.edition


def carried_over(
    old: Questionnaire, new: Questionnaire, kept: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, Any], list[str]]:
    """Answers as the application keeps them, for the newer questions; and the names of those let go.

    An answer stays when its question is still there and takes it. One whose question is gone is kept
    aside, unasked, should a later edition ask again.
    """
    answers: dict[str, Any] = {}
    gone = []
    for key, one in kept.items():
        question, earlier = new.by_key.get(key), old.by_key.get(key)
        answers[key] = dict(one)
        if question is None:
            gone.append(earlier.short if earlier else key)
        elif one.get("value") is not None and not _takes(question, one["value"]):
            raw = one["value"] if isinstance(one["value"], dict | list) else str(one["value"])
            answers[key] |= {"value": None, "raw": raw}
            gone.append(question.short)
    return answers, gone


def _takes(question: Question, value: Any) -> bool:
    found, problems = read_answer(question, value)
    return not problems and found == value
