"""Proposals made from saved quotes, and the private links by which clients read them."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.documents.models import Document
from megler.quoting.models.quotes import Quote


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Proposals, by who asks."""

    def visible_to(self, person: User) -> "ProposalQuerySet":
        """Those of the quotes that this person sees."""
        return self.filter(quote__in=Quote.objects.visible_to(person))


class Proposal(models.Model):
    """Offers of a saved quote on paper, for somebody. Never changed: another wish is another one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="proposals")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    language = models.CharField(max_length=5)
    prepared_for = EncryptedField()
    offers = models.JSONField(help_text="places of the compared offers in the quote's answer")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    objects: ClassVar[ProposalQuerySet] = ProposalQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["quote", "-made_at"], name="proposal_quote_made")]

    def __str__(self) -> str:
        return self.document.name

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, as the journal names it."""
        return "proposal", str(self.pk)


class ProposalLinkQuerySet(models.QuerySet["ProposalLink"]):
    """Links, by whether they still open."""

    def open_at(self, at: datetime) -> "ProposalLinkQuerySet":
        return self.filter(expires_at__gt=at, revoked_at=None)


class ProposalLink(models.Model):
    """A private link to one proposal. Found by the token's digest; shown again to who made it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="links")
    token = EncryptedField()
    token_digest = models.CharField(max_length=64, unique=True)
    to = EncryptedField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_first_at = models.DateTimeField(null=True)
    opened_last_at = models.DateTimeField(null=True)
    times_opened = models.PositiveIntegerField(default=0)

    objects: ClassVar[ProposalLinkQuerySet] = ProposalLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["proposal", "-made_at"], name="proposal_link_made")]

    def __str__(self) -> str:
        return f"link to {self.proposal_id}"

    @staticmethod
    def new_token() -> str:
        """A token that nobody guesses: 256 random bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def is_open(self, at: datetime) -> bool:
        """Whether it opens its proposal at `at`."""
        return self.revoked_at is None and at < self.expires_at
