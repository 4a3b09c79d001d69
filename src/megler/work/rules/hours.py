"""Office hours: when the agency is open, and time counted in them alone.

A promise of "4 hours" means hours in which somebody is here. Days without hours in the week, federal
holidays (see `calendar`) and the agency's own closed days count for nothing.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from megler.work.rules.calendar import federal_holidays

_DAY = timedelta(days=1)
_LOOK_AHEAD_DAYS = 3660
"""An office that does not open for ten years is closed: what is due then is never due."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """`week`: opening and closing of Monday to Sunday, None on a day off; in the time zone `zone`."""

    zone: str = "America/New_York"
    week: tuple[tuple[time, time] | None, ...] = ((time(9), time(17)),) * 5 + (None, None)
    closed: frozenset[date] = frozenset()
    keeps_federal_holidays: bool = True

    @property
    def day_length(self) -> timedelta:
        """What a promised business day is: the longest day of the week.

        >>> OfficeHours().day_length
        datetime.timedelta(seconds=28800)
        """
        lengths = [_length(*day) for day in self.week if day]
        return max(lengths, default=timedelta())


def _length(opens: time, closes: time) -> timedelta:
    return timedelta(
        hours=closes.hour - opens.hour,
        minutes=closes.minute - opens.minute,
        seconds=closes.second - opens.second,
    )


@lru_cache(maxsize=20_000)
def open_on(hours: OfficeHours, day: date) -> tuple[datetime, datetime] | None:
    """When the office opens and closes on a day, in UTC; None when it stays closed.

    >>> open_on(OfficeHours(), date(2026, 7, 3)) is None
    True
    """
    span = hours.week[day.weekday()]
    if span is None or span[0] >= span[1] or day in hours.closed:
        return None
    if hours.keeps_federal_holidays and day in federal_holidays(day.year):
        return None
    zone = ZoneInfo(hours.zone)
    opens, closes = (datetime.combine(day, at, zone).astimezone(UTC) for at in span)
    return opens, closes


def business_time(hours: OfficeHours, start: datetime, end: datetime) -> timedelta:
    """Time in which the office was open between two moments; nothing when `end` is before.

    >>> from datetime import UTC
    >>> friday, monday = datetime(2026, 3, 6, 21, tzinfo=UTC), datetime(2026, 3, 9, 15, tzinfo=UTC)
    >>> business_time(OfficeHours(), friday, monday)  # an hour before the weekend, two after
    datetime.timedelta(seconds=10800)
    """
    zone = ZoneInfo(hours.zone)
    day, last = start.astimezone(zone).date(), end.astimezone(zone).date()
    counted = timedelta()
    while day <= last:
        if span := open_on(hours, day):
            counted += max(min(span[1], end) - max(span[0], start), timedelta())
        day += _DAY
    return counted


def after_business_time(hours: OfficeHours, start: datetime, length: timedelta) -> datetime | None:
    """The moment at which so much business time has passed; None when the office never opens.

    Nothing to pass gives the next moment at which the office is open.

    >>> from datetime import UTC
    >>> after_business_time(OfficeHours(), datetime(2026, 3, 6, 21, tzinfo=UTC), timedelta(hours=3))
    datetime.datetime(2026, 3, 9, 15, 0, tzinfo=datetime.timezone.utc)
    """
    day, left = start.astimezone(ZoneInfo(hours.zone)).date(), length
    for _number in range(_LOOK_AHEAD_DAYS):
        if span := open_on(hours, day):
            begins = max(span[0], start)
            if begins < span[1] and begins + left <= span[1]:
                return begins.astimezone(UTC) + left
            left -= max(span[1] - begins, timedelta())
        day += _DAY
    return None


def in_business_days(hours: OfficeHours, length: timedelta) -> float:
    """Business time as business days of this office.

    >>> in_business_days(OfficeHours(), timedelta(hours=12))
    1.5
    """
    whole = hours.day_length
    return length / whole if whole else 0.0
