"""Taking up what happened with cases: clocks run, new cases find who looks after them, routines act.

The transaction in which something happened leaves a mark (`Unread`); a job reads the marks in order
and takes each away in the transaction that has its effects. A worker that dies in between has had no
effect, and the next one reads the same marks: each effect comes once.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from megler.cases.models import Case
from megler.cases.rules.moments import CaseHappened
from megler.cases.rules.words import Status
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.routines.actions.acting import act
from megler.routines.actions.clocks import run_clocks
from megler.routines.actions.facts import cases_by_id, facts_of
from megler.routines.models import Routine, Unread
from megler.routines.rules import routines as rules
from megler.routines.rules.routines import TIMED, Happening, sets_off
from megler.work.actions.assigning import (
    assign_by_rules,
    nobody_looks_after,
    somebody_looks_after_again,
)

BATCH = 300
TRIES_MAX = 5
_FINISHED = frozenset({Status.IN_FORCE, Status.CLOSED})
_READING = 0x726F7574
"""The advisory lock that one reader at a time holds, so that moments are taken in their order."""
_log = logging.getLogger(__name__)


def put_aside(moment: CaseHappened) -> None:
    """Leave a mark of something that happened, in the transaction that did it."""
    Unread.objects.create(entry_id=moment.entry_id, case_id=moment.case_id)


def take_up(most: int = BATCH, at: datetime | None = None) -> int:
    """Take up what happened, at most so many moments; returns how many. May run twice, also at once.

    When one of them cannot be taken up the others are, and it is tried again later, `TRIES_MAX` times.
    """
    at = at or timezone.now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_READING])
            if not cursor.fetchone()[0]:
                return 0
        waiting = Unread.objects.filter(tries__lt=TRIES_MAX).order_by("pk")
        unread = list(waiting[:most])
        if unread and not _taken(unread, at):
            for one in unread:
                _taken([one], at)
    return len(unread)


def _taken(unread: Sequence[Unread], at: datetime) -> bool:
    """Whether these could be taken up together; if not, nothing of them was done."""
    try:
        with transaction.atomic():
            _take(unread, at)
            Unread.objects.filter(pk__in=[one.pk for one in unread]).delete()
    except Exception as error:
        if len(unread) == 1:
            _log.exception(
                "a moment of a case could not be taken up", extra={"entry": unread[0].pk}
            )
            said = f"{type(error).__name__}: {error}"[:300]
            tries = unread[0].tries + 1
            Unread.objects.filter(pk=unread[0].pk).update(tries=tries, last_error=said)
        return False
    return True


def _take(unread: Sequence[Unread], at: datetime) -> None:
    found = Entry.objects.in_bulk([one.pk for one in unread])
    entries = [found[one.pk] for one in unread if one.pk in found]
    cases = cases_by_id(one.case_id for one in unread)
    run_clocks(entries, cases)
    for entry in entries:
        if case := cases.get(UUID(entry.subject_id)):
            _look_after(entry, case, at)
    _let_routines_act(entries, cases, at)


def _look_after(entry: Entry, case: Case, at: datetime) -> None:
    subject = ("case", case.pk)
    if entry.verb == "case.opened" and case.status not in _FINISHED:
        assign_by_rules(SYSTEM, subject, facts_of(case), at)
    elif entry.verb in {"case.closed", "case.in_force"}:
        nobody_looks_after(subject, entry.at)
    elif entry.verb == "case.reopened":
        somebody_looks_after_again(subject)


def _let_routines_act(entries: Sequence[Entry], cases: Mapping[UUID, Case], at: datetime) -> None:
    on = Routine.objects.filter(is_on=True, removed_at=None).exclude(when__in=TIMED)
    routines = [(one, read) for one in on.order_by("made_at", "pk") if (read := _read(one))]
    if not routines:
        return
    for entry in entries:
        case = cases.get(UUID(entry.subject_id))
        if case is None:
            continue
        happening = Happening(entry.verb, entry.data, entry.actor_id, entry.actor_kind)
        for row, routine in routines:
            since = row.switched_at
            if since and entry.at >= since and sets_off(routine, happening, facts_of(case)):
                kind = str(entry.data.get("kind", ""))
                act(row, routine, case, f"entry:{entry.pk}", kind=kind, at=at)


def _read(row: Routine) -> rules.Routine | None:
    """A routine as the rules know it; one that they no longer understand holds up nothing else."""
    try:
        return row.to_routine()
    except ValueError:
        _log.exception("a routine cannot be read", extra={"routine": str(row.pk)})
        return None
