"""Keeping clients' records and saying who may see them."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.clients.models import Client, ClientAccess
from megler.clients.rules.people import Known, client_problems, name_key
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Refused


def keep_client(
    actor: Actor,
    known: Known,
    access_for: Iterable[User],
    client: Client | None = None,
    at: datetime | None = None,
) -> Client:
    """Keep what is known of a client, and let `access_for` see the record.

    Without `client`, a record of the same name and birth date that one of them may see is taken up;
    somebody else's client of the same name is never. Raises `Refused`.
    """
    at = at or timezone.now()
    people = list(access_for)
    if problems := list(client_problems(known, timezone.localtime(at).date())):
        raise Refused(problems)
    with transaction.atomic():
        kept = client and Client.objects.select_for_update(no_key=True).get(pk=client.pk)
        kept = kept or _same(known, people) or Client(created_at=at)
        is_new, before = kept._state.adding, kept.known()
        kept.take(known)
        kept.name_key = name_key(known)
        after = kept.known()
        changed = sorted(p for p in Known.__slots__ if getattr(before, p) != getattr(after, p))
        if is_new or changed:
            kept.changed_at = at
            kept.save()
            verb = "client.kept" if is_new else "client.changed"
            record(actor, verb, ("client", kept.pk), {"fields": changed}, at)
        open_to = ClientAccess.objects.filter(client=kept, until=None)
        already = set() if is_new else set(open_to.values_list("person_id", flat=True))
        for person in people:
            if person.pk not in already:
                grant_access(actor, kept, person, at)
    return kept


def _same(known: Known, people: list[User]) -> Client | None:
    """The record of the same client, among those that these people may see."""
    if known.born is None:
        return None
    for person in people:
        alike = Client.objects.visible_to(person).filter(
            kind=known.kind, name_key=name_key(known), born=known.born
        )
        if found := alike.select_for_update(no_key=True).order_by("created_at").first():
            return found
    return None


def grant_access(actor: Actor, client: Client, person: User, at: datetime | None = None) -> None:
    """Let a person see a client from now on; once is enough. Staff need no grant."""
    if person.is_staff_member:
        return
    at = at or timezone.now()
    with transaction.atomic():
        _, made = ClientAccess.objects.get_or_create(
            client=client, person=person, until=None, defaults={"since": at}
        )
        if made:
            data = {"person": str(person.pk)}
            record(actor, "client.access_granted", ("client", client.pk), data, at)


def share_access(
    actor: Actor, person: User, others: Iterable[User], at: datetime | None = None
) -> None:
    """Let a person see the clients that any of `others` see, and none besides."""
    at = at or timezone.now()
    with transaction.atomic():
        theirs = Client.objects.filter(
            access__person__in=[other.pk for other in others], access__until=None
        ).distinct()
        for client in Client.objects.filter(access__person=person, access__until=None).exclude(
            pk__in=theirs.values("pk")
        ):
            end_access(actor, client, person, at)
        for client in theirs:
            grant_access(actor, client, person, at)


def end_access_for_a_time(
    actor: Actor, client: Client, person: User, at: datetime | None = None
) -> None:
    """Let a person no longer see a client whom they saw until a day, as a delegate does."""
    at = at or timezone.now()
    with transaction.atomic():
        lent = ClientAccess.objects.filter(client=client, person=person, until__gt=at)
        later, _rows = lent.filter(since__gt=at).delete()
        if lent.update(until=at) or later:
            data = {"person": str(person.pk)}
            record(actor, "client.access_ended", ("client", client.pk), data, at)


def end_access(actor: Actor, client: Client, person: User, at: datetime | None = None) -> None:
    """Let a person see a client no longer. Nothing happens when they could not."""
    at = at or timezone.now()
    with transaction.atomic():
        ended = ClientAccess.objects.filter(client=client, person=person, until=None).update(
            until=at
        )
        if ended:
            data = {"person": str(person.pk)}
            record(actor, "client.access_ended", ("client", client.pk), data, at)
