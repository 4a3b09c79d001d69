"""A lapsed policy that its owner asks to have back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.holding import carry_out, moment, not_in_future, write_note
from megler.cases.actions.raising import raise_requirement
from megler.cases.models import Case
from megler.cases.rules.kinds import Stage
from megler.cases.rules.status import Act
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused

NEEDED = (
    RequirementKind.REINSTATEMENT_FORM,
    RequirementKind.GOOD_HEALTH_STATEMENT,
    RequirementKind.PREMIUM_ARREARS,
)
"""What carriers usually ask before they put a lapsed policy in force again; staff add and waive."""


def ask_reinstatement(
    person: Doer,
    case: Case,
    because: str,
    *,
    on: date | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """The owner asks for a lapsed policy back, on a day (default: today); the carrier decides anew."""
    at = moment(at)
    on = on or timezone.localtime(at).date()
    not_in_future("on", on, at)
    if not because.strip():
        raise Refused(Problem("case_reason_missing", "because"))

    def raise_needed(held: Case) -> None:
        told = {"by": "rule", "code": "reinstatement"}
        for kind in NEEDED:
            raise_requirement(held, kind, told, at, stage=Stage.UNDERWRITING)

    with transaction.atomic():
        held = carry_out(
            person,
            case,
            Act.ASK_REINSTATEMENT,
            needs=Can.WORK_CASES,
            version=version,
            changes={"reinstatement_asked_on": on, "closed_at": None},
            told={"on": on.isoformat()},
            before=raise_needed,
            at=at,
        )
        write_note(held, person, because.strip(), at)
    return held


def reinstate(
    person: Doer,
    case: Case,
    on: date | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """The carrier has put the policy in force again since a day (default: today)."""
    at = moment(at)
    on = on or timezone.localtime(at).date()
    not_in_future("on", on, at)
    changes = {"reinstated_on": on, "reinstatement_asked_on": None, "lapsed_on": None}
    with transaction.atomic():
        return carry_out(
            person,
            case,
            Act.REINSTATE,
            version=version,
            changes=changes,
            told={"on": on.isoformat()},
            at=at,
        )
