"""What happened, for programs; and the status API that carriers and platforms speak."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Query, Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.events import api_iri, api_webhooks
from megler.events.actions.delivering import told_of
from megler.events.models import Event

router = Router(tags=["events"])
router.add_router("", api_iri.router)
router.add_router("", api_webhooks.router)
READ_ONLY = api_iri.READ_ONLY
PAGE_MAX = 200


class EventOut(Schema):
    """An event: its verb, its time, and its case as it stood."""

    position: int
    type: str
    timestamp: str
    data: dict[str, Any]


class EventsOut(Schema):
    """Some events, the oldest first; `next` is the position to go on after, null at the end."""

    events: list[EventOut]
    next: int | None


@router.get("/events", auth=api_door(Can.SEE_CASES), response=EventsOut, summary="What happened")
def events(
    request: HttpRequest,
    after: Annotated[int, Query(ge=0, le=2**62)] = 0,
    case: Annotated[str, Query(max_length=36)] = "",
    kind: Annotated[str, Query(max_length=60)] = "",
) -> HttpResponse:
    """What happened with the cases that you may see, after a position: the same as webhooks tell.

    `kind` is a verb such as case.decided, or its noun: case, requirement, note, document.
    """
    person = api_needs(request, Can.SEE_CASES)
    found = Event.objects.visible_to(person).filter(pk__gt=after)
    if case:
        found = found.filter(case__in=_uuids(case))
    if kind:
        found = (
            found.filter(verb=kind) if "." in kind else found.filter(verb__startswith=f"{kind}.")
        )
    listed = list(found.select_related("case").order_by("pk")[: PAGE_MAX + 1])
    shown = [{"position": one.pk, **told_of(one)} for one in listed[:PAGE_MAX]]
    following = shown[-1]["position"] if len(listed) > PAGE_MAX else None
    return HttpResponse(
        encode({"events": shown, "next": following}), content_type="application/json"
    )


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []
