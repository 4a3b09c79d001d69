"""The agency, firms, agents and their assistants."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.documents.models import Document

COLOUR = "#12332d"


class Agency(models.Model):
    """How the agency shows itself on papers and pages: one row, kept when first changed.

    The small print stands under proposals and quote links; empty: the product's own words.
    """

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    name = models.CharField(_("name"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web site"), blank=True)
    colour = models.CharField(_("colour"), max_length=7, default=COLOUR)
    small_print_en = models.TextField(_("small print in English"), max_length=4000, blank=True)
    small_print_nb = models.TextField(_("small print in bokmål"), max_length=4000, blank=True)
    logo = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="agency_is_one")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ours(cls) -> "Agency":
        """The agency of this installation."""
        return cls.objects.select_related("logo").filter(pk=cls.ONLY).first() or cls()

    def small_print(self, language: str) -> str:
        """The agency's own words in that language; empty when it has none."""
        return self.small_print_nb if language == "nb" else self.small_print_en


class Firm(models.Model):
    """A business that agents work for."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    logo = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class AgentQuerySet(models.QuerySet["Agent"]):
    """Agents, by who asks."""

    def acted_for_by(self, person: User) -> "AgentQuerySet":
        """Agents in whose name this person may act: staff for all, an assistant for some."""
        if person.is_staff_member:
            return self
        mine = models.Q(user=person)
        if person.role == "assistant":
            mine = models.Q(assistants__user=person)
        return self.filter(mine) if person.is_seller else self.none()

    def visible_to(self, person: User) -> "AgentQuerySet":
        """Agents whose record this person may read."""
        return self.all() if person.may(Can.SEE_AGENTS) else self.acted_for_by(person)


class Agent(models.Model):
    """An independent person licensed to sell. `npn` is the National Producer Number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="agent"
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    npn = models.CharField(
        "NPN",
        max_length=10,
        unique=True,
        validators=[RegexValidator(r"^\d{1,10}$", _("1 to 10 digits"))],
    )
    jurisdiction = models.CharField(_("home state"), max_length=2)
    firm = models.ForeignKey(
        Firm, models.PROTECT, null=True, blank=True, related_name="agents", verbose_name=_("firm")
    )
    upline = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="downline",
        verbose_name=_("upline"),
    )
    since = models.DateField(_("with us since"))
    logo = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    objects: ClassVar[AgentQuerySet] = AgentQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name

    def side(self) -> list[User]:
        """Who sees the agent's business: those who work for them, and the agent if they sign in."""
        people = list(User.objects.filter(assistant__agents=self))
        return people if self.user is None else [*people, self.user]

    @property
    def mark(self) -> Document | None:
        """The logo beside the agent's name: their own, or their firm's."""
        return self.logo or (self.firm.logo if self.firm else None)


class Assistant(models.Model):
    """Somebody who works for agents."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assistant")
    agents = models.ManyToManyField(Agent, related_name="assistants")

    def __str__(self) -> str:
        return str(self.user)
