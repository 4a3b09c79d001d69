"""Teams, who looks after what, by which rule, and who is away."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.work.rules.assigning import Rule


class Team(models.Model):
    """People who share a queue."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="teams"
    )

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody in a team."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="in_team_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.team}"


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Who looks after what."""

    def standing(self, subject_type: str) -> "AssignmentQuerySet":
        """Those of what is not finished."""
        return self.filter(subject_type=subject_type, ended_at=None)

    def with_person(self, subject_type: str, person: User, today: date) -> "AssignmentQuerySet":
        """What somebody has, their own and that of absent people whom they cover."""
        covered = Absence.objects.on(today).filter(cover=person).values("person")
        return self.standing(subject_type).filter(Q(person=person) | Q(person__in=covered))


class Assignment(models.Model):
    """A person, or a team's queue, looks after one thing; `because` says by rule, load or hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_type = models.CharField(max_length=32)
    subject_id = models.UUIDField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="assignments"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="assignments")
    because = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[AssignmentQuerySet] = AssignmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "subject_type"], name="assigned_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(team__isnull=False), name="assigned_to_some"
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "since"],
                condition=Q(ended_at=None),
                include=["subject_type", "subject_id"],
                name="assigned_to_person",
            ),
            models.Index(
                fields=["team", "since"],
                condition=Q(ended_at=None, person=None),
                name="assigned_to_queue",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.team)


class AssignmentRule(models.Model):
    """A line of the rules by which new cases find who looks after them, tried in order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=100)
    carrier = models.CharField(_("carrier"), max_length=64, blank=True)
    line = models.CharField(_("line of business"), max_length=40, blank=True)
    jurisdiction = models.CharField(_("state"), max_length=8, blank=True)
    agent = models.CharField(_("agent"), max_length=64, blank=True)
    amount_from = models.DecimalField(
        _("amount from"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, team__isnull=False) | Q(person__isnull=False, team=None),
                name="rule_gives_to_one",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def to_rule(self) -> Rule:
        """As the rules know it."""
        return Rule(
            name=self.name,
            carrier=self.carrier,
            line=self.line,
            jurisdiction=self.jurisdiction,
            agent=self.agent,
            amount_from=self.amount_from,
            person=str(self.person_id or ""),
            team=str(self.team_id or ""),
        )


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Who is away."""

    def on(self, day: date) -> "AbsenceQuerySet":
        """Absences that a day falls into."""
        return self.filter(since__lte=day, until__gte=day)


class Absence(models.Model):
    """Somebody is away from one day to another, both included; their work shows with the cover."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="absences")
    cover = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="covers")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))

    objects: ClassVar[AbsenceQuerySet] = AbsenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after"),
            models.CheckConstraint(condition=~Q(person=F("cover")), name="absence_has_a_cover"),
        ]
        indexes = [models.Index(fields=["cover", "until"], name="absence_by_cover")]

    def __str__(self) -> str:
        return f"{self.person} {self.since}–{self.until}"
