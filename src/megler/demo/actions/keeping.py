"""The demo's own rules and sets of requirements, and cases that show alerts, changes and policies."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from megler.accounts.models import User
from megler.cases.actions import alerts, asking, changes, received
from megler.cases.models import Case, RequirementRule, RequirementSet
from megler.cases.rules.alerts import Severity
from megler.cases.rules.changes import Change, ChangeKind
from megler.cases.rules.words import AT_CARRIER, Holder, Status
from megler.vocabulary.codes import RequirementKind

CHANGED = Decimal("1.5")
"""What the changed case's amount is multiplied by."""
_TRAVEL = (RequirementKind.TELEPHONE_INTERVIEW, RequirementKind.MIB)
_BUSINESS = (RequirementKind.FINANCIAL_STATEMENTS, RequirementKind.TRUST_PAPERS)


def keep_house(manager: User, at: datetime) -> None:
    """Rules, sets, and a few cases that show what they are for."""
    asking.keep_rule(
        manager,
        RequirementRule(
            kind=RequirementKind.APS, follow_up_days=7, ask=Holder.VENDOR.value, valid_days=365
        ),
    )
    for name, kinds in ((_("Travel abroad"), _TRAVEL), (_("Business owner"), _BUSINESS)):
        lines = [{"kind": kind.value, "detail": "", "of_each": False} for kind in kinds]
        asking.keep_set(manager, RequirementSet(name=name), lines)
    working = list(Case.objects.filter(status__in=AT_CARRIER).order_by("-number")[:3])
    sayings = (
        (_("Write, do not call: the client hears badly."), Severity.STOP),
        (_("Needs the policy before a house is bought."), Severity.ATTENTION),
    )
    for case, (text, severity) in zip(working, sayings, strict=False):
        until = timezone.localtime(at).date() + timedelta(days=30)
        alerts.raise_alert(
            manager, case, text, severity, until=until, for_agent=severity != Severity.STOP, at=at
        )
    for case in working[2:]:
        if case.face_amount_applied:
            amount = {"face_amount": f"{case.face_amount_applied * CHANGED:f}"}
            because = _("The bank asks for more cover.")
            changes.change(manager, case, Change(ChangeKind.AMOUNT, amount, because), at=at)
    for case in Case.objects.filter(status=Status.ISSUED).order_by("-number")[:1]:
        _differing(manager, case, at)


def _differing(manager: User, case: Case, at: datetime) -> None:
    """A policy that came with another premium than was approved."""
    premium = case.premium_approved or case.premium_applied
    if premium is not None:
        read = received.Policy(case.policy_number, premium=premium + Decimal("3.10"))
        received.record_policy(manager, case, read, at=at)
