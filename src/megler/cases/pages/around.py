"""What the case page shows around the requirements: alerts, people, changes, the policy."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import (
    Beneficiary,
    Case,
    CaseAgent,
    CaseAlert,
    IssuedPolicy,
    PolicyDelivery,
    RequirementSet,
)
from megler.cases.rules.alerts import GRAVEST_FIRST, Severity
from megler.cases.rules.changes import possible
from megler.cases.rules.words import Status

TONES = {Severity.INFO: "info", Severity.ATTENTION: "warning", Severity.STOP: "danger"}
ICONS = {
    Severity.INFO: "info-circle",
    Severity.ATTENTION: "alert-triangle",
    Severity.STOP: "hand-stop",
}
ALERTS_MAX = 20
CHANGES_MAX = 20
SETS_MAX = 50
_WITH_POLICY = {Status.ISSUED, Status.DELIVERED, Status.IN_FORCE, Status.CLOSED}


@dataclass(frozen=True)
class Alert:
    """An alert as it is shown."""

    alert: CaseAlert
    tone: str
    icon: str


def alerts_shown(case: Case, person: User) -> list[Alert]:
    """The alerts that stand for this person, the gravest and newest first."""
    found = CaseAlert.objects.visible_to(person).filter(case=case)
    standing = list(found.standing(timezone.localdate()).order_by("-raised_at")[:ALERTS_MAX])
    standing.sort(key=lambda one: GRAVEST_FIRST.index(Severity(one.severity)))
    return [
        Alert(one, TONES[Severity(one.severity)], ICONS[Severity(one.severity)]) for one in standing
    ]


def around(case: Case, person: User, works: bool) -> dict[str, Any]:
    """What `_case.html` shows beside requirements, papers and notes, in a fixed number of queries."""
    agents: list[CaseAgent] = list(case.agents.select_related("agent__firm"))
    beneficiaries: list[Beneficiary] = list(case.beneficiaries.all())
    changed = list(case.changes.order_by("-at")[:CHANGES_MAX])
    sets = RequirementSet.objects.filter(is_used=True) if works and case.is_open else None
    return {
        "alerts": alerts_shown(case, person),
        "shares": agents if len(agents) > 1 else [],
        "beneficiaries": beneficiaries if person.role != Role.CARRIER else [],
        "changed": changed[:3],
        "untold": works and any(one.tells_carrier and not one.carrier_told_at for one in changed),
        "changeable": [kind.value for kind in possible(Status(case.status))] if works else [],
        "sets": [] if sets is None else list(sets[:SETS_MAX]),
        **_policy(case, person),
    }


def _policy(case: Case, person: User) -> dict[str, Any]:
    """The issued policy and its way to the owner; nothing before there is one."""
    if Status(case.status) not in _WITH_POLICY or not case.policy_number:
        return {}
    if person.role == Role.CARRIER:
        return {}
    issued: IssuedPolicy | None = case.policies.first()
    delivery: PolicyDelivery | None = case.deliveries.first()
    left = None
    if case.free_look_ends_on:
        left = (case.free_look_ends_on - timezone.localdate()).days
    return {"issued": issued, "delivery": delivery, "look_left": left, "has_policy": True}
