"""Documents: one row a file, with its digest."""

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import decrypt_bytes
from megler.documents.rules.kinds import KINDS, NAME_MAX


def random_place(day: date) -> str:
    """Where a new file is put: its day's folder and a random name, so no name or person leaks."""
    return f"{day:%Y/%m/%d}/{uuid.uuid4().hex}"


class Document(models.Model):
    """One file as it came in or was made. Never changed; who may see it is said by who holds it.

    The file is encrypted where it lies; `size` and `sha256` are those of the content.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    content_type = models.CharField(max_length=40, choices=KINDS)
    size = models.PositiveBigIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("pages"))
    file = models.FileField(max_length=100, unique=True)
    created_at = models.DateTimeField(_("added"))
    by_id = models.CharField(max_length=64, help_text="the actor, as the journal knows them")
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=models.Q(pages__gt=0), name="document_has_pages"),
        ]
        indexes = [models.Index(fields=["sha256"], name="document_sha256")]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """What its file is encrypted for: a file put in another's place does not open."""
        return f"{self._meta.db_table}|file|{self.pk}"

    def read(self) -> bytes:
        """The whole content, as it came in."""
        with self.file.open("rb") as opened:
            return decrypt_bytes(bytes(opened.read()), self.place)
