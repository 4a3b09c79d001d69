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
        """Staff see all; agents what is for them in its newest version; a carrier what it was sent."""
        found = self.filter(case__in=Case.objects.visible_to(person))
        if person.is_staff_member:
            return found
        if person.role == Role.CARRIER:
            return found.filter(sent_at__isnull=False)
        return found.filter(visible_to_agent=True, replaced_at=None)

    def listed_for(self, person: User) -> "CaseDocumentQuerySet":
        """What a list shows of those: the newest versions, and older ones that the carrier got."""
        newest = models.Q(replaced_at=None) | models.Q(sent_at__isnull=False)
        return self.visible_to(person).filter(newest)


class CaseDocument(models.Model):
    """A document in a case. `sent_at`: when the carrier got it.

    Each change of its pages makes a row of its own, whose `first` is the version that came in; the
    one before has `replaced_at`. `changes` says what was done, as the room that did it words it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=names.DocumentKind)
    visible_to_agent = models.BooleanField(_("the agent may see it"), default=True)
    added_at = models.DateTimeField(_("added"))
    sent_at = models.DateTimeField(null=True)
    first = models.ForeignKey("self", models.CASCADE, null=True, related_name="versions")
    version = models.PositiveSmallIntegerField(default=1)
    replaced_at = models.DateTimeField(null=True)
    changes = models.JSONField(default=list)

    objects: ClassVar[CaseDocumentQuerySet] = CaseDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "document"], name="case_document_once")
        ]
        indexes = [models.Index(fields=["case", "-added_at"], name="case_document_of_case")]

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
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=200, blank=True, help_text="whose, when no person's")
    written_at = models.DateTimeField()
    has_own_place = models.BooleanField(
        default=False, help_text="part of a conversation that the case shows in a place of its own"
    )

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["case", "-written_at"], name="note_of_case")]

    def __str__(self) -> str:
        return f"{self.author} {self.written_at:%Y-%m-%d}"

    @property
    def author(self) -> str:
        """Who wrote it, as people read it."""
        return self.written_by.name if self.written_by else self.by_name
