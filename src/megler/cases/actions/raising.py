"""Putting up a requirement, in the transaction of the action that calls for it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from megler.cases.models import Case, Requirement
from megler.cases.rules.kinds import USUAL, Stage
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
) -> Requirement:
    """Put up a requirement that is needed from now on."""
    facts = RequirementFacts(kind, State.NEEDED)
    has_it = holder(facts)
    return Requirement.objects.create(
        case=case,
        kind=kind.value,
        stage=(stage or USUAL[kind].stage).value,
        state=State.NEEDED.value,
        detail=detail.strip() or None,
        raised_by=raised_by,
        raised_at=at,
        holder=has_it.value if has_it else "",
        since=at,
        follow_up_on=follow_up_on(facts, timezone.localtime(at).date()),
    )
