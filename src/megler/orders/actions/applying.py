"""Taking words over: each order is read anew from all its words, and its requirements follow."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from megler.cases.actions.doers import Doer, Robot
from megler.cases.actions.filing import add_papers, file_document
from megler.cases.actions.requirements import (
    give_back_requirement,
    order_requirement,
    record_arrival,
    schedule_requirement,
)
from megler.cases.models import CaseDocument, Requirement
from megler.cases.rules.requirements import SETTLED, Act, State
from megler.cases.rules.words import Status
from megler.journal.actions import later, record
from megler.orders.actions.directory import limit_for
from megler.orders.actions.duties import is_done, put_up_failed, put_up_fee, put_up_tray
from megler.orders.actions.writing import say
from megler.orders.models import Order, OrderItem, OrderPaper, OrderWord, Vendor
from megler.orders.models.messages import WordState
from megler.orders.names import ITEM_STATE
from megler.orders.rules.fees import is_within
from megler.orders.rules.orders import Standing, Word, fold, order_state, steps
from megler.orders.rules.words import (
    NEEDS_FACILITY,
    OPEN_ORDERS,
    Event,
    FeeState,
    ItemState,
    OrderState,
    Purpose,
)
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused

_RESULTS = frozenset({Event.RESULT.value, Event.PARTIAL.value})


def apply_words(vendor: Vendor, words: Sequence[OrderWord], at: datetime) -> None:
    """Take new words over, in the transaction of their message; orders always in the same order, so
    that two messages at once wait for each other and never for ever."""
    robot = Robot(vendor.name, f"vendor:{vendor.slug}", "vendor")
    for word in words:
        if word.state == WordState.TRAY:
            put_up_tray(word, at)
    wanted = {word.item.order_id for word in words if word.item and word.state == WordState.APPLIED}
    for order in _locked(wanted):
        theirs = [w for w in words if w.item and w.item.order_id == order.pk]
        take_over(robot, order, theirs, at)


def _locked(orders: Iterable[object]) -> list[Order]:
    found = Order.objects.select_for_update(of=("self",), no_key=True)
    related = found.select_related("vendor__partner", "facility", "authorisation__paper__document")
    with_case = related.select_related("case__client", "case__carrier", "case__agent")
    return list(with_case.filter(pk__in=list(orders)).order_by("pk"))


def take_over(doer: Doer, order: Order, words: Sequence[OrderWord], at: datetime) -> None:
    """Take over words of one locked order, read it anew, and let its requirements follow.

    A result that nobody can use any more waits in the tray: of an order that was cancelled or
    replaced, for a requirement that was waived or cancelled, for a case that is closed. What the
    carrier accepted meanwhile, or put in force, gets its papers and stays as it is.
    """
    items = {i.pk: i for i in order.items.select_related("requirement", "requirement__case")}
    fresh = Requirement.objects.in_bulk([item.requirement_id for item in items.values()])
    taken: list[OrderWord] = []
    for word in words:
        item = items[word.item_id] if word.item_id else None
        if item is None or word.state != WordState.APPLIED:
            continue
        why = _cannot_use(order, item, fresh[item.requirement_id], word)
        if why:
            word.state, word.reasons = WordState.TRAY, [{"code": why, "params": {}}]
            word.save(update_fields=["state", "reasons"])
            put_up_tray(word, at)
        else:
            taken.append(word)
    _read_anew(doer, order, list(items.values()), taken, at)


def _cannot_use(order: Order, item: OrderItem, requirement: Requirement, word: OrderWord) -> str:
    if word.event not in _RESULTS and not word.files.exists():
        return ""
    if order.cancelled_at is not None:
        return "order_was_cancelled"
    if not item.is_current:
        return "order_was_replaced"
    if State(requirement.state) in SETTLED - {State.ACCEPTED}:
        return "order_requirement_settled"
    return "order_case_closed" if order.case.status == Status.CLOSED else ""


def _read_anew(
    doer: Doer, order: Order, items: list[OrderItem], taken: list[OrderWord], at: datetime
) -> None:
    said: dict[object, list[Word]] = {item.pk: [] for item in items}
    kept = OrderWord.objects.filter(item__in=items, state=WordState.APPLIED)
    for word in kept:
        said[word.item_id].append(as_word(word))
    standings = {item.pk: fold(said[item.pk]) for item in items}
    papers = _file(doer, order, taken, at)
    for item in items:
        _settle(doer, order, item, standings[item.pk], papers=papers.get(item.pk, []), at=at)
    _stand(order, items, list(standings.values()), at)
    _fee(doer, order, list(standings.values()), at)
    order.version += 1
    order.save()


def as_word(word: OrderWord) -> Word:
    """A kept word as the rules read it."""
    return Word(
        Event(word.event), word.at, word.sequence, word.appointment, word.fee, word.detail or ""
    )


def _file(
    doer: Doer, order: Order, taken: Iterable[OrderWord], at: datetime
) -> dict[object, list[CaseDocument]]:
    """Lay the words' files into the case, each once however often it came; by item."""
    found: dict[object, list[CaseDocument]] = {}
    for word in taken:
        for file in word.files.select_related("document"):
            if file.document is None or word.item is None:
                continue
            if OrderPaper.objects.filter(item=word.item, digest=file.digest).exists():
                continue
            paper = file_document(doer, order.case, file.document, at=at)
            OrderPaper.objects.create(item=word.item, paper=paper, digest=file.digest)
            found.setdefault(word.item_id, []).append(paper)
    return found


