"""What people decide about an order: cancel it, ask how it stands, its fee, a word heard by telephone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer, Robot
from megler.cases.actions.requirements import give_back_requirement
from megler.cases.models import CaseDocument, Requirement
from megler.cases.rules.requirements import SETTLED, State
from megler.journal.actions import later, record
from megler.orders.actions.applying import ask_fee, locked_order, take_over
from megler.orders.actions.duties import is_done, put_up_silence
from megler.orders.actions.writing import say
from megler.orders.models import (
    Direction,
    Order,
    OrderFile,
    OrderItem,
    OrderMessage,
    OrderWord,
)
from megler.orders.models.messages import MessageState, WordState
from megler.orders.rules.words import Event, FeeState, Format, OrderState, Purpose
from megler.post.rules.moments import DeliveryEnded
from megler.vocabulary.problems import Problem, Refused
from megler.work.rules.calendar import add_business_days

_CHASED_MAX = 500
_LONGEST = timedelta(days=60)


def _may(doer: Doer) -> None:
    if not doer.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "order"))


def _still_open(order: Order) -> None:
    if not order.is_open:
        raise Refused(Problem("order_ended", order.reference, str(order.get_state_display())))


def _told(order: Order) -> dict[str, str]:
    return {"order": str(order.pk), "number": order.reference, "vendor": order.vendor.name}


def cancel_order(doer: Doer, order: Order, because: str, at: datetime | None = None) -> Order:
    """We do not want it any more: the vendor is told, its requirements are the agency's again.

    What comes after this waits in the tray. Twice is once. Raises `Refused` without a reason, and for
    one that has ended.
    """
    _may(doer)
    at, why = at or timezone.now(), because.strip()[:500]
    if not why:
        raise Refused(Problem("order_reason_missing", "because"))
    with transaction.atomic():
        held = locked_order(order.pk)
        if held.cancelled_at is not None:
            return held
        _still_open(held)
        say(doer.actor(), held, Purpose.CANCEL, at, why)
        held.cancelled_at, held.ended_at, held.because = at, at, why
        held.state = OrderState.CANCELLED.value
        held.version += 1
        held.save()
        if held.case.is_open:
            _give_back(doer, held, why, at)
        told = _told(held)
        record(doer.actor(), "order.cancelled", held.case.subject, told, at)
        for what in ("order_fee", "order_silent"):
            is_done(doer.actor(), what, held.pk, at)
    return held


def _give_back(doer: Doer, order: Order, why: str, at: datetime) -> None:
    for item in order.items.filter(is_current=True).select_related("requirement__case"):
        if State(item.requirement.state) in {State.ORDERED, State.SCHEDULED}:
            give_back_requirement(doer, item.requirement, why, at=at)


def cancel_for(requirement_id: str, at: datetime | None = None) -> Order | None:
    """A requirement was settled otherwise: its order is cancelled when nothing else is waited for."""
    item = OrderItem.objects.filter(requirement=UUID(requirement_id), is_current=True).first()
    if item is None:
        return None
    with transaction.atomic():
        order = locked_order(item.order_id)
        waits = Requirement.objects.filter(order_items__order=order).exclude(
            state__in=[state.value for state in SETTLED]
        )
        if not order.is_open or waits.exists():
            return None
        return cancel_order(Robot("Megler"), order, "the carrier does without it", at)


def ask_how_it_stands(doer: Doer, order: Order, at: datetime | None = None) -> OrderMessage:
    """Ask the vendor for news, in the way it takes orders."""
    _may(doer)
    at = at or timezone.now()
    with transaction.atomic():
        held = locked_order(order.pk)
        _still_open(held)
        message = say(doer.actor(), held, Purpose.INQUIRY, at)
        held.chased_at = at
        held.save(update_fields=["chased_at"])
        record(doer.actor(), "order.asked", held.case.subject, _told(held), at)
        is_done(doer.actor(), "order_silent", held.pk, at)
    return message


def change_order(doer: Doer, order: Order, details: str, at: datetime | None = None) -> Order:
    """Other instructions for the vendor."""
    _may(doer)
    at = at or timezone.now()
    with transaction.atomic():
        held = locked_order(order.pk)
        _still_open(held)
        held.details = details.strip()[:2_000]
        held.version += 1
        held.save()
        say(doer.actor(), held, Purpose.CHANGE, at)
        record(doer.actor(), "order.changed", held.case.subject, _told(held), at)
    return held


def note_fee(doer: Doer, order: Order, fee: Decimal, at: datetime | None = None) -> Order:
    """The vendor or facility has asked a fee by telephone or letter."""
    _may(doer)
    at = at or timezone.now()
    if fee <= 0:
        raise Refused(Problem("wrong_value", "fee", str(fee), "> 0"))
    with transaction.atomic():
        held = locked_order(order.pk)
        _still_open(held)
        ask_fee(doer, held, fee, at, at)
        held.version += 1
        held.save()
    return held


def decide_fee(
    doer: Doer, order: Order, approved: bool, seen: Decimal, at: datetime | None = None
) -> Order:
    """Pay what is asked, or not; `seen` is the fee that the person saw. The vendor is told.

    Also after the results are in: the fee is owed all the same.
    """
    _may(doer)
    at = at or timezone.now()
    with transaction.atomic():
        held = locked_order(order.pk)
        if held.cancelled_at is not None:
            _still_open(held)
        if held.fee_state != FeeState.ASKED:
            state = str(held.get_fee_state_display())
            raise Refused(Problem("order_fee_decided", held.reference, state))
        if held.fee_asked != seen:
            raise Refused(Problem("changed_meanwhile", "fee", str(seen), str(held.fee_asked)))
        state = FeeState.APPROVED if approved else FeeState.REFUSED
        purpose = Purpose.FEE_APPROVED if approved else Purpose.FEE_REFUSED
        held.fee_state, held.fee_by = state.value, doer.name
        held.version += 1
        held.save()
        say(doer.actor(), held, purpose, at, f"{held.fee_asked}")
        told = _told(held) | {"fee": str(held.fee_asked)}
        record(doer.actor(), f"order.{purpose.value}", held.case.subject, told, at)
        is_done(doer.actor(), "order_fee", held.pk, at)
    return held


@dataclass(frozen=True, slots=True)
class Heard:
    """What a vendor said otherwise than by a message: by telephone, by post."""

    event: Event
    detail: str = ""
    appointment: datetime | None = None
    papers: tuple[CaseDocument, ...] = ()


def note_word(doer: Doer, item: OrderItem, heard: Heard, at: datetime | None = None) -> Order:
    """Write down a vendor's word by hand; it counts as one of its messages does."""
    _may(doer)
    at = at or timezone.now()
    if heard.event is Event.SCHEDULED and heard.appointment is None:
        raise Refused(Problem("missing", "appointment"))
    with transaction.atomic():
        order = locked_order(item.order_id)
        message = OrderMessage.objects.create(
            vendor=order.vendor,
            order=order,
            direction=Direction.IN,
            purpose=Purpose.RESULTS.value,
            way="hand",
            state=MessageState.READ,
            digest=f"hand {uuid4().hex}",
            said_at=at,
            came_at=at,
            read_at=at,
            name=doer.name[:200],
        )
        word = OrderWord.objects.create(
            message=message,
            position=0,
            item=item,
            event=heard.event.value,
            at=at,
            heard_at=at,
            appointment=heard.appointment,
            detail=heard.detail.strip()[:1_000],
            state=WordState.APPLIED,
        )
        OrderFile.objects.bulk_create(
            OrderFile(
                word=word, position=n, name=paper.document.name, digest=paper.document.sha256,
                document=paper.document,
            )
            for n, paper in enumerate(heard.papers, start=1)
        )  # fmt: skip
        take_over(doer, order, [word], at)
        told = _told(order) | {"event": heard.event.value}
        record(doer.actor(), "order.heard", order.case.subject, told, at)
    return order


