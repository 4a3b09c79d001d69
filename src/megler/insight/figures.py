"""Counts for the pictures: open cases by stage and age, and what was placed when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce, TruncDate, TruncMonth, TruncWeek

from megler.accounts.models import User
from megler.cases.models import Case
from megler.insight.rules.periods import (
    AgeStep,
    by_age,
    monday_of,
    months_until,
    weeks_until,
)
from megler.insight.rules.stages import OPEN, Stage, by_stage
from megler.vocabulary.codes import PAYMENTS_A_YEAR, Mode
from megler.work.actions.figures import figure

WEEKS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """What was placed in a month: policies, and their premium a year in dollars."""

    first: date
    count: int
    premium_annual: Decimal


@dataclass(frozen=True, slots=True)
class OpenCases:
    """Open cases, by stage and by age."""

    count: int
    stages: list[tuple[Stage, int]]
    ages: list[AgeStep]


def open_cases(person: User, today: date) -> OpenCases:
    """Open cases that `person` may see; closed ones and those in force are not read.

    What all of the staff see is counted once in a while when it takes long.
    """

    def count() -> list[tuple[str, str, int]]:
        rows = (
            Case.objects.visible_to(person)
            .filter(status__in=OPEN)
            .values("status", day=TruncDate("opened_at"))
            .annotate(n=Count("pk"))
            .order_by()
        )
        return [(row["status"], row["day"].isoformat(), row["n"]) for row in rows]

    statuses: dict[str, int] = {}
    ages: list[tuple[int, int]] = []
    rows, _at = figure("today.open", count) if person.is_staff_member else (count(), None)
    for status, day, n in rows:
        statuses[status] = statuses.get(status, 0) + n
        ages.append((max((today - date.fromisoformat(day)).days, 0), n))
    return OpenCases(sum(statuses.values()), by_stage(statuses), by_age(ages))


def _placed(person: User, since: date) -> Any:
    return Case.objects.visible_to(person).filter(in_force_on__gte=since).order_by()


def placed_by_week(person: User, today: date) -> list[tuple[date, int]]:
    """Policies put in force in each of the last twelve weeks."""
    since = monday_of(today) - timedelta(weeks=WEEKS - 1)

    def count() -> list[tuple[str, int]]:
        weeks = _placed(person, since).values(week=TruncWeek("in_force_on")).annotate(n=Count("pk"))
        return [(row["week"].isoformat(), row["n"]) for row in weeks]

    key = f"today.placed.{since}"
    rows, _at = figure(key, count) if person.is_staff_member else (count(), None)
    return weeks_until(today, WEEKS, {date.fromisoformat(week): n for week, n in rows})


def placed_by_month(person: User, today: date) -> list[Month]:
    """Policies put in force in each month of this year, with their premium a year."""
    rows = (
        _placed(person, today.replace(month=1, day=1))
        .values(
            month=TruncMonth("in_force_on"),
            approved=F("mode_approved"),
            applied=F("mode_applied"),
        )
        .annotate(n=Count("pk"), paid=Sum(Coalesce("premium_approved", "premium_applied")))
    )
    return _months(today, rows)


def _months(today: date, rows: Iterable[dict[str, Any]]) -> list[Month]:
    months = {first: Month(first, 0, Decimal(0)) for first in months_until(today, today.month)}
    for row in rows:
        if found := months.get(row["month"]):
            mode = row["approved"] or row["applied"]
            times = PAYMENTS_A_YEAR[Mode(mode)] if mode else 0
            premium = found.premium_annual + (row["paid"] or 0) * times
            months[row["month"]] = Month(found.first, found.count + row["n"], premium)
    return list(months.values())
