"""Firms, agents and their assistants."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can


class Firm(models.Model):
    """A business that agents work for."""

    name = models.CharField(_("name"), max_length=200, unique=True)

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

    objects: ClassVar[AgentQuerySet] = AgentQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class Assistant(models.Model):
    """Somebody who works for agents."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assistant")
    agents = models.ManyToManyField(Agent, related_name="assistants")

    def __str__(self) -> str:
        return str(self.user)
