"""What an order needs before it may go: authorisations and how long they hold, limits of fees."""

import uuid
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.cases.models import CaseDocument
from megler.clients.models import Client
from megler.orders.rules.authorisations import AuthorisationFacts
from megler.orders.rules.words import ProviderClass


class AuthorisationQuerySet(models.QuerySet["Authorisation"]):
    """Authorisations, by who asks."""

    def visible_to(self, person: User) -> "AuthorisationQuerySet":
        """All, to those who work cases."""
        return self.all() if person.may(Can.WORK_CASES) else self.none()


class Authorisation(models.Model):
    """A client's signed permission to give out health records; `document` is the signed paper.

    `facility` narrows it to one facility, whose own form it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, models.PROTECT, related_name="authorisations")
    paper = models.ForeignKey(CaseDocument, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("signed on"))
    expires_on = models.DateField(_("good until"), null=True)
    scope = models.JSONField(default=list)
    jurisdiction = models.CharField(max_length=2, blank=True)
    facility = models.ForeignKey(
        "orders.Facility", models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_on = models.DateField(null=True)
    kept_by = models.CharField(max_length=200)
    kept_at = models.DateTimeField()

    objects: ClassVar[AuthorisationQuerySet] = AuthorisationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-signed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "paper"], name="authorisation_paper_once")
        ]
        indexes = [models.Index(fields=["client", "-signed_on"], name="authorisation_of_client")]

    def __str__(self) -> str:
        return f"{self.paper.document.name} {self.signed_on.isoformat()}"

    def to_facts(self) -> AuthorisationFacts:
        """As the rules judge it."""
        return AuthorisationFacts(
            signed_on=self.signed_on,
            scope=[ProviderClass(one) for one in self.scope],
            jurisdiction=self.jurisdiction,
            expires_on=self.expires_on,
            revoked_on=self.revoked_on,
            facility=str(self.facility_id or ""),
        )


class AuthorisationTerm(models.Model):
    """For how many months an authorisation is taken in a state; the empty state is everywhere else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    jurisdiction = models.CharField(_("state"), max_length=2, blank=True, unique=True)
    months = models.PositiveSmallIntegerField(_("months"), validators=[MinValueValidator(1)])

    def __str__(self) -> str:
        return f"{self.jurisdiction or '–'} {self.months}"

    @classmethod
    def months_by_state(cls) -> dict[str, int]:
        """All of them: sixty at most."""
        return dict(cls.objects.values_list("jurisdiction", "months"))


class FeeLimit(models.Model):
    """Up to which fee an order for a carrier's case is approved at once; without a carrier, any other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.OneToOneField(Carrier, models.CASCADE, null=True, blank=True, related_name="+")
    limit: Any = models.DecimalField(
        _("limit"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    is_default = models.BooleanField(null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(carrier=None, is_default=True)
                | models.Q(carrier__isnull=False, is_default=None),
                name="fee_limit_one_default",
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier or '–'} {self.limit}"
