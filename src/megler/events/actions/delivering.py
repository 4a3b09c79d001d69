"""Webhooks on their way: each case's events in their order, tried again, given up after days."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from msgspec.json import encode
from procrastinate.contrib.django import app as queue

from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.events.iri_status import notification_of
from megler.events.models import Delivery, Event, Format, State
from megler.events.rules.retrying import wait_after
from megler.events.rules.signing import headers
from megler.events.rules.telling import Happened, payload
from megler.exchange.iri.writing import notification_json
from megler.journal.rules.actors import SYSTEM
from megler.wires.webhooks.posting import Posted, post
from megler.work.actions.tasks import add_task
from megler.work.models import Task
from megler.work.rules.calendar import add_business_days

AT_ONCE_MAX = 200
"""Deliveries that one job makes before it lets others go on."""


def deliver(subscription: UUID, case: UUID, at: datetime | None = None) -> int:
    """Deliver what waits of a case for a subscriber, in its order, until one is not taken.

    The row is held while the receiver is spoken to and marked after it answered: run twice, also at
    once, each is sent once, save where a process dies between the answer and the mark; the receiver
    then knows the message by its id.
    """
    sent = 0
    for _turn in range(AT_ONCE_MAX):
        with transaction.atomic():
            held = _next(subscription, case)
            if held is None or not _go(held, at or timezone.now()):
                return sent
            sent += 1
    _again(subscription, case, 1)
    return sent


def _next(subscription: UUID, case: UUID) -> Delivery | None:
    """The first that waits, held; None when there is none, or somebody else has it in hand."""
    waiting = Delivery.objects.filter(
        subscription=subscription, event__case=case, state=State.WAITING, subscription__is_on=True
    ).order_by("event_id", "replay")
    first = waiting.values_list("pk", flat=True).first()
    if first is None:
        return None
    free = Delivery.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    related = ("subscription__person", "event__case")
    return free.select_related(*related).filter(pk=first, state=State.WAITING).first()


def _go(held: Delivery, at: datetime) -> bool:
    """One try; whether the next of the case may go."""
    if held.next_at > at:
        return False
    body = _body(held)
    if body is None:
        held.state, held.done_at = State.SKIPPED, at
        held.save()
        return True
    key = f"msg_{held.event.key.hex}" + (f"_{held.replay}" if held.replay else "")
    signed = headers(held.subscription.secret, key, int(timezone.now().timestamp()), body)
    posted = post(held.subscription.address, body, signed, inside=settings.WEBHOOKS_INSIDE)
    held.tries += 1
    held.answer, held.said = posted.status, (posted.error or posted.said)[:300].replace("\0", "")
    if posted.taken:
        held.state, held.done_at = State.DELIVERED, at
        held.save()
        return True
    return _not_taken(held, posted, at)


def _not_taken(held: Delivery, posted: Posted, at: datetime) -> bool:
    wait = None if posted.status == 410 else wait_after(held.tries)
    if wait is None:
        held.state, held.done_at = State.DEAD, at
        held.save()
        _tell_staff(held, at)
        return True
    held.next_at = at + wait
    held.save()
    _again(held.subscription_id, held.event.case_id, int(wait.total_seconds()))
    return False


def _again(subscription: UUID, case: UUID, seconds: int) -> None:
    job = queue.configure_task(name="events.jobs.deliver", schedule_in={"seconds": seconds})
    job.defer(subscription=str(subscription), case=str(case))


def _tell_staff(held: Delivery, at: datetime) -> None:
    """A task for the administrators, one a subscription."""
    about = ("subscription", held.subscription_id)
    if Task.objects.open_about(about).exists():
        return
    add_task(
        SYSTEM,
        gettext_noop("%(name)s does not take our events: look at its log"),
        about,
        add_business_days(timezone.localtime(at).date(), 1),
        role=Role.ADMINISTRATOR,
        url=reverse("subscription", args=[held.subscription_id]),
        told={"name": held.subscription.name},
        at=at,
    )


def _body(held: Delivery) -> bytes | None:
    """What is sent; None where the subscriber's person may not see it, or it has no such words."""
    event, person = held.event, held.subscription.person
    if not Event.objects.visible_to(person).filter(pk=event.pk).exists():
        return None
    if held.subscription.format == Format.IRI:
        told = notification_of(event)
        return encode(notification_json(told)) if told else None
    return encode(told_of(event))


def told_of(event: Event) -> dict[str, Any]:
    """An event as a webhook and the API tell it."""
    case: Case = event.case
    happened = Happened(
        key=str(event.key),
        verb=event.verb,
        at=event.at,
        number=event.number,
        case_id=str(case.pk),
        case_number=case.reference,
        status=event.status,
        decision=event.decision,
        holder=event.holder,
        next_step=event.next_step,
        policy_number=event.policy_number,
        told=event.told,
    )
    return payload(happened, f"{settings.PUBLIC_URL}/api/v1/cases/{case.pk}")
