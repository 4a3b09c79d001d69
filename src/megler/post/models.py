"""The outbox."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can


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

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"
