"""What happened, for others to hear: events in order, who hears them, and what was delivered."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.models import Carrier
from megler.cases.models import Case


class EventQuerySet(models.QuerySet["Event"]):
    """Events, by who asks."""

    def visible_to(self, person: User) -> "EventQuerySet":
        """Those of the cases that the person may see; what is for the agency alone, to staff.

        A carrier is told of the case and its requirements, as on the case's own page.
        """
        found = self.filter(case__in=Case.objects.visible_to(person))
        if person.role == Role.CARRIER:
            found = found.filter(
                models.Q(verb__startswith="case.") | models.Q(verb__startswith="requirement.")
            )
        return found if person.is_staff_member else found.filter(staff_only=False)


class Event(models.Model):
    """Something that happened with a case; `number` counts within the case, `id` over all."""

    id = models.BigAutoField(primary_key=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    entry_id = models.BigIntegerField(unique=True, help_text="the journal's entry")
    verb = models.CharField(max_length=60)
    at = models.DateTimeField()
    told = models.JSONField(default=dict)
    staff_only = models.BooleanField(default=False)
    status = models.CharField(max_length=20)
    decision = models.CharField(max_length=24, blank=True)
    holder = models.CharField(max_length=8, blank=True)
    next_step = models.CharField(max_length=32)
    policy_number = models.CharField(max_length=40, blank=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="event_number_of_case_once")
        ]
        indexes = [models.Index(fields=["at", "id"], name="event_at")]

    def __str__(self) -> str:
        return f"{self.verb} {self.number}"


class Format(models.TextChoices):
    """How events are told."""

    STANDARD = "standard", _("Megler's own: small, with a link to the API")
    IRI = "iri", _("IRI application status push notifications 1.1.0")


class Subscription(models.Model):
    """An address that hears of events, as `person` may see them. Empty `kinds`: all of them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100)
    address = models.URLField(_("address"), max_length=500)
    secret: Any = EncryptedField()
    format = models.CharField(_("format"), max_length=8, choices=Format, default=Format.STANDARD)
    kinds = models.JSONField(_("events"), default=list, blank=True)
    carrier = models.ForeignKey(
        Carrier, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("carrier")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_on = models.BooleanField(_("switched on"), default=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """What became of a delivery."""

    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    DEAD = "dead", _("Given up")
    SKIPPED = "skipped", _("Not for this subscriber")


class Delivery(models.Model):
    """One event on its way to one subscriber; `replay` counts how often it was asked for again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(Event, models.CASCADE, related_name="deliveries")
    replay = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    answer = models.PositiveSmallIntegerField(null=True)
    said = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "subscription", "replay"], name="webhook_delivery_once"
            )
        ]
        indexes = [
            models.Index(fields=["subscription", "-event"], name="webhook_log"),
            models.Index(
                fields=["subscription", "event"],
                condition=models.Q(state="waiting"),
                name="webhook_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.subscription}"


class Heard(models.Model):
    """A notification that a carrier pushed to us; the same event of the same carrier once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.ForeignKey(Carrier, models.CASCADE, related_name="+")
    event_id = models.CharField(max_length=200)
    body: Any = EncryptedField()
    heard_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["carrier", "event_id"], name="heard_once")]

    def __str__(self) -> str:
        return self.event_id


class Listening(models.Model):
    """That a carrier pushes notifications to us, and the secret with which it signs them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.OneToOneField(Carrier, models.CASCADE, related_name="+")
    secret: Any = EncryptedField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.carrier)
