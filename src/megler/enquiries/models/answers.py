"""What carriers answered, and the private links by which they do without an account."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.enquiries import names
from megler.enquiries.names import AnswerWay
from megler.enquiries.rules.answers import Answer, Outcome


class CarrierAnswer(models.Model):
    """One answer of a carrier; another one is another row, and this one stays.

    `premium` is a year's, priced here for the class answered from `edition`; None where no rate
    book is known, and `why_no_price` says so. `place` is where the class stands in the carrier's
    own list, 0 the best.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked = models.ForeignKey("enquiries.EnquiryCarrier", models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=names.choices(names.OUTCOME))
    class_code = models.CharField(max_length=60, blank=True)
    class_name = models.CharField(_("class"), max_length=100, blank=True)
    place = models.PositiveSmallIntegerField(null=True)
    table = models.PositiveSmallIntegerField(null=True)
    flat_extra = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    flat_years = models.PositiveSmallIntegerField(null=True)
    postponed_until = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    conditions: Any = EncryptedField(default=str)
    words: Any = EncryptedField(default=str)
    premium = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    premium_monthly = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="USD")
    edition = models.CharField(max_length=200, blank=True)
    why_no_price = models.CharField(max_length=40, blank=True, help_text="a code")
    way = models.CharField(max_length=9, choices=AnswerWay)
    by_name = models.CharField(max_length=200, help_text="who of the carrier said so")
    recorded_by = models.CharField(max_length=200)
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["asked", "number"], name="carrier_answer_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.class_name}".strip()

    def to_facts(self) -> Answer:
        """As the rules know it."""
        return Answer(
            Outcome(self.outcome), self.class_code, self.class_name, self.table, self.flat_extra,
            self.flat_years, self.postponed_until, self.valid_until, self.conditions, self.words,
        )  # fmt: skip


class AnswerLink(models.Model):
    """A private link by which an underwriter answers. Only the token's digest is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked = models.ForeignKey("enquiries.EnquiryCarrier", models.CASCADE, related_name="links")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField()
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked", "-made_at"], name="answer_link_of_asked")]

    def __str__(self) -> str:
        return f"link of {self.email}"

    @staticmethod
    def new_token() -> str:
        """A token that nobody guesses: 256 random bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def is_open(self, at: datetime) -> bool:
        """Whether it can be used at `at`."""
        return self.closed_at is None and at < self.expires_at
