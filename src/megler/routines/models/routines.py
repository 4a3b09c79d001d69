"""Routines, their versions, what they did, and the moments that nobody has read yet."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.cases.models import Case
from megler.journal.models import Entry
from megler.routines.rules import routines as rules
from megler.routines.rules.reading import read_routine


class Unread(models.Model):
    """A line of a case's journal that promises and routines have not been told of.

    Put here in the transaction that wrote it, taken away in the one that has its effects.
    """

    entry = models.OneToOneField(Entry, models.DO_NOTHING, primary_key=True, db_constraint=False)
    case_id = models.UUIDField()
    tries = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Routine(models.Model):
    """A rule "when … then …" of the agency's. `definition` is the plain data of its version.

    `looked_until`: so far has time been looked through for what time sets off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    definition = models.JSONField()
    when = models.CharField(max_length=12)
    version = models.PositiveIntegerField(default=1)
    is_on = models.BooleanField(_("on"), default=False)
    switched_at = models.DateTimeField(null=True)
    switched_by = models.CharField(max_length=200, blank=True)
    looked_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["when"], condition=Q(is_on=True), name="routine_on")]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> str:
        """How the journal knows it when it acts."""
        return f"routine:{self.pk}"

    def to_routine(self) -> rules.Routine:
        """As the rules know it. What is kept was read before it was kept."""
        found, problems = read_routine(self.actor_id, self.definition)
        if found is None:
            raise ValueError(f"routine {self.pk}: {problems}")
        return found


class RoutineVersion(models.Model):
    """A routine as it once stood, and who made it so."""

    routine = models.ForeignKey(Routine, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    definition = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["routine", "version"], name="routine_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Acted(models.Model):
    """A routine acted upon a moment: once, whatever else is tried. `stopped`: it would have gone round.

    `moment` names what set it off: a line of the journal, or a time that ran out. `problems` are what
    it could not do.
    """

    routine = models.ForeignKey(Routine, models.CASCADE, related_name="acted", db_index=False)
    version = models.PositiveIntegerField()
    moment = models.CharField(max_length=120)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    stopped = models.BooleanField(default=False)
    problems: Any = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["routine", "moment"], name="acted_once")]
        indexes = [
            models.Index(fields=["case", "-at"], name="acted_on_case"),
            models.Index(fields=["routine", "-at"], name="acted_by_routine"),
        ]

    def __str__(self) -> str:
        return f"{self.routine_id} {self.moment}"


class Preview(models.Model):
    """What a routine would have done in the past: counted in the background, shown with progress.

    `samples` are the first cases with what would have been written: [{"case", "number", "client",
    "at", "texts"}].
    """

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    routine = models.ForeignKey(Routine, models.CASCADE, related_name="previews")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    before_entry = models.BigIntegerField(null=True, help_text="read down to here, from the newest")
    read = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    times = models.PositiveIntegerField(default=0)
    cases = models.JSONField(default=list)
    samples: Any = models.JSONField(default=list)
    cut = models.BooleanField(default=False)
    since = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.routine_id} {self.made_at:%Y-%m-%d}"

    @property
    def percent(self) -> int:
        """How far it is."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.read * 100 // self.total) if self.total else 0


class TextState(models.TextChoices):
    """Where a text message is. Without a gateway it is kept to be read."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("sent")
    GIVEN_UP = "given_up", _("given up")
    KEPT = "kept", _("kept, no gateway is set")


class TextMessage(models.Model):
    """A text message to a telephone, sent through the agency's gateway."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.CharField(max_length=32)
    text = models.CharField(max_length=1600)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=TextState)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.to} {self.state}"
