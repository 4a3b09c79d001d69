"""A case as it stands, its documents and its timeline."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument
from megler.cases.pages.shown import case_context
from megler.cases.timeline import timeline
from megler.documents.serving import document_answer, preview_answer
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused

PARTS = {"standing", "requirements", "documents", "notes", "tasks"}
"""Parts of the page that can be in focus after a change."""

WIDTHS = {"thumb": 240, "page": 1200, "large": 2000}


def visible_case(person: User, case_id: UUID) -> Case:
    """The case, if this person may see it; otherwise there is nothing here."""
    found = Case.objects.visible_to(person).select_related(
        "agent__user", "agent__firm", "client", "product", "carrier", "application"
    )
    return get_object_or_404(found, pk=case_id)


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Everything about one case."""
    found = visible_case(request.user, case_id)
    if request.htmx:  # type: ignore[attr-defined]
        focus = request.GET.get("focus", "")
        context = case_context(found, request.user, focus=focus if focus in PARTS else "")
        return render(request, "cases/_case.html", context)
    return render(request, "cases/case.html", case_context(found, request.user))


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_timeline(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Older lines of the timeline, from `before` on."""
    found = visible_case(request.user, case_id)
    before = request.GET.get("before", "")
    part = timeline(found, request.user, whole(before, 18))
    context = {"case": found, "timeline": part}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "cases/_timeline.html", context)
    return render(request, "cases/timeline.html", context)


def _paper(request: SignedInRequest, case_id: UUID, paper_id: UUID) -> CaseDocument:
    seen = CaseDocument.objects.visible_to(request.user).select_related("document")
    return get_object_or_404(seen, pk=paper_id, case=case_id)


@for_those_who_can(Can.SEE_CASES)  # type: ignore[arg-type]
@require_safe
def case_document(request: SignedInRequest, case_id: UUID, paper_id: UUID) -> HttpResponseBase:
    """The file itself, shown by the browser, or saved with `?download=1`."""
    paper = _paper(request, case_id, paper_id)
    return document_answer(request, paper.document, bool(request.GET.get("download")))


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_document_preview(request: SignedInRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """A picture of page `page` (from 1), small (`size=thumb`) or to be read (`size=page`)."""
    paper = _paper(request, case_id, paper_id)
    page = request.GET.get("page", "1")
    width = WIDTHS.get(request.GET.get("size", "thumb"), WIDTHS["thumb"])
    try:
        return preview_answer(request, paper.document, whole(page) or 0, width)
    except Refused:
        raise Http404 from None
