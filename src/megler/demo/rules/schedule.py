"""Office hours, and many lives told in the order of time.

A *life* is an iterator that yields the moment of its next act and does the act when it is asked to
go on. `together` makes one life of many, always the one whose moment comes next, so that records are
written in the order in which they would have been.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta, tzinfo

from megler.work.rules.calendar import add_business_days, is_business_day

Life = Iterator[datetime]
OPENS, CLOSES = time(8, 30), time(17, 30)
OPEN_MINUTES = 9 * 60


def office_moment(day: date, minute: int, zone: tzinfo) -> datetime:
    """Minute `minute` of the office hours of a day; minutes beyond closing stop before it.

    >>> from datetime import UTC
    >>> office_moment(date(2026, 3, 2), 90, UTC).isoformat()
    '2026-03-02T10:00:00+00:00'
    """
    opening = datetime.combine(day, OPENS, zone)
    return opening + timedelta(minutes=max(0, min(minute, OPEN_MINUTES - 1)))


def after_minutes(at: datetime, minutes: int, zone: tzinfo) -> datetime:
    """`at` and some minutes of office time later, running on into the next business days.

    >>> from datetime import UTC
    >>> after_minutes(datetime(2026, 3, 6, 17, 0, tzinfo=UTC), 60, UTC).isoformat()
    '2026-03-09T09:00:00+00:00'
    """
    local = at.astimezone(zone)
    day = local.date()
    opening = datetime.combine(day, OPENS, zone)
    if not is_business_day(day) or local >= datetime.combine(day, CLOSES, zone):
        day, gone = add_business_days(day, 1), 0.0
    else:
        gone = max(0.0, (local - opening).total_seconds() / 60)
    total = gone + minutes
    while total >= OPEN_MINUTES:
        day, total = add_business_days(day, 1), total - OPEN_MINUTES
    return datetime.combine(day, OPENS, zone) + timedelta(minutes=total)


def together(lives: Iterable[Life]) -> Life:
    """Several lives as one: always the one whose next act comes first, none back in time."""
    waiting: list[tuple[datetime, int, Life]] = []
    for number, life in enumerate(lives):
        first = next(life, None)
        if first is not None:
            waiting.append((first, number, life))
    heapq.heapify(waiting)
    while waiting:
        at, number, life = waiting[0]
        yield at
        following = next(life, None)
        if following is None:
            heapq.heappop(waiting)
        else:
            heapq.heapreplace(waiting, (max(following, at), number, life))


def told(lives: Iterable[Life], until: datetime) -> Iterator[datetime]:
    """Let lives pass until a moment; yields when each act is about to be done.

    Where an act lies after `until`, its life and all others stay where they are.
    """
    for at in together(lives):
        if at > until:
            return
        yield at