def _settle(
    doer: Doer,
    order: Order,
    item: OrderItem,
    standing: Standing,
    *,
    papers: list[CaseDocument],
    at: datetime,
) -> None:
    """Let an item and its requirement say what all its words say."""
    was = item.state
    item.state = standing.state.value
    if standing.state is ItemState.RECEIVED:
        item.received_at = standing.since
    item.save(update_fields=["state", "received_at"])
    if papers:
        add_papers(doer, item.requirement, papers, at)
    if item.is_current and order.cancelled_at is None and order.case.is_open:
        _follow(doer, order, item, standing, papers=papers, at=at)
    is_aps = RequirementKind(item.requirement.kind) in NEEDS_FACILITY
    if papers and is_aps:
        later("orders.jobs.read_records", id=str(item.requirement_id))
    if was != item.state and standing.state is ItemState.FAILED:
        put_up_failed(order, at)


def _follow(
    doer: Doer,
    order: Order,
    item: OrderItem,
    standing: Standing,
    *,
    papers: list[CaseDocument],
    at: datetime,
) -> None:
    """Move the requirement as far as its order says; never backwards."""
    requirement = Requirement.objects.select_related("case").get(pk=item.requirement_id)
    for act in steps(State(requirement.state), standing):
        if act is Act.ORDER:
            requirement = order_requirement(doer, requirement, order.vendor.name, at=at)
        elif act is Act.ARRIVE:
            requirement = record_arrival(doer, requirement, papers, at=at)
        elif act is Act.GIVE_BACK:
            why = standing.detail or str(ITEM_STATE[standing.state])
            requirement = give_back_requirement(doer, requirement, why, at=at)
        elif standing.appointment and requirement.scheduled_for != standing.appointment:
            requirement = schedule_requirement(doer, requirement, standing.appointment, at=at)


def _stand(order: Order, items: list[OrderItem], standings: list[Standing], at: datetime) -> None:
    """How the whole order stands, for lists."""
    state = order_state([ItemState(item.state) for item in items], order.cancelled_at is not None)
    times = [s.since for s in standings if s.since]
    booked = [s.appointment for s in standings if s.appointment and not s.is_missed]
    order.appointment = max(booked, default=None)
    order.words_at = max(times, default=order.words_at)
    order.heard_at = at
    if state in OPEN_ORDERS:
        order.ended_at = None
    elif order.cancelled_at is None:
        order.ended_at = order.words_at or at
    if state is OrderState.RECEIVED and order.state != state.value and order.facility_id:
        later("orders.jobs.measure", id=str(order.facility_id))
    if order.chased_at is not None:
        is_done(Robot(order.vendor.name).actor(), "order_silent", order.pk, at)
    order.state = state.value


def _fee(doer: Doer, order: Order, standings: list[Standing], at: datetime) -> None:
    """A fee that is asked anew: approved at once within the carrier's limit, else somebody decides."""
    asked = [(s.fee_at, s.fee) for s in standings if s.fee is not None and s.fee_at is not None]
    if not asked or order.cancelled_at is not None:
        return
    when, fee = max(asked)
    if order.fee_asked_at is not None and when <= order.fee_asked_at:
        return
    ask_fee(doer, order, fee, when, at)


def ask_fee(doer: Doer, order: Order, fee: Decimal, asked_at: datetime, at: datetime) -> None:
    """A fee is asked for a locked order, by message or by hand; the caller saves the order."""
    order.fee_asked, order.fee_asked_at = fee, asked_at
    told = {"order": str(order.pk), "number": order.reference, "fee": str(fee)}
    if is_within(fee, limit_for(order.case.carrier)):
        order.fee_state, order.fee_by = FeeState.APPROVED.value, "limit"
        say(doer.actor(), order, Purpose.FEE_APPROVED, at, f"{fee}")
        record(doer.actor(), "order.fee_approved", order.case.subject, told, at)
        is_done(doer.actor(), "order_fee", order.pk, at)
    else:
        order.fee_state, order.fee_by = FeeState.ASKED.value, ""
        record(doer.actor(), "order.fee_asked", order.case.subject, told, at)
        put_up_fee(order, at)


def locked_order(pk: object) -> Order:
    """An order with what its actions need, locked until the caller's transaction ends."""
    found = _locked([pk])
    if not found:
        raise Refused(Problem("nothing_here", "order"))
    return found[0]
