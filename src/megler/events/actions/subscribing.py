"""Who hears of events: subscriptions are made, changed, tried, and told again what they missed."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from msgspec.json import encode

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.events.actions.outbox import put_on_its_way
from megler.events.models import Delivery, Event, Format, State, Subscription
from megler.events.rules.signing import headers, written_secret
from megler.journal.actions import record
from megler.vocabulary.problems import Problem, Refused
from megler.wires.webhooks.posting import Forbidden, Posted, looked_up, post, read_address

NAME_MAX, KINDS_MAX, REPLAY_MAX = 100, 40, 10_000
_SECRET_BYTES = 24


def subscribe(
    person: User,
    name: str,
    address: str,
    *,
    kinds: Sequence[str] = (),
    format: Format = Format.STANDARD,
    carrier: Carrier | None = None,
    on: bool = True,
    at: datetime | None = None,
) -> Subscription:
    """Let an address hear of events, as the person may see them. Raises `Refused`.

    The address is looked at before anything is sent there: it must be https and out in the world.
    One that is off from the beginning is looked at when it is switched on.
    """
    at = at or timezone.now()
    name, address = " ".join(name.split())[:NAME_MAX], address.strip()
    wanted = sorted({kind.strip() for kind in kinds if kind.strip()})[:KINDS_MAX]
    problems = [] if name else [Problem("missing", "name", "", "a name")]
    if not person.may(Can.CHANGE_PARTNERS):
        problems = [Problem("not_allowed", "subscription")]
    elif wrong := _wrong_address(address, on):
        problems.append(wrong)
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        made = Subscription.objects.create(
            name=name,
            address=address,
            secret=written_secret(secrets.token_bytes(_SECRET_BYTES)),
            format=format,
            kinds=wanted,
            carrier=carrier,
            person=person,
            is_on=on,
            made_at=at,
        )
        told = {"name": name, "kinds": wanted, "format": str(format)}
        record(person.actor(), "subscription.made", ("subscription", made.pk), told, at)
    return made


def _wrong_address(address: str, on: bool) -> Problem | None:
    look = looked_up if on else read_address
    try:
        look(address, settings.WEBHOOKS_INSIDE)
    except Forbidden as forbidden:
        return Problem(f"webhook_{forbidden}", "address", address[:100])
    return None


def switch(
    person: User, subscription: Subscription, on: bool, at: datetime | None = None
) -> Subscription:
    """Switch a subscription on or off; what waits goes on when it is on again."""
    _may_change(person)
    if on and (wrong := _wrong_address(subscription.address, on)):
        raise Refused(wrong)
    with transaction.atomic():
        changed = Subscription.objects.filter(pk=subscription.pk).exclude(is_on=on)
        if changed.update(is_on=on):
            about = ("subscription", subscription.pk)
            record(person.actor(), "subscription.switched", about, {"on": on}, at)
            if on:
                _go_on(subscription)
    subscription.is_on = on
    return subscription


def _go_on(subscription: Subscription) -> None:
    waiting = Delivery.objects.filter(subscription=subscription, state=State.WAITING)
    for case in waiting.values_list("event__case", flat=True).distinct()[:REPLAY_MAX]:
        put_on_its_way(subscription.pk, case)


def renew_secret(
    person: User, subscription: Subscription, at: datetime | None = None
) -> Subscription:
    """A new secret; messages are signed with it from now on."""
    _may_change(person)
    with transaction.atomic():
        locked = Subscription.objects.select_for_update(no_key=True).get(pk=subscription.pk)
        locked.secret = written_secret(secrets.token_bytes(_SECRET_BYTES))
        locked.save(update_fields=["secret"])
        about = ("subscription", locked.pk)
        record(person.actor(), "subscription.secret_renewed", about, {}, at)
    return locked


def try_out(person: User, subscription: Subscription) -> Posted:
    """Send a message that says nothing but that it is a trial; tells what came of it."""
    _may_change(person)
    now = timezone.now()
    body = encode({"type": "webhook.test", "timestamp": now.isoformat(), "data": {}})
    signed = headers(subscription.secret, f"msg_{uuid4().hex}", int(now.timestamp()), body)
    return post(subscription.address, body, signed, inside=settings.WEBHOOKS_INSIDE)


def replay(
    person: User,
    subscription: Subscription,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    event: Event | None = None,
    at: datetime | None = None,
) -> int:
    """Tell one event again, or all between two times; returns how many. Raises `Refused`."""
    _may_change(person)
    at = at or timezone.now()
    found = Event.objects.filter(pk=event.pk) if event else Event.objects.all()
    if event is None:
        if since is None or until is None or until < since:
            raise Refused(Problem("replay_times", "since", str(since or "")[:40], str(until or "")))
        found = found.filter(at__gte=since, at__lte=until)
    with transaction.atomic():
        events = list(found.order_by("id").values_list("id", "case_id")[: REPLAY_MAX + 1])
        if len(events) > REPLAY_MAX:
            raise Refused(Problem("replay_too_many", "since", f"> {REPLAY_MAX}", str(REPLAY_MAX)))
        before = Delivery.objects.filter(
            subscription=subscription, event__in=[pk for pk, _case in events]
        )
        last = before.aggregate(n=Max("replay"))["n"]
        number = 0 if last is None else last + 1
        Delivery.objects.bulk_create(
            Delivery(subscription=subscription, event_id=pk, replay=number, next_at=at)
            for pk, _case in events
        )
        for case in dict.fromkeys(case for _pk, case in events):
            put_on_its_way(subscription.pk, case)
        told = {"events": len(events)}
        record(person.actor(), "subscription.replayed", ("subscription", subscription.pk), told, at)
    return len(events)


def _may_change(person: User) -> None:
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "subscription"))
