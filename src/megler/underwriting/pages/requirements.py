"""The requirements page, live while the agent types: what each carrier will need, and how long it takes."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import for_those_who_can
from megler.accounts.rules.roles import Can
from megler.underwriting.actions import answers
from megler.underwriting.burdens_shown import burdens_of, counted
from megler.underwriting.forms import RequirementsForm
from megler.underwriting.history_shown import HistoryForm, history_told, typed_history
from megler.underwriting.rules.assess_entry import entry_of_facts, facts_of_entry, insured_of
from megler.underwriting.rules.evidence_entry import entry_of_evidence, evidence_of_entry
from megler.underwriting.rules.typed import Reader
from megler.vocabulary.problems import Refused, errors

FORM = HistoryForm(
    "requirements-form", "requirements-history", "requirements_history", "requirements_burdens"
)


@for_those_who_can(Can.QUOTE)
@require_safe
def requirements(request: HttpRequest) -> HttpResponse:
    """The page, empty; htmx posts what is typed to `requirements_burdens`."""
    return render(request, "underwriting/requirements.html", _page({}, timezone.localdate()))


@for_those_who_can(Can.QUOTE)
@require_POST
def requirements_burdens(request: HttpRequest) -> HttpResponse:
    """The comparison for what is typed: the part to swap in, or the whole page without htmx.

    Another page may send `facts`, a facts document, in place of the fields.
    """
    on, typed = timezone.localdate(), typed_history(request)
    given = typed.pop("facts", "")
    if given:
        typed = _entry_of(given, on)
    told = _told(typed, on)
    if not request.htmx or given:  # type: ignore[attr-defined]
        return render(request, "underwriting/requirements.html", {**_page(typed, on), **told})
    return render(request, "underwriting/_burdens.html", told)


@for_those_who_can(Can.QUOTE)
@require_POST
def requirements_history(request: HttpRequest) -> HttpResponse:
    """The rows of the history with the guides' questions, one more or one less."""
    on, typed = timezone.localdate(), typed_history(request)
    told = history_told(typed, on, FORM) | {"taken_away": "remove" in request.POST}
    return render(request, "underwriting/_history.html", told)


def _entry_of(given: str, on: date) -> dict[str, str]:
    """The fields of a facts document that another page sent; none when it is none."""
    try:
        document = answers.facts_of(given, on).document
    except Refused:
        return {}
    one = insured_of(document)
    return entry_of_facts(one, on) | entry_of_evidence(one)


def _told(typed: Mapping[str, str], on: date) -> dict[str, Any]:
    document, problems = facts_of_entry(typed, on)
    reader = Reader(typed)
    evidence = evidence_of_entry(reader)
    problems = [*problems, *reader.problems]
    if errors(problems):
        return {"problems": problems, "answered": True}
    if not document:
        return {"answered": False}
    document |= {"evidence": evidence} if evidence else {}
    try:
        facts, found = answers.called(document, on)
    except Refused as refused:
        return {"problems": refused.problems, "answered": True}
    burdens = burdens_of(found)
    shown = [burden for burden in burdens if burden.products]
    return {
        "answered": True,
        "burdens": shown,
        "closed": [burden for burden in burdens if not burden.products],
        "counted": counted(shown),
        "warnings": facts.warnings,
        "document_json": json.dumps(document),
    }


def _page(typed: Mapping[str, str], on: date) -> dict[str, Any]:
    form = RequirementsForm(initial=dict(typed))
    return {"form": form, "typed": typed, **history_told(typed, on, FORM)}
