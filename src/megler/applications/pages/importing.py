"""TXLife messages: looking at one, making an application of it, and an application's own 103."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.exporting import export
from megler.applications.actions.importing import Choice, import_message, problems_of
from megler.applications.forms_importing import MessageUpload
from megler.applications.message_sentences import NAMES
from megler.applications.models_messages import ApplicationMessage, MessageDialect
from megler.applications.pages.sheet import visible
from megler.applications.rules.acord.report import Report, report_on
from megler.documents.serving import document_answer
from megler.exchange.txlife.safe import LIMITS
from megler.vocabulary.problems import Problem, Refused

_SHOWN = 200
"""Lines of a report that a page shows; the rest is counted."""


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def application_import(request: SignedInRequest) -> HttpResponse:
    """Make a draft application of an uploaded 103, or only look at a message of any kind."""
    form = MessageUpload(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "applications/import.html", {"form": form}, status=status)
    upload = cast("UploadedFile[bytes]", form.cleaned_data["message"])
    size = int(upload.size or 0)
    if size > LIMITS.message_bytes:
        most = f"at most {LIMITS.message_bytes:,} bytes"
        problem = Problem("txlife_too_large", "message", f"{size:,} bytes", most)
        return _again(request, form, None, (problem,))
    data = upload.read()
    if request.POST.get("do") == "look":
        return _again(request, form, report_on(data), ())
    choice = Choice(
        form.cleaned_data["agent_npn"],
        form.cleaned_data["product"],
        form.cleaned_data["again"],
    )
    try:
        done = import_message(request.user, str(upload.name), data, choice)
    except Refused as refused:
        return _again(request, form, report_on(data), refused.problems)
    told = {"n": done.message.filled_in}
    text = ngettext("%(n)d question filled in.", "%(n)d questions filled in.", told["n"]) % told
    if left := len(done.message.left) + done.message.left_more:
        text += " " + ngettext(
            "%(n)d thing was not understood: it is listed below the questions.",
            "%(n)d things were not understood: they are listed below the questions.",
            left,
        ) % {"n": left}
    messages.success(request, text)
    return redirect("application", done.application.pk)


def _again(
    request: SignedInRequest,
    form: MessageUpload,
    report: Report | None,
    refused: tuple[Problem, ...],
) -> HttpResponse:
    """The form with what was seen of the message."""
    context: dict[str, Any] = {"form": form, "refused": refused[:_SHOWN]}
    if report is not None:
        told = set(refused)
        context |= {
            "report": report,
            "lines": [(NAMES[one.name], one.said) for one in report.lines[:_SHOWN]],
            "kept": report.kept[:_SHOWN],
            "kept_more": report.kept_more + max(len(report.kept) - _SHOWN, 0),
            "wrong": [one for one in report.problems if one not in told][:_SHOWN],
        }
    status = 422 if refused else 200
    return render(request, "applications/import.html", context, status=status)


@for_those_who_can(Can.APPLY)
@require_GET
def application_messages(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The messages an application came from and went out as, with what was not understood."""
    held = visible(request, application_id)
    found = held.messages.select_related("document").prefetch_related("files").order_by("-at")
    told = [
        {"message": one, "left": one.left[:_SHOWN], "problems": problems_of(one)[:_SHOWN],
         "left_count": len(one.left) + one.left_more}
        for one in found[:20]
    ]  # fmt: skip
    return render(request, "applications/_messages.html", {"application": held, "told": told})


def _message(request: HttpRequest, application_id: UUID, message_id: UUID) -> ApplicationMessage:
    held = visible(request, application_id)
    return get_object_or_404(held.messages.select_related("document"), pk=message_id)


@for_those_who_can(Can.APPLY)
@require_GET
def application_message(
    request: SignedInRequest, application_id: UUID, message_id: UUID
) -> HttpResponse:
    """A message exactly as it came or went."""
    found = _message(request, application_id, message_id)
    return cast(HttpResponse, document_answer(request, found.document, download=True))


@for_those_who_can(Can.APPLY)
@require_GET
def application_message_file(
    request: SignedInRequest, application_id: UUID, message_id: UUID, document_id: UUID
) -> HttpResponse:
    """A file that came with a message."""
    found = _message(request, application_id, message_id)
    file = get_object_or_404(found.files, pk=document_id)
    return cast(HttpResponse, document_answer(request, file))


@for_those_who_can(Can.APPLY)
@require_GET
def application_txlife(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The 103 of an application: whole, or in the `dialect` of a partner as it is to see it."""
    held = visible(request, application_id)
    slug = request.GET.get("dialect", "")
    try:
        dialect = MessageDialect.objects.named(slug) if slug else None
    except Refused:
        raise Http404 from None
    data = export(request.user, held, dialect)
    headers = {
        "Content-Disposition": f'attachment; filename="{held.reference}.xml"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type="application/xml", headers=headers)
