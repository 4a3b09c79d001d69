"""What the agency settles of requirements: sets raised by one click, and rules per carrier and kind."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.carriers.models import Carrier
from megler.cases import names
from megler.cases.rules.asking import AskingRule
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind


class RequirementSet(models.Model):
    """Requirements that belong together, raised by one click: as for travel abroad."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100, unique=True)
    about = models.CharField(_("when it is used"), max_length=300, blank=True)
    is_used = models.BooleanField(_("offered on cases"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RequirementSetLine(models.Model):
    """One requirement of a set; `of_each`: one for each insured of the case."""

    requirement_set = models.ForeignKey(RequirementSet, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=24, choices=names.choices(names.KIND))
    detail = models.CharField(_("which one"), max_length=200, blank=True)
    of_each = models.BooleanField(_("one for each insured"), default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement_set", "kind", "detail"], name="requirement_set_line_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class RequirementRule(models.Model):
    """When to follow up, whom to ask and how long it stays valid, per carrier and kind.

    Without carrier or kind it is of all of them; the most specific holds, part by part.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    carrier = models.ForeignKey(Carrier, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=24, choices=names.choices(names.KIND), blank=True)
    follow_up_days = models.PositiveSmallIntegerField(
        _("business days to the follow-up"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
    )
    ask = models.CharField(
        _("whom to ask"), max_length=8, choices=names.choices(names.HOLDER), blank=True
    )
    valid_days = models.PositiveSmallIntegerField(
        _("calendar days that evidence stays valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "kind"], name="requirement_rule_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(follow_up_days__isnull=False)
                | ~Q(ask="")
                | Q(valid_days__isnull=False),
                name="requirement_rule_says_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier or '*'} {self.get_kind_display() or '*'}"

    def to_rule(self) -> AskingRule:
        """As the rules know it."""
        return AskingRule(
            carrier=str(self.carrier_id or ""),
            kind=RequirementKind(self.kind) if self.kind else None,
            follow_up_days=self.follow_up_days,
            ask=Holder(self.ask) if self.ask else None,
            valid_days=self.valid_days,
        )
