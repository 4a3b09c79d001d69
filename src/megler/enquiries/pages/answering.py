"""Where carriers answer: by a private link without an account, or signed in as their carrier."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from megler.accounts.access import SignedInRequest, for_everyone, for_those_who_can
from megler.accounts.middleware import current_address
from megler.accounts.rules.roles import Can, Role
from megler.documents.serving import document_answer
from megler.enquiries.actions.answering import (
    Saying,
    answer_by_link,
    answerer,
    find_link,
    may_open,
    note_opening,
    record_answer,
)
from megler.enquiries.actions.knowing import summary_for
from megler.enquiries.actions.pricing import classes_for
from megler.enquiries.forms import AnswerForm
from megler.enquiries.models import AnswerLink, EnquiryCarrier
from megler.enquiries.names import AnswerWay
from megler.enquiries.pages.doing import put_to_form
from megler.vocabulary.problems import Refused


def _form(child: EnquiryCarrier, request: HttpRequest) -> AnswerForm:
    given = request.POST if request.method == "POST" else None
    return AnswerForm(given, classes=classes_for(child.product, child.enquiry.on))


def _shown(child: EnquiryCarrier, form: AnswerForm, page: str, key: object) -> dict[str, Any]:
    """What a carrier sees: the summary and its own answers, never what others say."""
    enclosed = child.enquiry.evidence.filter(enclosed=True, document__isnull=False)
    names = [str(one.get_kind_display()) for one in enclosed.order_by("wanted_at", "pk")]
    first = [f"{child.enquiry.reference}.pdf"] if child.enquiry.paper_id else []
    start = 0 if first else 1
    return {
        "child": child,
        "reference": child.enquiry.reference,
        "summary": summary_for(child.enquiry),
        "papers": [
            {"name": name, "url": reverse(page, args=[key, number])}
            for number, name in enumerate([*first, *names], start)
        ],
        "form": form,
    }


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def enquiry_answer(request: HttpRequest, token: str) -> HttpResponse:
    """An underwriter at their private link. Closed, expired and unknown are alike."""
    if not may_open(current_address()):
        return render(request, "429.html", status=429)
    link = find_link(token)
    if link is None:
        return render(request, "enquiries/answer_closed.html", status=404)
    actor = answerer(link, current_address())
    form = _form(link.asked, request)
    if request.method == "POST" and form.is_valid():
        try:
            answer_by_link(link, actor, form.answer())
            return redirect("enquiry_answer", token)
        except Refused as refused:
            put_to_form(form, refused)
    elif request.method == "GET":
        note_opening(link, actor)
    context = {
        **_shown(link.asked, form, "enquiry_answer_paper", token),
        "link": link,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "enquiries/answer.html", context, status=status)


@for_everyone  # type: ignore[arg-type]
@never_cache
@require_GET
def enquiry_answer_paper(request: HttpRequest, token: str, number: int) -> HttpResponseBase:
    """The summary (0), or a paper that goes along (from 1), at a private link."""
    link: AnswerLink | None = find_link(token) if may_open(current_address()) else None
    if link is None:
        raise Http404
    return _paper(request, link.asked, number)


def _paper(request: HttpRequest, child: EnquiryCarrier, number: int) -> HttpResponseBase:
    if number == 0 and child.enquiry.paper is not None:
        return document_answer(request, child.enquiry.paper, download=False)
    enclosed = child.enquiry.evidence.filter(enclosed=True, document__isnull=False)
    papers = list(enclosed.select_related("document").order_by("wanted_at", "pk"))
    if not 1 <= number <= len(papers) or papers[number - 1].document is None:
        raise Http404
    answer = document_answer(request, papers[number - 1].document, download=False)  # type: ignore[arg-type]
    name = f"{child.enquiry.reference}-{number}-{papers[number - 1].kind.replace('_', '-')}"
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@for_those_who_can(Can.SEE_CASES)
@require_http_methods(["GET", "POST"])
def enquiry_asked(request: SignedInRequest, carrier_id: UUID) -> HttpResponse:
    """What a carrier was asked, for its own people who sign in."""
    if request.user.role != Role.CARRIER:
        raise Http404
    seen = EnquiryCarrier.objects.visible_to(request.user)
    related = "enquiry__agent", "carrier", "product__carrier", "answer"
    child = get_object_or_404(seen.select_related(*related), pk=carrier_id)
    form = _form(child, request)
    if request.method == "POST" and form.is_valid():
        try:
            record_answer(request.user, child, form.answer(), Saying(AnswerWay.SIGNED_IN))
            return redirect("enquiry_asked", child.pk)
        except Refused as refused:
            put_to_form(form, refused)
    status = 422 if request.method == "POST" else 200
    context = _shown(child, form, "enquiry_asked_paper", child.pk)
    return render(request, "enquiries/asked.html", context, status=status)


@for_those_who_can(Can.SEE_CASES)  # type: ignore[arg-type]
@require_GET
def enquiry_asked_paper(
    request: SignedInRequest, carrier_id: UUID, number: int
) -> HttpResponseBase:
    """The same papers, for the carrier's own people."""
    if request.user.role != Role.CARRIER:
        raise Http404
    seen = EnquiryCarrier.objects.visible_to(request.user).select_related("enquiry__paper")
    return _paper(request, get_object_or_404(seen, pk=carrier_id), number)
