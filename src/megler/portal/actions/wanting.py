"""Change requests: the agent's side asks, staff make the change or say why not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions.changes import change
from megler.cases.actions.holding import happened, in_hand, moment, write_note
from megler.cases.actions.letters import tell_agent
from megler.cases.models import Case
from megler.cases.rules.changes import Change, ChangeKind
from megler.portal.actions.asking import put_up
from megler.portal.models import ChangeRequest
from megler.portal.models.asking import RequestState
from megler.portal.rules.wanted import TEXT_MAX, Wanted, read_wanted
from megler.vocabulary.problems import Problem, Refused
from megler.work.actions.tasks import finish_tasks_about

_STATE_OF = {
    "change.done": RequestState.DONE,
    "change.refused": RequestState.REFUSED,
    "change.withdrawn": RequestState.WITHDRAWN,
}


def ask_for_change(
    person: User,
    case: Case,
    kind: Wanted,
    given: Mapping[str, str],
    *,
    because: str = "",
    at: datetime | None = None,
) -> ChangeRequest:
    """Ask the case's staff to change something. Raises `Refused` with every problem."""
    at = moment(at)
    values, problems = read_wanted(kind, given)
    if problems:
        raise Refused(problems)
    with transaction.atomic():
        held = in_hand(person, case, Can.ADD_TO_CASE)
        if not held.is_open:
            raise Refused(Problem("requirement_case_closed", held.reference))
        request = ChangeRequest.objects.create(
            case=held,
            kind=kind.value,
            to=values,
            because=because.strip()[:TEXT_MAX] or None,
            asked_by=person,
            asked_at=at,
        )
        told: dict[str, Any] = {"request": str(request.pk), "change": kind.value}
        happened(person.actor(), held, "change.asked", told, at)
        put_up(held, gettext_noop("Look at the change asked for (%(case)s)"), request, at)
    return request


def make_change(person: User, request: ChangeRequest, at: datetime | None = None) -> ChangeRequest:
    """Make the change that was asked for, as staff; what it opens again is opened. Raises `Refused`."""
    at = moment(at)
    with transaction.atomic():
        held, locked = _in_hand(person, request, Can.WORK_CASES)
        if locked.kind != Wanted.OTHER:
            locked.made = _made(person, held, locked, at)
        _settle(person, held, locked, "change.done", at)
        if locked.kind == Wanted.OTHER:
            _tell(person, held, locked, "change.done", at)
    return locked


def refuse_change(
    person: User, request: ChangeRequest, because: str, at: datetime | None = None
) -> ChangeRequest:
    """Say that a change is not made, and why: a note that the agent may read. Raises `Refused`."""
    at = moment(at)
    because = because.strip()[:TEXT_MAX]
    if not because:
        raise Refused(Problem("case_reason_missing", "because"))
    with transaction.atomic():
        held, locked = _in_hand(person, request, Can.WORK_CASES)
        write_note(held, person, because, at, for_agent=True)
        _settle(person, held, locked, "change.refused", at)
        _tell(person, held, locked, "change.refused", at)
    return locked


def withdraw_change(
    person: User, request: ChangeRequest, at: datetime | None = None
) -> ChangeRequest:
    """Take back what was asked for, before it is settled. Raises `Refused`."""
    at = moment(at)
    with transaction.atomic():
        held, locked = _in_hand(person, request, Can.ADD_TO_CASE)
        _settle(person, held, locked, "change.withdrawn", at)
    return locked


def _in_hand(person: User, request: ChangeRequest, needs: Can) -> tuple[Case, ChangeRequest]:
    held = in_hand(person, request.case, needs)
    locked = ChangeRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if locked.state != RequestState.OPEN:
        found = str(locked.get_state_display())
        raise Refused(Problem("request_settled", held.reference, found))
    return held, locked


def _made(person: User, case: Case, request: ChangeRequest, at: datetime) -> UUID:
    """The change itself, by the action that staff use; once, however often it is asked for."""
    wanted = Change(
        ChangeKind(request.kind), request.to, request.because or "", request=str(request.pk)
    )
    return change(person, case, wanted, at=at).pk


def _settle(
    person: User,
    case: Case,
    request: ChangeRequest,
    verb: str,
    at: datetime,
) -> None:
    state = _STATE_OF[verb]
    request.state, request.settled_by, request.settled_at = state, person, at
    request.save()
    finish_tasks_about(person.actor(), ("changerequest", request.pk), at)
    told = {"request": str(request.pk), "change": request.kind}
    happened(person.actor(), case, verb, told, at)


def _tell(person: User, case: Case, request: ChangeRequest, verb: str, at: datetime) -> None:
    tell_agent(case, verb, person.pk, {"request": str(request.pk), "change": request.kind}, at)
