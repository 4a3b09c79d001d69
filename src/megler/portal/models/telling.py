"""The week's digest."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from megler.licensing.models import Agent
from megler.post.models import Message


class Digest(models.Model):
    """One person's or agent's digest of the week that begins on `week`, a Monday; once a week.

    `message` is None while it is still to be written, and when there was nothing to tell.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    week = models.DateField()
    agent = models.ForeignKey(Agent, models.CASCADE, null=True, related_name="digests")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="digests"
    )
    done_at = models.DateTimeField(null=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "week"], condition=Q(person=None), name="digest_of_agent_once"
            ),
            models.UniqueConstraint(
                fields=["person", "week"], condition=Q(agent=None), name="digest_of_person_once"
            ),
            models.CheckConstraint(
                condition=Q(agent=None, person__isnull=False) | Q(agent__isnull=False, person=None),
                name="digest_is_for_one",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(done_at=None), name="digest_to_write")]

    def __str__(self) -> str:
        return f"digest of {self.week}"
