"""What stands in a cell: days, amounts, names, modes, as carriers write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from megler.clients.rules.people import Known, name_key
from megler.feeds.rules.words import plain
from megler.vocabulary.codes import Mode


class DayOrder(StrEnum):
    """Which comes first in 3/4/2026."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


_EXCEL_BEGIN = date(1899, 12, 30)
_EXCEL_DAYS = range(5_000, 73_000)
"""Excel's numbers of the days from 1913 to 2099."""
_EXCEL = re.compile(r"\d{4,5}(?:\.\d+)?")
_BLANK = {
    "",
    "#n/a",
    "#ref!",
    "#value!",
    "#name?",
    "#div/0!",
    "n/a",
    "na",
    "none",
    "null",
    "-",
    "--",
    "tbd",
    "0000-00-00",
    "00/00/0000",
    ".",
}
_MONTHS = {
    name: i
    for i, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YMD = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]\d\d:\d\d.*)?")
_PARTS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?: \d{1,2}:\d\d.*)?")
_PACKED = re.compile(r"(19|20)(\d{2})(\d{2})(\d{2})")
_NAMED = re.compile(r"(\d{1,2})[-/ ]?([a-z]{3})[a-z]*[-/ ,.]*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4}|\d{2})")
_WRITTEN = ((_YMD, 1, 2, 3), (_NAMED, 3, 2, 1), (_NAMED_FIRST, 3, 1, 2))
"""Ways of writing a day, with the groups of its year, month and day."""
_AMOUNT = re.compile(
    r"\(?-?(?:[$€£]|usd|eur|nok|cad|kr)?\s?-?[\d., ]*\d[\d., ]*\)?(?:(k|m|mm)\b)?\s?(?:[$€£]|usd|eur|nok|cad|kr)?-?"
)
_COMMA_BEFORE_CENTS = re.compile(r".*\d,\d{1,2}\D*|.*\d\.\d{3}[.,].*")
_POINT_BEFORE_CENTS = re.compile(r".*\d\.\d{1,2}\D*|.*\d,\d{3}[.,].*|.*\d\.\d{4,}.*")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "md", "phd", "dds"}
_TITLES = {"mr", "mrs", "ms", "dr", "miss"}
_MODES: dict[str, Mode] = {
    "annual": Mode.ANNUAL, "annually": Mode.ANNUAL, "a": Mode.ANNUAL, "ann": Mode.ANNUAL,
    "yearly": Mode.ANNUAL, "semiannual": Mode.SEMIANNUAL, "semi annual": Mode.SEMIANNUAL,
    "s": Mode.SEMIANNUAL, "sa": Mode.SEMIANNUAL, "quarterly": Mode.QUARTERLY, "q": Mode.QUARTERLY,
    "qtr": Mode.QUARTERLY, "monthly": Mode.MONTHLY, "m": Mode.MONTHLY, "mo": Mode.MONTHLY,
    "pac": Mode.MONTHLY, "eft": Mode.MONTHLY, "monthly eft": Mode.MONTHLY,
}  # fmt: skip


def is_blank(cell: str) -> bool:
    """Whether a cell says nothing, in one of the ways in which people write nothing."""
    return cell.strip().casefold() in _BLANK


def day_of(cell: str, order: str = DayOrder.MONTH_FIRST) -> date | None:
    """A day as any system writes it, Excel's numbers too; None when it is none.

    A year of two figures is within 70 years back and 29 ahead of 2000.

    >>> day_of("3/4/2026"), day_of("3.4.2026"), day_of("4-Mar-26"), day_of("46085")
    (datetime.date(2026, 3, 4), datetime.date(2026, 4, 3), datetime.date(2026, 3, 4), datetime.date(2026, 3, 4))
    """
    text = cell.strip().casefold()
    if found := _PARTS.fullmatch(text):
        return _of_parts(found, order)
    for pattern, year, month, day in _WRITTEN:
        if found := pattern.fullmatch(text):
            named = _MONTHS.get(found[month])
            return _day(found[year], str(named or found[month]), found[day])
    if found := _PACKED.fullmatch(text):
        return _day(found[1] + found[2], found[3], found[4])
    is_excel = _EXCEL.fullmatch(text) and int(float(text)) in _EXCEL_DAYS
    return _EXCEL_BEGIN + timedelta(days=int(float(text))) if is_excel else None


