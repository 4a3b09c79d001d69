"""The agency, firms, agents and their assistants."""

import re
import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils import timezone
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


_PLACE = re.compile(r"%\((\w+)\)s")
_DELEGATED = """
  SELECT agent_id FROM licensing_delegation
  WHERE person_id = %(person)s AND since <= %(today)s AND until >= %(today)s AND ended_at IS NULL
"""
_OWN = """
  SELECT id FROM licensing_agent WHERE user_id = %(person)s AND %(role)s = 'agent'
  UNION ALL SELECT works.agent_id FROM licensing_assistant_agents works
  JOIN licensing_assistant one ON one.id = works.assistant_id
  WHERE one.user_id = %(person)s AND %(role)s = 'assistant'
  UNION ALL
"""
_ACTED_FOR = _OWN + _DELEGATED + " AND may_act"
_SEEN = f"""
WITH RECURSIVE mine AS ({_OWN} {_DELEGATED}), down AS (
  SELECT one.id FROM licensing_agent one
  JOIN licensing_agent above ON above.id = one.upline_id AND above.sees_downline
  JOIN mine ON mine.id = above.id
  UNION SELECT one.id FROM licensing_agent one JOIN down ON one.upline_id = down.id
) SELECT id FROM mine UNION SELECT id FROM down
"""  # noqa: S608 - nothing but our own names
"""Each is short and names its rows, so that the database begins with them however many cases."""


class AgentQuerySet(models.QuerySet["Agent"]):
    """Agents, by who asks."""

    def acted_for_by(self, person: User) -> "AgentQuerySet":
        """Agents in whose name this person may act: staff for all, an assistant for some.

        A delegate may for the days of the delegation.
        """
        if person.is_staff_member:
            return self
        if not person.is_seller:
            return self.none()
        return self.filter(pk__in=_among(_ACTED_FOR, person))

    def seen_by(self, person: User) -> "AgentQuerySet":
        """Agents whose cases this person may see: those acted for, those delegated to be looked
        at, and the whole downline of each whose contract lets it be seen.
        """
        if person.is_staff_member:
            return self
        if not person.is_seller:
            return self.none()
        return self.filter(pk__in=_among(_SEEN, person))

    def visible_to(self, person: User) -> "AgentQuerySet":
        """Agents whose record this person may read."""
        return self.all() if person.may(Can.SEE_AGENTS) else self.acted_for_by(person)


def _among(sql: str, person: User) -> RawSQL:
    """The ids that one of the statements above names for a person today."""
    told = {"person": person.pk, "role": person.role, "today": timezone.localdate()}
    asked = [told[name] for name in _PLACE.findall(sql)]
    return RawSQL(_PLACE.sub("%s", sql), asked)  # noqa: S611 - our own statements


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
    sees_downline = models.BooleanField(
        _("sees the cases of the downline"),
        default=False,
        help_text=_("As the contract says. The whole downline, to look at."),
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


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Delegations, by the day."""

    def standing(self, today: date) -> "DelegationQuerySet":
        """Those that hold on a day, or will."""
        return self.filter(until__gte=today, ended_at=None)


class Delegation(models.Model):
    """That somebody else looks after an agent's business from a day until a day, both included.

    It ends by itself. With `may_act` the delegate does what the agent could; otherwise only looks.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="delegations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="delegations")
    since = models.DateField(_("from"))
    until = models.DateField(_("until"))
    may_act = models.BooleanField(_("may act, not only look"), default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[DelegationQuerySet] = DelegationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="delegation_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["person", "until"], name="delegation_of_person")]

    def __str__(self) -> str:
        return f"{self.agent} → {self.person} {self.until}"


class Assistant(models.Model):
    """Somebody who works for agents."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assistant")
    agents = models.ManyToManyField(Agent, related_name="assistants")

    def __str__(self) -> str:
        return str(self.user)
