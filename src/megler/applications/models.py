"""Applications."""

import uuid
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Func, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedJSONField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.models_filling import (  # noqa: F401 - so that Django knows them
    CheckedForm,
    FillLink,
    GoodOrderCheck,
    GoodOrderFinding,
    Interview,
)
from megler.applications.models_messages import (  # noqa: F401 - so that Django knows them
    ApplicationMessage,
    MessageDialect,
)
from megler.applications.models_uploads import Upload  # noqa: F401 - so that Django knows it
from megler.applications.rules.demands import Situation, demanded
from megler.applications.rules.questionnaires import questionnaire
from megler.applications.rules.replacement_table import (
    NONE,
    RuleTable,
    read_states,
    standard_table,
)
from megler.carriers.actions import form_set_of
from megler.carriers.models import Edition, Product
from megler.clients.models import Client
from megler.documents.models import Document
from megler.forms.models import SignatureRequest
from megler.forms.rules.derived import with_derived
from megler.forms.rules.form_set import FormSet
from megler.forms.rules.questionnaire import CONTEXT, DEMANDED, Answer, Questionnaire
from megler.forms.rules.receipt import read_receipt
from megler.licensing.models import Agent
from megler.quoting.models import Quote


class State(models.TextChoices):
    """Where an application is."""

    TICKET = "ticket", _("Ticket")
    DRAFT = "draft", _("Draft")
    SIGNING = "signing", _("Being signed")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (State.TICKET, State.DRAFT, State.SIGNING)


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications, by who asks."""

    def visible_to(self, person: User) -> "ApplicationQuerySet":
        """Those of the agents whom this person may act for; nobody's to who may not apply."""
        if not person.may(Can.APPLY):
            return self.none()
        if person.is_staff_member:
            return self.all()
        return self.filter(agent__in=Agent.objects.acted_for_by(person))


class Application(models.Model):
    """An application: the offer chosen, the answers, and how far it is.

    `answers` holds every answer by question key with who gave it, when, and in which `version`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(
        unique=True,
        db_default=Func(Value("application_number"), function="nextval"),
        help_text="from a sequence, never given twice",
    )
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="applications")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="applications")
    product = models.ForeignKey(Product, models.PROTECT, related_name="applications")
    quote = models.ForeignKey(Quote, models.PROTECT, null=True, related_name="applications")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    questionnaire_key = models.CharField(
        max_length=32, blank=True, help_text="Megler's general forms; empty with a form set"
    )
    form_set = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="+", help_text="the carrier's own forms"
    )
    offer = models.JSONField(help_text="what was chosen of the quote")
    answers: Any = EncryptedJSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    insured_name = models.CharField(_("proposed insured"), max_length=400, blank=True)
    packet = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("started"))
    changed_at = models.DateTimeField(_("changed"))
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    withdrawn_at = models.DateTimeField(null=True)

    _given: tuple[dict[str, Any], dict[str, Answer]] | None = None

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="submitted", submitted_at__isnull=False)
                | (~models.Q(state="submitted") & models.Q(submitted_at=None)),
                name="application_submitted_has_time",
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "-number"], name="application_agent"),
            models.Index(fields=["state", "-number"], name="application_state"),
            models.Index(fields=["client"], name="application_client"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.insured_name}".strip()

    @property
    def reference(self) -> str:
        """The number as people say it.

        >>> Application(number=10001).reference
        'A-10001'
        """
        return f"A-{self.number}"

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal and to signatures."""
        return "application", str(self.pk)

    @property
    def is_open(self) -> bool:
        """Whether it can still be worked on."""
        return self.state in OPEN_STATES

    @property
    def questionnaire(self) -> Questionnaire:
        """What this application asks: the carrier's form set, or Megler's general forms."""
        forms = self.carrier_forms
        return forms.questionnaire if forms else questionnaire(self.questionnaire_key)

    @property
    def carrier_forms(self) -> FormSet | None:
        """The carrier's form set; None when the general forms are used."""
        return form_set_of(self.form_set_id) if self.form_set_id else None

    @property
    def given(self) -> dict[str, Answer]:
        """The answers, as the rules take them, with what is derived from them; made once for those
        that stand. Ages are those on the day of the start."""
        answers = self.answers
        if self._given is None or self._given[0] is not answers:
            told = {key: Answer(**kept) for key, kept in answers.items()}
            on = timezone.localdate(self.started_at)
            context: dict[str, Any] = {
                key: str(self.offer[key]) for key in CONTEXT if self.offer.get(key)
            }
            values = {key: answer.value for key, answer in told.items()}
            context[DEMANDED] = demanded(self.situation(values, on))
            self._given = answers, with_derived(self.questionnaire, told, context, on)
        return self._given[1]

    def situation(self, values: Mapping[str, Any], on: date, exchanges: int = 0) -> Situation:
        """The application as the rules of replacement and of money see it on a day."""
        forms = self.carrier_forms
        receipt = read_receipt(forms.receipt)[0] if forms and forms.receipt else None
        return Situation(
            values=values,
            line=str(self.offer.get("line") or self.product.line),
            on=on,
            offer=self.offer,
            receipt=receipt,
            is_known=forms is not None,
            exchanges=exchanges,
            table=ReplacementCorrections.objects.table(),
        )

    @property
    def signatures(self) -> models.QuerySet[SignatureRequest]:
        """Every request to sign it, newest first."""
        return SignatureRequest.objects.about(self.subject).order_by("-requested_at")


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
    application = models.ForeignKey(Application, models.PROTECT, related_name="exchanges")
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
