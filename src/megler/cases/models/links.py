"""Cases that belong together."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.cases import names
from megler.cases.models.cases import Case


class CaseLinkQuerySet(models.QuerySet["CaseLink"]):
    """Links between cases, by who asks."""

    def visible_to(self, person: User) -> "CaseLinkQuerySet":
        """Those whose both cases this person may see."""
        seen = Case.objects.visible_to(person)
        return self.filter(case__in=seen, other__in=seen)

    def of(self, case: Case) -> "CaseLinkQuerySet":
        """Those of one case, on whichever side it stands, oldest first."""
        found = self.filter(Q(case=case) | Q(other=case))
        both = [f"{side}__{what}" for side in ("case", "other") for what in _TOLD]
        return found.select_related(*both).order_by("linked_at", "pk")


_TOLD = ("client", "carrier", "product")


class CaseLink(models.Model):
    """Two cases that belong together. `kind` says how `case` stands to `other`; most go both ways.

    A dismissed one is no link: somebody said that the proposed one is none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, models.CASCADE, related_name="links_back")
    kind = models.CharField(_("how"), max_length=12, choices=names.choices(names.LINK))
    is_dismissed = models.BooleanField(default=False)
    linked_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    objects: ClassVar[CaseLinkQuerySet] = CaseLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Least("case", "other"), Greatest("case", "other"), name="case_link_once"
            ),
            models.CheckConstraint(condition=~Q(case=F("other")), name="case_link_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.kind} {self.other}"

    def other_than(self, case: Case) -> Case:
        """The case on the other side."""
        return self.other if self.case_id == case.pk else self.case
