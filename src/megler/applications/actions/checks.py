"""Keeping what was not in good order: per agent, form and question, never an answer."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.applications.actions.holding import missing, today
from megler.applications.models import Application
from megler.applications.models_filling import (
    CheckedForm,
    GoodOrderCheck,
    GoodOrderFinding,
    Occasion,
)
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import Questionnaire, forms_needed
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused

_SIGNATURES = {"signature_missing", "signature_outdated"}
_SHORT_MAX, _QUESTION_MAX, _CODE_MAX = 300, 100, 40


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing not in good order: its code, the form's key, the question's key and its name."""

    code: str
    form: str
    question: str
    short: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: whose it is, by which forms (their names by key), on which occasion."""

    agent: Agent
    occasion: Occasion
    forms_of: str
    forms: Mapping[str, str]
    application: Application | None = None
    version: int = 0


def note_check(
    looked: Looked, findings: Iterable[Finding], at: datetime | None = None
) -> GoodOrderCheck | None:
    """Keep one look at good order; None when the same look is kept already, as after a double click."""
    at = at or timezone.now()
    found = list(findings)
    with transaction.atomic():
        earlier = GoodOrderCheck.objects.filter(
            application=looked.application, occasion=looked.occasion
        )
        if looked.application is not None:
            list(
                Application.objects.select_for_update().filter(pk=looked.application.pk).only("pk")
            )
            if earlier.filter(version=looked.version, passed=not found).exists():
                return None
        check = GoodOrderCheck.objects.create(
            application=looked.application,
            agent=looked.agent,
            occasion=looked.occasion,
            at=at,
            version=looked.version,
            forms=looked.forms_of[:_QUESTION_MAX],
            is_first=looked.application is None or not earlier.exists(),
            passed=not found,
        )
        _keep(check, looked.forms, found)
    return check


def _keep(check: GoodOrderCheck, forms: Mapping[str, str], found: list[Finding]) -> None:
    counted = {key: sum(one.form == key for one in found) for key in forms}
    CheckedForm.objects.bulk_create(
        CheckedForm(check_of=check, key=key, name=name, findings=counted[key])
        for key, name in forms.items()
    )
    GoodOrderFinding.objects.bulk_create(
        GoodOrderFinding(
            check_of=check,
            form=one.form,
            question=one.question[:_QUESTION_MAX],
            short=one.short[:_SHORT_MAX],
            code=one.code[:_CODE_MAX],
        )
        for one in found
    )


def findings_of(asked: Questionnaire, wrong: Iterable[Missing]) -> list[Finding]:
    """What is kept of what is missing: one finding for each code at each question."""
    found = [
        Finding(one.problem.code, one.form, one.question, asked.by_key[one.question].short)
        for one in wrong
        if one.is_error
    ]
    return list(dict.fromkeys(found))


@contextmanager
def counted(
    application: Application, occasion: Occasion, at: datetime | None = None
) -> Iterator[None]:
    """Keep whether what is tried within finds the application in good order.

    A refusal for another reason (not allowed, submitted already) says nothing of good order and is
    not kept. Stands outside the transaction of what is tried, which a refusal undoes.
    """
    try:
        yield
    except Refused as refused:
        note_refusal(application, occasion, refused.problems, at)
        raise
    note_check(_looked(_again(application), occasion, at), [], at)


def note_refusal(
    application: Application,
    occasion: Occasion,
    problems: tuple[Problem, ...],
    at: datetime | None = None,
) -> None:
    """Keep what of these problems, for which something was refused, concerns good order."""
    held = _again(application)
    if found := _found(held, problems, at):
        note_check(_looked(held, occasion, at), found, at)


def _again(application: Application) -> Application:
    return Application.objects.select_related("agent", "form_set").get(pk=application.pk)


def _found(held: Application, problems: tuple[Problem, ...], at: datetime | None) -> list[Finding]:
    """What of the problems concerns good order, by question or signature."""
    told = set(problems)
    wrong = [one for one in missing(held, today(at)) if one.problem in told]
    keys = {form.name: form.key for form in held.questionnaire.forms}
    unsigned = [
        Finding(one.code, keys.get(one.where, ""), "", one.found or one.where)
        for one in problems
        if one.code in _SIGNATURES
    ]
    return findings_of(held.questionnaire, wrong) + unsigned


def _looked(held: Application, occasion: Occasion, at: datetime | None) -> Looked:
    needed = forms_needed(held.questionnaire, held.given)
    return Looked(
        agent=held.agent,
        occasion=occasion,
        forms_of=held.form_set.reference if held.form_set else held.questionnaire_key,
        forms={form.key: form.name for form in needed},
        application=held,
        version=held.version,
    )
