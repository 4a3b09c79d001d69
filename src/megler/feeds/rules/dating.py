"""As of when a file speaks, where it says so itself."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from megler.feeds.rules.records import Record
from megler.feeds.rules.values import day_of

_PIECES = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:19|20)\d{6}"
    r"|\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\d{4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}"
)


def day_in(text: str, order: str) -> date | None:
    """A day that stands somewhere in a text, such as a title or a file's name.

    >>> day_in("Pending as of March 3, 2026", "month_first"), day_in("pend_20260303.csv", "")
    (datetime.date(2026, 3, 3), datetime.date(2026, 3, 3))
    """
    for piece in _PIECES.findall(text.replace("_", " ")):
        if found := day_of(piece, order):
            return found
    return None


def as_of_day(
    titles: Iterable[Sequence[str]], name: str, records: Iterable[Record], order: str
) -> date | None:
    """As of which day a sheet speaks: by the titles above it, its name, its latest status day."""
    for row in titles:
        for cell in row:
            if found := day_in(cell, order):
                return found
    if found := day_in(name, order):
        return found
    return max((r.said_on for r in records if r.said_on), default=None)
