"""Age arithmetic: last birthday, nearest birthday, and when each changes."""

import calendar
from datetime import date
from enum import StrEnum
from functools import lru_cache


class AgeBasis(StrEnum):
    """How a product counts age. Nearest changes at the half-birthday, last at the birthday."""

    NEAREST = "nearest"
    LAST = "last"


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """`day` moved by whole months; a day that the month lacks becomes the month's last.

    >>> add_months(date(2024, 8, 31), 6)
    datetime.date(2025, 2, 28)
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def age_last(born: date, on: date) -> int:
    """Completed years on `on`; someone born on 29 February turns a year older on 28 February.

    >>> age_last(date(1979, 2, 11), date(2026, 2, 10))
    46
    """
    years = on.year - born.year
    return years if on >= add_months(born, 12 * years) else years - 1


def age_nearest(born: date, on: date) -> int:
    """Age at the nearest birthday: a year older from the half-birthday (six months after) on.

    >>> age_nearest(date(1979, 2, 11), date(2026, 8, 11))
    48
    """
    last = age_last(born, on)
    return last + 1 if on >= add_months(born, 12 * last + 6) else last


@lru_cache(maxsize=4096)
def age_on(born: date, on: date, basis: AgeBasis) -> int:
    """Age in whole years on `on` by the product's basis."""
    return age_nearest(born, on) if basis is AgeBasis.NEAREST else age_last(born, on)


def age_changes_on(born: date, on: date, basis: AgeBasis) -> date:
    """The first day after `on` on which the age by `basis` is one year higher.

    >>> age_changes_on(date(1979, 2, 11), date(2026, 3, 1), AgeBasis.NEAREST)
    datetime.date(2026, 8, 11)
    """
    age = age_on(born, on, basis)
    return add_months(born, 12 * age + 6 if basis is AgeBasis.NEAREST else 12 * (age + 1))
