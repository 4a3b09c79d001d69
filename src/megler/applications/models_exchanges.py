"""What moves money from old policies into the one applied for, and what an agency knows of states."""

import uuid
from functools import lru_cache
from typing import ClassVar

from django.db import models
from django.db.models import Func, Value
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.applications.rules.replacement_table import (
    NONE,
    RuleTable,
    read_states,
    standard_table,
)
from megler.documents.models import Document


@lru_cache(maxsize=2)
def _corrected(number: int) -> RuleTable:
    """The product's table with an agency's rows; corrections are never changed once given."""
    table = standard_table()
    text = ReplacementCorrections.objects.values_list("text", flat=True).get(pk=number)
    rows, _problems = read_states(text, frozenset(table.forms) | {NONE})
    return table.corrected(RuleTable(tuple(rows), {}))


class ReplacementCorrectionsQuerySet(models.QuerySet["ReplacementCorrections"]):
    """Corrections of the table of states."""

    def table(self) -> RuleTable:
        """The table that holds in this agency."""
        newest = self.order_by("-pk").values_list("pk", flat=True).first()
        return standard_table() if newest is None else _corrected(newest)


class ReplacementCorrections(models.Model):
    """An agency's own rows of the table of states, as it gave them; the newest stand."""

    id = models.BigAutoField(primary_key=True)
    text = models.TextField(help_text="CSV with the columns of replacement.csv")
    rows = models.PositiveIntegerField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)

    objects: ClassVar[ReplacementCorrectionsQuerySet] = ReplacementCorrectionsQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.given_at:%Y-%m-%d} {self.given_by}"


class ExchangeState(models.TextChoices):
    """How far a 1035 exchange is."""

    PREPARING = "preparing", _("Being prepared")
    SENT = "request_sent", _("Request sent")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    ARRIVED = "money_arrived", _("Money arrived")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", _("Cancelled")


UNDER_WAY = (ExchangeState.PREPARING, ExchangeState.SENT, ExchangeState.ACKNOWLEDGED)


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Exchanges, by who asks."""

    def visible_to(self, person: User) -> "ExchangeQuerySet":
        """Those of the applications that this person may see."""
        from megler.applications.models import Application

        return self.filter(application__in=Application.objects.visible_to(person))

    def under_way(self) -> "ExchangeQuerySet":
        """Those whose money has neither come nor been given up."""
        return self.filter(state__in=UNDER_WAY)


class Exchange(models.Model):
    """Money that moves from an old policy into the one applied for, tracked until it arrives.

    `facts` holds what the decision under section 1035 was made on. Amounts are dollars.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(
        unique=True,
        db_default=Func(Value("exchange_number"), function="nextval"),
        help_text="from a sequence, for lists in the order of starting",
    )
    application = models.ForeignKey("Application", models.PROTECT, related_name="exchanges")
    state = models.CharField(
        _("state"), max_length=16, choices=ExchangeState, default=ExchangeState.PREPARING
    )
    is_partial = models.BooleanField(default=False)
    source_kind = models.CharField(max_length=16)
    carrier_name = models.CharField(_("existing insurer"), max_length=200)
    carrier_address = models.CharField(max_length=400, blank=True)
    policy_number = models.CharField(max_length=64)
    expected = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    cost_basis = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    loan = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    facts = models.JSONField(default=dict)
    arrived = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    basis_arrived = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    refused_why = models.CharField(max_length=500, blank=True)
    letter = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    next_on = models.DateField(null=True, help_text="the next day on which somebody must ask")

    objects: ClassVar[ExchangeQuerySet] = ExchangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "carrier_name", "policy_number"],
                condition=models.Q(state__in=[str(state) for state in UNDER_WAY]),
                name="exchange_once_a_policy",
            ),
            models.CheckConstraint(
                condition=models.Q(state="money_arrived", arrived__gt=0)
                | (~models.Q(state="money_arrived") & models.Q(arrived=None)),
                name="exchange_arrived_with_money",
            ),
            models.CheckConstraint(
                condition=models.Q(state="preparing")
                | models.Q(sent_on__isnull=False)
                | models.Q(state__in=["refused", "cancelled"]),
                name="exchange_sent_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["number"],
                condition=models.Q(state__in=[str(state) for state in UNDER_WAY]),
                name="exchange_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier_name} {self.policy_number}"

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal and to tasks."""
        return "exchange", str(self.pk)

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class ExchangeEvent(models.Model):
    """One thing that happened with an exchange: what, on which day, told by whom."""

    id = models.BigAutoField(primary_key=True)
    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="events")
    what = models.CharField(max_length=16)
    words = models.CharField(max_length=500, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    happened_on = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["exchange", "id"], name="exchange_event")]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.what}"
