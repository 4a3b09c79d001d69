"""Doing something with a case: by one click, or by a form in a sheet over the page."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import reswap, retarget, trigger_client_event

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.actions import papers, requirements
from megler.cases.forms import ArrivalForm, DocumentsForm, NoteForm, RequirementForm, TaskForm
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.cases.pages.deeds import DEEDS
from megler.cases.pages.offering import form_of
from megler.cases.pages.reading import visible_case
from megler.cases.pages.requirement_deeds import REQUIREMENT_DEEDS, offered_for
from megler.cases.pages.shown import case_context
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused
from megler.work.models import Task

PREFIX = "sheet_%s"
FOCUS = {
    "note_form": "notes",
    "documents_form": "documents",
    "task_form": "tasks",
    "requirement_form": "requirements",
}
"""The part of the page that is in view after a form on it was sent."""


def _after(
    request: SignedInRequest, case: Case, said: object, focus: str = "standing"
) -> HttpResponse:
    """Where to look after something was done: the page, or for htmx its part.

    It leads on rather than shows, so that a form sent twice is known by `once` and done once.
    """
    page = reverse("case", args=[case.pk])
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, str(said))
        return redirect(page)
    part = {
        "path": f"{page}?focus={focus}",
        "target": "#case",
        "swap": "outerHTML",
        "push": "false",
    }
    response = HttpResponse(headers={"HX-Location": json.dumps(part)})
    return trigger_client_event(response, "toast", {"value": str(said)})


def _refused(request: SignedInRequest, case: Case, refused: Refused) -> HttpResponse:
    """The case anew, with why something was not done at its top."""
    fresh = visible_case(request.user, case.pk)
    context = case_context(fresh, request.user, refused=refused, focus="standing")
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/case.html", context, status=422)
    response = retarget(render(request, "cases/_case.html", context, status=422), "#case")
    return reswap(response, "outerHTML")


def _sheet(request: SignedInRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "cases/_sheet.html" if request.htmx else "cases/sheet.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=status)


def _told(form: forms.Form, refused: Refused) -> None:
    """Put what the action refused to the form's fields, or to its top."""
    for problem in refused.problems:
        field = problem.where if problem.where in form.fields else None
        form.add_error(field, sentence(problem))


@for_those_who_can(Can.SEE_CASES)
@require_http_methods(["GET", "POST"])
def case_act(request: SignedInRequest, case_id: UUID, act: str) -> HttpResponse:
    """Do an act with a case; GET gives its form."""
    deed = DEEDS.get(act)
    if deed is None or not request.user.may(deed.needs):
        raise Http404
    case = visible_case(request.user, case_id)
    given = {"data": request.POST} if request.method == "POST" else {}
    form = form_of(deed.form, case, request.user, auto_id=PREFIX, **given)
    version = request.POST.get("version", str(case.version))
    context = {
        "case": case,
        "deed": deed,
        "form": form,
        "version": version,
        "action": reverse("case_act", args=[case.pk, act]),
    }
    if request.method == "GET":
        return _sheet(request, context)
    if not form.is_valid():
        return _sheet(request, context, 422)
    try:
        deed.run(request.user, case, form.cleaned_data, whole(version))
    except Refused as refused:
        if deed.form is None:
            return _refused(request, case, refused)
        _told(form, refused)
        return _sheet(request, context, 422)
    return _after(request, case, deed.said)


@for_those_who_can(Can.SEE_CASES)
@require_http_methods(["GET", "POST"])
def requirement_act(
    request: SignedInRequest, case_id: UUID, requirement_id: UUID, act: str
) -> HttpResponse:
    """Do an act with a requirement; GET gives its form."""
    deed = REQUIREMENT_DEEDS.get(act)
    if deed is None or not request.user.may(deed.needs):
        raise Http404
    case = visible_case(request.user, case_id)
    requirement = get_object_or_404(case.requirements, pk=requirement_id)
    given = {}
    if request.method == "POST":
        given = {"data": request.POST, "files": request.FILES}
    elif deed not in [(can := offered_for(request.user, requirement)).first, *can.others]:
        raise Http404
    form = form_of(deed.form, case, request.user, auto_id=PREFIX, **given)
    seen = request.POST.get("seen", requirement.state)
    context = {
        "case": case,
        "deed": deed,
        "requirement": requirement,
        "form": form,
        "seen": seen,
        "action": reverse("requirement_act", args=[case.pk, requirement.pk, act]),
    }
    if request.method == "GET":
        return _sheet(request, context)
    if not form.is_valid():
        return _sheet(request, context, 422)
    try:
        with transaction.atomic():
            answers = _with_papers(request, case, form)
            deed.run(request.user, requirement, answers, seen)
    except Refused as refused:
        if deed.form is None:
            return _refused(request, case, refused)
        _told(form, refused)
        return _sheet(request, context, 422)
    return _after(request, case, deed.said, "requirements")


