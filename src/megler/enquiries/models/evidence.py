"""Evidence gathered once for all carriers of an enquiry, and the requirements it served later."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.cases import names as case_names
from megler.cases.models import Requirement
from megler.documents.models import Document
from megler.enquiries.models.enquiries import Enquiry, EnquiryCarrier
from megler.enquiries.rules.evidence import Gathered
from megler.vocabulary.codes import RequirementKind


class SharedEvidenceQuerySet(models.QuerySet["SharedEvidence"]):
    """Evidence, by who asks."""

    def visible_to(self, person: User) -> "SharedEvidenceQuerySet":
        """That of the enquiries that this person sees."""
        return self.filter(enquiry__in=Enquiry.objects.visible_to(person))


class SharedEvidence(models.Model):
    """A requirement of the enquiry itself, and what came in for it: asked once, for all its carriers.

    Without `done_on` it is still to come in; nobody in `wanted_by`: the agency wants it for all.
    `detail` says of whom (a doctor). `is_redacted`: somebody looked at the paper and says that
    nothing in it names the client; only then, and under `authorisation`, it may be `enclosed`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=24, choices=case_names.choices(case_names.KIND))
    detail: Any = EncryptedField(default=str)
    wanted_by = models.ManyToManyField(EnquiryCarrier, related_name="wants")
    wanted_at = models.DateTimeField()
    follow_up_on = models.DateField(null=True)
    done_on = models.DateField(_("of the day"), null=True)
    received_at = models.DateTimeField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    is_redacted = models.BooleanField(_("redacted"), default=False)
    enclosed = models.BooleanField(_("goes along"), default=False)
    authorisation = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    enclosed_by = models.CharField(max_length=200, blank=True)

    objects: ClassVar[SharedEvidenceQuerySet] = SharedEvidenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, received_at=None)
                | Q(done_on__isnull=False, received_at__isnull=False),
                name="evidence_here_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(enclosed=True) | Q(is_redacted=True, document__isnull=False),
                name="evidence_enclosed_is_redacted",
            ),
        ]
        indexes = [
            models.Index(fields=["enquiry", "wanted_at"], name="evidence_of_enquiry"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(follow_up_on__isnull=False),
                name="evidence_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def to_facts(self) -> Gathered | None:
        """As the rules know it; None while it has not come in."""
        if self.done_on is None:
            return None
        return Gathered(str(self.pk), RequirementKind(self.kind), self.done_on, str(self.detail))


class EvidenceUse(models.Model):
    """That a piece of evidence served a requirement of a formal case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(SharedEvidence, models.CASCADE, related_name="uses")
    requirement = models.OneToOneField(Requirement, models.CASCADE, related_name="shared_evidence")
    used_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.evidence} → {self.requirement}"
