"""A proposal by its private link: for its reader, who has not signed in and reaches nothing else."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from megler.accounts.access import for_everyone
from megler.accounts.middleware import current_address
from megler.documents.serving import document_answer, preview_answer
from megler.licensing.logos import logo_address
from megler.licensing.models import Agency
from megler.quoting.actions import proposals as actions
from megler.quoting.models import ProposalLink
from megler.quoting.pages.proposals import PREVIEW_WIDTH
from megler.quoting.wording import summary_of

PAGES_SHOWN_MAX = 12


def _link(token: str) -> ProposalLink | None:
    return actions.find_open_link(token) if len(token) <= 100 else None


@for_everyone
@never_cache
@require_GET
def proposal_open(request: HttpRequest, token: str) -> HttpResponse:
    """The proposal's pages as pictures, and the file. Closed, expired and unknown are alike."""
    if not actions.may_open(current_address()):
        return render(request, "429.html", status=429)
    link = _link(token)
    if link is None:
        return render(request, "quoting/proposal_closed.html", status=404)
    made = link.proposal
    person = request.user if request.user.is_authenticated else None
    actor = person.actor() if person else actions.reader(link, current_address())
    actions.note_opening(link, actor)
    agency = Agency.ours()
    pages = range(1, min(made.document.pages, PAGES_SHOWN_MAX) + 1)
    shown: dict[str, Any] = {
        "proposal": made,
        "agent": made.quote.agent,
        "agency": agency,
        "logo": logo_address(agency.logo),
        "expires_at": link.expires_at,
        "pdf": reverse("proposal_open_pdf", args=[token]),
        "pages": [reverse("proposal_open_page", args=[token, page]) for page in pages],
    }
    with override(made.language):
        offers = made.quote.answer["offers"]
        shown["offers"] = [summary_of(offers[place]) for place in made.offers]
        return render(request, "quoting/proposal_open.html", shown)


@for_everyone
@never_cache
@require_GET
def proposal_open_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The PDF, to be kept."""
    link = _link(token) if actions.may_open(current_address()) else None
    if link is None:
        raise Http404
    return cast(HttpResponse, document_answer(request, link.proposal.document, download=True))


@for_everyone
@never_cache
@require_GET
def proposal_open_page(request: HttpRequest, token: str, page: int) -> HttpResponse:
    """A picture of a page."""
    link = _link(token) if actions.may_open(current_address()) else None
    if link is None or not 1 <= page <= min(link.proposal.document.pages, PAGES_SHOWN_MAX):
        raise Http404
    return preview_answer(request, link.proposal.document, page, PREVIEW_WIDTH)
