"""The policy: issue, delivery, first premium, in force; closing a case and reopening it."""

from datetime import date, datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from megler.accounts.rules.roles import Can
from megler.cases.actions.doers import Doer
from megler.cases.actions.duties import all_is_done
from megler.cases.actions.free_looks import begin_free_look
from megler.cases.actions.holding import (
    carry_out,
    check_version,
    facts_of,
    in_hand,
    moment,
    not_in_future,
    put_down,
    requirements_of,
    system_record,
    take,
    worded,
    write_note,
)
from megler.cases.actions.raising import raise_requirement
from megler.cases.models import Case
from megler.cases.rules.moments import PolicyPlaced
from megler.cases.rules.requirements import SETTLED, State, delivery_requirements
from megler.cases.rules.status import Act, Closing, Said, allowed, move
from megler.cases.rules.words import Decision
from megler.journal.actions import announce
from megler.journal.rules.actors import Actor
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused


def record_issue(
    person: Doer,
    case: Case,
    policy_number: str,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """The carrier has issued the policy; what must come in at delivery is raised."""
    at = moment(at)
    number = " ".join(policy_number.split())[:40]

    def raise_delivery(held: Case) -> None:
        for kind in delivery_requirements(Decision(held.decision)):
            raise_requirement(held, kind, {"by": "rule", "code": "policy_issued"}, at)

    with transaction.atomic():
        return carry_out(
            person,
            case,
            Act.RECORD_ISSUE,
            said=Said(policy_number=number),
            version=version,
            changes={"issued_at": at},
            told={"policy_number": number},
            before=raise_delivery,
            at=at,
        )


def record_delivery(
    person: Doer,
    case: Case,
    on: date | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """The policy was handed to its owner on a day (default: today); in force if nothing lacks."""
    at = moment(at)
    on = on or timezone.localtime(at).date()
    not_in_future("on", on, at)
    with transaction.atomic():
        held = carry_out(
            person,
            case,
            Act.RECORD_DELIVERY,
            needs=Can.WORK_CASES,
            version=version,
            changes={"delivered_on": on},
            told={"on": on.isoformat()},
            before=lambda held: _look_begins(held, on, at),
            at=at,
        )
        return place_if_ready(person.actor(), held, at)


def _look_begins(held: Case, on: date, at: datetime) -> None:
    begin_free_look(held, on, at)


def record_first_premium(
    person: Doer,
    case: Case,
    on: date | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """The carrier has the first premium since a day (default: today); in force if nothing lacks."""
    at = moment(at)
    on = on or timezone.localtime(at).date()
    not_in_future("on", on, at)

    def settle(held: Case) -> None:
        due = held.requirements.filter(kind=RequirementKind.INITIAL_PREMIUM)
        due = due.exclude(state__in=[state.value for state in SETTLED])
        due.update(
            state=State.ACCEPTED.value, holder="", since=at, received_at=at, follow_up_on=None
        )

    with transaction.atomic():
        held = carry_out(
            person,
            case,
            Act.RECORD_FIRST_PREMIUM,
            version=version,
            changes={"first_premium_on": on},
            told={"on": on.isoformat()},
            before=settle,
            at=at,
        )
        return place_if_ready(person.actor(), held, at)


def place_if_ready(actor: Actor, held: Case, at: datetime) -> Case:
    """Put a delivered policy in force when its papers and first premium are in. `held` is locked."""
    requirements = requirements_of(held)
    facts = facts_of(held, requirements)
    if Act.PLACE not in allowed(facts):
        return held
    after, _problems = move(facts, Act.PLACE)
    take(held, after, at)
    held.in_force_on = timezone.localtime(at).date()
    put_down(held, at, requirements)
    system_record(actor, held, "case.in_force", {"policy_number": held.policy_number}, at)
    all_is_done(actor, held, at)
    if PolicyPlaced in import_module(settings.HANDOVERS).HANDOVERS:
        announce(PolicyPlaced(held.pk, at))
    return held


def place(person: Doer, case: Case, version: int | None = None, at: datetime | None = None) -> Case:
    """Put a policy in force by hand. Raises `Refused` with what is still to come in."""
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        _after, problems = move(facts_of(held, requirements_of(held)), Act.PLACE)
        if problems:
            raise Refused([worded(problem, held, Act.PLACE) for problem in problems])
        check_version(held, version)
        return place_if_ready(person.actor(), held, at)


def close(
    person: Doer,
    case: Case,
    closing: Closing,
    because: str,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """Close a case, saying what became of it and why; its open tasks end.

    The reason is kept as a note for the agency.
    """
    if not because.strip():
        raise Refused(Problem("case_reason_missing", "because"))
    said = Said(closing=closing)
    return _end(person, case, said, because=because, version=version, at=moment(at))


def reopen(
    person: Doer,
    case: Case,
    because: str,
    *,
    version: int | None = None,
    at: datetime | None = None,
) -> Case:
    """Take a closed case up again where it was; a decision against it is undone."""
    if not because.strip():
        raise Refused(Problem("case_reason_missing", "because"))
    return _end(person, case, None, because=because, version=version, at=moment(at))


def _end(
    person: Doer,
    case: Case,
    said: Said | None,
    *,
    because: str,
    version: int | None,
    at: datetime,
) -> Case:
    """Close (with what is said of it) or reopen (with nothing)."""
    with transaction.atomic():
        held = carry_out(
            person,
            case,
            Act.CLOSE if said else Act.REOPEN,
            said=said,
            version=version,
            changes=_ending(said, at),
            told={"closing": said.closing.value} if said and said.closing else {},
            at=at,
        )
        write_note(held, person, because.strip(), at)
        if said:
            all_is_done(person.actor(), held, at)
    return held


def _ending(said: Said | None, at: datetime) -> dict[str, Any]:
    """What changes with the end of a case: a reinstatement asked for ends, a lapse has its day."""
    if said is None:
        return {"closed_at": None, "lapsed_on": None}
    changes: dict[str, Any] = {"closed_at": at, "reinstatement_asked_on": None}
    if said.closing is Closing.LAPSED:
        changes["lapsed_on"] = timezone.localtime(at).date()
    return changes
