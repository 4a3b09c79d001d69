"""Alerts on a case: how grave they are, and whether they still stand."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Severity(StrEnum):
    """How grave an alert is."""

    INFO = "info"
    ATTENTION = "attention"
    STOP = "stop"


GRAVEST_FIRST = (Severity.STOP, Severity.ATTENTION, Severity.INFO)


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What the rules know of an alert: its last day (None: no end) and when somebody ended it."""

    severity: Severity
    raised_at: datetime
    until: date | None = None
    ended_at: datetime | None = None


def stands(alert: AlertFacts, on: date) -> bool:
    """Whether everybody who opens the case sees it on a day; its last day counts.

    >>> one = AlertFacts(Severity.INFO, datetime(2026, 3, 2), date(2026, 3, 9))
    >>> stands(one, date(2026, 3, 9)), stands(one, date(2026, 3, 10))
    (True, False)
    """
    return alert.ended_at is None and (alert.until is None or on <= alert.until)


def shown_first(alert: AlertFacts) -> tuple[int, float]:
    """The order in which alerts are shown: the gravest, then the newest."""
    return GRAVEST_FIRST.index(alert.severity), -alert.raised_at.timestamp()
