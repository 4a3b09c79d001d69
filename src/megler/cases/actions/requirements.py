"""Requirements: adding, ordering, their arrival, sending them on, and settling them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions.doers import Doer
from megler.cases.actions.duties import follow_up_is_done
from megler.cases.actions.holding import (
    happened,
    in_hand,
    locked,
    moment,
    put_down,
    requirements_of,
    system_record,
)
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.policy import place_if_ready
from megler.cases.actions.raising import asking, raise_requirement
from megler.cases.models import Case, CaseDocument, CaseParty, Requirement
from megler.cases.rules.kinds import USUAL, Stage, Wanter
from megler.cases.rules.requirements import (
    Act,
    RequirementFacts,
    State,
    expires_on,
    follow_up_on,
    holder,
    move,
)
from megler.cases.rules.words import Holder, Status
from megler.journal.rules.actors import SYSTEM, Actor
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem, Refused

VERBS = {
    Act.ORDER: "requirement.ordered",
    Act.SCHEDULE: "requirement.scheduled",
    Act.ARRIVE: "requirement.received",
    Act.SEND: "requirement.sent_to_carrier",
    Act.ACCEPT: "requirement.accepted",
    Act.REJECT: "requirement.rejected",
    Act.WAIVE: "requirement.waived",
    Act.CANCEL: "requirement.cancelled",
    Act.EXPIRE: "requirement.expired",
    Act.GIVE_BACK: "requirement.given_back",
}
"""What the journal calls each act."""

_FINISHED = {Status.CLOSED, Status.IN_FORCE}


def add_requirement(
    person: Doer,
    case: Case,
    kind: RequirementKind,
    *,
    stage: Stage | None = None,
    detail: str = "",
    party: CaseParty | None = None,
    wanted: Wanter | None = None,
    at: datetime | None = None,
) -> Requirement:
    """Put up a requirement that the carrier or the agency asks for by hand; see `raise_requirement`."""
    at = moment(at)
    stage = stage or USUAL[kind].stage
    with transaction.atomic():
        held = in_hand(person, case, Can.WORK_CASES)
        still_open(held, stage)
        if party is not None and party.case_id != held.pk:
            raise Refused(Problem("nothing_here", "party"))
        raised_by = {"by": "hand", "name": person.name}
        added = raise_requirement(
            held, kind, raised_by, at, stage=stage, detail=detail, party=party, wanted=wanted
        )
        put_down(held, at, requirements_of(held))
        told = {"kind": kind.value, "requirement": str(added.pk), "holder": added.holder}
        happened(person.actor(), held, "requirement.added", told, at)
        tell_agent(held, "requirement.added", person.pk, told, at)
    return added


def order_requirement(
    person: Doer,
    requirement: Requirement,
    vendor: str = "",
    seen: str = "",
    at: datetime | None = None,
) -> Requirement:
    """Order it from a vendor, or ask the client or agent for it. `seen`: see `_do`."""
    changes = {"vendor": " ".join(vendor.split())[:100]}
    return _do(person, requirement, Act.ORDER, changes=changes, seen=seen, at=at)


def schedule_requirement(
    person: Doer,
    requirement: Requirement,
    scheduled_for: datetime,
    seen: str = "",
    at: datetime | None = None,
) -> Requirement:
    """The client has an appointment; the follow-up is the business day after it.

    A person makes it for the days to come; a vendor's message may tell of it late.
    """
    at = moment(at)
    if scheduled_for < at and isinstance(person, User):
        found, expected = f"{scheduled_for:%Y-%m-%d %H:%M}", f"≥ {at:%Y-%m-%d %H:%M}"
        raise Refused(Problem("case_in_the_past", "scheduled_for", found, expected))
    return _do(
        person,
        requirement,
        Act.SCHEDULE,
        changes={"scheduled_for": scheduled_for},
        counted_from=timezone.localtime(scheduled_for).date(),
        seen=seen,
        at=at,
    )


def record_arrival(
    person: Doer,
    requirement: Requirement,
    documents: Iterable[CaseDocument] = (),
    seen: str = "",
    at: datetime | None = None,
    *,
    of_day: date | None = None,
) -> Requirement:
    """It has come in, with the documents it came as; evidence ages from `of_day`, else from now."""
    at = moment(at)
    papers = list(documents)
    if person.is_seller:
        _agent_may_bring(requirement, papers)
    for paper in papers:
        if paper.case_id != requirement.case_id:
            raise Refused(Problem("document_not_here", "documents", str(paper)))
    kind, today = RequirementKind(requirement.kind), timezone.localtime(at).date()
    valid = asking(requirement.case, kind, requirement.valid_days).valid_days
    changes = {
        "received_at": at,
        "of_day": of_day,
        "expires_on": expires_on(kind, of_day or today, valid),
    }
    return _do(
        person,
        requirement,
        Act.ARRIVE,
        needs=Can.ADD_TO_CASE,
        changes=changes,
        papers=papers,
        seen=seen,
        at=at,
    )


def _agent_may_bring(requirement: Requirement, papers: list[CaseDocument]) -> None:
    """Agents bring what is theirs or the client's to bring, and always as a document."""
    where = str(requirement.get_kind_display())
    if USUAL[RequirementKind(requirement.kind)].brought_by not in {Holder.AGENT, Holder.CLIENT}:
        raise Refused(Problem("not_allowed", where))
    if not papers:
        raise Refused(Problem("missing", where, "", _("a document")))


