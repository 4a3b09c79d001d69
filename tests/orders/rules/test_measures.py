"""Days of a facility are measured from orders that were made."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from megler.orders.rules.measures import days_median

T0 = datetime(2026, 3, 2, tzinfo=UTC)


def test_the_middle_counts_and_not_the_one_that_took_a_year() -> None:
    spans = [(T0, T0 + timedelta(days=days)) for days in (12, 16, 365)]
    assert days_median(spans) == Decimal("16.0")


def test_without_orders_nothing_is_measured() -> None:
    assert days_median([]) is None
