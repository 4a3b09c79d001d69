"""The deadlines of an agent's cases, as a calendar tells them: each from a bounded list."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.accounts.models import User
from megler.cases import names
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import State
from megler.cases.rules.words import Holder, Status
from megler.exchange.icalendar import Event, calendar
from megler.journal.actions import record
from megler.portal.models import CalendarFeed
from megler.portal.models.links import digest_of, new_token
from megler.portal.rules.deadlines import deliver_by
from megler.vocabulary.codes import RequirementKind

EACH_MAX = 500
"""So many of each kind of deadline, the nearest first."""
_PAST = timedelta(days=30)


def make_feed(person: User, at: datetime | None = None) -> CalendarFeed:
    """A new private address of one's deadlines; one that stood before is closed."""
    at = at or timezone.now()
    token = new_token()
    with transaction.atomic():
        person.calendar_feeds.filter(revoked_at=None).update(revoked_at=at)
        feed = CalendarFeed.objects.create(
            person=person, token=token, token_digest=digest_of(token), made_at=at
        )
        record(person.actor(), "calendar.made", ("user", person.pk), {}, at)
    return feed


def close_feed(person: User, at: datetime | None = None) -> None:
    """Close one's private address; closing it again changes nothing."""
    at = at or timezone.now()
    with transaction.atomic():
        if person.calendar_feeds.filter(revoked_at=None).update(revoked_at=at):
            record(person.actor(), "calendar.closed", ("user", person.pk), {}, at)


def person_of(token: str) -> User | None:
    """Whose deadlines a private address tells; None for one that is unknown or closed."""
    found = CalendarFeed.objects.filter(token_digest=digest_of(token), revoked_at=None)
    feed = found.select_related("person").filter(person__is_active=True).first()
    return feed.person if feed else None


def address_of(feed: CalendarFeed) -> str:
    """The private address."""
    return settings.PUBLIC_URL + reverse("calendar_feed", args=[feed.token])


def calendar_of(person: User, at: datetime | None = None) -> bytes:
    """The deadlines of whoever the person acts for, in the person's language. No health in it."""
    at = at or timezone.now()
    with override(person.language or settings.LANGUAGE_CODE):
        events = [
            *_follow_ups(person, at),
            *_appointments(person, at),
            *_deliveries(person),
            *_free_looks(person, at),
        ]
        return calendar(events, _("Megler: deadlines"), at)


def _requirements(person: User) -> "QuerySet[Requirement]":
    theirs = Requirement.objects.filter(case__in=Case.objects.acted_on_by(person), is_live=True)
    return theirs.select_related("case__client")


def _follow_ups(person: User, at: datetime) -> Iterator[Event]:
    """What agent or client still have to bring."""
    waiting = _requirements(person).filter(
        holder__in=[Holder.AGENT, Holder.CLIENT], follow_up_on__gte=(at - _PAST).date()
    )
    for one in waiting.order_by("follow_up_on", "pk")[:EACH_MAX]:
        told = {"what": names.KIND[RequirementKind(one.kind)], "client": one.case.client.name}
        if one.follow_up_on:
            yield _event(
                "due",
                one.pk,
                one.follow_up_on,
                _("%(client)s: %(what)s is due") % told,
                case=one.case,
                since=one.since,
            )


def _appointments(person: User, at: datetime) -> Iterator[Event]:
    """Appointments of clients: that there is one, never what for."""
    made = _requirements(person).filter(state=State.SCHEDULED, scheduled_for__gte=at - _PAST)
    for one in made.order_by("scheduled_for", "pk")[:EACH_MAX]:
        told = {"client": one.case.client.name}
        if one.scheduled_for:
            yield _event(
                "meet",
                one.pk,
                one.scheduled_for,
                _("%(client)s has an appointment") % told,
                case=one.case,
                since=one.since,
            )


def _deliveries(person: User) -> Iterator[Event]:
    """Policies to be delivered."""
    issued = Case.objects.acted_on_by(person).filter(status=Status.ISSUED, issued_at__isnull=False)
    for case in issued.select_related("client").order_by("issued_at", "pk")[:EACH_MAX]:
        if case.issued_at:
            day = deliver_by(timezone.localtime(case.issued_at).date())
            told = {"client": case.client.name}
            yield _event(
                "deliver",
                case.pk,
                day,
                _("%(client)s: last day to deliver the policy") % told,
                case=case,
                since=case.issued_at,
            )


def _free_looks(person: User, at: datetime) -> Iterator[Event]:
    """The last days on which owners may return their policies."""
    theirs = Case.objects.acted_on_by(person).filter(free_look_ends_on__gte=(at - _PAST).date())
    for case in theirs.select_related("client").order_by("free_look_ends_on", "pk")[:EACH_MAX]:
        if case.free_look_ends_on:
            told = {"client": case.client.name}
            title = _("%(client)s: the free look ends") % told
            yield _event(
                "look", case.pk, case.free_look_ends_on, title, case=case, since=case.changed_at
            )


def _event(
    kind: str, key: object, on: date | datetime, title: str, *, case: Case, since: datetime
) -> Event:
    return Event(
        uid=f"{kind}-{key}@megler",
        on=on,
        title=title,
        changed_at=since,
        text=case.reference,
        url=settings.PUBLIC_URL + reverse("case", args=[case.pk]),
    )