def send_requirement_to_carrier(
    person: Doer, requirement: Requirement, seen: str = "", at: datetime | None = None
) -> Requirement:
    """Send what came in, with its documents, to the carrier."""
    return _do(person, requirement, Act.SEND, seen=seen, at=at)


def accept_requirement(
    person: Doer, requirement: Requirement, seen: str = "", at: datetime | None = None
) -> Requirement:
    """The carrier has accepted it."""
    return _do(person, requirement, Act.ACCEPT, seen=seen, at=at)


def reject_requirement(
    person: Doer, requirement: Requirement, reason: str, seen: str = "", at: datetime | None = None
) -> Requirement:
    """What came in cannot be used, and why; it is needed again."""
    return _do(person, requirement, Act.REJECT, reason=reason, seen=seen, at=at)


def waive_requirement(
    person: Doer, requirement: Requirement, reason: str, seen: str = "", at: datetime | None = None
) -> Requirement:
    """The carrier does without it, and why."""
    return _do(person, requirement, Act.WAIVE, reason=reason, seen=seen, at=at)


def cancel_requirement(
    person: Doer, requirement: Requirement, reason: str, seen: str = "", at: datetime | None = None
) -> Requirement:
    """It is not needed after all, and why."""
    return _do(person, requirement, Act.CANCEL, reason=reason, seen=seen, at=at)


def give_back_requirement(
    person: Doer, requirement: Requirement, reason: str, seen: str = "", at: datetime | None = None
) -> Requirement:
    """Whoever it was ordered from does not bring it, and why: it is the agency's again to order."""
    changes = {"vendor": "", "scheduled_for": None}
    return _do(person, requirement, Act.GIVE_BACK, reason=reason, changes=changes, seen=seen, at=at)


def expire_requirements(today: date, at: datetime | None = None) -> int:
    """Mark evidence that became too old by `today`; returns how many. May run twice."""
    at = moment(at)
    old = Requirement.objects.filter(
        state__in=[State.RECEIVED.value, State.SENT_TO_CARRIER.value],
        expires_on__lte=today,
        is_live=True,
        case__closed_at=None,
    ).exclude(case__status=Status.IN_FORCE.value)
    count = 0
    for requirement in old.order_by("pk"):
        with transaction.atomic():
            held = locked(Case.objects.filter(pk=requirement.case_id))
            fresh = Requirement.objects.get(pk=requirement.pk)
            if fresh.state == requirement.state and not _finished(held):
                told = _move(fresh, Act.EXPIRE, "", at)
                fresh.save()
                follow_up_is_done(SYSTEM, fresh, at)
                put_down(held, at, requirements_of(held))
                system_record(SYSTEM, held, VERBS[Act.EXPIRE], told, at)
                count += 1
    return count


