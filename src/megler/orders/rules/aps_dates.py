"""Days as they stand in American medical records."""

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
         "aug august", "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?![\d/])")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NAMED = re.compile(
    r"\b(?:(\d{1,2})\s+)?(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?\s+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})\b",
    re.IGNORECASE,
)
_HYPHENED = re.compile(
    r"(?<!\d)(\d{1,2})-("
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")-(\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"\b(?:dob|d\.o\.b|birth|born)\b[^\d]{0,12}$", re.IGNORECASE)
_YEAR_FIRST = 1900


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year >= _YEAR_FIRST else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Dated:
    """A day that a line names, and where it begins."""

    start: int
    day: date


def dates_in(line: str) -> list[date]:
    """Days that a line names, in its order, without a date of birth. Month first, as in America; a
    year of two digits is of this century up to 49.

    >>> dates_in("DOB 02/11/1979  Visit 3/5/24, next on June 12, 2024")
    [datetime.date(2024, 3, 5), datetime.date(2024, 6, 12)]
    """
    return [one.day for one in dated(line)]


def dated(line: str) -> list[Dated]:
    """As `dates_in`, with where each begins."""
    found: list[Dated] = []
    for match in _SLASHED.finditer(line):
        day = _day(_year(match[3]), int(match[1]), int(match[2]))
        _add(found, line, match.start(), day)
    for match in _ISO.finditer(line):
        _add(found, line, match.start(), _day(int(match[1]), int(match[2]), int(match[3])))
    for match in _HYPHENED.finditer(line):
        day = _day(_year(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        _add(found, line, match.start(), day)
    for match in _NAMED.finditer(line):
        if number := match[3] or match[1]:
            month = _MONTHS[match[2].lower()]
            _add(found, line, match.start(), _day(int(match[4]), month, int(number)))
    return sorted(found, key=lambda one: (one.start, one.day))


def _year(text: str) -> int:
    """
    >>> _year("49"), _year("50"), _year("2019")
    (2049, 1950, 2019)
    """
    year = int(text)
    return year + (2000 if year < 50 else 1900) if len(text) == 2 else year


def _add(found: list[Dated], line: str, at: int, day: date | None) -> None:
    if day is not None and not _BIRTH.search(line[:at]):
        found.append(Dated(at, day))
