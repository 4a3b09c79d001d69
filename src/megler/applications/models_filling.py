"""How an application gets filled: links for clients, interviews on the telephone, what was lacking."""

import hashlib
import secrets
import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.forms.rules.signing import LinkFacts, LinkState, link_state
from megler.licensing.models import Agent

FILLING_ROLES = {"insured": _("Proposed insured"), "owner": _("Owner")}


class FillLinkQuerySet(models.QuerySet["FillLink"]):
    """Links, by how they stand."""

    def open_at(self, at: datetime) -> "FillLinkQuerySet":
        """Those that can be used."""
        return self.filter(closed_at=None, expires_at__gt=at)


class FillLink(models.Model):
    """A private link by which a client fills in their part. Only the token's digest is kept here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "applications.Application", models.PROTECT, related_name="fill_links"
    )
    role = models.CharField(max_length=8, choices=FILLING_ROLES)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=5, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    code_digest = models.CharField(max_length=64, blank=True, help_text="of the code last sent")
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0, help_text="wrong ones at this code")
    codes_sent = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, help_text="the client said: that is all")
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=16, blank=True, help_text="a code")

    objects: ClassVar[FillLinkQuerySet] = FillLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "role"],
                condition=models.Q(closed_at=None),
                name="fill_link_once_a_role",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})"

    @staticmethod
    def new_token() -> str:
        """A token that nobody guesses: 256 random bits."""
        return secrets.token_urlsafe(32)

    @staticmethod
    def digest_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()

    def state(self, at: datetime) -> LinkState:
        """What the link is good for at `at`; it is open until it expires or is closed."""
        return link_state(LinkFacts(self.expires_at, voided_at=self.closed_at), at)


class Interview(models.Model):
    """Somebody of the agency asks the questions on the telephone and writes down the answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "applications.Application", models.PROTECT, related_name="interviews"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    whom = models.CharField(_("on the telephone with"), max_length=200)
    role = models.CharField(max_length=8, choices=FILLING_ROLES)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    skipped = models.JSONField(default=list, help_text="keys of questions to come back to")
    answered = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "by"],
                condition=models.Q(ended_at=None),
                name="interview_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.whom}, {self.started_at:%Y-%m-%d}"


class Occasion(models.TextChoices):
    """When good order was looked at by what somebody wanted to do."""

    ASK = "ask", _("Asking the client to sign")
    SUBMIT = "submit", _("Submitting")
    IMPORT = "import", _("Message from another system")
    SCRUB = "scrub", _("Scrubbing a finished application")


class GoodOrderCheckQuerySet(models.QuerySet["GoodOrderCheck"]):
    """Checks, by who asks and when they were."""

    def visible_to(self, person: User) -> "GoodOrderCheckQuerySet":
        """Staff see the agency's; sellers those of the agents they act for; others none."""
        if not person.may(Can.APPLY):
            return self.none()
        if person.is_staff_member:
            return self.all()
        return self.filter(agent__in=Agent.objects.acted_for_by(person))

    def between(self, since: datetime, until: datetime) -> "GoodOrderCheckQuerySet":
        """Those of a period."""
        return self.filter(at__gte=since, at__lt=until)


class GoodOrderCheck(models.Model):
    """One look at good order: in order, or with findings. Never an answer, only codes and questions."""

    id = models.BigAutoField(primary_key=True)
    application = models.ForeignKey(
        "applications.Application", models.CASCADE, null=True, related_name="checks"
    )
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="+")
    occasion = models.CharField(max_length=8, choices=Occasion)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    forms = models.CharField(max_length=100, help_text="the form set, or the general forms' key")
    is_first = models.BooleanField(help_text="the first of its occasion for its application")
    passed = models.BooleanField()

    objects: ClassVar[GoodOrderCheckQuerySet] = GoodOrderCheckQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "occasion", "version", "passed"],
                condition=models.Q(application__isnull=False),
                name="good_order_check_once_a_version",
            )
        ]
        indexes = [
            models.Index(fields=["at"], name="good_order_at"),
            models.Index(fields=["agent", "at"], name="good_order_agent_at"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.at:%Y-%m-%d}: {'in order' if self.passed else 'not'}"


class CheckedForm(models.Model):
    """A form that a check needed, and how many findings stood on it."""

    id = models.BigAutoField(primary_key=True)
    check_of = models.ForeignKey(GoodOrderCheck, models.CASCADE, related_name="checked_forms")
    key = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    findings = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.findings}"


class GoodOrderFinding(models.Model):
    """One thing that was not in good order: its code, the form and the question."""

    id = models.BigAutoField(primary_key=True)
    check_of = models.ForeignKey(GoodOrderCheck, models.CASCADE, related_name="findings")
    form = models.CharField(max_length=64)
    question = models.CharField(max_length=100, blank=True)
    short = models.CharField(max_length=300, help_text="the question's or the signer's name")
    code = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["question", "check_of"], name="good_order_question")]

    def __str__(self) -> str:
        return f"{self.question or self.short}: {self.code}"


class CompletedBy(models.TextChoices):
    """Who asks the questions that a ticket leaves open."""

    AGENCY = "agency", _("The agency, by telephone")
    CARRIER = "carrier", _("The carrier, by telephone")


class Ticket(models.Model):
    """A drop ticket: who is to be called and when; the rest is asked by interview."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField(
        "applications.Application", models.PROTECT, related_name="ticket"
    )
    completed_by = models.CharField(
        _("completed by"), max_length=8, choices=CompletedBy, default=CompletedBy.AGENCY
    )
    call_at = models.DateTimeField(_("asked to be called"), null=True, blank=True)
    note = EncryptedField(blank=True, default=str)

    def __str__(self) -> str:
        return f"ticket of {self.application_id}"
