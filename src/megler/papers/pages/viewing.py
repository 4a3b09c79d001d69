"""The page viewer: pages as pictures, turned, moved, cut, put together, blackened; and all versions."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument
from megler.papers import names
from megler.papers.actions.editing import edit_paper, versions_of
from megler.papers.actions.mail import case_address
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


def _paper(request: SignedInRequest, case_id: UUID, paper_id: UUID) -> CaseDocument:
    seen = CaseDocument.objects.visible_to(request.user).select_related("document", "case__client")
    return get_object_or_404(seen, pk=paper_id, case=case_id)


def _pages(paper: CaseDocument) -> list[dict[str, Any]]:
    place = reverse("case_document_preview", args=[paper.case_id, paper.pk])
    return [
        {
            "paper": str(paper.pk),
            "page": number,
            "thumb": f"{place}?page={number}",
            "picture": f"{place}?page={number}&size=page",
            "large": f"{place}?page={number}&size=large",
        }
        for number in range(1, paper.document.pages + 1)
    ]


def _version(one: CaseDocument) -> dict[str, Any]:
    said = []
    for change in one.changes:
        pages = ", ".join(map(str, change.get("pages", [])))
        if words := names.CHANGED.get(change.get("act", "")):
            said.append(str(words) % {"pages": pages})
    return {"paper": one, "said": said}


def _context(
    request: SignedInRequest, paper: CaseDocument, refused: Refused | None = None
) -> dict[str, Any]:
    may = request.user.may(Can.WORK_CASES) and paper.replaced_at is None
    others = CaseDocument.objects.visible_to(request.user).filter(
        case=paper.case_id, replaced_at=None, document__standing="clear"
    )
    more = list(others.exclude(pk=paper.pk).select_related("document").order_by("-added_at")[:30])
    readable = paper.document.standing == "clear"
    return {
        "paper": paper,
        "case": paper.case,
        "leaves": _pages(paper) if readable else [],
        "others": [{"paper": one, "leaves": json.dumps(_pages(one))} for one in more]
        if may
        else [],
        "may_change": may and readable,
        "versions": [_version(one) for one in versions_of(request.user, paper)],
        "page": min(whole(request.GET.get("page", "1")) or 1, max(paper.document.pages, 1)),
        "refused": refused,
    }


@for_those_who_can(Can.SEE_CASES)
@require_safe
def paper_view(request: SignedInRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """A document of a case, page by page."""
    paper = _paper(request, case_id, paper_id)
    return render(request, "papers/view.html", _context(request, paper))


@for_those_who_can(Can.WORK_CASES)
@require_POST
def paper_edit(request: SignedInRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """Keep what was done to the pages as a new version."""
    paper = _paper(request, case_id, paper_id)
    try:
        made = edit_paper(request.user, paper, request.POST.get("plan", ""))
    except Refused as refused:
        return render(request, "papers/view.html", _context(request, paper, refused), status=422)
    messages.success(request, _("Kept as a new version. The one before is still there."))
    if len(made) > 1:
        return redirect("case", case_id)
    return redirect("paper_view", case_id, made[0].pk)


@for_those_who_can(Can.ADD_TO_CASE)
@require_safe
def paper_address(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Where papers of a case are sent by e-mail: a part of the case's page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    return render(request, "papers/_address.html", {"address": case_address(case)})
