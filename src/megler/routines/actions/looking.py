"""What time sets off: carriers that are silent, cases that lie, requirements and promises that run out.

Each routine remembers how far it has looked, and reads on from there in the order of an index; what
it has acted upon it never acts upon again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from megler.cases.models import Case, Requirement
from megler.cases.rules.words import AT_CARRIER
from megler.routines.actions.acting import act
from megler.routines.actions.facts import cases_by_id, facts_of
from megler.routines.models import Clock, Routine
from megler.routines.rules.routines import TIMED, Trigger, When
from megler.work.rules.assigning import fits
from megler.work.rules.calendar import add_business_days

PAGE = 200
PAGES_MAX = 10


@dataclass(frozen=True, slots=True)
class Ripe:
    """Something that time has set off: since when it has lasted, of which case, and its name."""

    since: datetime
    case: UUID
    moment: str
    kind: str = ""


def look(at: datetime | None = None) -> int:
    """Let every routine that time sets off act on what is ripe; returns how often. May run twice."""
    at = at or timezone.now()
    on = Routine.objects.filter(is_on=True, removed_at=None, when__in=TIMED)
    return sum(_look(one, at) for one in on.order_by("made_at", "pk"))


def _look(row: Routine, at: datetime) -> int:
    routine, count = row.to_routine(), 0
    for _page in range(PAGES_MAX):
        with transaction.atomic():
            locked = Routine.objects.select_for_update(no_key=True).get(pk=row.pk)
            if not locked.is_on:
                return count
            found = list(ripe(routine.trigger, at, locked.looked_until, PAGE))
            cases = cases_by_id(one.case for one in found)
            for one in found:
                case = cases.get(one.case)
                if case and fits(routine.condition, facts_of(case)):
                    count += act(locked, routine, case, one.moment, kind=one.kind, at=at)
            if found:
                locked.looked_until = found[-1].since
                locked.save(update_fields=["looked_until"])
        if len(found) < PAGE or found[0].since == found[-1].since:
            break
    return count


def ripe(trigger: Trigger, at: datetime, after: datetime | None, most: int) -> Iterator[Ripe]:
    """What has lasted long enough at a moment, from `after` on, longest first, at most so many."""
    return _RIPE[trigger.when](trigger, at, after, most)


def _long_ago(days: int, at: datetime) -> datetime:
    """What began before this has lasted so many business days."""
    day = add_business_days(timezone.localtime(at).date(), -days) if days else None
    if day is None:
        return at
    return timezone.make_aware(datetime(day.year, day.month, day.day)) + timedelta(days=1)  # noqa: DTZ001


def _from(after: datetime | None, field: str) -> dict[str, Any]:
    return {f"{field}__gte": after} if after else {}


def _held(trigger: Trigger, at: datetime, after: datetime | None, most: int) -> Iterator[Ripe]:
    found = Case.objects.filter(
        holder=trigger.holder,
        holder_since__lt=_long_ago(trigger.days, at),
        **_from(after, "holder_since"),
    ).order_by("holder_since", "number")
    for pk, since in found.values_list("pk", "holder_since")[:most]:
        yield Ripe(since, pk, f"held:{pk}:{since.isoformat()}")


def _silent(trigger: Trigger, at: datetime, after: datetime | None, most: int) -> Iterator[Ripe]:
    heard = Coalesce("carrier_said_at", "sent_at", "status_since")
    found = (
        Case.objects.filter(status__in=AT_CARRIER)
        .annotate(heard=heard)
        .filter(heard__lt=_long_ago(trigger.days, at), **_from(after, "heard"))
    )
    for pk, since in found.order_by("heard", "id").values_list("pk", "heard")[:most]:
        yield Ripe(since, pk, f"silent:{pk}:{since.isoformat()}")


def _overdue(trigger: Trigger, at: datetime, after: datetime | None, most: int) -> Iterator[Ripe]:
    found = Requirement.objects.filter(
        state__in=["ordered", "scheduled"],
        is_live=True,
        since__lt=_long_ago(trigger.days, at),
        **_from(after, "since"),
        **({"kind": trigger.kind} if trigger.kind else {}),
    ).order_by("since", "id")
    for pk, case, kind, since in found.values_list("pk", "case_id", "kind", "since")[:most]:
        yield Ripe(since, case, f"overdue:{pk}:{since.isoformat()}", kind)


def _breaking(trigger: Trigger, at: datetime, after: datetime | None, most: int) -> Iterator[Ripe]:
    found = Clock.objects.filter(
        ended_at=None, risk_at__lte=at, step=trigger.step, **_from(after, "risk_at")
    ).order_by("risk_at", "id")
    for pk, case, risk_at in found.values_list("pk", "case_id", "risk_at")[:most]:
        yield Ripe(risk_at or at, case, f"promise:{pk}")


_RIPE: dict[When, Callable[[Trigger, datetime, datetime | None, int], Iterator[Ripe]]] = {
    When.HELD: _held,
    When.SILENT: _silent,
    When.OVERDUE: _overdue,
    When.PROMISE: _breaking,
}
