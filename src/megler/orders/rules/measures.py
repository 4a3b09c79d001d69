"""How long a facility takes, from orders that were made."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from statistics import median


def days_median(spans: Iterable[tuple[datetime, datetime]]) -> Decimal | None:
    """The middle number of calendar days from order to arrival, in tenths; None without any.

    >>> from datetime import UTC
    >>> day = lambda n: datetime(2026, 3, n, tzinfo=UTC)
    >>> days_median([(day(1), day(15)), (day(1), day(20))])
    Decimal('16.5')
    """
    days = [max((end - start).total_seconds(), 0) / 86_400 for start, end in spans]
    return Decimal(str(round(median(days), 1))) if days else None
