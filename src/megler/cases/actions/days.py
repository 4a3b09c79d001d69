"""How long requirements take here, counted from what happened and written back to underwriting."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from megler.cases.actions.requirements import VERBS
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import Act
from megler.journal.models import Entry
from megler.underwriting.actions.days import Took, record_usual_days
from megler.vocabulary.ages import add_months
from megler.vocabulary.codes import RequirementKind

MONTHS = 12
FEWEST = 5
"""Months that are looked back on, and arrivals without which nothing is said."""

_TOOK = f"""
WITH came AS (
  SELECT (data->>'requirement')::uuid AS id, min(at) AS at FROM {Entry._meta.db_table}
  WHERE verb = %(received)s AND at >= %(since)s AND at <= %(until)s GROUP BY 1
), asked AS (
  SELECT (data->>'requirement')::uuid AS id, min(at) AS at FROM {Entry._meta.db_table}
  WHERE verb = %(ordered)s AND at >= %(asked_since)s AND at <= %(until)s GROUP BY 1
), took AS (
  SELECT held.carrier_id, needed.kind,
    (came.at AT TIME ZONE %(zone)s)::date - (asked.at AT TIME ZONE %(zone)s)::date AS days
  FROM came JOIN asked ON asked.id = came.id AND asked.at <= came.at
  JOIN {Requirement._meta.db_table} needed ON needed.id = came.id
  JOIN {Case._meta.db_table} held ON held.id = needed.case_id
)
SELECT carrier_id, kind, ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY days))::int, count(*)
FROM took GROUP BY carrier_id, kind HAVING count(*) >= %(fewest)s
"""  # noqa: S608 - the names of our own tables


def measure_days(at: datetime | None = None) -> int:
    """Count the days of the last twelve months and write them back; how many kinds of how many carriers.

    Calendar days in the agency's time, from the first order to the first arrival, per carrier and
    kind; what the carriers order themselves never has an order here. May run twice.
    """
    until = at or timezone.now()
    today = timezone.localtime(until).date()
    since = _midnight(until, MONTHS)
    with connection.cursor() as cursor:
        cursor.execute(
            _TOOK,
            {
                "received": VERBS[Act.ARRIVE],
                "ordered": VERBS[Act.ORDER],
                "since": since,
                "asked_since": _midnight(until, 2 * MONTHS),
                "until": until,
                "zone": settings.TIME_ZONE,
                "fewest": FEWEST,
            },
        )
        rows = cursor.fetchall()
    took = [
        Took(carrier, RequirementKind(kind), days, count) for carrier, kind, days, count in rows
    ]
    return record_usual_days(took, today, until)


def _midnight(until: datetime, months: int) -> datetime:
    """The beginning of the day so many months before, in the agency's time."""
    day = add_months(timezone.localtime(until).date(), -months)
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001
