"""Proposals and their private links, for programs."""

from base64 import b64encode
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.quoting.actions import proposals as actions
from megler.quoting.models import Proposal, ProposalLink, Quote

router = Router(tags=["proposals"])
LISTED_MAX = 200

Language = Literal["en", "nb"]
Place = Annotated[int, Field(ge=0, le=100_000)]


class ProposalWanted(Schema):
    """What to print: places of up to four offers in the quote's answer (default: the cheapest)."""

    prepared_for: Annotated[str, Field(max_length=actions.NAME_MAX)]
    language: Language = "en"
    offers: Annotated[list[Place], Field(max_length=20)] | None = None


class ProposalTold(Schema):
    """A proposal as it was made."""

    id: UUID
    quote: UUID
    prepared_for: str
    language: str
    offers: list[int]
    made_at: datetime
    pages: int
    sha256: str


class LinkWanted(Schema):
    """A private link that works for `days`, mailed to the address `to` when there is one."""

    to: Annotated[str, Field(max_length=254)] = ""
    days: Annotated[int, Field(ge=1, le=actions.DAYS_MAX)] = actions.DAYS_USUAL


class LinkTold(Schema):
    """A private link; `address` is empty once it opens nothing."""

    id: UUID
    address: str
    to: str
    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    times_opened: int
    opened_last_at: datetime | None


class ProposalWhole(ProposalTold):
    """A proposal with its private links and the PDF in base64."""

    links: list[LinkTold]
    pdf_base64: str


def _told(made: Proposal) -> dict[str, Any]:
    return {
        "id": made.pk,
        "quote": made.quote_id,
        "prepared_for": made.prepared_for,
        "language": made.language,
        "offers": made.offers,
        "made_at": made.made_at,
        "pages": made.document.pages,
        "sha256": made.document.sha256,
    }


def _link_told(link: ProposalLink) -> dict[str, Any]:
    is_open = link.is_open(timezone.now())
    return {
        "id": link.pk,
        "address": actions.address_of(link) if is_open else "",
        "to": link.to,
        "made_at": link.made_at,
        "expires_at": link.expires_at,
        "revoked_at": link.revoked_at,
        "times_opened": link.times_opened,
        "opened_last_at": link.opened_last_at,
    }


def _quote(request: HttpRequest, quote_id: UUID) -> Quote:
    person = api_needs(request, Can.QUOTE)
    visible = Quote.objects.visible_to(person).select_related("agent__firm")
    found = visible.filter(pk=quote_id).first()
    if found is None:
        raise Http404
    return found


def _proposal(request: HttpRequest, proposal_id: UUID) -> Proposal:
    person = api_needs(request, Can.QUOTE)
    visible = Proposal.objects.visible_to(person).select_related("document", "quote__agent")
    found = visible.filter(pk=proposal_id).first()
    if found is None:
        raise Http404
    return found


@router.post(
    "/saved-quotes/{quote_id}/proposals",
    auth=api_door(Can.QUOTE),
    response={201: ProposalTold},
    summary="Put offers of a saved quote on paper",
)
def make(request: HttpRequest, quote_id: UUID, wanted: ProposalWanted) -> Status[Any]:
    """Answers 201 with the proposal; the PDF comes with GET /proposals/{proposal_id}."""
    quote = _quote(request, quote_id)
    made = actions.propose(
        api_needs(request, Can.QUOTE),
        quote,
        prepared_for=wanted.prepared_for,
        language=wanted.language,
        offers=wanted.offers,
    )
    return Status(201, _told(made))


@router.get(
    "/saved-quotes/{quote_id}/proposals",
    auth=api_door(Can.QUOTE),
    response=list[ProposalTold],
    summary="The proposals made from a saved quote",
)
def of_quote(request: HttpRequest, quote_id: UUID) -> list[dict[str, Any]]:
    """Newest first."""
    made = _quote(request, quote_id).proposals.select_related("document").order_by("-made_at")
    return [_told(one) for one in made[:LISTED_MAX]]


@router.get(
    "/proposals/{proposal_id}",
    auth=api_door(Can.QUOTE),
    response=ProposalWhole,
    summary="A proposal with its PDF and private links",
)
def whole(request: HttpRequest, proposal_id: UUID) -> dict[str, Any]:
    """The PDF is in base64."""
    made = _proposal(request, proposal_id)
    links = made.links.order_by("-made_at")[:LISTED_MAX]
    pdf = b64encode(made.document.read()).decode()
    return {**_told(made), "links": [_link_told(one) for one in links], "pdf_base64": pdf}


@router.post(
    "/proposals/{proposal_id}/links",
    auth=api_door(Can.QUOTE),
    response={201: LinkTold},
    summary="Make a private link to a proposal, and mail it",
)
def link(request: HttpRequest, proposal_id: UUID, wanted: LinkWanted) -> Status[Any]:
    """Whoever has the address reads the proposal without signing in, until it ends or is closed."""
    made = _proposal(request, proposal_id)
    person = api_needs(request, Can.QUOTE)
    new = actions.make_link(person, made, to=wanted.to, days=wanted.days)
    return Status(201, _link_told(new))


@router.post(
    "/proposals/{proposal_id}/links/{link_id}/revoke",
    auth=api_door(Can.QUOTE),
    response=LinkTold,
    summary="Close a private link",
)
def revoke(request: HttpRequest, proposal_id: UUID, link_id: UUID) -> dict[str, Any]:
    """From now on it opens nothing; closing it again changes nothing."""
    made = _proposal(request, proposal_id)
    found = made.links.filter(pk=link_id).first()
    if found is None:
        raise Http404
    return _link_told(actions.revoke_link(api_needs(request, Can.QUOTE), found))
