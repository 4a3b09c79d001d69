"""Carrying deliveries: claim one, try it with nothing held, write down what came of it.

A try belongs to whoever claimed it, until `sending_until`. Should the process die on the way, the
next one to look after that finds the delivery still on its way, writes the try off as lost and tries
anew; the wires see to it that nothing has a second effect at the receiver.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from megler.documents.actions import Examined, keep
from megler.documents.models import Document, Standing
from megler.documents.rules.pages import Taken
from megler.journal.rules.actors import SYSTEM
from megler.post.actions.channels import BYTES_A_SECOND, TRY_SECONDS, carried, tidy
from megler.post.actions.deliveries import BYTES_MAX, end, queue_try
from megler.post.models import Delivery, DeliveryTry
from megler.post.names import LOST, DeliveryState
from megler.post.rules.retrying import pause_after
from megler.vocabulary.problems import Refused
from megler.wires.carried import Answer, Outcome

CLAIMED_FOR = timedelta(seconds=1.2 * (TRY_SECONDS + BYTES_MAX / BYTES_A_SECOND))
"""Longer than any try takes: each wire ends by itself before."""
_EARLY = timedelta(seconds=5)
"""Clocks of several machines differ."""
_SWEPT_MAX = 500


def carry(delivery_id: str, at: datetime | None = None) -> Delivery | None:
    """Try a delivery that is due. None when it is not, or somebody else has it."""
    claimed = _claim(delivery_id, at or timezone.now())
    if claimed is None:
        return None
    began = at or timezone.now()
    answer = carried(claimed)
    settled = _settle(claimed, began, answer, at or timezone.now())
    if settled is not None and answer.outcome is Outcome.TAKEN:
        tidy(settled)
    return settled


def carry_due(at: datetime | None = None) -> int:
    """Queue what should have been tried and was not, as after a worker was killed; how many."""
    at = at or timezone.now()
    forgotten = Q(state=DeliveryState.WAITING, next_try_at__lt=at - timedelta(minutes=2))
    lost = Q(state=DeliveryState.SENDING, sending_until__lt=at)
    with transaction.atomic():
        found = Delivery.objects.filter(forgotten | lost).order_by("created_at")
        due = list(found.values_list("pk", flat=True)[:_SWEPT_MAX])
        for pk in due:
            queue_try(pk)
    return len(due)


def _claim(delivery_id: str, at: datetime) -> Delivery | None:
    """Take a delivery that is due for one try; another process that asks meanwhile gets None."""
    due = Q(state=DeliveryState.WAITING, next_try_at__lte=at + _EARLY)
    lost = Q(state=DeliveryState.SENDING, sending_until__lte=at)
    with transaction.atomic():
        found = Delivery.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        delivery = (
            found.select_related("partner", "message").filter(due | lost, pk=delivery_id).first()
        )
        if delivery is None:
            return None
        if delivery.state == DeliveryState.SENDING:
            _write(delivery, None, at, LOST)
            if pause_after(_tries(delivery)) is None:
                delivery.why = LOST
                end(SYSTEM, delivery, DeliveryState.FAILED, at)
                delivery.save()
                return None
        delivery.state, delivery.next_try_at = DeliveryState.SENDING, None
        delivery.sending_until = at + CLAIMED_FOR
        delivery.attempts += 1
        delivery.save()
    return delivery


def _tries(delivery: Delivery) -> int:
    """Tries since it was put up, or since somebody started anew."""
    return delivery.attempts - delivery.attempts_before


def _settle(claimed: Delivery, began: datetime, answer: Answer, at: datetime) -> Delivery | None:
    """Write down what came of a try. None when it took so long that somebody else has it now."""
    with transaction.atomic():
        found = Delivery.objects.select_for_update(of=("self",), no_key=True)
        delivery = found.select_related("partner").get(pk=claimed.pk)
        if (delivery.state, delivery.attempts) != (DeliveryState.SENDING, claimed.attempts):
            return None
        _write(delivery, began, at, answer.outcome.value, answer)
        delivery.why, delivery.sending_until = answer.code, None
        if answer.outcome is Outcome.TAKEN:
            delivery.receipt, delivery.answer = answer.said, _answer(delivery, answer, at)
            end(SYSTEM, delivery, DeliveryState.DELIVERED, at)
        elif answer.outcome is Outcome.REFUSED:
            end(SYSTEM, delivery, DeliveryState.REFUSED, at)
        elif (pause := pause_after(_tries(delivery), answer.wait_seconds)) is None:
            end(SYSTEM, delivery, DeliveryState.FAILED, at)
        else:
            delivery.state, delivery.next_try_at = DeliveryState.WAITING, at + pause
            queue_try(delivery.pk, pause)
        delivery.save()
    return delivery


def _answer(delivery: Delivery, answer: Answer, at: datetime) -> Document | None:
    """What was answered, as a document of its own, where the receipt does not hold all of it."""
    with suppress(UnicodeDecodeError):
        if answer.body.decode().strip() in answer.said:
            return None
    name = f"answer-{delivery.pk}.txt"
    made = Examined(name, answer.body, Taken("application/octet-stream", 1), Standing.CLEAR)
    try:
        return keep(SYSTEM, made, at)
    except Refused:
        return None  # larger than the house keeps: the receipt has its beginning and its digest


def _write(
    delivery: Delivery,
    began: datetime | None,
    at: datetime,
    outcome: str,
    answer: Answer | None = None,
) -> None:
    DeliveryTry.objects.create(
        delivery=delivery,
        number=delivery.attempts,
        began_at=began,
        ended_at=at,
        outcome=outcome,
        why=answer.code if answer else "",
        said=answer.said if answer else "",
    )
