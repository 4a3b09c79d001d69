"""Deliveries for programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.post.actions import deliveries as acts
from megler.post.models import Delivery
from megler.post.names import DeliveryState
from megler.post.pages.parts import part_after

router = Router(tags=["deliveries"])


class DeliveryListed(Schema):
    """A delivery in a list. `why` is the code of the last try's trouble; `about` what is delivered."""

    id: UUID
    title: str
    partner: str
    channel: str
    about: list[str]
    state: str
    why: str
    attempts: int
    created_at: datetime
    next_try_at: datetime | None
    ended_at: datetime | None


class DeliveryPart(Schema):
    """Some deliveries, and the `page` of the older ones."""

    deliveries: list[DeliveryListed]
    older: str | None


class File(Schema):
    """A file and the name under which it travels."""

    name: str
    size: int
    sha256: str


class Try(Schema):
    """One try, newest first in its list. `said` is what the other side said."""

    number: int
    outcome: str
    why: str
    said: str
    began_at: datetime | None
    ended_at: datetime


class DeliveryWhole(DeliveryListed):
    """A delivery with its files, its tries and its receipt."""

    receipt: str
    files: list[File]
    tries: list[Try]


@router.get(
    "/deliveries",
    auth=api_door(Can.SEE_POST),
    response=DeliveryPart,
    summary="Deliveries, newest first",
)
def deliveries(request: HttpRequest, state: str = "", page: str = "") -> HttpResponse:
    """50 at a time; `older` is the `page` to ask for next."""
    person = api_needs(request, Can.SEE_POST)
    found = Delivery.objects.visible_to(person).select_related("partner").defer("receipt")
    if state in DeliveryState.values:
        found = found.filter(state=state)
    part = part_after(found, page)
    return _json({"deliveries": [_listed(one) for one in part.items], "older": part.older})


@router.get(
    "/deliveries/{delivery_id}",
    auth=api_door(Can.SEE_POST),
    response=DeliveryWhole,
    summary="One delivery",
)
def delivery(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Its files, its tries and its receipt."""
    return _json(_whole(_visible(api_needs(request, Can.SEE_POST), delivery_id)))


@router.post(
    "/deliveries/{delivery_id}/try-again",
    auth=api_door(Can.SEE_POST),
    response=DeliveryWhole,
    summary="Try a delivery again",
)
def try_again(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Starts anew with one that ended without being delivered, or tries a waiting one now."""
    person = api_needs(request, Can.SEE_POST)
    acts.try_again(person, _visible(person, delivery_id))
    return _json(_whole(_visible(person, delivery_id)))


def _visible(person: User, delivery_id: UUID) -> Delivery:
    found = Delivery.objects.visible_to(person).select_related("partner").filter(pk=delivery_id)
    if one := found.first():
        return one
    raise Http404


def _json(document: object) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json")


def _listed(one: Delivery) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "partner": one.partner.slug,
        "channel": one.partner.channel,
        "about": list(one.subject),
        "state": one.state,
        "why": one.why,
        "attempts": one.attempts,
        "created_at": one.created_at,
        "next_try_at": one.next_try_at,
        "ended_at": one.ended_at,
    }


def _whole(one: Delivery) -> dict[str, Any]:
    files = [
        {"name": f.name, "size": f.document.size, "sha256": f.document.sha256}
        for f in one.files.select_related("document")
    ]
    tries = [
        {
            "number": t.number,
            "outcome": t.outcome,
            "why": t.why,
            "said": t.said,
            "began_at": t.began_at,
            "ended_at": t.ended_at,
        }
        for t in one.tries.all()
    ]
    return {**_listed(one), "receipt": one.receipt, "files": files, "tries": tries}
