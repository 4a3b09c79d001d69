"""Days by holder over the agency: counted by month at night, read in one query."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from megler.cases.models import Case, Spell
from megler.cases.rules.spells import Held, shares
from megler.insight.models import HeldMonth
from megler.insight.rules.held import DAY_SECONDS, Averages, Counted, averages
from megler.vocabulary.ages import add_months
from megler.work.models.office import office_hours
from megler.work.rules.hours import OfficeHours

MONTHS = 12
CHUNK = 2_000
BY = ("carrier", "line", "agent", "month")
ROWS_MAX = 40

Key = tuple[str, str, str]


def count_held_months(at: datetime | None = None) -> int:
    """Count this month and the last, and of the twelve before those that were never counted."""
    today = timezone.localtime(at or timezone.now()).date().replace(day=1)
    months = [add_months(today, -n) for n in range(MONTHS)]
    there = set(
        HeldMonth.objects.filter(by="whole", month__in=months).values_list("month", flat=True)
    )
    due = [month for n, month in enumerate(months) if n < 2 or month not in there]
    for month in due:
        count_held_month(month)
    return len(due)


def count_held_month(month: date) -> None:
    """Count the cases that ended in a month; again counts anew."""
    hours = office_hours()
    cases: dict[Key, int] = {}
    held: dict[tuple[Key, str], list[float]] = {}
    for chunk in _ended(month):
        spells = _spells([row["pk"] for row in chunk])
        for row in chunk:
            _add(row, spells.get(row["pk"], []), hours, cases, held)
    rows = [
        HeldMonth(month=month, by=by, key=key, name=name, cases=n)
        for (by, key, name), n in cases.items()
    ]
    rows += [
        HeldMonth(
            month=month, by=by, key=key, name=name, holder=holder, cases=0,
            calendar_seconds=round(clock), business_seconds=round(business),
        )
        for ((by, key, name), holder), (clock, business) in held.items()
    ]  # fmt: skip
    if not rows:
        rows = [HeldMonth(month=month, by="whole", cases=0)]
    with transaction.atomic():
        HeldMonth.objects.filter(month=month).delete()
        HeldMonth.objects.bulk_create(rows, batch_size=1000)


def _ended(month: date) -> Iterator[list[Mapping[str, Any]]]:
    """The cases that were placed or closed in a month, a chunk at a time."""
    end = add_months(month, 1)
    first, last = (timezone.make_aware(datetime(d.year, d.month, 1)) for d in (month, end))  # noqa: DTZ001
    placed = Q(in_force_on__gte=month, in_force_on__lt=end)
    closed = Q(closed_at__gte=first, closed_at__lt=last, in_force_on=None)
    ids = list(Case.objects.filter(placed | closed).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        rows = Case.objects.filter(pk__in=ids[start : start + CHUNK])
        yield list(
            rows.values(
                "pk", "carrier_id", "carrier__name", "product__line", "agent_id", "agent__name"
            )
        )


def _spells(ids: list[UUID]) -> dict[UUID, list[Held]]:
    found: dict[UUID, list[Held]] = {}
    for spell in Spell.objects.filter(case__in=ids).order_by("since"):
        found.setdefault(spell.case_id, []).append(spell.to_held())
    return found


def _add(
    row: Mapping[str, Any],
    spells: list[Held],
    hours: OfficeHours,
    cases: dict[Key, int],
    held: dict[tuple[Key, str], list[float]],
) -> None:
    keys: list[Key] = [
        ("whole", "", ""),
        ("carrier", str(row["carrier_id"]), str(row["carrier__name"])),
        ("line", str(row["product__line"]), str(row["product__line"])),
        ("agent", str(row["agent_id"]), str(row["agent__name"])),
    ]
    if not spells:
        return
    whole = shares(spells, hours, spells[-1].until or spells[-1].since)
    for key in keys:
        cases[key] = cases.get(key, 0) + 1
        for share in whole:
            sums = held.setdefault((key, share.holder.value), [0.0, 0.0])
            sums[0] += share.calendar / timedelta(seconds=1)
            sums[1] += share.business / timedelta(seconds=1)


def days_by(
    by: str, *, business: bool, at: datetime | None = None
) -> tuple[Averages | None, list[Averages]]:
    """The whole agency's averages of twelve months, and those of each carrier, line, agent or month.

    `business`: in business days of the office instead of calendar days.
    """
    today = timezone.localtime(at or timezone.now()).date().replace(day=1)
    since = add_months(today, 1 - MONTHS)
    length = round(office_hours().day_length.total_seconds()) if business else DAY_SECONDS
    rows = HeldMonth.objects.filter(month__gte=since)
    field = "business_seconds" if business else "calendar_seconds"
    whole = averages(_counted(rows.filter(by="whole"), field, "key"), length)
    if by == "month":
        found = averages(_counted(rows.filter(by="whole"), field, "month"), length)
        return next(iter(whole), None), sorted(found, key=lambda one: one.key)
    return next(iter(whole), None), averages(_counted(rows.filter(by=by), field, "key"), length)[
        :ROWS_MAX
    ]


def _counted(rows: object, field: str, key: str) -> list[Counted]:
    grouped = rows.values(key, "name", "holder").annotate(n=Sum("cases"), s=Sum(field)).order_by()  # type: ignore[attr-defined]
    return [
        Counted(str(row[key]), row["name"], row["holder"], row["n"], row["s"]) for row in grouped
    ]
