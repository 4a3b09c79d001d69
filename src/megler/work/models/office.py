"""When the agency's office is open."""

from datetime import time

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.work.rules.hours import OfficeHours

WEEK = [["09:00", "17:00"]] * 5 + [None, None]


def usual_week() -> list[list[str] | None]:
    """Monday to Friday, nine to five."""
    return [list(day) if day else None for day in WEEK]


class Office(models.Model):
    """The agency's one calendar. `week`: ["09:00", "17:00"] or null for Monday to Sunday."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    week = models.JSONField()
    zone = models.CharField(_("time zone"), max_length=64)
    keeps_federal_holidays = models.BooleanField(_("closed on federal holidays"), default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_office")]

    def __str__(self) -> str:
        return self.zone


class ClosedDay(models.Model):
    """A day of the agency's own on which the office stays closed."""

    day = models.DateField(_("day"), primary_key=True)
    name = models.CharField(_("why"), max_length=100)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


def office_hours() -> OfficeHours:
    """The hours that promises are counted in."""
    office = Office.objects.filter(pk=1).first() or Office(
        zone=settings.TIME_ZONE, week=usual_week()
    )
    closed = frozenset(ClosedDay.objects.values_list("day", flat=True))
    week = tuple(
        (time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None
        for day in office.week
    )
    return OfficeHours(office.zone, week, closed, office.keeps_federal_holidays)
