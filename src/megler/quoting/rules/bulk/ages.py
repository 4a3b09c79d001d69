"""Ages of many at once, exactly as `vocabulary.ages` counts those of one."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from megler.vocabulary.ages import AgeBasis

Whole = NDArray[np.int64]
Days = NDArray[np.datetime64]
_MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


@dataclass(frozen=True, slots=True, eq=False)
class Births:
    """Birth dates by their parts; month is 1 to 12."""

    year: Whole
    month: Whole
    day: Whole


def births(days: Days) -> Births:
    """The parts of dates (datetime64[D])."""
    months = days.astype("datetime64[M]")
    count = months.astype(np.int64)
    day = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    return Births(count // 12 + 1970, count % 12 + 1, day)


def ages(born: Births, on: date, basis: AgeBasis) -> Whole:
    """Ages in whole years on a day that is not before any birth."""
    last = on.year - born.year
    last = last - (_moved(born, 12 * last) > np.datetime64(on, "D"))
    if basis is AgeBasis.LAST:
        return last
    nearest: Whole = last + (_moved(born, 12 * last + 6) <= np.datetime64(on, "D"))
    return nearest


def changes_on(born: Births, age: Whole, basis: AgeBasis) -> Days:
    """The days on which ages by the basis are one year higher."""
    return _moved(born, 12 * age + 6 if basis is AgeBasis.NEAREST else 12 * (age + 1))


def _moved(born: Births, months: Whole) -> Days:
    """Dates moved by whole months; a day that the month lacks becomes the month's last."""
    count = born.year * 12 + born.month - 1 + months
    year, month0 = count // 12, count % 12
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = _MONTH_DAYS[month0] + (leap & (month0 == 1))
    first = (count - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]")
    moved: Days = first + (np.minimum(born.day, longest) - 1)
    return moved
