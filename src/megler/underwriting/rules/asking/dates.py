"""Days in plain words: `2019`, `4 years ago`, `since 6/2015`, `at age 40`, `last year`."""

import re
from collections.abc import Mapping
from datetime import date

from megler.underwriting.rules.asking.notes import NUMBER, figure

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar", "feb february februar", "mar march mars", "apr april",
            "may mai", "jun june juni", "jul july juli", "aug august", "sep sept september",
            "oct october oktober", "nov november", "dec december des desember",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>years?|yrs?|yr|y|months?|mos?|mths?|weeks?|wks?|days?)"
_YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
_WHEN = re.compile(
    rf"(?P<iso>\b{_YEAR}-\d\d(?:-\d\d)?\b)"
    rf"|\b(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/(?P<y>{_YEAR}|\d\d)\b"
    rf"|\b(?P<m2>\d{{1,2}})/(?P<y2>{_YEAR})\b"
    rf"|\b(?P<month>{_MONTH})\.?\s+(?:of\s+)?(?:(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<my>{_YEAR})\b"
    rf"|\b(?P<n>{NUMBER})\+?\s*[- ]?{_UNIT}\b(?:\s*(?P<ago>ago|back|out|prior|since|post|free|clean|sober))?"
    r"|\b(?P<last>last|this)\s+(?P<lastunit>year|month|week)\b"
    rf"|\b(?P<year>{_YEAR})\b"
    r"|['’](?P<short>\d\d)\b"
    r"|(?:\bat\s+|@\s*)?\bage\s+(?P<age>\d{1,2})\b|(?:\bat|@)\s+(?P<ageat>[1-9]\d)\b(?!\s*(?:%|k\b|m\b"
    r"|lb|mg|[.,/]\d))"
)


_SPAN = re.compile(r"\b(?:last|past|in|over|every|within|next)\s+$")


def when_in(text: str, on: date, age: int | None) -> tuple[re.Match[str], str, bool] | None:
    """The first day told in small-letter words: where, as `YYYY-MM` or a day, and whether only a year.

    A year alone is taken as its last month, which leaves the least time since; an age needs the age now.
    """
    for match in _WHEN.finditer(text):
        found = _day(match, on, age)
        if found is not None:
            return match, *found
    return None


def _day(match: re.Match[str], on: date, age: int | None) -> tuple[str, bool] | None:
    """The day of a match, and whether only its year was told."""
    told = match.groupdict()
    if written := _written(told, on):
        return (written, False) if _is_day(written) else None
    if told["n"]:
        if _SPAN.search(match.string[: match.start()]):
            return None
        alone = told["n"] in {"a", "an"} or told["unit"][0] in "dw"
        return None if alone and not told["ago"] else (_before(on, told["n"], told["unit"]), False)
    if told["last"]:
        back = "0" if told["last"] == "this" else "1"
        return _before(on, back, told["lastunit"]), told["lastunit"] == "year"
    then = told["age"] or told["ageat"]
    if then and (age is None or int(then) > age or (told["ageat"] and int(then) > age - 2)):
        return None
    if then:
        year = on.year - (age or 0) + int(then)
    else:
        year = _four(int(told["short"]), on) if told["short"] else int(told["year"])
    return _of_year(year, on)


def _written(told: Mapping[str, str | None], on: date) -> str:
    """A day or month written in figures or with the month's name; empty where it is another kind."""
    if told["iso"]:
        return told["iso"]
    if told["m"]:
        year = int(told["y"] or 0)
        return f"{year if year > 99 else _four(year, on):04}-{int(told['m']):02}-{int(told['d'] or 0):02}"
    if told["m2"]:
        return f"{told['y2']}-{int(told['m2']):02}"
    if told["month"]:
        day = f"-{int(told['md']):02}" if told["md"] else ""
        return f"{told['my']}-{_MONTHS[told['month']]:02}{day}"
    return ""


def _four(short: int, on: date) -> int:
    """The year of two figures that has come already."""
    return short + (2000 if short <= on.year % 100 else 1900)


def _of_year(year: int, on: date) -> tuple[str, bool] | None:
    if year > on.year:
        return None
    return f"{year}-{on.month if year == on.year else 12:02}", True


def _before(on: date, number: str, unit: str) -> str:
    """The month so long ago, or the day where that is less than two months."""
    many = figure(number)
    if unit[0] == "w" or unit[0] == "d":
        return date.fromordinal(
            on.toordinal() - int(many * (7 if unit[0] == "w" else 1))
        ).isoformat()
    months = int(many * 12) if unit[0] == "y" else int(many)
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return f"{year:04}-{month + 1:02}-{min(on.day, 28):02}"


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day if len(day) > 7 else f"{day}-01")
    except ValueError:
        return False
    return True
