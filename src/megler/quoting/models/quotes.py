"""Saved quotes: their inputs, their editions and their answer, so that each can be replayed."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from megler.accounts.encryption import EncryptedJSONField
from megler.accounts.models import User
from megler.licensing.models import Agent


class QuoteQuerySet(models.QuerySet["Quote"]):
    """Quotes, by who asks."""

    def visible_to(self, person: User) -> "QuoteQuerySet":
        """Staff see all; others their agents' quotes and those they made themselves."""
        if person.is_staff_member:
            return self
        agents = Agent.objects.acted_for_by(person)
        return self.filter(models.Q(agent__in=agents) | models.Q(made_by=person))


class Quote(models.Model):
    """A saved quote. `facts` and `answer` are the documents of docs/facts.md."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agent = models.ForeignKey(Agent, models.PROTECT, null=True, related_name="quotes")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+",
        help_text="nobody: a visitor of a quote link",
    )  # fmt: skip
    made_at = models.DateTimeField()
    title = models.CharField(max_length=200, blank=True)
    on = models.DateField(help_text="the day the quote is for")
    facts: Any = EncryptedJSONField()
    answer: Any = EncryptedJSONField()
    editions = models.JSONField(help_text="ids of the editions it was priced from")

    objects: ClassVar[QuoteQuerySet] = QuoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [models.Index(fields=["agent", "-made_at"], name="quote_agent_made")]

    def __str__(self) -> str:
        return self.title or str(self.pk)
