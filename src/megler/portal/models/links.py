"""Private links: a client's page of one case, and a person's calendar."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from megler.accounts.encryption import EncryptedField
from megler.cases.models import Case


def new_token() -> str:
    """A token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What a token is found by."""
    return hashlib.sha256(token.encode()).hexdigest()


class ClientLinkQuerySet(models.QuerySet["ClientLink"]):
    """Links, by whether they still open."""

    def open_at(self, at: datetime) -> "ClientLinkQuerySet":
        """Those that open their page at a time."""
        return self.filter(expires_at__gt=at, revoked_at=None)


class ClientLink(models.Model):
    """A client's private link to the state of their case; shown again to who may make one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="client_links")
    token: Any = EncryptedField()
    token_digest = models.CharField(max_length=64, unique=True)
    to: Any = EncryptedField()
    language = models.CharField(max_length=5)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_last_at = models.DateTimeField(null=True)
    times_opened = models.PositiveIntegerField(default=0)

    objects: ClassVar[ClientLinkQuerySet] = ClientLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["case", "-made_at"], name="client_link_of_case")]

    def __str__(self) -> str:
        return f"link to {self.case_id}"


class CalendarFeed(models.Model):
    """A person's private address of their deadlines; one at a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feeds"
    )
    token: Any = EncryptedField()
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(revoked_at=None),
                name="calendar_feed_one_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"calendar of {self.person}"
