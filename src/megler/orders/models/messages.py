"""Every message of an order, in and out, and each word that a vendor said."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.documents.models import Document
from megler.orders import names
from megler.orders.models.orders import Order, OrderItem
from megler.orders.models.vendors import Vendor
from megler.post.models import Delivery, Message


class Direction(models.TextChoices):
    """Whose message it is."""

    IN = "in", _("From the vendor")
    OUT = "out", _("To the vendor")


class MessageState(models.TextChoices):
    """What became of a vendor's message."""

    ARRIVED = "arrived", _("Not read yet")
    READ = "read", _("Read")
    REFUSED = "refused", _("Not readable")
    SENT = "sent", _("Ours")


class WordState(models.TextChoices):
    """What became of a word."""

    APPLIED = "applied", _("Taken over")
    TRAY = "tray", _("In the tray")
    SET_ASIDE = "set_aside", _("Set aside")


class OrderMessage(models.Model):
    """A message as it went or came. The same bytes from the same vendor are one row; `copies` counts
    how often they came. `way` is how: push, sftp, https, answer, delivery, email, letter, hand."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="messages")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    purpose = models.CharField(max_length=12, choices=names.choices(names.PURPOSE))
    way = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=MessageState)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    guid = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200, blank=True)
    said_at = models.DateTimeField(null=True, help_text="by the sender's own clock")
    came_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    copies = models.PositiveIntegerField(default=1)
    problems = models.JSONField(default=list)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="+")
    message = models.ForeignKey(Message, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["vendor", "digest"], condition=Q(direction="in"), name="order_message_once"
            )
        ]
        indexes = [
            models.Index(fields=["order", "came_at"], name="order_message_of_order"),
            models.Index(fields=["came_at"], condition=Q(state="arrived"), name="order_message_unread"),
            models.Index(fields=["-came_at"], condition=Q(state="refused"), name="order_message_refused"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.vendor} {self.came_at:%Y-%m-%d %H:%M}"


class WordQuerySet(models.QuerySet["OrderWord"]):
    """Words, by who asks."""

    def visible_to(self, person: User) -> "WordQuerySet":
        """All, to those who work cases."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()

    def in_tray(self) -> "WordQuerySet":
        """Those that wait for somebody, oldest first."""
        return self.filter(state=WordState.TRAY).order_by("heard_at", "pk")


class OrderWord(models.Model):
    """What a message says of one requirement at one moment. `at` and `sequence` are the vendor's own.

    `about` is what it says it is about: numbers, kind, and who the person is. `reasons` say why it
    waits in the tray: [{"code", "params"}].
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(OrderMessage, models.CASCADE, related_name="words")
    position = models.PositiveSmallIntegerField()
    item = models.ForeignKey(OrderItem, models.CASCADE, null=True, related_name="words")
    event = models.CharField(max_length=10, choices=names.choices(names.EVENT))
    at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    heard_at = models.DateTimeField()
    appointment = models.DateTimeField(null=True)
    fee = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    detail = EncryptedField(blank=True, default=str)
    about = EncryptedJSONField(null=True)
    state = models.CharField(max_length=9, choices=WordState)
    reasons = models.JSONField(default=list)
    decided_by = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[WordQuerySet] = WordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "sequence", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="order_word_once"),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(item__isnull=False), name="order_word_has_item"
            ),
        ]
        indexes = [
            models.Index(fields=["item", "at"], name="order_word_of_item"),
            models.Index(fields=["heard_at", "id"], condition=Q(state="tray"), name="order_tray"),
        ]

    def __str__(self) -> str:
        return f"{self.get_event_display()} {self.at:%Y-%m-%d %H:%M}"


class OrderFile(models.Model):
    """A file that came with a word: kept apart until it is known whose it is.

    `trouble` is why it could not be taken, when it was not; the message itself still holds it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    word = models.ForeignKey(OrderWord, models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["word", "position"], name="order_file_once")]

    def __str__(self) -> str:
        return self.name
