"""The tray: what a vendor sent and nobody can be sure whose it is. A person says, or sets it aside."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.rules.requirements import SETTLED, State
from megler.journal.actions import record
from megler.orders.actions.applying import locked_order, take_over
from megler.orders.actions.duties import is_done
from megler.orders.actions.finding import from_data, person_of
from megler.orders.models import OrderItem, OrderWord
from megler.orders.models.messages import WordState
from megler.orders.rules.matching import mismatches
from megler.vocabulary.problems import Problem, Refused


def _held(person: User, word: OrderWord) -> OrderWord:
    if not person.may(Can.WORK_CASES):
        raise Refused(Problem("not_allowed", "tray"))
    locked = OrderWord.objects.select_for_update(of=("self",), no_key=True)
    held = locked.select_related("message__vendor").get(pk=word.pk)
    if held.state != WordState.TRAY:
        raise Refused(Problem("order_word_decided", "tray", str(held.get_state_display())))
    return held


def assign(
    person: User,
    word: OrderWord,
    item: OrderItem,
    *,
    in_spite_of: bool = False,
    at: datetime | None = None,
) -> OrderItem:
    """Say whose it is; from then on it counts as if it had been matched.

    Where name, birth or Social Security number say otherwise the person must say so: `in_spite_of`.
    Raises `Refused` for an order that is cancelled or a requirement that is settled.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = _held(person, word)
        order = locked_order(item.order_id)
        mine = order.items.select_related("requirement", "order__case__client").get(pk=item.pk)
        about = from_data(held.about or {})
        wrong = mismatches(about.person, person_of(mine), has_files=about.has_files)
        if wrong and not in_spite_of:
            told = ", ".join(one.code for one in wrong)
            raise Refused(Problem("order_other_person", "item", told, order.case.client.name))
        problems = []
        if order.vendor_id != held.message.vendor_id:
            problems.append(Problem("order_other_vendor", "item", order.vendor.name))
        if order.cancelled_at is not None or not mine.is_current or not order.case.is_open:
            problems.append(Problem("order_ended", order.reference, order.get_state_display()))
        if State(mine.requirement.state) in SETTLED:
            problems.append(Problem("order_requirement_is_settled", str(mine.requirement)))
        if problems:
            raise Refused(problems)
        held.item, held.state = mine, WordState.APPLIED
        held.decided_by, held.decided_at = person.name, at
        held.save()
        take_over(person, order, [held], at)
        codes = [one.code for one in wrong]
        told_it = {"word": str(held.pk), "number": order.reference, "in_spite_of": codes}
        record(person.actor(), "order.word_assigned", order.case.subject, told_it, at)
        is_done(person.actor(), "order_word", held.pk, at)
    return mine


def set_aside(person: User, word: OrderWord, because: str, at: datetime | None = None) -> None:
    """It is nobody's here, and why. It stays kept and can be looked at."""
    at, why = at or timezone.now(), because.strip()[:300]
    if not why:
        raise Refused(Problem("order_reason_missing", "because"))
    with transaction.atomic():
        held = _held(person, word)
        held.state, held.decided_by, held.decided_at = WordState.SET_ASIDE, person.name, at
        held.detail = f"{held.detail}\n{why}".strip()
        held.save()
        told = {"word": str(held.pk), "vendor": held.message.vendor.slug}
        record(person.actor(), "order.word_set_aside", ("vendor", held.message.vendor_id), told, at)
        is_done(person.actor(), "order_word", held.pk, at)
