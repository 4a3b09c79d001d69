"""Applications."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Func, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedJSONField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.models_exchanges import (  # noqa: F401 - so that Django knows them
    Exchange,
    ExchangeEvent,
    ReplacementCorrections,
)
from megler.applications.models_filling import (  # noqa: F401 - so that Django knows them
    CheckedForm,
    FillLink,
    GoodOrderCheck,
    GoodOrderFinding,
    Interview,
    Ticket,
)
from megler.applications.models_messages import (  # noqa: F401 - so that Django knows them
    ApplicationMessage,
    MessageDialect,
)
from megler.applications.models_uploads import Upload  # noqa: F401 - so that Django knows it
from megler.applications.rules.demands import Situation, demanded
from megler.applications.rules.questionnaires import questionnaire
from megler.applications.rules.signers import CHILD_BY, owner_signs_for
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
        """What this application asks: the carrier's form set, or Megler's general forms.

        A child, by the age on the day of the start, does not sign: the owner does. Who owns the
        policy on their own life signs once: as the insured.
        """
        forms = self.carrier_forms
        made = forms.questionnaire if forms else questionnaire(self.questionnaire_key)
        kept = {key: self.answers.get(key, {}).get("value") for key in CHILD_BY}
        if kept["owner_is_insured"] != "no":
            return made.of_own_life
        is_child = owner_signs_for(kept, timezone.localdate(self.started_at))
        return made.of_a_child if is_child else made

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
