"""Alerts: what everyone who opens a case must see."""

import uuid
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases import names
from megler.cases.models.cases import Case


class CaseAlertQuerySet(models.QuerySet["CaseAlert"]):
    """Alerts, by who asks."""

    def visible_to(self, person: User) -> "CaseAlertQuerySet":
        """Staff see all; agents those for them; carriers none."""
        found = self.filter(case__in=Case.objects.visible_to(person))
        if person.is_staff_member:
            return found
        return found.none() if person.role == Role.CARRIER else found.filter(for_agent=True)

    def standing(self, on: date) -> "CaseAlertQuerySet":
        """Those that nobody ended and whose last day has not passed."""
        return self.filter(Q(until=None) | Q(until__gte=on), ended_at=None)


class CaseAlert(models.Model):
    """A fact to be seen by all who open the case: by staff, or by a rule (its code in `rule`).

    It stands until its last day (`until`) or until somebody ends it, and is kept for ever.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="alerts")
    text: Any = EncryptedField()
    severity = models.CharField(_("severity"), max_length=10, choices=names.choices(names.SEVERITY))
    for_agent = models.BooleanField(_("the agent sees it"), default=False)
    rule = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    until = models.DateField(_("until"), null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[CaseAlertQuerySet] = CaseAlertQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule"],
                condition=~Q(rule="") & Q(ended_at=None),
                name="case_alert_of_rule_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["case", "raised_at"],
                condition=Q(ended_at=None),
                name="case_alert_standing",
            )
        ]

    def __str__(self) -> str:
        return str(self.text)
