"""Putting up a requirement, in the transaction of the action that calls for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from megler.cases.models import Case, CaseParty, Requirement, RequirementRule
from megler.cases.rules.asking import Asking, AskingRule, asking_for
from megler.cases.rules.kinds import USUAL, Stage, Wanter, wanted_by
from megler.cases.rules.requirements import RequirementFacts, State, follow_up_on, holder
from megler.vocabulary.codes import RequirementKind


def raise_requirement(
    case: Case,
    kind: RequirementKind,
    raised_by: dict[str, Any],
    at: datetime,
    *,
    stage: Stage | None = None,
    detail: str = "",
    party: CaseParty | None = None,
    wanted: Wanter | None = None,
    valid_days: int | None = None,
) -> Requirement:
    """Put up a requirement that is needed from now on; `party`: the one insured whom it is for."""
    made = new_requirement(
        case, kind, raised_by, at, stage=stage, detail=detail, wanted=wanted, valid_days=valid_days
    )
    made.party = party
    made.save(force_insert=True)
    return made


def new_requirement(
    case: Case,
    kind: RequirementKind,
    raised_by: dict[str, Any],
    at: datetime,
    *,
    stage: Stage | None = None,
    detail: str = "",
    wanted: Wanter | None = None,
    valid_days: int | None = None,
) -> Requirement:
    """A requirement that is needed from now on, not saved yet."""
    facts = RequirementFacts(kind, State.NEEDED)
    has_it = holder(facts)
    today = timezone.localtime(at).date()
    return Requirement(
        case=case,
        kind=kind.value,
        stage=(stage or USUAL[kind].stage).value,
        state=State.NEEDED.value,
        detail=detail.strip() or None,
        wanted_by=(wanted or wanted_by(kind)).value,
        valid_days=valid_days,
        raised_by=raised_by,
        raised_at=at,
        holder=has_it.value if has_it else "",
        since=at,
        follow_up_on=follow_up_on(facts, today, asking(case, kind, valid_days).follow_up_days),
    )


def asking(case: Case, kind: RequirementKind, valid_days: int | None = None) -> Asking:
    """When to ask again, whom, and how long it stays valid here: by the agency's rules."""
    return asking_for(_rules(case), str(case.carrier_id), kind, valid_days)


def know_rules(cases: Iterable[Case]) -> None:
    """Ask once for the rules of many cases in hand."""
    listed = list(cases)
    carriers = {case.carrier_id for case in listed}
    rows = list(RequirementRule.objects.filter(Q(carrier__in=carriers) | Q(carrier=None)))
    by_carrier = {
        carrier: [row.to_rule() for row in rows if row.carrier_id in {carrier, None}]
        for carrier in carriers
    }
    for case in listed:
        case.__dict__["asking_rules"] = by_carrier[case.carrier_id]


def _rules(case: Case) -> list[AskingRule]:
    """The agency's rules for the case's carrier; asked once for a case in hand."""
    kept: list[AskingRule] | None = case.__dict__.get("asking_rules")
    if kept is None:
        rows = RequirementRule.objects.filter(Q(carrier=case.carrier_id) | Q(carrier=None))
        kept = case.__dict__["asking_rules"] = [row.to_rule() for row in rows]
    return kept
