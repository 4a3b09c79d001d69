"""Figures over large tables, counted once in a while.

What counts quickly is counted each time. What took longer is kept for as many times as long as it
took, so that however large the agency, counting takes a small share of the time; a job counts anew
what is shown before anybody has to wait for it.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from megler.work.models import KeptFigure

QUICK_MS = 40
KEPT_TIMES = 200
KEPT_MAX = timedelta(minutes=15)


def figure(key: str, count: Callable[[], Any]) -> tuple[Any, datetime]:
    """A figure (anything JSON holds) and when it was counted: `count()`, or what it said lately."""
    now = timezone.now()
    kept = KeptFigure.objects.filter(pk=key).first()
    if kept and now - kept.counted_at < kept_for(kept.took_ms):
        return kept.value, kept.counted_at
    return count_anew(key, count, now), now


def count_anew(key: str, count: Callable[[], Any], now: datetime) -> Any:
    """Count, and keep what took long."""
    began = time.perf_counter()
    value = count()
    took_ms = round((time.perf_counter() - began) * 1000)
    if took_ms > QUICK_MS:
        told = {"value": value, "counted_at": now, "took_ms": took_ms}
        KeptFigure.objects.update_or_create(key=key, defaults=told)
    return value


def kept_for(took_ms: int) -> timedelta:
    """How long a figure is kept that took so many milliseconds.

    >>> kept_for(1000)
    datetime.timedelta(seconds=200)
    """
    return min(timedelta(milliseconds=took_ms * KEPT_TIMES), KEPT_MAX)
