"""The moment of an appointment in a vendor's words."""

import re
from datetime import datetime

from megler.orders.rules.aps_dates import dates_in

_CLOCK = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?m?\b", re.IGNORECASE)


def appointment_in(text: str) -> datetime | None:
    """Day and time that a text names, by the clock there; None unless it names one of each.

    >>> appointment_in("Exam set for 03/05/2026 at 2:30 PM")
    datetime.datetime(2026, 3, 5, 14, 30)
    """
    days, clocks = set(dates_in(text)), {match[0].lower(): match for match in _CLOCK.finditer(text)}
    if len(days) != 1 or len(clocks) != 1:
        return None
    day, match = days.pop(), next(iter(clocks.values()))
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - their own clock
