"""The assessment page, live while the agent types: who takes them, at what class, and why."""

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
from megler.underwriting.forms import AssessmentForm
from megler.underwriting.history_shown import HistoryForm, history_told, typed_history
from megler.underwriting.rules.answer_assessments import assessed
from megler.underwriting.rules.assess_entry import entry_of_facts, facts_of_entry, insured_of
from megler.underwriting.shown import STANDARD, deciding, mark, words_of
from megler.vocabulary.problems import Refused, errors

MARKS = {"standard": STANDARD, "table_4": mark(4), "table_8": mark(8)}
FORM = HistoryForm("assessment-form", "history", "assessment_history", "assessment_words")


@for_those_who_can(Can.QUOTE)
@require_safe
def assessment(request: HttpRequest) -> HttpResponse:
    """The page, empty; htmx posts what is typed to `assessment_words`."""
    on = timezone.localdate()
    return render(request, "underwriting/assessment.html", _page({}, on))


@for_those_who_can(Can.QUOTE)
@require_POST
def assessment_words(request: HttpRequest) -> HttpResponse:
    """What every carrier says to what is typed: the part to swap in, or the whole page without htmx."""
    on, typed = timezone.localdate(), typed_history(request)
    if given := typed.pop("facts", ""):
        typed = _entry_of(given, on) | {k: v for k, v in typed.items() if k == "view"}
    told = _told(typed, on)
    if not request.htmx or given:  # type: ignore[attr-defined]
        return render(request, "underwriting/assessment.html", {**_page(typed, on), **told})
    return render(request, "underwriting/_words.html", {**told, "part": True})


@for_those_who_can(Can.QUOTE)
@require_POST
def assessment_history(request: HttpRequest) -> HttpResponse:
    """The rows of the history with the guides' questions, one more or one less."""
    on, typed = timezone.localdate(), typed_history(request)
    told = history_told(typed, on, FORM) | {"taken_away": "remove" in request.POST}
    return render(request, "underwriting/_history.html", told)


def _entry_of(given: str, on: date) -> dict[str, str]:
    """The fields of a facts document that another page sent; none when it is none."""
    try:
        return entry_of_facts(insured_of(answers.facts_of(given, on).document), on)
    except Refused:
        return {}


def _told(typed: Mapping[str, str], on: date) -> dict[str, Any]:
    document, problems = facts_of_entry(typed, on)
    if errors(problems):
        return {"problems": problems, "answered": True}
    if not document:
        return {"answered": False}
    try:
        facts = answers.facts_of(document, on)
    except Refused as refused:
        return {"problems": refused.problems, "answered": True}
    words = words_of(assessed(facts, answers.standing_on(on).products, on))
    open_words = [word for word in words if word.products]
    return {
        "answered": True,
        "words": open_words,
        "closed": [word for word in words if not word.products],
        "deciding": deciding(open_words, typed),
        "marks": MARKS,
        "document_json": json.dumps(document),
        "warnings": facts.warnings,
    }


def _page(typed: Mapping[str, str], on: date) -> dict[str, Any]:
    form = AssessmentForm(initial=dict(typed))
    return {"form": form, "typed": typed, **history_told(typed, on, FORM)}