def _of_parts(found: re.Match[str], order: str) -> date | None:
    first, second = found[1], found[3]
    is_day_first = found[2] == "." or order == DayOrder.DAY_FIRST
    if int(first) > 12 >= int(second):
        is_day_first = True
    month, day = (second, first) if is_day_first else (first, second)
    return _day(found[4], month, day)


def _day(year: str, month: str, day: str) -> date | None:
    if not month.isdecimal():
        return None
    full = int(year)
    if len(year) == 2:
        full += 2000 if full < 30 else 1900
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None


def day_order(cells: Iterable[str]) -> DayOrder:
    """Which comes first in these days: the day, where any has a first figure over 12.

    >>> day_order(["03/04/2026", "25/04/2026"])
    <DayOrder.DAY_FIRST: 'day_first'>
    """
    for cell in cells:
        found = _PARTS.fullmatch(cell.strip())
        if found and found[2] != "." and int(found[1]) > 12 >= int(found[3]):
            return DayOrder.DAY_FIRST
    return DayOrder.MONTH_FIRST


def has_comma_cents(cells: Iterable[str]) -> bool:
    """Whether these amounts have a comma before their cents, so that 250.000 is a quarter million.

    >>> has_comma_cents(["250.000", "1.250,50"]), has_comma_cents(["250.000"])
    (True, False)
    """
    listed = list(cells)
    comma = sum(bool(_COMMA_BEFORE_CENTS.fullmatch(cell)) for cell in listed)
    return comma > sum(bool(_POINT_BEFORE_CENTS.fullmatch(cell)) for cell in listed)


def amount_of(cell: str, *, comma_cents: bool = False) -> Decimal | None:
    """Money, in either way of writing thousands, with K and M; None when it is none.

    `comma_cents`: the amounts beside it have a comma before their cents.

    >>> amount_of("$1,250,000"), amount_of("1.250,50"), amount_of("USD 250K"), amount_of("x")
    (Decimal('1250000'), Decimal('1250.50'), Decimal('250000'), None)
    >>> amount_of("250.000", comma_cents=True)
    Decimal('250000')
    """
    text = cell.strip().casefold()
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None
    factor = {"k": 1000, "m": 1_000_000, "mm": 1_000_000}.get(found[1] or "", 1)
    figures = re.sub(r"[^\d.,]", "", text).rstrip(".,")
    cents = len(figures) - figures.rfind(",") in {2, 3}
    is_last = "," in figures and figures.rfind(",") > figures.rfind(".")
    if comma_cents or (is_last and cents):
        figures = figures.replace(".", "").replace(",", ".")
    figures = figures.replace(",", "")
    if figures.count(".") > 1:
        figures = figures.replace(".", "")
    if not figures.strip("."):
        return None
    value = Decimal(figures) * factor
    is_minus = text.startswith(("(", "-", "$-")) or text.endswith("-")
    return -value if is_minus else value


def mode_of(cell: str) -> Mode | None:
    """How often a premium is paid.

    >>> mode_of("Semi-Annual")
    <Mode.SEMIANNUAL: 'semiannual'>
    """
    return _MODES.get(plain(cell))


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its two parts that everybody writes; a middle name tells little."""

    first: str = ""
    last: str = ""

    @property
    def key(self) -> str:
        """By which the same person is found again."""
        return name_key(Known(first_name=self.first, last_name=self.last))


def name_of(cell: str) -> Name:
    """A name in one cell: "LAST, FIRST M", "Last/First", "First M. Last Jr".

    >>> name_of("O'BRIEN JR, JOSÉ M").key, name_of("Dr Kari Anne Hope").key
    ('jose obrien', 'kari hope')
    """
    text = cell.replace("/", ",") if "/" in cell and "," not in cell else cell
    before, comma, after = text.partition(",")
    if comma and plain(after) in _SUFFIXES:
        comma = after = ""
    if comma:
        last, first = _words(before), _words(after)
        return Name(first[0] if first else "", " ".join(last))
    words = _words(before)
    if len(words) < 2:
        return Name("", " ".join(words))
    return Name(words[0], words[-1])


def _words(text: str) -> list[str]:
    return [w for w in text.split() if plain(w) and plain(w) not in _SUFFIXES | _TITLES]


def number_key(cell: str) -> str:
    """A policy's or application's number without blanks, signs and case; leading noughts stay.

    >>> number_key(" nl-100 200 ")
    'NL100200'
    """
    return re.sub(r"[^0-9A-Za-z]", "", cell).upper()
