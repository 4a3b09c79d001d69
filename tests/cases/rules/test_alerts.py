"""An alert is seen until its last day or until it is ended, and the gravest is seen first."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.alerts import AlertFacts, Severity, shown_first, stands

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
MOMENTS = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(
    lambda day: datetime(day.year, day.month, day.day, tzinfo=UTC)
)
ALERTS = st.builds(
    AlertFacts,
    severity=st.sampled_from(Severity),
    raised_at=MOMENTS,
    until=st.none() | DAYS,
    ended_at=st.none() | MOMENTS,
)


@given(ALERTS, DAYS)
def test_an_alert_is_lost_by_its_last_day_or_by_being_ended_and_by_nothing_else(
    alert: AlertFacts, on: date
) -> None:
    is_over = alert.until is not None and alert.until + timedelta(days=1) <= on
    assert stands(alert, on) is not (is_over or alert.ended_at is not None)


@given(st.lists(ALERTS, max_size=8))
def test_a_stop_is_never_below_anything_else(alerts: list[AlertFacts]) -> None:
    order = [one.severity for one in sorted(alerts, key=shown_first)]
    rank = [Severity.STOP, Severity.ATTENTION, Severity.INFO]
    assert order == sorted(order, key=rank.index)
    assert len(order) == len(alerts)
