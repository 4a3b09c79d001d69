"""Cases and the agents who share them."""

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Collate, Upper
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product, carriers_of
from megler.cases import names
from megler.cases.rules.status import CaseFacts
from megler.cases.rules.words import Decision, Outcome, Status
from megler.clients.models import LAST, Client
from megler.clients.rules.people import ClientKind, Known, name_key, words_of
from megler.licensing.models import Agent

_NOT_NEGATIVE = [MinValueValidator(Decimal(0))]


NAMED_MAX = 200
"""So many cases are found by words at most; who means another one says more."""
_DIGITS_MAX = 9


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, by who asks."""

    def visible_to(self, person: User) -> "CaseQuerySet":
        """Staff see all; agents and assistants theirs; a carrier what was sent to it."""
        if not person.may(Can.SEE_CASES):
            return self.none()
        if person.is_staff_member:
            return self.all()
        if person.role == Role.CARRIER:
            return self.filter(carrier__in=carriers_of(person), sent_at__isnull=False)
        theirs = CaseAgent.objects.filter(agent__in=Agent.objects.seen_by(person))
        return self.filter(pk__in=theirs.values("case"))

    def acted_on_by(self, person: User) -> "CaseQuerySet":
        """Of those the person sees, those with which they may do something.

        A seller may with the cases of the agents they act for; a downline's, or those of an agent
        who only lets them look, they see and no more.
        """
        if not person.is_seller:
            return self.visible_to(person)
        theirs = CaseAgent.objects.filter(agent__in=Agent.objects.acted_for_by(person))
        return self.filter(pk__in=theirs.values("case"))

    def with_policies(self, keys: Iterable[str]) -> "CaseQuerySet":
        """Cases whose policy has one of the numbers, as `POLICY_KEY` writes them."""
        found = self.exclude(policy_number="").alias(policy_key=POLICY_KEY)
        return found.filter(policy_key__in=list(keys))

    def named(self, words: str) -> "CaseQuerySet":
        """Cases whose number, people or policy number begin with each of the words."""
        wanted = [word for word in words_of(words) if word != "c"]
        if not wanted:
            return self.none()
        query = SearchQuery(
            " & ".join(f"{word}:*" for word in wanted), config="simple", search_type="raw"
        )
        return self.alias(found=SearchVector("words", config="simple")).filter(found=query)

    def first_named(self, words: str, most: int = NAMED_MAX) -> "CaseQuerySet":
        """The first of those `named`, at most so many of each way to be found: of all the agency's.

        Costs the same however many cases there are.
        """
        wanted = [word for word in words_of(words) if word != "c"]
        joined = "".join(wanted).upper()
        clients = Client.objects.first_named(" ".join(wanted), most)
        parties = apps.get_model("cases", "CaseParty").objects.filter(client__in=clients)
        keys = {*parties.values_list("case", flat=True)[:most]}
        ways = [self.filter(client__in=clients).order_by("-number")]
        if joined.isdigit() and len(joined) <= _DIGITS_MAX:
            ways.append(self.filter(number=int(joined)))
        if any(letter.isdigit() for letter in joined):
            key = Collate(POLICY_KEY, "C")
            begins = self.exclude(policy_number="").alias(policy_key=key)
            begins = begins.filter(policy_key__gte=joined, policy_key__lt=joined + LAST)
            ways.append(begins.order_by(key))
        for way in ways:
            keys.update(way.values_list("pk", flat=True)[:most])
        return self.filter(pk__in=keys) if keys else self.named(words)


POLICY_KEY = Upper(
    Func(
        "policy_number",
        Value("[^A-Za-z0-9]"),
        Value(""),
        Value("g"),
        function="regexp_replace",
        output_field=models.CharField(),
    )
)
"""A policy's number without what people write differently: `nl-17 4` is `NL174`."""