def _with_papers(request: SignedInRequest, case: Case, form: forms.Form) -> dict[str, Any]:
    """The form's answers, with an arrival's new files put into the case first."""
    answers = dict(form.cleaned_data)
    if isinstance(form, ArrivalForm):
        kept: list[CaseDocument] = list(answers.get("documents") or [])
        for file in answers["uploads"]:
            name = str(file.name)
            kept.append(papers.add_document(request.user, case, file, name, DocumentKind.RESULT))
        answers["papers"] = kept
    return answers


def _add(
    request: SignedInRequest,
    case_id: UUID,
    form: forms.Form,
    *,
    name: str,
    add: Callable[[Case, dict[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Add something to a case by a form that stands on its page."""
    case = visible_case(request.user, case_id)
    if form.is_valid():
        try:
            with transaction.atomic():
                add(case, form.cleaned_data)
            return _after(request, case, said, FOCUS[name])
        except Refused as refused:
            _told(form, refused)
    fresh = visible_case(request.user, case_id)
    context = case_context(fresh, request.user, **{name: form})
    template = "cases/_case.html" if request.htmx else "cases/case.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422)


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def case_note(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Write a note."""
    person = request.user
    form = NoteForm(request.POST, auto_id="note_%s")

    def add(case: Case, given: dict[str, Any]) -> object:
        return papers.add_note(person, case, given["text"], given["for_agent"])

    return _add(request, case_id, form, name="note_form", add=add, said=_("The note is written."))


@for_those_who_can(Can.ADD_TO_CASE)
@require_POST
def case_documents(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Put files into a case: all of them, or none when one cannot be taken."""
    person = request.user
    form = DocumentsForm(request.POST, request.FILES, auto_id="documents_%s")

    def add(case: Case, given: dict[str, Any]) -> object:
        return [
            papers.add_document(
                person,
                case,
                file,
                str(file.name),
                DocumentKind(given["kind"]),
                visible_to_agent=given["visible_to_agent"],
            )
            for file in given["uploads"]
        ]

    said = _("The documents are in the case.")
    return _add(request, case_id, form, name="documents_form", add=add, said=said)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_task(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Put up a task."""
    person = request.user
    form = TaskForm(request.POST, auto_id="task_%s")

    def add(case: Case, given: dict[str, Any]) -> object:
        return papers.add_task(person, case, given["title"], given["due_on"], role=given["role"])

    return _add(request, case_id, form, name="task_form", add=add, said=_("The task is put up."))


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_task_finish(request: SignedInRequest, case_id: UUID, task_id: UUID) -> HttpResponse:
    """Mark a task done."""
    case = visible_case(request.user, case_id)
    task = get_object_or_404(Task.objects.visible_to(request.user), pk=task_id)
    try:
        papers.finish_task(request.user, case, task)
    except Refused as refused:
        return _refused(request, case, refused)
    said = _("Done: %(title)s") % {"title": task.text}
    return _after(request, case, said, "tasks")


@for_those_who_can(Can.WORK_CASES)
@require_POST
def requirement_add(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Put up a requirement by hand."""
    person = request.user
    form = RequirementForm(
        request.POST, auto_id="requirement_%s", case=visible_case(person, case_id)
    )

    def add(case: Case, given: dict[str, Any]) -> Requirement:
        return requirements.add_requirement(
            person,
            case,
            given["kind"],
            detail=given["detail"],
            party=given.get("party"),
            wanted=given["wanted_by"],
        )

    said = _("The requirement is put up.")
    return _add(request, case_id, form, name="requirement_form", add=add, said=said)
