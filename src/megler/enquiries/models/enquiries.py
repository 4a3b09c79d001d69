"""An informal enquiry and its children, one for each carrier asked."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Func, Q, Value
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField, EncryptedJSONField
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product, carriers_of
from megler.clients.models import Client
from megler.documents.models import Document
from megler.enquiries import names
from megler.enquiries.names import EnquiryState
from megler.enquiries.rules.asking import OVER, WAITING, State
from megler.licensing.models import Agent
from megler.quoting.models import Quote


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    """Enquiries, by who asks."""

    def visible_to(self, person: User) -> "EnquiryQuerySet":
        """Staff see all; sellers their agents'; a carrier none: it sees only what it was asked."""
        if not person.may(Can.SEE_CASES) or person.role == Role.CARRIER:
            return self.none()
        if person.is_staff_member:
            return self.all()
        return self.filter(agent__in=Agent.objects.acted_for_by(person))


class Enquiry(models.Model):
    """What several carriers are asked before anybody applies: the parent.

    `facts` is a facts document (docs/facts.md). `known_as` is what we call the client until there
    is a record; `hidden` are words that must not go out beside those we know, one a line; `remarks`
    go out, scrubbed. `paper` is the summary as it was sent: from then on the facts stay.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(
        unique=True,
        db_default=Func(Value("enquiry_number"), function="nextval"),
        help_text="from a sequence, never given twice",
    )
    agent = models.ForeignKey(Agent, models.PROTECT, related_name="enquiries")
    client = models.ForeignKey(Client, models.PROTECT, null=True, related_name="enquiries")
    quote = models.ForeignKey(Quote, models.PROTECT, null=True, related_name="enquiries")
    known_as: Any = EncryptedField(default=str)
    line = models.CharField(max_length=32)
    on = models.DateField(help_text="the day of the facts")
    facts: Any = EncryptedJSONField()
    purpose: Any = EncryptedField(default=str)
    remarks: Any = EncryptedField(default=str)
    hidden: Any = EncryptedField(default=str)
    paper = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=8, choices=EnquiryState, default=EnquiryState.OPEN
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))
    changed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_because: Any = EncryptedField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[EnquiryQuerySet] = EnquiryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
                name="enquiry_closed_has_time",
            )
        ]
        indexes = [
            models.Index(fields=["state", "-number"], name="enquiry_by_state"),
            models.Index(fields=["agent", "-number"], name="enquiry_by_agent"),
            models.Index(fields=["client"], name="enquiry_by_client"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as people say it.

        >>> Enquiry(number=10001).reference
        'E-10001'
        """
        return f"E-{self.number}"

    @property
    def subject(self) -> tuple[str, str]:
        """What it is to the journal, the post and tasks."""
        return "enquiry", str(self.pk)

    @property
    def called(self) -> str:
        """Whose it is, for ourselves; empty when nobody said."""
        return self.client.name if self.client else str(self.known_as)

    @property
    def is_open(self) -> bool:
        """Whether something still happens with it."""
        return self.state != EnquiryState.CLOSED


class EnquiryCarrierQuerySet(models.QuerySet["EnquiryCarrier"]):
    """Carriers that were asked, by who asks."""

    def visible_to(self, person: User) -> "EnquiryCarrierQuerySet":
        """Those of the enquiries that this person sees; a carrier what was sent to it."""
        if person.role == Role.CARRIER and person.may(Can.SEE_CASES):
            return self.filter(carrier__in=carriers_of(person), sent_at__isnull=False)
        return self.filter(enquiry__in=Enquiry.objects.visible_to(person))

    def waiting(self) -> "EnquiryCarrierQuerySet":
        """Those that owe an answer."""
        return self.filter(state__in=[state.value for state in WAITING])


class EnquiryCarrier(models.Model):
    """A carrier asked for one of its products: a child of the enquiry.

    `answer` is what it said last. `application` is the formal one that was made of its offer, and
    leads to the case. `warned_of` is the end of the offer of which somebody was warned.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="carriers")
    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="enquiries")
    product = models.ForeignKey(Product, models.PROTECT, related_name="enquiries")
    state = models.CharField(
        _("state"), max_length=9, choices=names.choices(names.STATE), default=State.DRAFT.value
    )
    to_name = models.CharField(_("underwriter"), max_length=200, blank=True)
    to_email = models.EmailField(_("e-mail"), blank=True)
    sent_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    follow_up_on = models.DateField(null=True)
    warned_of = models.DateField(null=True)
    answer = models.ForeignKey(
        "enquiries.CarrierAnswer", models.PROTECT, null=True, related_name="+"
    )
    valid_until = models.DateField(null=True, help_text="of the answer")
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, related_name="enquiry_carrier"
    )

    objects: ClassVar[EnquiryCarrierQuerySet] = EnquiryCarrierQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enquiry", "product"], name="enquiry_product_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["answered", "expired", "chosen"]) | Q(answer__isnull=False),
                name="enquiry_answered_has_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["carrier", "-sent_at"], name="enquiry_carrier_sent"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(follow_up_on__isnull=False),
                name="enquiry_follow_up",
            ),
            models.Index(
                fields=["valid_until"], condition=Q(state="answered"), name="enquiry_offer_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry} {self.carrier}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked of the carrier."""
        return self.state in OVER

    @property
    def is_waiting(self) -> bool:
        """Whether the carrier owes an answer."""
        return self.state in WAITING
