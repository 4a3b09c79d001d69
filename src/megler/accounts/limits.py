"""Limits on how often something may be done, counted in the database: they hold over every process."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from megler.accounts.encryption import digest
from megler.accounts.models import Tally

_COUNT = """
INSERT INTO accounts_tally (what, who, since, count) VALUES (%s, %s, %s, 1)
ON CONFLICT (what, who, since) DO UPDATE SET count = accounts_tally.count + 1
RETURNING count
"""


def within(what: str, who: str, most: int, span: timedelta, at: datetime | None = None) -> bool:
    """Count one more of `what` by `who`, and say whether it is still one of `most` in this span.

    Spans are laid end to end from 1970, so at worst twice `most` come around the end of one. The
    counting is one statement: of many at once, in whichever process, exactly `most` are within.
    """
    at = at or timezone.now()
    since = datetime.fromtimestamp(
        at.timestamp() // span.total_seconds() * span.total_seconds(), UTC
    )
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [what, digest(who.encode()), since])
        count: int = cursor.fetchone()[0]
    return count <= most


def forget_tallies(before: datetime) -> int:
    """Drop what was counted in spans that began before; returns how many rows."""
    return Tally.objects.filter(since__lt=before).delete()[0]
