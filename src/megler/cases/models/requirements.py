"""Requirements of cases."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from megler.accounts.encryption import EncryptedField
from megler.accounts.models import User
from megler.cases import names
from megler.cases.models.cases import Case
from megler.cases.models.papers import CaseDocument
from megler.cases.models.parties import CaseParty
from megler.cases.rules.kinds import Stage
from megler.cases.rules.requirements import SETTLED, RequirementFacts, State
from megler.vocabulary.codes import RequirementKind


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Requirements, by who asks."""

    def visible_to(self, person: User) -> "RequirementQuerySet":
        """Those of the cases that the person may see."""
        return self.filter(case__in=Case.objects.visible_to(person))

    def unsettled(self) -> "RequirementQuerySet":
        """Those with which something must still happen."""
        return self.exclude(state__in=[state.value for state in SETTLED])


class Requirement(models.Model):
    """Something the carrier needs before it decides, issues or pays.

    `raised_by` says why it is here: {"by": "guide", "edition", "page", "code", "params"}, {"by":
    "rule", "code"}, {"by": "change", "change"}, {"by": "set", "set", "name"} or {"by": "hand", "name"}.
    `detail` says which one (doctor, facility), `reason` why it was waived, rejected or cancelled.
    `party`: the one insured whom it is for; without one it is the case's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="requirements")
    kind = models.CharField(_("kind"), max_length=24, choices=names.choices(names.KIND))
    stage = models.CharField(max_length=16, choices=names.choices(names.STAGE))
    party = models.ForeignKey(CaseParty, models.PROTECT, null=True, related_name="requirements")
    wanted_by = models.CharField(
        _("who wants it"), max_length=8, choices=names.choices(names.WANTER), default="carrier"
    )
    valid_days = models.PositiveSmallIntegerField(
        null=True, help_text="as the carrier's guide says"
    )
    unneeded_since = models.DateTimeField(
        null=True, help_text="the guide no longer calls for it since a change"
    )
    state = models.CharField(
        _("state"), max_length=16, choices=names.choices(names.STATE), default=State.NEEDED.value
    )
    detail: Any = EncryptedField(null=True)
    raised_by = models.JSONField()
    raised_at = models.DateTimeField()
    holder = models.CharField(max_length=8, choices=names.choices(names.HOLDER), blank=True)
    since = models.DateTimeField()
    follow_up_on = models.DateField(null=True)
    vendor = models.CharField(_("ordered from"), max_length=100, blank=True)
    scheduled_for = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    of_day = models.DateField(null=True, help_text="of what evidence is, when not of its arrival")
    expires_on = models.DateField(null=True)
    reason: Any = EncryptedField(null=True)
    is_live = models.BooleanField(default=True, help_text="its case is not finished")
    documents = models.ManyToManyField(CaseDocument, related_name="requirements")

    objects: ClassVar[RequirementQuerySet] = RequirementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in sorted(SETTLED)], holder="")
                | (~Q(state__in=[state.value for state in sorted(SETTLED)]) & ~Q(holder="")),
                name="requirement_open_is_with_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="waived") | Q(reason__isnull=False),
                name="requirement_waived_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "raised_at"], name="requirement_of_case"),
            models.Index(
                fields=["follow_up_on", "id"],
                condition=Q(follow_up_on__isnull=False, is_live=True),
                name="requirement_follow_up",
            ),
            models.Index(
                fields=["since", "id"],
                condition=Q(state__in=["ordered", "scheduled"], is_live=True),
                name="requirement_asked_for",
            ),
            models.Index(
                fields=["since", "id"],
                condition=Q(state="received", is_live=True),
                name="requirement_came_in",
            ),
            models.Index(
                fields=["expires_on", "id"],
                condition=Q(state__in=["received", "sent_to_carrier"], is_live=True),
                name="requirement_expiry",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def to_facts(self) -> RequirementFacts:
        """What the rules know of it."""
        return RequirementFacts(RequirementKind(self.kind), State(self.state))

    @property
    def is_delivery(self) -> bool:
        """Whether the policy's being in force waits for it, not the decision."""
        return self.stage == Stage.DELIVERY

    @property
    def is_owner_service(self) -> bool:
        """Whether the owner of a policy asks for it, also once it is in force."""
        return self.stage == Stage.OWNER_SERVICE
