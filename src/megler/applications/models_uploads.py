"""Files that somebody put to an application, and what was understood of them."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedJSONField
from megler.documents.models import Document


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads, newest first."""

    def of(self, application_id: uuid.UUID) -> "UploadQuerySet":
        found = self.filter(application=application_id).select_related("document", "by")
        return found.order_by("-at", "pk")


class Upload(models.Model):
    """One file put to an application: its pages sorted into forms, and what their fields say.

    `found` tells of pages and forms, never of people; `said` holds the raw answers, encrypted.
    `assigned` are the pages that a person sorted; `taken` the questions answered from it, and
    `left` those where the answer here was kept. `read_at` is empty while the malware scanner is
    waited for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "applications.Application", models.PROTECT, related_name="uploads"
    )
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text="of what was sent, so that twice is once")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("added"))
    read_at = models.DateTimeField(null=True)
    assigned = models.JSONField(default=dict)
    found = models.JSONField(default=dict)
    said: Any = EncryptedJSONField(default=dict)
    taken = models.JSONField(default=list)
    left = models.JSONField(default=list)
    signed = models.JSONField(default=list, help_text="roles whose signature on paper was accepted")

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["application", "digest"], name="upload_digest")]

    def __str__(self) -> str:
        return self.document.name
