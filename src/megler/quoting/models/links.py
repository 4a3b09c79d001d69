"""Quote links for agents' own sites, how much they are used, and the leads they bring."""

import secrets
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from megler.accounts.encryption import EncryptedJSONField
from megler.accounts.models import User
from megler.licensing.models import Agent
from megler.quoting.models.quotes import Quote


def new_key() -> str:
    """A key for an address: it is public, yet nobody finds another's by trying."""
    return secrets.token_urlsafe(16)


class QuoteLinkQuerySet(models.QuerySet["QuoteLink"]):
    """Quote links, by who asks."""

    def visible_to(self, person: User) -> "QuoteLinkQuerySet":
        """Those of the agents that this person acts for."""
        return self.filter(agent__in=Agent.objects.acted_for_by(person))


class QuoteLink(models.Model):
    """A quote page to be put into an agent's own site. `sites` are the origins that may show it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="quote_links")
    title = models.CharField(max_length=100)
    sites = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    carriers_hidden = models.JSONField(default=list, help_text="slugs of carriers")
    language = models.CharField(max_length=5)
    is_on = models.BooleanField(default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[QuoteLinkQuerySet] = QuoteLinkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["agent", "-made_at"], name="quote_link_agent_made")]

    def __str__(self) -> str:
        return self.title

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, as the journal names it."""
        return "quote_link", str(self.pk)


class LinkDay(models.Model):
    """How much a quote link was used on a day."""

    link = models.ForeignKey(QuoteLink, models.CASCADE, related_name="days")
    day = models.DateField()
    views = models.PositiveIntegerField(default=0)
    quotes = models.PositiveIntegerField(default=0)
    leads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "day"], name="link_day_once")]

    def __str__(self) -> str:
        return f"{self.link}, {self.day}"


class LeadQuerySet(models.QuerySet["Lead"]):
    """Leads, by who asks."""

    def visible_to(self, person: User) -> "LeadQuerySet":
        """Those of the agents that this person acts for."""
        return self.filter(link__agent__in=Agent.objects.acted_for_by(person))


class Lead(models.Model):
    """A visitor who asked to be contacted. `contact` has name, email, phone and message."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(QuoteLink, models.PROTECT, related_name="leads")
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="+")
    contact: Any = EncryptedJSONField()
    consent = models.CharField(max_length=600, help_text="the words the visitor agreed to")
    made_at = models.DateTimeField()
    form = models.CharField(max_length=64, unique=True, help_text="the form that it was sent with")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[LeadQuerySet] = LeadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["link", "-made_at"], name="lead_link_made")]

    def __str__(self) -> str:
        return f"lead of {self.link}"

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about, as the journal names it."""
        return "lead", str(self.pk)
