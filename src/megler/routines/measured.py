"""How promises were kept: by step, by month, by carrier, and what runs now."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from megler.routines.models import Clock
from megler.routines.models.promises import promised
from megler.routines.rules.promises import Standing, Step, standing
from megler.vocabulary.ages import add_months
from megler.work.actions.figures import figure

MONTHS = 12
RUNNING_MAX = 50

_BY_MONTH = f"""
SELECT step, carrier.name,
  to_char(date_trunc('month', ended_at AT TIME ZONE %(zone)s), 'YYYY-MM-DD'),
  count(*), count(*) FILTER (WHERE kept),
  percentile_disc(0.5) WITHIN GROUP (ORDER BY took_seconds)
FROM {Clock._meta.db_table} clock JOIN cases_case held ON held.id = clock.case_id
JOIN carriers_carrier carrier ON carrier.id = held.carrier_id
WHERE ended_at >= %(since)s AND NOT given_up
GROUP BY GROUPING SETS ((step, 3), (step, carrier.name), (step))
"""  # noqa: S608 - the names of our own tables


@dataclass(frozen=True, slots=True)
class Figure:
    """How a promise was kept in a month or with a carrier: ends, of them in time, median seconds."""

    name: str
    count: int
    kept: int
    median_seconds: int

    @property
    def percent(self) -> int:
        return round(self.kept * 100 / self.count) if self.count else 0


@dataclass(frozen=True, slots=True)
class Measured:
    """One step over the last twelve months."""

    step: Step
    whole: Figure | None
    months: list[Figure]
    carriers: list[Figure]
    running: int
    at_risk: int
    broken: int


def measured(now: datetime) -> list[Measured]:
    """Each step that is promised, with its figures."""
    first = add_months(timezone.localtime(now).date().replace(day=1), 1 - MONTHS)
    rows, _at = figure(f"promises.{first}", lambda: _counted(first))
    months: dict[str, list[Figure]] = defaultdict(list)
    carriers: dict[str, list[Figure]] = defaultdict(list)
    whole: dict[str, Figure] = {}
    for step, carrier, month, *counts in rows:
        found = Figure(carrier or month or "", *counts)
        if carrier is not None:
            carriers[step].append(found)
        elif month is not None:
            months[step].append(found)
        else:
            whole[step] = found
    running, _at = figure("promises.running", lambda: _running(now))
    return [
        Measured(
            step,
            whole.get(step),
            _every_month(first, months[step]),
            sorted(carriers[step], key=lambda f: (f.percent, -f.count))[:12],
            *running.get(step, (0, 0, 0)),
        )
        for step in promised()
    ]


def _counted(first: date) -> list[list[Any]]:
    since = timezone.make_aware(datetime(first.year, first.month, 1))  # noqa: DTZ001
    zone = timezone.get_default_timezone_name()
    with connection.cursor() as cursor:
        cursor.execute(_BY_MONTH, {"since": since, "zone": zone})
        return [list(row) for row in cursor.fetchall()]


def _running(now: datetime) -> dict[str, tuple[int, int, int]]:
    rows = Clock.objects.filter(ended_at=None).values("step").annotate(
        n=Count("pk"),
        late=Count("pk", filter=Q(due_at__lt=now)),
        risk=Count("pk", filter=Q(risk_at__lt=now, due_at__gte=now)),
    )  # fmt: skip
    return {row["step"]: (row["n"], row["risk"], row["late"]) for row in rows.order_by()}


def _every_month(first: date, found: list[Figure]) -> list[Figure]:
    known = {one.name: one for one in found}
    months = [add_months(first, n).isoformat() for n in range(MONTHS)]
    return [known.get(month, Figure(month, 0, 0, 0)) for month in months]


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs, or ran, on a case."""

    clock: Clock
    standing: Standing


def clocks_of(case: UUID, now: datetime) -> list[Running]:
    """The clocks of one case, those that run first."""
    found = Clock.objects.filter(case=case).order_by("ended_at", "-started_at")[:RUNNING_MAX]
    return [
        _as_it_stands(clock, now) for clock in sorted(found, key=lambda c: c.ended_at is not None)
    ]


def next_to_break(now: datetime) -> list[Running]:
    """What breaks or broke first, of everything that runs."""
    found = Clock.objects.filter(ended_at=None, risk_at__lte=now)
    rows = found.select_related("case__client").order_by("-risk_at")[:RUNNING_MAX]
    return [_as_it_stands(clock, now) for clock in rows]


def _as_it_stands(clock: Clock, now: datetime) -> Running:
    how = standing(clock.risk_at, clock.due_at, clock.ended_at, given_up=clock.given_up, now=now)
    return Running(clock, how)
