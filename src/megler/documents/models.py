"""Documents: one row a file, with its digest; and the originals of those that had to be changed."""

import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import decrypt_bytes
from megler.documents.rules.kinds import KINDS, NAME_MAX, TEXTS
from megler.vocabulary.problems import Problem, Refused


def random_place(day: date) -> str:
    """Where a new file is put: its day's folder and a random name, so no name or person leaks."""
    return f"{day:%Y/%m/%d}/{uuid.uuid4().hex}"


class Standing(models.TextChoices):
    """Whether a document may be read."""

    CLEAR = "clear", _("Kept")
    QUARANTINE = "quarantine", _("Waiting for the malware scanner")
    REFUSED = "refused", _("Malware found; its content was deleted")
    DESTROYED = "destroyed", _("Destroyed when its time was over")


class Document(models.Model):
    """One file as it came in or was made. Never changed; who may see it is said by who holds it.

    The file is encrypted where it lies; `size` and `sha256` are those of the content. In quarantine
    nobody reads it. `removed` names what was taken out of it when it came, of `pages.REMOVED`; what
    it was before is kept in its `originals`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=NAME_MAX)
    content_type = models.CharField(max_length=40, choices={**KINDS, **TEXTS})
    size = models.PositiveBigIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(_("pages"))
    file = models.FileField(max_length=100, unique=True, null=True)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.CLEAR)
    removed = models.JSONField(default=list)
    created_at = models.DateTimeField(_("added"))
    by_id = models.CharField(max_length=64, help_text="the actor, as the journal knows them")
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="document_not_empty"),
            models.CheckConstraint(condition=models.Q(pages__gt=0), name="document_has_pages"),
            models.CheckConstraint(
                condition=models.Q(standing__in=["refused", "destroyed"], file=None)
                | (~models.Q(standing__in=["refused", "destroyed"]) & models.Q(file__isnull=False)),
                name="document_gone_has_no_file",
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="document_sha256"),
            models.Index(
                fields=["created_at"],
                condition=models.Q(standing="quarantine"),
                name="document_quarantine",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """What its file is encrypted for: a file put in another's place does not open."""
        return f"{self._meta.db_table}|file|{self.pk}"

    def read(self) -> bytes:
        """The whole content, as it came in. Raises `Refused` while nobody may read it."""
        if self.standing != Standing.CLEAR:
            raise Refused(Problem(f"document_in_{self.standing}", self.name))
        return self.content()

    def content(self) -> bytes:
        """The content whatever its standing: for the malware scanner alone."""
        with self.file.open("rb") as opened:
            return decrypt_bytes(bytes(opened.read()), self.place)


class Original(models.Model):
    """A file as somebody sent it, where the document made of it is not the same, byte by byte.

    Kept apart, because it may act by itself when it is opened: only `actions.read_original` gives
    it out. Encrypted as documents are.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="originals")
    number = models.PositiveSmallIntegerField(help_text="from 1, in the order they were sent")
    name = models.CharField(_("name"), max_length=NAME_MAX)
    size = models.PositiveBigIntegerField(_("size"), help_text="bytes")
    sha256 = models.CharField(max_length=64)
    file = models.FileField(max_length=100, unique=True, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="original_number_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """What its file is encrypted for."""
        return f"{self._meta.db_table}|file|{self.pk}"

    def content(self) -> bytes:
        """The file as it was sent."""
        with self.file.open("rb") as opened:
            return decrypt_bytes(bytes(opened.read()), self.place)
