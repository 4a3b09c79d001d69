"""Putting off what waits, until a day and for a reason; it comes back by itself."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused
from megler.work.models import Snooze


def snooze(
    by: User,
    key: str,
    kind: str,
    subject: tuple[str, UUID],
    *,
    until: date,
    reason: str,
    at: datetime | None = None,
) -> Snooze:
    """Show a thing no more among what needs a hand, until a day. Raises `Refused`.

    Again moves the day. The caller has checked that `by` may see the thing.
    """
    at = at or timezone.now()
    reason = " ".join(reason.split())[:200]
    problems = [] if by.may(Can.SEE_TODAY) else [Problem("not_allowed", "snooze")]
    if not reason:
        problems.append(Problem("task_reason_missing", "reason"))
    if until <= timezone.localdate(at):
        problems.append(Problem("snooze_in_the_past", "until", until.isoformat()))
    if problems:
        raise Refused(problems)
    return put_to_sleep(by, key, kind, subject, until=until, reason=reason, at=at)


def put_to_sleep(
    by: User | Actor,
    key: str,
    kind: str,
    subject: tuple[str, UUID],
    *,
    until: date,
    reason: str,
    at: datetime,
) -> Snooze:
    """The same for a system, which was allowed before."""
    actor = by.actor() if isinstance(by, User) else by
    with transaction.atomic():
        Snooze.objects.filter(key=key, ended_at=None).update(ended_at=at)
        made = Snooze.objects.create(
            key=key, kind=kind, subject_type=subject[0], subject_id=subject[1],
            until=until, reason=reason[:200], by=by if isinstance(by, User) else None, at=at,
        )  # fmt: skip
        told = {"kind": kind, "on": until.isoformat(), "reason": reason, "staff_only": True}
        record(actor, "work.snoozed", subject, told, at)
    return made


def wake(by: User, asleep: Snooze, at: datetime | None = None) -> None:
    """Have it back now. Twice is once."""
    at = at or timezone.now()
    with transaction.atomic():
        if Snooze.objects.filter(pk=asleep.pk, ended_at=None).update(ended_at=at):
            subject = (asleep.subject_type, asleep.subject_id)
            record(by.actor(), "work.woken", subject, {"staff_only": True}, at)
