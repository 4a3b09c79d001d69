"""What happened is kept for others in the transaction in which it happened."""

import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction

from megler.cases.models import Case
from megler.cases.rules.moments import CaseHappened
from megler.events.models import Delivery, Event, Subscription
from megler.journal.actions import later

_LOCK = f"SELECT 1 FROM {Case._meta.db_table} WHERE id = %s FOR NO KEY UPDATE"  # noqa: S608
_KEEP = f"""
INSERT INTO {Event._meta.db_table} (key, case_id, number, entry_id, verb, at, told, staff_only,
  status, decision, holder, next_step, policy_number)
SELECT %(key)s, held.id,
  (SELECT COALESCE(MAX(number), 0) + 1 FROM {Event._meta.db_table} WHERE case_id = held.id),
  %(entry)s, %(verb)s, %(at)s, %(told)s::jsonb, %(staff_only)s,
  held.status, held.decision, held.holder, held.next_step, held.policy_number
FROM {Case._meta.db_table} held WHERE held.id = %(case)s
ON CONFLICT (entry_id) DO NOTHING RETURNING id
"""  # noqa: S608 - the names of our own tables
_PUT_UP = f"""
INSERT INTO {Delivery._meta.db_table} (id, subscription_id, event_id, replay, state, tries, next_at, said)
SELECT gen_random_uuid(), heard.id, %(event)s, 0, 'waiting', 0, %(at)s, ''
FROM {Subscription._meta.db_table} heard
WHERE heard.is_on AND (heard.kinds = '[]'::jsonb OR heard.kinds ? %(verb)s OR heard.kinds ? %(noun)s)
  AND (heard.carrier_id IS NULL
    OR heard.carrier_id = (SELECT carrier_id FROM {Case._meta.db_table} WHERE id = %(case)s))
RETURNING subscription_id
"""  # noqa: S608 - the names of our own tables


KEPT = timedelta(days=90)
_PUT_AWAY = f"""
DELETE FROM {Delivery._meta.db_table} gone USING {Event._meta.db_table} of
WHERE of.id = gone.event_id AND of.at < %(before)s AND gone.state <> 'waiting';
DELETE FROM {Event._meta.db_table} gone WHERE gone.at < %(before)s
  AND EXISTS (SELECT 1 FROM {Event._meta.db_table} later
    WHERE later.case_id = gone.case_id AND later.number > gone.number)
  AND NOT EXISTS (SELECT 1 FROM {Delivery._meta.db_table} due WHERE due.event_id = gone.id)
"""  # noqa: S608 - the names of our own tables
"""The last event of a case stays, so that its numbers go on."""


def put_away(at: datetime) -> None:
    """Forget events older than ninety days that nobody waits for."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _PUT_AWAY.split(";"):
            cursor.execute(statement, {"before": at - KEPT})


def keep(moment: CaseHappened) -> None:
    """Keep an event in the order of its case, and put it up for whoever hears of such.

    The case is held until the transaction ends, so that its numbers have no gaps and no doubles.
    The same entry of the journal again changes nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [moment.case_id])
        cursor.execute(
            _KEEP,
            {
                "key": uuid4(),
                "entry": moment.entry_id,
                "verb": moment.verb,
                "at": moment.at,
                "told": json.dumps(moment.told),
                "staff_only": bool(moment.told.get("staff_only")),
                "case": moment.case_id,
            },
        )
        kept = cursor.fetchone()
        if kept is None:
            return
        noun = moment.verb.partition(".")[0]
        asked = {"event": kept[0], "verb": moment.verb, "noun": noun, "case": moment.case_id}
        cursor.execute(_PUT_UP, {**asked, "at": moment.at})
        hearing = [row[0] for row in cursor.fetchall()]
    for subscription in hearing:
        put_on_its_way(subscription, moment.case_id)


def put_on_its_way(subscription: UUID, case: UUID) -> None:
    """Have what waits of a case for a subscriber delivered, when the transaction commits."""
    later("events.jobs.deliver", subscription=str(subscription), case=str(case))
