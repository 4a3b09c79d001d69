"""Changes to working cases, and who gets what."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.cases import names
from megler.cases.models.cases import Case
from megler.cases.rules.beneficiaries import Named


class CaseChangeQuerySet(models.QuerySet["CaseChange"]):
    """Changes, by who asks."""

    def visible_to(self, person: User) -> "CaseChangeQuerySet":
        """Those of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(person))

    def untold(self) -> "CaseChangeQuerySet":
        """Those that the carrier must still hear of."""
        return self.filter(tells_carrier=True, carrier_told_at=None)


class CaseChange(models.Model):
    """One change: what was, what is, and what it opened again.

    `opened` are codes of `rules.changes.Opens`; `request` the asker's own key, empty without one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=12, choices=names.choices(names.CHANGE))
    before: Any = EncryptedJSONField(default=dict)
    after: Any = EncryptedJSONField(default=dict)
    because: Any = EncryptedField(null=True)
    opened = models.JSONField(default=list)
    request = models.CharField(max_length=64, blank=True)
    holds_from = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    tells_carrier = models.BooleanField(default=False)
    carrier_told_at = models.DateTimeField(null=True)
    carrier_told_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[CaseChangeQuerySet] = CaseChangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "request"], condition=~Q(request=""), name="case_change_once"
            )
        ]
        indexes = [models.Index(fields=["case", "-at"], name="case_change_of_case")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Beneficiary(models.Model):
    """Who gets what share; the list of a case is replaced as a whole by a change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="beneficiaries")
    position = models.PositiveSmallIntegerField()
    name: Any = EncryptedField()
    relationship = models.CharField(_("relationship"), max_length=100, blank=True)
    is_contingent = models.BooleanField(default=False)
    share = models.DecimalField(
        _("share"),
        max_digits=5,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    born: Any = EncryptedField(null=True)

    class Meta:
        ordering = ["is_contingent", "position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="beneficiary_place_once")
        ]

    def __str__(self) -> str:
        return str(self.name)

    def to_named(self) -> Named:
        """As the rules know it."""
        from datetime import date

        born = date.fromisoformat(self.born) if self.born else None
        return Named(self.name, self.relationship, self.share, self.is_contingent, born)