def _finished(case: Case) -> bool:
    return case.status in _FINISHED


_PASSED_ON = frozenset({Act.SEND, Act.ACCEPT})
"""What came in before the policy was in force still goes to the carrier, which accepts it later."""


def still_open(case: Case, stage: str = "") -> None:
    """Refuse when the case is finished; what the owner of a policy in force asks goes on."""
    if stage == Stage.OWNER_SERVICE and case.status == Status.IN_FORCE:
        return
    if _finished(case):
        raise Refused(Problem("requirement_case_closed", case.reference, case.status))


def _do(
    person: Doer,
    requirement: Requirement,
    act: Act,
    *,
    needs: Can = Can.WORK_CASES,
    reason: str = "",
    changes: dict[str, Any] | None = None,
    papers: Iterable[CaseDocument] = (),
    counted_from: date | None = None,
    seen: str = "",
    at: datetime | None = None,
) -> Requirement:
    """Do one act with a requirement, its case in hand: check, change, record, tell the agent.

    `seen` is the state that the person saw: somebody's newer change is not saved over.
    """
    at = moment(at)
    with transaction.atomic():
        held = in_hand(person, requirement.case, needs)
        all_of_it = requirements_of(held)
        fresh = _one_of(all_of_it, requirement)
        if act not in _PASSED_ON or held.status != Status.IN_FORCE:
            still_open(held, fresh.stage)
        told = _move(fresh, act, reason, at, seen=seen, counted_from=counted_from)
        for name, value in (changes or {}).items():
            setattr(fresh, name, value)
        fresh.save()
        follow_up_is_done(person.actor(), fresh, at)
        fresh.documents.add(*papers)
        if act is Act.SEND:
            fresh.documents.filter(sent_at=None).update(sent_at=at)
        put_down(held, at, all_of_it)
        happened(person.actor(), held, VERBS[act], told, at)
        tell_agent(held, VERBS[act], person.pk, told, at)
        _go_on(person.actor(), held, at)
    return fresh


def _one_of(requirements: Iterable[Requirement], wanted: Requirement) -> Requirement:
    """The requirement as it stands now, among its case's."""
    for requirement in requirements:
        if requirement.pk == wanted.pk:
            return requirement
    raise Refused(Problem("nothing_here", "requirement"))


def _go_on(actor: Actor, held: Case, at: datetime) -> None:
    """A delivered policy whose last paper came in is put in force."""
    if held.status == Status.DELIVERED:
        place_if_ready(actor, held, at)


def _move(
    fresh: Requirement,
    act: Act,
    reason: str,
    at: datetime,
    *,
    seen: str = "",
    counted_from: date | None = None,
) -> dict[str, Any]:
    """Move a requirement by the rules; returns what the journal keeps. Raises `Refused`."""
    state, problems = move(fresh.to_facts(), act, reason)
    if problems:
        raise Refused([_worded(problem, fresh, act) for problem in problems])
    if seen and seen != fresh.state:
        where, found = str(fresh.get_kind_display()), str(fresh.get_state_display())
        raise Refused(Problem("changed_meanwhile", where, found, seen))
    facts = RequirementFacts(RequirementKind(fresh.kind), state)
    has_it = holder(facts)
    fresh.state, fresh.since = state.value, at
    fresh.holder = has_it.value if has_it else ""
    days = asking(fresh.case, facts.kind).follow_up_days if has_it else None
    fresh.follow_up_on = follow_up_on(facts, counted_from or timezone.localtime(at).date(), days)
    if reason.strip():
        fresh.reason = reason.strip()
    return {"kind": fresh.kind, "requirement": str(fresh.pk)}


def _worded(problem: Problem, requirement: Requirement, act: Act) -> Problem:
    """A problem of the rules with the words that people use; its code stays."""
    where, found = str(requirement.get_kind_display()), str(requirement.get_state_display())
    return Problem(problem.code, where, found, str(names.REQUIREMENT_ACT.get(act, act)))
