"""Papers (forms filled in) and the requests to sign them."""

import hashlib
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedJSONField, digest
from megler.documents.models import Document
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import LinkFacts, LinkState, Method, link_state, packet_hash

ROLE_NAMES = {
    SignerRole.INSURED: _("Proposed insured"),
    SignerRole.OWNER: _("Owner"),
    SignerRole.PAYOR: _("Payor"),
    SignerRole.AGENT: _("Agent"),
}


METHOD_NAMES = {
    Method.TYPED: _("typed"),
    Method.DRAWN: _("drawn"),
    Method.WET: _("signed on paper"),
}


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers, by what they are about."""

    def about(self, subject: tuple[str, object]) -> "PaperQuerySet":
        return self.filter(subject_type=subject[0], subject_id=str(subject[1]))


class Paper(models.Model):
    """One form filled in, as its signers see it. Never changed: new answers make a new paper.

    `stamped` is the same with its signatures drawn on it, made once, when the packet is bound.
    """

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
    stamped = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

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
    """One signer, asked once. The link's token is known to the signer alone; here is its digest.

    `strokes` is a drawn signature as lines of points (see `rules.strokes`); `scans` are the pages of
    one written on paper; `changed` names the questions whose change voided it.
    """

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
    language = models.CharField(max_length=5, blank=True)
    code_digest = models.CharField(max_length=64, blank=True, help_text="of the code last sent")
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0, help_text="wrong ones at this code")
    codes_sent = models.PositiveSmallIntegerField(default=0)
    born_checked_at = models.DateTimeField(null=True)
    code_checked_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    expiry_told_at = models.DateTimeField(null=True)
    papers = models.ManyToManyField(Paper, related_name="signatures")
    signed_at = models.DateTimeField(null=True)
    packet_hash = models.CharField(max_length=64, blank=True)
    consent_version = models.CharField(max_length=16, blank=True)
    consent_hash = models.CharField(max_length=64, blank=True)
    method = models.CharField(max_length=8, choices=METHOD_NAMES, default=Method.TYPED)
    typed_name = models.CharField(max_length=200, blank=True)
    strokes: Any = EncryptedJSONField(null=True)
    signed_in = models.CharField(max_length=120, blank=True, help_text="city and state")
    scans = models.ManyToManyField(Document, related_name="+")
    address = models.CharField(max_length=64, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=64, blank=True, help_text="a code")
    changed = models.JSONField(default=list, blank=True)

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
                | ~(models.Q(packet_hash="") | models.Q(typed_name=""))
                & (models.Q(method="wet") | ~models.Q(consent_hash="")),
                name="signature_has_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_at=None) | models.Q(declined_at=None),
                name="signature_signed_or_declined",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="signature_subject"),
            models.Index(
                fields=["expires_at"],
                condition=models.Q(signed_at=None, voided_at=None, declined_at=None),
                name="signature_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.name}"

    def token(self) -> str:
        """The link's token: 256 bits that nobody without the installation's secret can find.

        It is not kept, only found again, so that a reminder can bring the same link.
        """
        return digest(f"signing link {self.pk}".encode())

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
