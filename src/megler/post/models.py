"""The outbox; trading partners, deliveries to them, and every try."""

import uuid
from datetime import datetime
from email.utils import parseaddr
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.documents.models import Document
from megler.post.names import CHANNELS, OUTCOMES, SHAPES, DeliveryState
from megler.post.rules.naming import NAME_MAX
from megler.post.rules.partners import PartnerFacts
from megler.wires.https.posting import Shape


class MessageState(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    KEPT = "kept", _("Kept here")
    GIVEN_UP = "given_up", _("Could not be sent")


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, by who asks."""

    def visible_to(self, person: User) -> "MessageQuerySet":
        """The whole outbox, to those who may see the post."""
        return self.all() if person.may(Can.SEE_POST) else self.none()


class Message(models.Model):
    """One e-mail to one address.

    `private`: it holds a secret link, so its text is forgotten once sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField(_("to"))
    to_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=300)
    text = EncryptedField()
    private = models.BooleanField(default=False)
    language = models.CharField(max_length=5, blank=True)
    about_type = models.CharField(max_length=32, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=MessageState, default=MessageState.WAITING)
    created_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=False, state="sent")
                | models.Q(~models.Q(state="sent"), sent_at=None),
                name="message_sent_has_time",
            )
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="message_newest"),
            models.Index(fields=["state", "-created_at", "-id"], name="message_by_state"),
            models.Index(fields=["to", "-created_at"], name="message_to"),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
        ]

    @property
    def may_be_read(self) -> bool:
        """Whether its text may be shown: a private one only where it is kept instead of sent."""
        return not self.private or self.state == MessageState.KEPT

    @property
    def message_id(self) -> str:
        """Its Message-ID: the same however often it is sent, so that a second copy is known as one."""
        domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
        return f"<{self.pk.hex}@{domain}>"

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"


class Attachment(models.Model):
    """A document that goes with a message, under a name of its own."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_MAX)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="attachment_position_once")
        ]

    def __str__(self) -> str:
        return self.name


class PartnerQuerySet(models.QuerySet["TradingPartner"]):
    """Trading partners."""

    def visible_to(self, person: User) -> "PartnerQuerySet":
        """All of them, to those who look after them."""
        return self.all() if person.may(Can.CHANGE_PARTNERS) else self.none()

    def in_use(self, slug: str) -> "TradingPartner | None":
        """The partner of this name, if files may go there now."""
        return self.filter(slug=slug, is_active=True).first()


class TradingPartner(models.Model):
    """Somebody to whom files are delivered, how, and with which sign-in.

    `address` is a host (SFTP), an https:// address or an e-mail address. `secret` is a password, a
    passphrase of `private_key`, or with HTTPS and no user a bearer token. `host_keys` are the SFTP
    server's public keys, one a line. `authority` is a certificate that theirs is checked against.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("short name"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    channel = models.CharField(_("way"), max_length=5, choices=CHANNELS)
    address = models.CharField(_("address"), max_length=500)
    port = models.PositiveIntegerField(_("port"), null=True, blank=True)
    folder = models.CharField(_("folder"), max_length=300, blank=True)
    user = models.CharField(_("user"), max_length=100, blank=True)
    secret = EncryptedField(blank=True, default=str)
    private_key = EncryptedField(blank=True, default=str)
    host_keys = models.TextField(_("the server's key"), blank=True)
    authority = models.TextField(_("certificate authority"), blank=True)
    shape = models.CharField(
        _("how files travel"), max_length=9, choices=SHAPES, default=Shape.MULTIPART.value
    )
    dialect = models.CharField(_("message dialect"), max_length=64, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects: ClassVar[PartnerQuerySet] = PartnerQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal."""
        return "partner", str(self.pk)

    def to_facts(self) -> PartnerFacts:
        """As the rules check it."""
        return PartnerFacts(
            self.slug, self.name, self.channel, self.address, self.port, self.user, self.folder,
            self.host_keys, bool(self.secret), bool(self.private_key), self.is_active,
        )  # fmt: skip


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries, by who asks."""

    def visible_to(self, person: User) -> "DeliveryQuerySet":
        """All, to those who may see the post."""
        return self.all() if person.may(Can.SEE_POST) else self.none()

    def about(self, subject: tuple[str, object]) -> "DeliveryQuerySet":
        """Those of one thing, newest first."""
        found = self.filter(subject_type=subject[0], subject_id=str(subject[1]))
        return found.order_by("-created_at", "-pk")


class Delivery(models.Model):
    """Files on their way to a trading partner, once in effect.

    `key` is the caller's: the same key is the same delivery. While it waits, `next_try_at` says when
    it is tried; while it is on its way, `sending_until` says when that try counts as lost.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=200, unique=True)
    partner = models.ForeignKey(TradingPartner, models.PROTECT, related_name="deliveries")
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    url = models.CharField(max_length=200, blank=True, help_text="where its subject is looked at")
    message = models.OneToOneField(Message, models.PROTECT, null=True, related_name="delivery")
    state = models.CharField(_("state"), max_length=9, choices=DeliveryState)
    attempts = models.PositiveIntegerField(default=0)
    attempts_before = models.PositiveIntegerField(
        default=0, help_text="attempts made before somebody started anew"
    )
    next_try_at = models.DateTimeField(null=True)
    sending_until = models.DateTimeField(null=True)
    why = models.CharField(max_length=40, blank=True, help_text="a code, of the last try")
    receipt = EncryptedField(default=str)
    answer = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", help_text="where the receipt is cut"
    )
    created_at = models.DateTimeField(_("written"))
    by_id = models.CharField(max_length=64)
    by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state="waiting", next_try_at__isnull=False, sending_until=None, ended_at=None
                )
                | models.Q(
                    state="sending", next_try_at=None, sending_until__isnull=False, ended_at=None
                )
                | models.Q(
                    ~models.Q(state__in=["waiting", "sending"]),
                    next_try_at=None, sending_until=None, ended_at__isnull=False,
                ),
                name="delivery_state_has_its_time",
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="delivery_newest"),
            models.Index(fields=["state", "-created_at", "-id"], name="delivery_by_state"),
            models.Index(fields=["subject_type", "subject_id"], name="delivery_subject"),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="waiting"),
                name="delivery_due",
            ),
            models.Index(
                fields=["sending_until"],
                condition=models.Q(state="sending"),
                name="delivery_on_its_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.partner}"

    @property
    def subject(self) -> tuple[str, str]:
        """What is delivered, as the journal names it."""
        return self.subject_type, self.subject_id

    @property
    def delivered_at(self) -> datetime | None:
        """When it was there; None while it is not."""
        return self.ended_at if self.state == DeliveryState.DELIVERED else None


class DeliveryFile(models.Model):
    """A document of a delivery, and the name under which it travels."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME_MAX)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "name"], name="delivery_file_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class DeliveryTry(models.Model):
    """One try, written when it ended. The database refuses change and removal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField()
    outcome = models.CharField(max_length=7, choices=OUTCOMES)
    why = models.CharField(max_length=40, blank=True)
    said = EncryptedField(default=str)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="delivery_try_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.outcome}"
