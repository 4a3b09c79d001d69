"""What people choose to be told of cases, and what waits to be told."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from megler.cases.models.cases import Case
from megler.cases.rules.notices import Choice, groups
from megler.licensing.models import Agent


class NoticeChoice(models.Model):
    """What one person is told at once (`at_once`: groups of events), and whether the rest comes
    in a weekly digest. Nobody has one before choosing.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="notice_choice"
    )
    at_once = models.JSONField(default=list)
    digest = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.person)

    def to_rule(self) -> Choice:
        """As the rules know it."""
        return Choice(groups(self.at_once), self.digest)


class CaseNoticeChoice(models.Model):
    """What one person chose for one case: everything at once, in the digest, or nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="case_notice_choices"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="notice_choices")
    how = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], name="case_notice_choice_once"),
            models.CheckConstraint(
                condition=models.Q(how__in=["now", "digest", "never"]), name="case_notice_how"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.how}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, by whether they were told."""

    def waiting(self) -> "NoticeQuerySet":
        """Those that no digest has told yet."""
        return self.filter(told_at=None)


class Notice(models.Model):
    """Something that happened with a case, for the digest of an agent or of a helper of theirs."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notices")
    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="notices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="notices"
    )
    verb = models.CharField(max_length=60)
    told = models.JSONField(default=dict)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agent=None, person__isnull=False)
                | models.Q(agent__isnull=False, person=None),
                name="notice_is_for_one",
            )
        ]
        indexes = [
            models.Index(
                fields=["agent", "at"],
                condition=models.Q(told_at=None, agent__isnull=False),
                name="notice_of_agent",
            ),
            models.Index(
                fields=["person", "at"],
                condition=models.Q(told_at=None, person__isnull=False),
                name="notice_of_person",
            ),
            models.Index(fields=["at"], name="notice_at"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d}"
