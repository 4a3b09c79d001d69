"""Every morning: who has not answered is asked again, and offers run out, not unnoticed."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_noop, override

from megler.accounts.rules.roles import Role
from megler.enquiries.actions.holding import enquiry_url, put_down, step
from megler.enquiries.actions.sending import FOLLOW_UP_DAYS
from megler.enquiries.models import EnquiryCarrier, SharedEvidence
from megler.enquiries.names import EnquiryState
from megler.enquiries.rules.answers import Outcome
from megler.enquiries.rules.asking import Act, State
from megler.journal.actions import record
from megler.journal.rules.actors import SYSTEM
from megler.work.actions import add_task, finish_tasks_about
from megler.work.models import Task
from megler.work.rules.calendar import add_business_days

ASK = gettext_noop("Ask %(carrier)s for its answer (%(enquiry)s)")
ENDS = gettext_noop("The offer of %(carrier)s runs out on %(day)s (%(enquiry)s)")
BRING = gettext_noop("Ask for: %(kind)s (%(enquiry)s)")
WARN_DAYS = 5
"""Business days before an offer runs out in which somebody is told."""


def follow_up(today: date, at: datetime) -> int:
    """Put up the tasks that are due and let offers run out; returns how many things were done.

    May run twice a day: what was done moves its own day on in the same transaction.
    """
    soon = add_business_days(today, WARN_DAYS)
    open_now = ~Q(enquiry__state=EnquiryState.CLOSED)
    asked = EnquiryCarrier.objects.filter(open_now)
    late = asked.waiting().filter(follow_up_on__lte=today)
    over = asked.filter(state=State.ANSWERED.value, valid_until__lt=today)
    ending = asked.filter(state=State.ANSWERED.value, answer__outcome=Outcome.OFFER.value)
    ending = ending.filter(valid_until__range=(today, soon))
    ending = ending.exclude(warned_of=F("valid_until"))
    wanted = SharedEvidence.objects.filter(open_now, done_on=None, follow_up_on__lte=today)
    return (
        _each(late, lambda one: _ask(one, today, at))
        + _each(over, lambda one: _run_out(one, at))
        + _each(ending, lambda one: _warn(one, at))
        + _each(wanted, lambda one: _bring(one, today, at))
    )


def _each(found: "QuerySet[object]", do: Callable[..., None]) -> int:  # type: ignore[type-var]
    """Do something with each row in a transaction of its own, if it is still so and free."""
    count = 0
    keys: list[UUID] = list(found.order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        with transaction.atomic():
            free = found.select_for_update(of=("self",), skip_locked=True, no_key=True)
            one = free.filter(pk=pk).first()
            if one is not None:
                do(one)
                count += 1
    return count


def _ask(one: EnquiryCarrier, today: date, at: datetime) -> None:
    one.follow_up_on = add_business_days(today, FOLLOW_UP_DAYS)
    one.save(update_fields=["follow_up_on"])
    told = {"carrier": one.carrier.name, "enquiry": one.enquiry.reference}
    _task(one, "enquiry_carrier", ASK, told, today, at=at)


def _warn(one: EnquiryCarrier, at: datetime) -> None:
    one.warned_of = one.valid_until
    one.save(update_fields=["warned_of"])
    if one.valid_until is not None:
        told = {"carrier": one.carrier.name, "enquiry": one.enquiry.reference}
        told["day"] = one.valid_until.isoformat()
        _task(one, "enquiry_offer", ENDS, told, one.valid_until, at=at)


def _run_out(one: EnquiryCarrier, at: datetime) -> None:
    step(one, Act.EXPIRE)
    one.save(update_fields=["state"])
    put_down(one.enquiry, at)
    finish_tasks_about(SYSTEM, ("enquiry_offer", one.pk), at)
    told = {"carrier": one.carrier.slug}
    record(SYSTEM, "enquiry.offer_ran_out", one.enquiry.subject, told, at)


def _bring(one: SharedEvidence, today: date, at: datetime) -> None:
    one.follow_up_on = add_business_days(today, FOLLOW_UP_DAYS)
    one.save(update_fields=["follow_up_on"])
    with override("en"):
        told = {"kind": str(one.get_kind_display()), "enquiry": one.enquiry.reference}
    _task(one, "enquiry_evidence", BRING, told, today, at=at)


def _task(
    one: EnquiryCarrier | SharedEvidence,
    about: str,
    title: str,
    told: dict[str, str],
    due: date,
    *,
    at: datetime,
) -> None:
    """Once, while it is open."""
    if Task.objects.open_about((about, one.pk)).exists():
        return
    url = enquiry_url(one.enquiry)
    role = Role.CASE_MANAGER
    add_task(SYSTEM, title, (about, one.pk), due, role=role, url=url, told=told, at=at)