def mark_posted(doer: Doer, order: Order, at: datetime | None = None) -> Order:
    """The printed letter has gone to the post."""
    _may(doer)
    at = at or timezone.now()
    with transaction.atomic():
        held = locked_order(order.pk)
        if held.sent_at is None and Format(held.vendor.format) is Format.LETTER:
            held.sent_at = at
            held.save(update_fields=["sent_at"])
            record(doer.actor(), "order.posted", held.case.subject, _told(held), at)
    return held


def look_after_sending(moment: DeliveryEnded) -> None:
    """A delivery of an order came to its end: when it arrived, or why it did not.

    What an HTTPS receiver answers in the same breath is read as a message of its own, by a job.
    """
    if moment.subject[0] != "order":
        return
    sent = OrderMessage.objects.filter(delivery=moment.delivery_id).select_related("order").first()
    if sent is None or sent.order is None:
        return
    arrived = moment.state == "delivered"
    if sent.purpose == Purpose.ORDER:
        Order.objects.filter(pk=sent.order.pk).update(
            sent_at=moment.at if arrived else None, trouble="" if arrived else moment.why[:40]
        )
    if arrived:
        later("orders.jobs.read_answer", id=str(moment.delivery_id))


def chase(at: datetime | None = None) -> int:
    """Put up tasks for orders whose vendors have not said a word for too long; how many."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    silent = Order.objects.still_open().filter(heard_at=None, chased_at=None)
    old = silent.filter(ordered_at__lt=at - timedelta(days=1), ordered_at__gt=at - _LONGEST)
    found = list(old.select_related("vendor").order_by("ordered_at")[:_CHASED_MAX])
    put_up = 0
    for order in found:
        due = add_business_days(timezone.localdate(order.ordered_at), order.vendor.answer_days)
        if due < today:
            with transaction.atomic():
                put_up_silence(order, at)
                Order.objects.filter(pk=order.pk).update(chased_at=at)
            put_up += 1
    return put_up
