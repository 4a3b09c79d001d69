"""Who stands in a case, and as what."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.cases import names
from megler.cases.models.cases import Case
from megler.clients.models import Client


class CasePartyQuerySet(models.QuerySet["CaseParty"]):
    """Parties of cases, by who asks."""

    def visible_to(self, person: User) -> "CasePartyQuerySet":
        """Those of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(person))

    def of(self, case: Case) -> "CasePartyQuerySet":
        """Those of one case with their clients: the insured, the owner, the payor."""
        return self.filter(case=case).select_related("client").order_by("role", "client__name_key")


class CaseParty(models.Model):
    """A client in a role of a case. The proposed insured is the case's own client, and stands here too."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="parties")
    client = models.ForeignKey(Client, models.PROTECT, related_name="parties")
    role = models.CharField(_("role"), max_length=16, choices=names.choices(names.PARTY_ROLE))

    objects: ClassVar[CasePartyQuerySet] = CasePartyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "role", "client"], name="case_party_once")
        ]

    def __str__(self) -> str:
        return f"{self.client} ({self.get_role_display()})"
