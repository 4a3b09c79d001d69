"""What the agency promises for each step, and the clocks that run on it."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from megler.cases.models import Case
from megler.routines import names
from megler.routines.rules.promises import USUAL, Step, Unit


class Promised(models.Model):
    """By when a step is done; a step without a row has our own suggestion."""

    step = models.CharField(primary_key=True, max_length=12, choices=list(names.STEP.items()))
    amount = models.DecimalField(
        _("within"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25"))],
    )
    unit = models.CharField(max_length=5, choices=list(names.UNIT.items()))
    is_on = models.BooleanField(_("measured"), default=True)

    def __str__(self) -> str:
        return f"{self.step}: {self.amount} {self.unit}"


def promised() -> dict[Step, tuple[Decimal, Unit]]:
    """What is promised for each step that is measured."""
    said = {row.step: row for row in Promised.objects.all()}
    found = {}
    for step, usual in USUAL.items():
        row = said.get(step)
        if row is None:
            found[step] = usual
        elif row.is_on:
            found[step] = (row.amount, Unit(row.unit))
    return found


class Clock(models.Model):
    """One step of one case, or of one of its requirements, from its start to its end.

    `subject` is the case's or the requirement's id; `risk_at` and `due_at` follow from the promise
    that stood when it started. `took_seconds` is business time.
    """

    step = models.CharField(max_length=12, choices=list(names.STEP.items()))
    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False)
    subject = models.UUIDField()
    entry_id = models.BigIntegerField(help_text="the line of the journal that started it")
    started_at = models.DateTimeField()
    risk_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    given_up = models.BooleanField(default=False)
    kept = models.BooleanField(null=True)
    took_seconds = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "step", "entry_id"], name="clock_once"),
            models.UniqueConstraint(
                fields=["subject", "step"], condition=Q(ended_at=None), name="clock_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="clock_ends_after",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "step"], name="clock_of_case"),
            models.Index(
                fields=["case", "step", "due_at"],
                condition=Q(ended_at=None),
                name="clock_running_of_case",
            ),
            models.Index(fields=["risk_at"], condition=Q(ended_at=None), name="clock_running"),
            models.Index(
                fields=["ended_at", "step"],
                condition=Q(given_up=False, ended_at__isnull=False),
                name="clock_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.started_at:%Y-%m-%d}"
