"""Counts over time: weeks and months without gaps, and ages in a few steps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from megler.vocabulary.ages import add_months

AGE_STEPS: tuple[tuple[int, int | None], ...] = ((0, 7), (8, 14), (15, 30), (31, 60), (61, None))
"""Steps of age in days, first and last day of each; the last step has no end."""


@dataclass(frozen=True, slots=True)
class AgeStep:
    """How many are `first` to `last` days old; `last` is None in the open step."""

    first: int
    last: int | None
    count: int


def by_age(ages: Iterable[tuple[int, int]]) -> list[AgeStep]:
    """Counts by step of age, every step once, from pairs of age in days and how many.

    >>> [step.count for step in by_age([(0, 2), (7, 1), (8, 1), (400, 3)])]
    [3, 1, 0, 0, 3]
    """
    counts = [0] * len(AGE_STEPS)
    for days, count in ages:
        counts[_step(days)] += count
    return [AgeStep(*step, count) for step, count in zip(AGE_STEPS, counts, strict=True)]


def _step(days: int) -> int:
    return next(i for i, (_, last) in enumerate(AGE_STEPS) if last is None or days <= last)


def monday_of(day: date) -> date:
    """The Monday of `day`'s week.

    >>> monday_of(date(2026, 11, 22))
    datetime.date(2026, 11, 16)
    """
    return day - timedelta(days=day.weekday())


def weeks_until(day: date, weeks: int, counts: Mapping[date, int]) -> list[tuple[date, int]]:
    """The last `weeks` weeks, the week of `day` last, each with its count; counts are by Monday."""
    last = monday_of(day)
    mondays = [last - timedelta(weeks=back) for back in range(weeks - 1, -1, -1)]
    return [(monday, counts.get(monday, 0)) for monday in mondays]


def months_until(day: date, months: int) -> list[date]:
    """The first days of the last `months` months, the month of `day` last.

    >>> months_until(date(2026, 2, 9), 3)
    [datetime.date(2025, 12, 1), datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)]
    """
    this = day.replace(day=1)
    return [add_months(this, -back) for back in range(months - 1, -1, -1)]
