"""Messages that an application came from or went out as, and the dialects that partners want."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedJSONField
from megler.accounts.models import User
from megler.documents.models import Document
from megler.exchange.txlife.dialects import ACORD, Dialect, read_dialect
from megler.vocabulary.problems import Problem, Refused


class Direction(models.TextChoices):
    """Which way a message went."""

    RECEIVED = "received", _("Received")
    SENT = "sent", _("Sent")


class ApplicationMessage(models.Model):
    """A TXLife 103 as it came in or went out, with what was not understood of it.

    `left` holds `path`, `text` and `line` of each thing that no question took; `left_more` more were
    counted. `tracking_id` is the sender's own number. `files` came with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "applications.Application", models.PROTECT, related_name="messages"
    )
    direction = models.CharField(max_length=8, choices=Direction)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    files = models.ManyToManyField(Document, related_name="+")
    guid = models.CharField(max_length=200, blank=True)
    sender = models.CharField(_("sender"), max_length=200, blank=True)
    tracking_id = models.CharField(max_length=200, blank=True)
    dialect = models.CharField(_("dialect"), max_length=64, blank=True)
    filled_in = models.PositiveIntegerField(default=0, help_text="questions it answered")
    left: Any = EncryptedJSONField(default=list)
    left_more = models.PositiveIntegerField(default=0)
    problems: Any = EncryptedJSONField(default=list)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        indexes = [
            models.Index(
                fields=["guid"], condition=~models.Q(guid=""), name="application_message_guid"
            ),
            models.Index(
                fields=["sender", "tracking_id"],
                condition=~models.Q(tracking_id=""),
                name="application_message_tracking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}: {self.sender} {self.guid}".strip()


class MessageDialectQuerySet(models.QuerySet["MessageDialect"]):
    """Dialects, by who wants them."""

    def named(self, slug: str) -> Dialect:
        """The dialect of this name; ACORD's own without one. Raises `Refused` when it is not kept."""
        if not slug:
            return ACORD
        found = self.filter(slug=slug).first()
        if found is None:
            known = ", ".join(self.order_by("slug").values_list("slug", flat=True)[:20])
            raise Refused(Problem("txlife_dialect_unknown", "dialect", slug, known or "acord"))
        return found.read()

    def by_carrier_code(self, code: str) -> Dialect | None:
        """The dialect in which a carrier is known by this code of its own."""
        for one in self.order_by("slug"):
            if (dialect := one.read()).carrier_code == code and code:
                return dialect
        return None


class MessageDialect(models.Model):
    """How a trading partner wants its messages, as it was given: TOML, checked when kept."""

    slug = models.SlugField(_("short name"), max_length=64, unique=True)
    carrier_slug = models.SlugField(max_length=64)
    name = models.CharField(_("name"), max_length=200)
    text = models.TextField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=200)

    objects: ClassVar[MessageDialectQuerySet] = MessageDialectQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    def read(self) -> Dialect:
        """The dialect. Raises `Refused` for one that an older product kept and this cannot read."""
        found, problems = read_dialect(self.text)
        if found is None:
            raise Refused(problems)
        return found


def messages_for(person: User) -> models.QuerySet[ApplicationMessage]:
    """Messages of the applications that this person may see."""
    from megler.applications.models import Application

    return ApplicationMessage.objects.filter(application__in=Application.objects.visible_to(person))
