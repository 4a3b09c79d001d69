"""Quote links of agents' own sites and the leads they bring, for programs."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Sum
from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Field, Router, Schema, Status

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.licensing.models import Agent
from megler.quoting.actions import leads, links
from megler.quoting.models import Lead, QuoteLink

router = Router(tags=["quote links"])
LISTED_MAX = 200

Language = Literal["en", "nb"]
Words = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=200)]
Sites = Annotated[list[Annotated[str, Field(max_length=300)]], Field(max_length=50)]
Title = Annotated[str, Field(max_length=links.TITLE_MAX)]


class QuoteLinkWanted(Schema):
    """A quote link to make: `agent` is whose (default: one's own); no `lines` are all lines."""

    agent: UUID | None = None
    title: Title
    sites: Sites = []
    lines: Words = []
    carriers_hidden: Words = []
    language: Language = "en"
    is_on: bool = True


class QuoteLinkChange(Schema):
    """What to change of a quote link that stands at `version`; what is left out stays."""

    version: Annotated[int, Field(ge=1, le=1_000_000_000)]
    title: Title | None = None
    sites: Sites | None = None
    lines: Words | None = None
    carriers_hidden: Words | None = None
    language: Language | None = None
    is_on: bool | None = None


class QuoteLinkTold(Schema):
    """A quote link as it stands, and how much it was used."""

    id: UUID
    address: str
    agent: UUID
    title: str
    sites: list[str]
    lines: list[str]
    carriers_hidden: list[str]
    language: str
    is_on: bool
    version: int
    made_at: datetime
    views: int
    quotes: int
    leads: int


class LeadTold(Schema):
    """A visitor who asked to be contacted; `quote` is the saved quote that they were shown."""

    id: UUID
    link: UUID
    quote: UUID
    name: str
    email: str
    phone: str
    message: str
    site: str
    consent: str
    made_at: datetime
    closed_at: datetime | None


def _visible(request: HttpRequest) -> Any:
    person = api_needs(request, Can.QUOTE)
    return QuoteLink.objects.visible_to(person).annotate(
        views=Sum("days__views"), asked=Sum("days__quotes"), came=Sum("days__leads")
    )


def _one(request: HttpRequest, quote_link_id: UUID) -> Any:
    found = _visible(request).select_related("agent").filter(pk=quote_link_id).first()
    if found is None:
        raise Http404
    return found


def _told(link: Any) -> dict[str, Any]:
    return {
        "id": link.pk,
        "address": settings.PUBLIC_URL + reverse("embed", args=[link.key]),
        "agent": link.agent_id,
        "title": link.title,
        "sites": link.sites,
        "lines": link.lines,
        "carriers_hidden": link.carriers_hidden,
        "language": link.language,
        "is_on": link.is_on,
        "version": link.version,
        "made_at": link.made_at,
        "views": link.views or 0,
        "quotes": link.asked or 0,
        "leads": link.came or 0,
    }


@router.get(
    "/quote-links",
    auth=api_door(Can.QUOTE),
    response=list[QuoteLinkTold],
    summary="The quote links of the agents one acts for",
)
def listed(request: HttpRequest) -> list[dict[str, Any]]:
    """Newest first."""
    return [_told(one) for one in _visible(request).order_by("-made_at")[:LISTED_MAX]]


@router.post(
    "/quote-links",
    auth=api_door(Can.QUOTE),
    response={201: QuoteLinkTold},
    summary="Make a quote link for an agent's own site",
)
def make(request: HttpRequest, wanted: QuoteLinkWanted) -> Status[Any]:
    """Answers 201 with the link; `address` is what an iframe shows."""
    person = api_needs(request, Can.QUOTE)
    agents = Agent.objects.acted_for_by(person)
    if wanted.agent is not None:
        agents = agents.filter(pk=wanted.agent)
    agent = agents.order_by("name").first() if wanted.agent or person.is_seller else None
    if agent is None:
        raise Http404
    told = wanted.dict(exclude={"agent"})
    made = links.make_quote_link(person, agent, _wanted(told))
    return Status(201, _told(_one(request, made.pk)))


def _wanted(told: dict[str, Any]) -> links.Wanted:
    return links.Wanted(
        title=told["title"],
        sites="\n".join(" ".join(site.split()) for site in told["sites"]),
        lines=tuple(told["lines"]),
        carriers_hidden=tuple(told["carriers_hidden"]),
        language=told["language"],
        is_on=told["is_on"],
    )


@router.get(
    "/quote-links/{quote_link_id}",
    auth=api_door(Can.QUOTE),
    response=QuoteLinkTold,
    summary="A quote link",
)
def one(request: HttpRequest, quote_link_id: UUID) -> dict[str, Any]:
    """As it stands."""
    return _told(_one(request, quote_link_id))


@router.patch(
    "/quote-links/{quote_link_id}",
    auth=api_door(Can.QUOTE),
    response=QuoteLinkTold,
    summary="Change a quote link, or turn it off",
)
def change(request: HttpRequest, quote_link_id: UUID, wanted: QuoteLinkChange) -> dict[str, Any]:
    """Refused when it was changed since `version`."""
    link = _one(request, quote_link_id)
    new = wanted.dict(exclude={"version"}, exclude_none=True)
    told = {**_told(link), **new}
    links.change_quote_link(api_needs(request, Can.QUOTE), link, _wanted(told), wanted.version)
    return _told(_one(request, quote_link_id))


@router.get(
    "/quote-links/{quote_link_id}/leads",
    auth=api_door(Can.QUOTE),
    response=list[LeadTold],
    summary="Visitors of a quote link who asked to be contacted",
)
def of_link(request: HttpRequest, quote_link_id: UUID) -> list[dict[str, Any]]:
    """Newest first."""
    found = _one(request, quote_link_id).leads.order_by("-made_at")
    return [_lead(one) for one in found[:LISTED_MAX]]


def _lead(lead: Lead) -> dict[str, Any]:
    return {
        **lead.contact,
        "id": lead.pk,
        "link": lead.link_id,
        "quote": lead.quote_id,
        "consent": lead.consent,
        "made_at": lead.made_at,
        "closed_at": lead.closed_at,
    }


@router.post(
    "/leads/{lead_id}/close",
    auth=api_door(Can.QUOTE),
    response=LeadTold,
    summary="Note that a visitor was answered",
)
def close(request: HttpRequest, lead_id: UUID) -> dict[str, Any]:
    """Its task is done with it; closing it again changes nothing."""
    person = api_needs(request, Can.QUOTE)
    visible = Lead.objects.visible_to(person).select_related("link__agent")
    found = visible.filter(pk=lead_id).first()
    if found is None:
        raise Http404
    return _lead(leads.close_lead(person, found))
