"""The policy as the carrier issued it, what differs, how it was delivered, and the free look."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.cases import names
from megler.cases.models.cases import Case
from megler.cases.models.papers import CaseDocument
from megler.cases.rules.free_look import LookRule
from megler.vocabulary.codes import JURISDICTIONS, Line

TOKEN_BYTES = 32


class IssuedPolicy(models.Model):
    """A policy as it came from the carrier; the last of a case holds, earlier ones were corrected.

    Premium is of the mode. `people` holds insured, owner and beneficiaries as the policy names them;
    what nobody read off it is left out and not compared.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="policies")
    position = models.PositiveSmallIntegerField()
    policy_number = models.CharField(_("policy number"), max_length=40)
    policy_on = models.DateField(_("policy date"), null=True)
    class_issued = models.CharField(_("class"), max_length=100, blank=True)
    face_amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True)
    premium = models.DecimalField(_("premium"), max_digits=14, decimal_places=2, null=True)
    mode = models.CharField(max_length=12, choices=names.choices(names.MODE), blank=True)
    term_years = models.PositiveSmallIntegerField(null=True)
    people: Any = EncryptedJSONField(default=dict)
    document = models.ForeignKey(CaseDocument, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-position"]
        constraints = [
            models.UniqueConstraint(fields=["case", "position"], name="issued_policy_once")
        ]

    def __str__(self) -> str:
        return self.policy_number


class PolicyDifference(models.Model):
    """One part of an issued policy that is not as it was to be, and what was settled about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    policy = models.ForeignKey(IssuedPolicy, models.CASCADE, related_name="differences")
    part = models.CharField(max_length=16, choices=names.choices(names.POLICY_PART))
    expected: Any = EncryptedField(null=True)
    found: Any = EncryptedField(null=True)
    state = models.CharField(
        max_length=10, choices=names.choices(names.DIFFERENCE_STATE), default="open"
    )
    reason: Any = EncryptedField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "part"], name="policy_difference_once"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(reason__isnull=False),
                name="policy_difference_settled_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_part_display())


class PolicyDelivery(models.Model):
    """A policy on its way to its owner: by e-mail with a private link, by courier, or by hand.

    `shown` are the files behind the link, by their SHA-256: what the client saw. The receipt says
    who took it, when, and from where.
    """

    LINK_DAYS = 30
    TRIES_MAX = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deliveries")
    way = models.CharField(_("way"), max_length=8, choices=names.choices(names.DELIVERY_WAY))
    to_name = models.CharField(_("to"), max_length=200)
    to_email = models.EmailField(_("e-mail"), blank=True)
    courier = models.CharField(_("courier"), max_length=60, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    sent_at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    token_digest = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True)
    documents = models.ManyToManyField(CaseDocument, related_name="+")
    shown = models.JSONField(default=list)
    tries = models.PositiveSmallIntegerField(default=0, help_text="wrong dates of birth given")
    opened_at = models.DateTimeField(null=True)
    opened_from = models.CharField(max_length=64, blank=True)
    received_on = models.DateField(null=True)
    receipt_at = models.DateTimeField(null=True)
    receipt_name = models.CharField(max_length=200, blank=True)
    receipt_from = models.CharField(max_length=64, blank=True)
    receipt_agent = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"], condition=~Q(token_digest=""), name="delivery_token_once"
            )
        ]
        indexes = [models.Index(fields=["case", "-sent_at"], name="delivery_of_case")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.to_name}"

    @staticmethod
    def new_token() -> str:
        """A secret for a link; only its digest is kept."""
        return secrets.token_urlsafe(TOKEN_BYTES)

    @staticmethod
    def digest_of(token: str) -> str:
        """What is kept of a token."""
        return hashlib.sha256(token.encode()).hexdigest()

    def is_open(self, at: datetime) -> bool:
        """Whether its link still opens."""
        return self.ended_at is None and self.expires_at is not None and at < self.expires_at


class FreeLookRuleQuerySet(models.QuerySet["FreeLookRule"]):
    """Free-look rules."""

    def visible_to(self, person: User) -> "FreeLookRuleQuerySet":
        """Staff see the agency's rules; nobody else needs them."""
        return self.all() if person.is_staff_member else self.none()


class FreeLookRule(models.Model):
    """Days in which an owner may return a policy, as the agency enters them with their source.

    Empty state or line: all. `is_replacement` None: whether the policy replaces another or not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(
        _("state"), max_length=2, blank=True, choices=list(JURISDICTIONS.items())
    )
    line = models.CharField(
        _("line"), max_length=20, blank=True, choices=[(line.value, line.value) for line in Line]
    )
    is_replacement = models.BooleanField(_("of a replacement"), null=True)
    days = models.PositiveSmallIntegerField(
        _("days"), validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    holds_from = models.DateField(_("holds from"))
    source = models.CharField(_("source"), max_length=300)

    objects: ClassVar[FreeLookRuleQuerySet] = FreeLookRuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["state", "line", "holds_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "line", "is_replacement", "holds_from"],
                name="free_look_rule_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.state or '*'} {self.line or '*'} {self.days}"

    def to_rule(self) -> LookRule:
        """As the rules know it."""
        line = Line(self.line) if self.line else None
        return LookRule(
            self.days, self.holds_from, self.source, self.state, line, self.is_replacement
        )
