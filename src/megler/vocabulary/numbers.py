"""Whole numbers and days as they come in addresses and forms."""

from datetime import UTC, date, datetime

DIGITS_MAX = 9
"""So that every number read fits a database's integer."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
FIRST_MOMENT = datetime(1900, 1, 1, tzinfo=UTC)
LAST_MOMENT = datetime(2199, 12, 31, tzinfo=UTC)
"""Nothing that is recorded here happens outside these, whatever is typed; arithmetic stays possible."""


def whole(text: str, digits_max: int = DIGITS_MAX) -> int | None:
    """The number that plain digits write; None for anything else, however long or strange.

    >>> whole("042"), whole("-1"), whole("²"), whole("9" * 5000)
    (42, None, None, None)
    """
    if not 1 <= len(text) <= digits_max or not (text.isascii() and text.isdigit()):
        return None
    return int(text)
