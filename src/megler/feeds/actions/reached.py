"""Proposals that nobody needs to decide any more: what the carrier said has come about."""

from megler.cases.models import Case, Requirement
from megler.cases.rules.moments import CaseHappened
from megler.feeds.models import Change
from megler.feeds.names import ChangeState
from megler.feeds.rules.words import DECIDES, REACHES, Meaning, Told


def withdraw_reached(moment: CaseHappened) -> int:
    """Mark proposals about a case overtaken that it has reached by itself; returns how many."""
    waiting = list(Change.objects.proposed().filter(case=moment.case_id))
    if not waiting:
        return 0
    case = Case.objects.get(pk=moment.case_id)
    states = dict(
        Requirement.objects.filter(case=case, pk__in=[c.requirement for c in waiting if c.requirement])
        .values_list("pk", "state")
    )  # fmt: skip
    by_id = {str(key): state for key, state in states.items()}
    gone = [change.pk for change in waiting if _is_reached(change, case, by_id)]
    return Change.objects.filter(pk__in=gone, state=ChangeState.PROPOSED).update(
        state=ChangeState.OVERTAKEN, settled_at=moment.at
    )


def _is_reached(change: Change, case: Case, states: dict[str, str]) -> bool:
    match change.told:
        case Told.STATUS if change.after in set(Meaning):
            meaning = Meaning(change.after)
            if meaning in DECIDES:
                return case.decision == DECIDES[meaning]
            return case.status == REACHES.get(meaning) or case.outcome == meaning.value
        case Told.POLICY_NUMBER:
            return case.policy_number == change.after
        case Told.FIRST_PREMIUM:
            return case.first_premium_on is not None
        case Told.REQUIREMENTS if change.requirement:
            return states.get(change.requirement) == change.after
    return False
