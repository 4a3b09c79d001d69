"""Business days: Monday to Friday without the federal holidays of the United States.

Source: 5 U.S.C. 6103(a) and (b); a holiday on a Saturday is kept on the Friday before, on a Sunday
on the Monday after. Juneteenth since 2021 (Public Law 117-17). Inauguration days are left out:
they are local.
"""

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    end = date(year, 5, 31)
    return end - timedelta(days=end.weekday())


def _kept_on(day: date) -> date:
    """The day on which offices close for a holiday that falls on `day`."""
    if day.weekday() == _SATURDAY:
        return day - _DAY
    return day + _DAY if day.weekday() == _SUNDAY else day


@cache
def federal_holidays(year: int) -> frozenset[date]:
    """The days of a calendar year on which federal offices close.

    New Year's Day of the year after is kept on 31 December when it falls on a Saturday.

    >>> sorted(d.isoformat() for d in federal_holidays(2026))[5]
    '2026-07-03'
    """
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])
    days = {_kept_on(date(year, month, day)) for month, day in fixed}
    days.add(_kept_on(date(year + 1, 1, 1)))
    days |= {
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        _last_monday_of_may(year),
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 10, _MONDAY, 2),
        _nth(year, 11, _THURSDAY, 4),
    }
    return frozenset(day for day in days if day.year == year)


def is_business_day(day: date) -> bool:
    """Whether offices are open.

    >>> is_business_day(date(2026, 7, 3)), is_business_day(date(2026, 7, 6))
    (False, True)
    """
    return day.weekday() < _SATURDAY and day not in federal_holidays(day.year)


def next_business_day(day: date) -> date:
    """`day` itself when offices are open, otherwise the first day after on which they are."""
    while not is_business_day(day):
        day += _DAY
    return day


def add_business_days(day: date, days: int) -> date:
    """The `days`-th business day after `day` (before it, if negative); 0 gives `next_business_day`.

    >>> add_business_days(date(2026, 7, 2), 1)
    datetime.date(2026, 7, 6)
    >>> add_business_days(date(2026, 7, 4), 0)
    datetime.date(2026, 7, 6)
    """
    if days == 0:
        return next_business_day(day)
    step = _DAY if days > 0 else -_DAY
    for _ in range(abs(days)):
        day += step
        while not is_business_day(day):
            day += step
    return day


def business_days_between(start: date, end: date) -> int:
    """Business days after `start` up to and with `end`; negative when `end` is before.

    >>> business_days_between(date(2026, 7, 2), date(2026, 7, 7))
    2
    """
    if end < start:
        return -business_days_between(end, start)
    return sum(is_business_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
