"""Reviews of the book and what each found; the figures that the page shows without counting."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.cases.models import Case
from megler.insight.rules.review import Kind
from megler.licensing.models import Agent
from megler.quoting.models import Quote

KIND_NAMES = {
    Kind.CHEAPER: _("Could cost less"),
    Kind.TERM_ENDS: _("Term ends"),
    Kind.CONVERSION_ENDS: _("Right to convert ends"),
    Kind.AGE_CHANGES: _("Age changes"),
}
CHOICES = {kind.value: name for kind, name in KIND_NAMES.items()}


class Review(models.Model):
    """One going through the book. It stands from `finished_at` on, until the next has finished.

    `total` counts what it looks at, `done` how far it is. `asked_by` is empty for the nightly one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    on = models.DateField(help_text="the day it prices for")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(help_text="when it last got on")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(finished_at=None), name="review_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["-finished_at"], name="review_finished")]

    def __str__(self) -> str:
        return f"{self.on}"


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings, by who asks."""

    def visible_to(self, person: User) -> "FindingQuerySet":
        """Staff see all; others those of their agents."""
        if person.is_staff_member:
            return self
        return self.filter(agent__in=Agent.objects.acted_for_by(person))


class Finding(models.Model):
    """Something found about a case or a saved quote, and what it is worth a year.

    `offer` tells the cover that was compared (docs/bulk.md), never a fact about health. `worth`:
    a saving, the premium that would end, or what waiting costs, a year in `currency`.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="findings")
    kind = models.CharField(max_length=16, choices=CHOICES)
    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="+")
    quote = models.ForeignKey(Quote, models.CASCADE, null=True, related_name="+")
    due_on = models.DateField(null=True)
    worth = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    premium_now = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    offer = models.JSONField(default=dict)

    objects: ClassVar[FindingQuerySet] = FindingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, quote=None) | Q(case=None, quote__isnull=False),
                name="finding_of_case_or_quote",
            )
        ]
        indexes = [
            models.Index("review", F("worth").desc(nulls_last=True), "id", name="finding_worth"),
            models.Index(
                "review", "kind", F("worth").desc(nulls_last=True), "id", name="finding_kind_worth"
            ),
            models.Index(
                "review",
                "agent",
                F("worth").desc(nulls_last=True),
                "id",
                name="finding_agent_worth",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Tally(models.Model):
    """How many findings of a kind an agent has and their worth; without agent, all of the agency."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="tallies")
    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=16, choices=CHOICES)
    currency = models.CharField(max_length=3)
    count = models.PositiveIntegerField()
    worth = models.DecimalField(max_digits=16, decimal_places=2)

    class Meta:
        indexes = [models.Index(fields=["review", "agent"], name="tally_agent")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"


class HeldMonth(models.Model):
    """How long each had the cases that ended in a month; counted at night, so that no page does.

    `by` is whole, carrier, line or agent, `key` which one. The row without a holder holds how many
    cases ended; the others how many seconds they were with that holder, by the clock and in office
    hours.
    """

    month = models.DateField(help_text="its first day")
    by = models.CharField(max_length=8)
    key = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    holder = models.CharField(max_length=8, blank=True)
    cases = models.PositiveIntegerField()
    calendar_seconds = models.BigIntegerField(default=0)
    business_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "month", "key", "holder"], name="held_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.by} {self.name} {self.holder}"
