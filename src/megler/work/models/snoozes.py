"""What was put off until a day, and why."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SnoozeQuerySet(models.QuerySet["Snooze"]):
    """Things put off."""

    def standing(self, today: date) -> "SnoozeQuerySet":
        """Those that still sleep: on its day a thing is back by itself."""
        return self.filter(ended_at=None, until__gt=today)


class Snooze(models.Model):
    """A thing that waits is not shown among what needs a hand until a day; it is never gone.

    `key` names the thing as the page of the day does.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=16)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    until = models.DateField(_("until"))
    reason = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[SnoozeQuerySet] = SnoozeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(ended_at=None), name="snoozed_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["until"], condition=models.Q(ended_at=None), name="snooze_standing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.until}"
