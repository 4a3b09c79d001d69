"""Papers (forms filled in) and the requests to sign them."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.documents.models import Document
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import LinkFacts, LinkState, link_state, packet_hash

ROLE_NAMES = {
    SignerRole.INSURED: _("Proposed insured"),
    SignerRole.OWNER: _("Owner"),
    SignerRole.AGENT: _("Agent"),
}


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, by what they are about."""

    def about(self, subject: tuple[str, object]) -> "PaperQuerySet":
        return self.filter(subject_type=subject[0], subject_id=str(subject[1]))


class Paper(models.Model):
    """One form filled in, as its signers see it. Never changed: new answers make a new paper."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64)
    form_key = models.CharField(max_length=64)
    name = models.CharField(_("form"), max_length=200)
    edition = models.CharField(_("edition"), max_length=64)
    content_hash = models.CharField(max_length=64, help_text="of what was filled in")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="of the document's bytes")
    made_at = models.DateTimeField()

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "form_key", "content_hash"],
                name="paper_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.edition})"


class SignatureRequestQuerySet(models.QuerySet["SignatureRequest"]):
    """Requests, by what they are about and how they stand."""

    def about(self, subject: tuple[str, object]) -> "SignatureRequestQuerySet":
        return self.filter(subject_type=subject[0], subject_id=str(subject[1]))

    def valid(self) -> "SignatureRequestQuerySet":
        """Signatures that count."""
        return self.filter(signed_at__isnull=False, voided_at=None)

    def standing(self) -> "SignatureRequestQuerySet":
        """Neither voided nor declined; an expired link stands until a new one is sent."""
        return self.filter(voided_at=None, declined_at=None)


class SignatureRequest(models.Model):
    """One signer, asked once. The link's token is known to the signer alone; here is its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_type = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=64)
    role = models.CharField(max_length=8, choices=ROLE_NAMES)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    papers = models.ManyToManyField(Paper, related_name="signatures")
    signed_at = models.DateTimeField(null=True)
    packet_hash = models.CharField(max_length=64, blank=True)
    consent_version = models.CharField(max_length=16, blank=True)
    consent_hash = models.CharField(max_length=64, blank=True)
    typed_name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=64, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=64, blank=True, help_text="a code")

    objects: ClassVar[SignatureRequestQuerySet] = SignatureRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "role"],
                condition=models.Q(voided_at=None, declined_at=None),
                name="signature_asked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None)
                | ~(models.Q(packet_hash="") | models.Q(typed_name="") | models.Q(consent_hash="")),
                name="signature_has_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | models.Q(declined_at=None),
                name="signature_signed_or_declined",
            ),
        ]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="signature_subject")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"

    @staticmethod
    def new_token() -> str:
        """A token that nobody guesses: 256 random bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, as the journal names it."""
        return self.subject_type, self.subject_id

    def state(self, at: datetime) -> LinkState:
        """What the link is good for at `at`."""
        facts = LinkFacts(self.expires_at, self.signed_at, self.declined_at, self.voided_at)
        return link_state(facts, at)


def hash_of(papers: list[Paper]) -> str:
    """The one hash of papers shown together."""
    return packet_hash((paper.form_key, paper.sha256) for paper in papers)
