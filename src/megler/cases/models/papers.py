"""Documents and notes of cases."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases import names
from megler.cases.models.cases import Case
from megler.documents.models import Document


class CaseDocumentQuerySet(models.QuerySet["CaseDocument"]):
    """Documents of cases, by who asks."""

    def visible_to(self, person: User) -> "CaseDocumentQuerySet":
        """Staff see all; agents what is for them; a carrier what was sent to it."""
        found = self.filter(case__in=Case.objects.visible_to(person))
        if person.is_staff_member:
            return found
        if person.role == Role.CARRIER:
            return found.filter(sent_at__isnull=False)
        return found.filter(visible_to_agent=True)


class CaseDocument(models.Model):
    """A document in a case. `sent_at`: when the carrier got it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=names.DocumentKind)
    visible_to_agent = models.BooleanField(_("the agent may see it"), default=True)
    added_at = models.DateTimeField(_("added"))
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[CaseDocumentQuerySet] = CaseDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "document"], name="case_document_once")
        ]

    def __str__(self) -> str:
        return str(self.document)


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes, by who asks."""

    def visible_to(self, person: User) -> "NoteQuerySet":
        """Staff see all; agents those for them; carriers none."""
        found = self.filter(case__in=Case.objects.visible_to(person))
        if person.is_staff_member:
            return found
        return found.filter(for_agent=True) if person.is_seller else found.none()


class Note(models.Model):
    """What somebody wants remembered of a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    text: Any = EncryptedField()
    for_agent = models.BooleanField(_("the agent may read it"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["case", "-written_at"], name="note_of_case")]

    def __str__(self) -> str:
        return f"{self.written_by} {self.written_at:%Y-%m-%d}"
