"""What a carrier's file says beside acts: its words, a policy number, terms; and taking that back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import (
    happened,
    in_hand,
    moment,
    put_down,
    requirements_of,
)
from megler.cases.models import Case, Requirement
from megler.cases.rules.requirements import RequirementFacts, State, follow_up_on, holder
from megler.vocabulary.codes import RequirementKind

HEARD = frozenset(
    {
        "carrier_words", "carrier_said_at", "carrier_channel", "policy_number", "class_approved",
        "premium_approved", "face_amount_approved", "mode_approved",
    }
)  # fmt: skip
"""Fields that a carrier's word sets without an act."""

SET_BACK = HEARD | {
    "status", "status_since", "decision", "outcome", "closed_from", "decided_at", "issued_at",
    "term_years_approved",
}  # fmt: skip
"""Fields that are restored when what came from a carrier is undone."""


def take_over(
    doer: Doer,
    case: Case,
    verb: str,
    changes: Mapping[str, Any],
    told: dict[str, Any] | None = None,
    *,
    at: datetime | None = None,
) -> Case:
    """Set what the carrier told of a case, of `HEARD`, and record it under `verb`."""
    return _set(doer, case, verb, {k: v for k, v in changes.items() if k in HEARD}, told, (), at)


def set_back(
    doer: Doer,
    case: Case,
    before: Mapping[str, Any],
    told: dict[str, Any],
    *,
    raised: Iterable[UUID] = (),
    at: datetime | None = None,
) -> Case:
    """Restore fields, of `SET_BACK`, to what they were; requirements raised with them go away.

    Whether nothing newer stands upon them the caller has made sure, with the case in hand.
    """
    kept = {name: value for name, value in before.items() if name in SET_BACK}
    return _set(doer, case, "case.set_back", kept, told, raised, at)


def _set(  # noqa: PLR0917 - the parts of one change
    doer: Doer,
    case: Case,
    verb: str,
    changes: Mapping[str, Any],
    told: dict[str, Any] | None,
    raised: Iterable[UUID],
    at: datetime | None,
) -> Case:
    at = moment(at)
    with transaction.atomic():
        held = in_hand(doer, case, Can.WORK_CASES)
        for name, value in changes.items():
            setattr(held, name, value)
        gone = Requirement.objects.filter(pk__in=list(raised), case=held, state=State.NEEDED)
        gone.delete()
        put_down(held, at, requirements_of(held))
        happened(doer.actor(), held, verb, told, at)
    return held


def set_requirement_back(
    doer: Doer, requirement: Requirement, state: str, told: dict[str, Any], at: datetime | None
) -> None:
    """Bring a requirement back to the state before a carrier's word; "" takes it away again."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(doer, requirement.case, Can.WORK_CASES)
        fresh = Requirement.objects.get(pk=requirement.pk, case=held)
        if state:
            facts = RequirementFacts(RequirementKind(fresh.kind), State(state))
            has_it = holder(facts)
            fresh.state, fresh.since = state, at
            fresh.holder = has_it.value if has_it else ""
            fresh.follow_up_on = follow_up_on(facts, timezone.localtime(at).date())
            fresh.save()
        else:
            fresh.delete()
        put_down(held, at, requirements_of(held))
        told = {**told, "kind": requirement.kind, "requirement": str(requirement.pk)}
        happened(doer.actor(), held, "case.set_back", told, at)
