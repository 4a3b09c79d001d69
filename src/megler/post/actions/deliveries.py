"""Putting files up for delivery to a trading partner; starting anew; cancelling."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as queue

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import announce, record
from megler.journal.rules.actors import Actor
from megler.post.actions.messages import Enclosure
from megler.post.models import Delivery, DeliveryFile, TradingPartner
from megler.post.names import NEEDS_A_HAND, DeliveryState
from megler.post.rules.moments import DeliveryEnded
from megler.post.rules.naming import name_problems
from megler.vocabulary.problems import Problem, Refused

__all__ = ["Enclosure", "cancel", "deliver", "try_again"]
KEY_MAX = 200
TITLE_MAX = 300
BYTES_MAX = 200 * 1024 * 1024
"""All files of a delivery together: they are held in memory while they travel."""


def deliver(
    actor: Actor,
    partner: TradingPartner,
    subject: tuple[str, object],
    files: Sequence[Enclosure],
    key: str,
    *,
    title: str,
    url: str = "",
    at: datetime | None = None,
) -> Delivery:
    """Put files up for delivery in the caller's transaction; they go when that commits.

    `subject` is what they are about, as the journal names it. `key` is the caller's own for this
    delivery: the same key again is the same delivery, whatever became of it. Files travel in their
    order, under the names given. The caller has checked who may. Raises `Refused` for names that
    cannot travel, no files or more than `BYTES_MAX`, no key, and a key that was used for other
    files or another partner.
    """
    problems = name_problems([one.name for one in files])
    if not 0 < len(key) <= KEY_MAX:
        problems.append(Problem("delivery_key", "key", key[:KEY_MAX], f"1 to {KEY_MAX} characters"))
    if (size := sum(one.document.size for one in files)) > BYTES_MAX:
        most = f"at most {BYTES_MAX} bytes"
        problems.append(Problem("delivery_too_large", "files", str(size), most))
    if problems:
        raise Refused(problems)
    at = at or timezone.now()
    kept = {
        "partner": partner,
        "subject_type": subject[0],
        "subject_id": str(subject[1]),
        "title": (" ".join(title.split()) or key)[:TITLE_MAX],
        "url": url,
        "state": DeliveryState.WAITING,
        "next_try_at": at,
        "created_at": at,
        "by_id": actor.id,
        "by_name": actor.name,
    }
    with transaction.atomic():
        delivery, is_new = Delivery.objects.get_or_create(key=key, defaults=kept)
        if not is_new:
            return _same(delivery, partner, files)
        DeliveryFile.objects.bulk_create(
            DeliveryFile(delivery=delivery, document=one.document, name=one.name, position=position)
            for position, one in enumerate(files)
        )
        told = _told(delivery) | {"files": [one.name for one in files]}
        record(actor, "delivery.put_up", delivery.subject, told, at)
        queue_try(delivery.pk)
    return delivery


def _same(delivery: Delivery, partner: TradingPartner, files: Sequence[Enclosure]) -> Delivery:
    """The delivery that stands under the key, if it is of the same files to the same partner."""
    stands = [(one.name, one.document.sha256) for one in delivery.files.select_related("document")]
    given = [(one.name, one.document.sha256) for one in files]
    if delivery.partner_id != partner.pk or stands != given:
        raise Refused(Problem("delivery_key_reused", "key", delivery.key, "a new key"))
    return delivery


def queue_try(delivery_id: UUID, wait: timedelta = timedelta()) -> None:
    """Have it tried after `wait`, if the caller's transaction commits."""
    job = queue.configure_task(
        name="post.jobs.carry", schedule_in={"seconds": int(wait.total_seconds())}
    )
    job.defer(id=str(delivery_id))


def try_again(person: User, delivery: Delivery, at: datetime | None = None) -> Delivery:
    """Start anew with one that was refused, failed or cancelled, or try a waiting one now.

    What is on its way already is answered as it stands. Raises `Refused` for one that was delivered.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(person, delivery)
        if locked.state == DeliveryState.SENDING:
            return locked
        if locked.state == DeliveryState.DELIVERED:
            raise Refused(Problem("delivery_there_already", "delivery", locked.title))
        locked.state, locked.ended_at, locked.next_try_at = DeliveryState.WAITING, None, at
        locked.attempts_before = locked.attempts
        locked.save()
        record(person.actor(), "delivery.tried_again", locked.subject, _told(locked), at)
        queue_try(locked.pk)
    return locked


def cancel(person: User, delivery: Delivery, at: datetime | None = None) -> Delivery:
    """End one that is not delivered, and not to be. Twice is once.

    Raises `Refused` while it is on its way: whether it arrives is not known until that try ends.
    """
    at = at or timezone.now()
    with transaction.atomic():
        locked = _locked(person, delivery)
        if locked.state == DeliveryState.CANCELLED:
            return locked
        if locked.state not in (DeliveryState.WAITING, *NEEDS_A_HAND):
            state = str(locked.get_state_display())
            raise Refused(Problem("delivery_not_cancelled", "delivery", state))
        end(person.actor(), locked, DeliveryState.CANCELLED, at)
        locked.save()
    return locked


def _locked(person: User, delivery: Delivery) -> Delivery:
    if not person.may(Can.SEE_POST):
        raise Refused(Problem("not_allowed", "delivery"))
    found = Delivery.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("partner").get(pk=delivery.pk)


def end(actor: Actor, delivery: Delivery, state: DeliveryState, at: datetime) -> None:
    """Bring a locked delivery to an end, journal it and announce it; the caller saves."""
    delivery.state, delivery.ended_at = state, at
    delivery.next_try_at = delivery.sending_until = None
    told = _told(delivery) | ({"why": delivery.why} if delivery.why else {})
    record(actor, f"delivery.{state.value}", delivery.subject, told, at)
    announce(
        DeliveryEnded(
            delivery.pk, delivery.partner.name, delivery.title, delivery.subject,
            state.value, delivery.why, at,
        )
    )  # fmt: skip


def _told(delivery: Delivery) -> dict[str, object]:
    """What the journal keeps of it."""
    return {"delivery": str(delivery.pk), "partner": delivery.partner.slug}
