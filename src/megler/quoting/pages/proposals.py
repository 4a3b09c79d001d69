"""Proposals: making one from a saved quote, looking at it, and its private links."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.documents.serving import document_answer, preview_answer
from megler.quoting.actions import proposals as actions
from megler.quoting.models import Proposal, ProposalLink, Quote
from megler.quoting.rules.proposals.choice import usual_choice
from megler.quoting.wording import class_words, offer_name, sum_words
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

PREVIEW_WIDTH = 1200


@for_those_who_can(Can.QUOTE)
def quote_proposals(request: HttpRequest, quote_id: str) -> HttpResponse:
    """The proposals of a saved quote, and the form that makes another."""
    person = cast(User, request.user)
    visible = Quote.objects.visible_to(person).select_related("agent__firm")
    quote = get_object_or_404(visible, pk=quote_id)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST":
        try:
            made = actions.propose(
                person,
                quote,
                prepared_for=request.POST.get("prepared_for", ""),
                language=request.POST.get("language", ""),
                offers=[_place(text) for text in request.POST.getlist("offers")],
            )
        except Refused as refused:
            problems = refused.problems
        else:
            return redirect("proposal", proposal_id=made.pk)
    shown = {**_form(request, quote), "quote": quote, "problems": problems}
    status = 422 if problems else 200
    return render(request, "quoting/proposals.html", shown, status=status)


def _place(text: str) -> int:
    """An offer's place; -1, which no offer has, for what is no number."""
    found = whole(text)
    return -1 if found is None else found


def _form(request: HttpRequest, quote: Quote) -> dict[str, Any]:
    offers = quote.answer["offers"]
    sent = request.method == "POST"
    chosen = request.POST.getlist("offers") if sent else [str(n) for n in usual_choice(offers)]
    return {
        "offers": [
            {
                "number": number,
                "name": offer_name(one),
                "class": class_words(one) if one["class"] else "",
                "sum": sum_words(one),
                "chosen": str(number) in chosen,
            }
            for number, one in enumerate(offers)
        ],
        "prepared_for": request.POST.get("prepared_for", ""),
        "language": request.POST.get("language") or get_language(),
        "languages": settings.LANGUAGES,
        "made": quote.proposals.select_related("made_by", "document").order_by("-made_at")[:50],
    }


def _visible(request: HttpRequest, proposal_id: str) -> Proposal:
    visible = Proposal.objects.visible_to(cast(User, request.user))
    return get_object_or_404(
        visible.select_related("document", "quote__agent", "made_by"), pk=proposal_id
    )


@for_those_who_can(Can.QUOTE)
@require_GET
def proposal(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """A proposal: its pages as they are printed, and its private links."""
    return _page(request, _visible(request, proposal_id))


def _page(request: HttpRequest, made: Proposal, problems: tuple[Problem, ...] = ()) -> HttpResponse:
    now = timezone.now()
    links = made.links.select_related("made_by").order_by("-made_at")[:50]
    pages = range(1, made.document.pages + 1)
    shown = {
        "proposal": made,
        "pages": [reverse("proposal_page", args=[made.pk, page]) for page in pages],
        "links": [
            {"link": one, "is_open": one.is_open(now), "address": actions.address_of(one)}
            for one in links
        ],
        "language_name": dict(settings.LANGUAGES).get(made.language, made.language),
        "days": request.POST.get("days") or actions.DAYS_USUAL,
        "days_max": actions.DAYS_MAX,
        "to": request.POST.get("to", ""),
        "problems": problems,
    }
    return render(request, "quoting/proposal.html", shown, status=422 if problems else 200)


@for_those_who_can(Can.QUOTE)
@require_GET
def proposal_pdf(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """The PDF."""
    document = _visible(request, proposal_id).document
    return cast(HttpResponse, document_answer(request, document, "download" in request.GET))


@for_those_who_can(Can.QUOTE)
@require_GET
def proposal_page(request: HttpRequest, proposal_id: str, page: int) -> HttpResponse:
    """A picture of a page."""
    document = _visible(request, proposal_id).document
    if page > document.pages or page < 1:
        raise Http404
    return preview_answer(request, document, page, PREVIEW_WIDTH)


@for_those_who_can(Can.QUOTE)
@require_POST
def proposal_link_make(request: HttpRequest, proposal_id: str) -> HttpResponse:
    """Make a private link, and mail it when an address is given."""
    made = _visible(request, proposal_id)
    days, to = whole(request.POST.get("days", "")), request.POST.get("to", "")
    try:
        if "mail" in request.POST and not to.strip():
            raise Refused(Problem("message_address", "to", "", "name@example.com"))
        link = actions.make_link(
            cast(User, request.user),
            made,
            to=to if "mail" in request.POST else "",
            days=days or 0,
        )
    except Refused as refused:
        return _page(request, made, refused.problems)
    if link.to:
        messages.success(request, _("The private link goes to %(to)s.") % {"to": link.to})
    else:
        messages.success(request, _("The private link is ready to be copied."))
    return redirect("proposal", proposal_id=made.pk)


@for_those_who_can(Can.QUOTE)
@require_POST
def proposal_link_revoke(request: HttpRequest, proposal_id: str, link_id: str) -> HttpResponse:
    """Close a private link."""
    made = _visible(request, proposal_id)
    link = get_object_or_404(ProposalLink, pk=link_id, proposal=made)
    actions.revoke_link(cast(User, request.user), link)
    messages.success(request, _("The link is closed. Whoever has it finds nothing there now."))
    return redirect("proposal", proposal_id=made.pk)