class Case(models.Model):
    """The agency's file on one application, from its submission to a policy in force or closed.

    `*_applied` is what was asked for, `*_approved` what the carrier offers; premiums are those of
    the mode, in `currency`. `version` counts changes, so that nobody saves over somebody's newer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(
        unique=True,
        db_default=Func(Value("case_number"), function="nextval"),
        help_text="from a sequence, never given twice",
    )
    application = models.OneToOneField(Application, models.PROTECT, related_name="case")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="cases")
    client = models.ForeignKey(Client, models.PROTECT, related_name="cases")
    product = models.ForeignKey(Product, models.PROTECT, related_name="cases")
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="cases")

    currency = models.CharField(max_length=3, default="USD")
    edition = models.CharField(max_length=200, blank=True, help_text="the rate book applied under")
    class_applied = models.CharField(_("class applied for"), max_length=100, blank=True)
    premium_applied = models.DecimalField(
        _("premium applied for"), max_digits=14, decimal_places=2, null=True
    )
    face_amount_applied = models.DecimalField(
        _("amount applied for"), max_digits=14, decimal_places=2, null=True
    )
    mode_applied = models.CharField(max_length=12, choices=names.choices(names.MODE), blank=True)
    term_years_applied = models.PositiveSmallIntegerField(null=True)
    class_approved = models.CharField(_("class"), max_length=100, blank=True)
    premium_approved = models.DecimalField(
        _("premium"), max_digits=14, decimal_places=2, null=True, validators=_NOT_NEGATIVE
    )
    face_amount_approved = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, validators=_NOT_NEGATIVE
    )
    mode_approved = models.CharField(max_length=12, choices=names.choices(names.MODE), blank=True)
    term_years_approved = models.PositiveSmallIntegerField(null=True)

    status = models.CharField(_("status"), max_length=20, choices=names.choices(names.STATUS))
    decision = models.CharField(
        _("decision"), max_length=24, choices=names.choices(names.DECISION), blank=True
    )
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=names.choices(names.OUTCOME), blank=True
    )
    carrier_words: Any = EncryptedField(null=True)
    carrier_said_at = models.DateTimeField(null=True)
    carrier_channel = models.CharField(
        max_length=8, choices=names.choices(names.CHANNEL), blank=True
    )
    policy_number = models.CharField(_("policy number"), max_length=40, blank=True)
    holder = models.CharField(
        _("has it now"), max_length=8, choices=names.choices(names.HOLDER), blank=True
    )
    holder_since = models.DateTimeField()
    next_step = models.CharField(max_length=32, choices=names.choices(names.NEXT_STEP))
    returned_because: Any = EncryptedField(null=True)
    closed_from = models.CharField(max_length=20, blank=True)

    opened_at = models.DateTimeField(_("opened"))
    changed_at = models.DateTimeField(_("changed"))
    status_since = models.DateTimeField()
    good_order_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    delivered_on = models.DateField(null=True)
    first_premium_on = models.DateField(null=True)
    in_force_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    differences_open = models.PositiveSmallIntegerField(
        default=0, help_text="parts of the issued policy to be settled"
    )
    differences_returned = models.PositiveSmallIntegerField(
        default=0, help_text="parts that the carrier corrects"
    )
    offer_answered_at = models.DateTimeField(null=True)
    free_look_ends_on = models.DateField(null=True)
    free_look = models.JSONField(default=dict, help_text="its days and what they stand on")
    lapsed_on = models.DateField(null=True)
    reinstatement_asked_on = models.DateField(null=True)
    reinstated_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    also_named = models.CharField(
        max_length=300, blank=True, help_text="its other people by their plain names"
    )
    words = models.CharField(max_length=500, help_text="what it is found by")

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | Q(~Q(status="closed"), closed_at=None),
                name="case_closed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["issued", "delivered", "in_force"]) | ~Q(policy_number=""),
                name="case_issued_has_policy_number",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["in_force", "closed"]) | ~Q(holder=""),
                name="case_open_is_with_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-number"], name="case_by_status"),
            models.Index(fields=["agent", "-number"], name="case_by_agent"),
            models.Index(fields=["carrier", "-number"], name="case_by_carrier"),
            models.Index(fields=["holder", "holder_since", "number"], name="case_by_holder"),
            models.Index(
                fields=["holder_since", "id"],
                condition=Q(holder="agency", next_step__in=["review", "confirm_good_order"]),
                name="case_to_check",
            ),
            models.Index(
                fields=["holder_since", "id"],
                condition=Q(holder="agency", next_step__in=["send", "place", "close"]),
                name="case_to_finish",
            ),
            models.Index(
                fields=["holder_since", "id"],
                condition=Q(
                    next_step__in=[
                        "correct",
                        "deliver",
                        "bring_delivery_requirements",
                        "pay_premium",
                    ]
                ),
                name="case_to_remind",
            ),
            models.Index(
                fields=["status_since", "id"],
                condition=Q(status="decided", decision="counter_offer"),
                name="case_to_answer",
            ),
            models.Index(
                Coalesce("carrier_said_at", "sent_at", "status_since"),
                F("id"),
                condition=Q(
                    status__in=["sent_to_carrier", "received_by_carrier", "in_underwriting"]
                ),
                name="case_last_heard",
            ),
            models.Index(
                fields=["in_force_on"],
                condition=Q(in_force_on__isnull=False),
                name="case_placed",
            ),
            models.Index(
                fields=["closed_at"], condition=Q(closed_at__isnull=False), name="case_closed"
            ),
            models.Index(
                fields=["free_look_ends_on"],
                condition=Q(free_look_ends_on__isnull=False),
                name="case_free_look",
            ),
            GinIndex(SearchVector("words", config="simple"), name="case_words"),
            models.Index(POLICY_KEY, condition=~Q(policy_number=""), name="case_by_policy_number"),
            models.Index(
                Collate(POLICY_KEY, "C"), condition=~Q(policy_number=""), name="case_policy_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people say it.

        >>> Case(number=10001).reference
        'C-10001'
        """
        return f"C-{self.number}"

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal, the post and tasks."""
        return "case", str(self.pk)

    def found_by(self) -> str:
        """What it is found by: its number, its people and policy number, plain."""
        policy = name_key(
            Known(kind=ClientKind.ORGANISATION, name=self.policy_number.replace("-", " "))
        )
        return f"{self.number} {self.client.name_key} {policy} {self.also_named}".strip()[:500]

    @property
    def is_open(self) -> bool:
        """Whether something still happens with it."""
        return self.status not in {Status.CLOSED, Status.IN_FORCE}

    def to_facts(self, underwriting_open: int = 0, delivery_open: int = 0) -> CaseFacts:
        """What the rules know of it, given the number of open requirements of each stage."""
        return CaseFacts(
            status=Status(self.status),
            decision=Decision(self.decision) if self.decision else None,
            outcome=Outcome(self.outcome) if self.outcome else None,
            good_order=self.good_order_at is not None,
            policy_number=self.policy_number,
            premium_received=self.first_premium_on is not None,
            underwriting_open=underwriting_open,
            delivery_open=delivery_open,
            closed_from=Status(self.closed_from) if self.closed_from else None,
            differences_open=self.differences_open,
            differences_returned=self.differences_returned,
            offer_answered=self.offer_answered_at is not None,
            reinstating=self.reinstatement_asked_on is not None,
        )


class CaseAgent(models.Model):
    """One agent of a case with a share in per cent; the first is the agent of record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="agents")
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="shares")
    share = models.DecimalField(
        _("share"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["agent", "case"], name="case_agent_once"),
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=100), name="case_agent_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} {self.share} %"
