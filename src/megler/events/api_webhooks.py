"""Managing webhooks for programs: who hears, what was delivered, trying and telling again."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from msgspec.json import encode
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.events.actions import subscribing
from megler.events.models import Delivery, Format, State, Subscription
from megler.vocabulary.problems import Problem, Refused

router = Router()
LISTED_MAX = 500
LOG_SIZE = 100
_DOOR = Can.CHANGE_PARTNERS


class Given(Schema):
    """What is sent; a word that nobody knows is refused."""

    model_config = ConfigDict(extra="forbid")


class WebhookIn(Given):
    """Who is to hear. Without `kinds`: of everything; `carrier`: of its cases alone, by its slug."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    address: Annotated[str, Field(min_length=1, max_length=500)]
    kinds: Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)] = []
    format: Format = Format.STANDARD
    carrier: str | None = None
    on: bool = True


class SwitchIn(Given):
    on: bool


class ReplayIn(Given):
    """All events between two times, at most ten thousand."""

    since: datetime
    until: datetime


class WebhookOut(Schema):
    """A webhook. It hears what `person` may see."""

    id: UUID
    name: str
    address: str
    format: Format
    kinds: list[str]
    carrier: str | None
    person: str
    on: bool
    made_at: datetime


class WebhookSecretOut(WebhookOut):
    """The same with the secret that its messages are signed with."""

    secret: str


class WebhooksOut(Schema):
    webhooks: list[WebhookOut]


class TriedOut(Schema):
    """What came of a trial: the status that was answered, or why nobody answered."""

    taken: bool
    status: int | None
    error: str


class ToldAgainOut(Schema):
    events: int


class WebhookDeliveryOut(Schema):
    """One event on its way; `position` is the event's in `/events`."""

    id: UUID
    position: int
    type: str
    state: str
    tries: int
    next_at: datetime | None
    answer: int | None
    said: str


class WebhookDeliveriesOut(Schema):
    """Some of the log, the newest first; `next` is the `before` of the part that follows."""

    deliveries: list[WebhookDeliveryOut]
    next: int | None


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def _told(one: Subscription, *, secret: bool = False) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "address": one.address,
        "format": one.format,
        "kinds": one.kinds,
        "carrier": one.carrier.slug if one.carrier else None,
        "person": one.person.name,
        "on": one.is_on,
        "made_at": one.made_at,
        **({"secret": one.secret} if secret else {}),
    }


def _found(request: HttpRequest, webhook: UUID) -> Subscription:
    api_needs(request, _DOOR)
    return get_object_or_404(Subscription.objects.select_related("carrier", "person"), pk=webhook)


@router.get("/webhooks", auth=api_door(_DOOR), response=WebhooksOut, summary="Webhooks")
def webhooks(request: HttpRequest) -> HttpResponse:
    """By name, without their secrets."""
    api_needs(request, _DOOR)
    found = Subscription.objects.select_related("carrier", "person").order_by("name", "pk")
    return _json({"webhooks": [_told(one) for one in found[:LISTED_MAX]]})


@router.post(
    "/webhooks",
    auth=api_door(_DOOR),
    response={201: WebhookSecretOut},
    summary="Let an address hear",
)
def webhook_make(request: HttpRequest, given: WebhookIn) -> HttpResponse:
    """Answers 201 with the webhook and its secret. It hears what you may see, as you stand then."""
    person = api_needs(request, _DOOR)
    carrier = None
    if given.carrier is not None:
        carrier = Carrier.objects.filter(slug=given.carrier).first()
        if carrier is None:
            raise Refused(Problem("nothing_here", "carrier", given.carrier[:100]))
    made = subscribing.subscribe(
        person,
        given.name,
        given.address,
        kinds=given.kinds,
        format=given.format,
        carrier=carrier,
        on=given.on,
    )
    return _json(_told(made, secret=True), 201)


@router.get(
    "/webhooks/{subscription_id}", auth=api_door(_DOOR), response=WebhookOut, summary="One webhook"
)
def webhook(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Without its secret."""
    return _json(_told(_found(request, subscription_id)))


@router.post(
    "/webhooks/{subscription_id}/switch",
    auth=api_door(_DOOR),
    response=WebhookOut,
    summary="Switch a webhook on or off",
)
def webhook_switch(request: HttpRequest, subscription_id: UUID, given: SwitchIn) -> HttpResponse:
    """What waits goes on when it is on again."""
    found = _found(request, subscription_id)
    return _json(_told(subscribing.switch(api_needs(request, _DOOR), found, given.on)))


@router.post(
    "/webhooks/{subscription_id}/secret",
    auth=api_door(_DOOR),
    response=WebhookSecretOut,
    summary="Renew a webhook's secret",
)
def webhook_secret(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Messages are signed with the new one from now on."""
    found = _found(request, subscription_id)
    found.secret = subscribing.renew_secret(api_needs(request, _DOOR), found).secret
    return _json(_told(found, secret=True))


@router.post(
    "/webhooks/{subscription_id}/test",
    auth=api_door(_DOOR),
    response=TriedOut,
    summary="Try a webhook out",
)
def webhook_test(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Sends `webhook.test`, and tells what was answered."""
    found = _found(request, subscription_id)
    posted = subscribing.try_out(api_needs(request, _DOOR), found)
    return _json({"taken": posted.taken, "status": posted.status, "error": posted.error})


@router.post(
    "/webhooks/{subscription_id}/replay",
    auth=api_door(_DOOR),
    response=ToldAgainOut,
    summary="Tell events again",
)
def webhook_replay(request: HttpRequest, subscription_id: UUID, given: ReplayIn) -> HttpResponse:
    """Answers how many."""
    found = _found(request, subscription_id)
    person = api_needs(request, _DOOR)
    begins, ends = (
        timezone.make_aware(one) if timezone.is_naive(one) else one
        for one in (given.since, given.until)
    )
    return _json({"events": subscribing.replay(person, found, since=begins, until=ends)})


@router.get(
    "/webhooks/{subscription_id}/deliveries",
    auth=api_door(_DOOR),
    response=WebhookDeliveriesOut,
    summary="What was delivered",
)
def webhook_deliveries(
    request: HttpRequest,
    subscription_id: UUID,
    before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
) -> HttpResponse:
    """The log, newest events first."""
    found = _found(request, subscription_id)
    log = Delivery.objects.filter(subscription=found).select_related("event")
    if before is not None:
        log = log.filter(event__lt=before)
    rows = list(log.order_by("-event", "-replay")[: LOG_SIZE + 1])
    more = len(rows) > LOG_SIZE
    told = [
        {
            "id": one.pk,
            "position": one.event_id,
            "type": one.event.verb,
            "state": one.state,
            "tries": one.tries,
            "next_at": one.next_at if one.state == State.WAITING else None,
            "answer": one.answer,
            "said": one.said,
        }
        for one in rows[:LOG_SIZE]
    ]
    return _json({"deliveries": told, "next": told[-1]["position"] if more else None})


@router.post(
    "/webhooks/deliveries/{webhook_id}/again",
    auth=api_door(_DOOR),
    response=ToldAgainOut,
    summary="Tell one event again",
)
def webhook_again(request: HttpRequest, webhook_id: UUID) -> HttpResponse:
    """Its message carries the same id with `_1`, `_2` behind it."""
    person = api_needs(request, _DOOR)
    rows = Delivery.objects.select_related("subscription", "event")
    row = get_object_or_404(rows, pk=webhook_id)
    return _json({"events": subscribing.replay(person, row.subscription, event=row.event)})
