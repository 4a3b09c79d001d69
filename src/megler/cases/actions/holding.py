"""How every action takes a case in hand, moves it, and puts it down again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases import names
from megler.cases.actions.doers import Doer
from megler.cases.actions.letters import tell_agent
from megler.cases.actions.spells import change_hands
from megler.cases.models import Case, Note, Requirement
from megler.cases.rules.kinds import Stage
from megler.cases.rules.moments import CaseHappened
from megler.cases.rules.requirements import IN, SETTLED, State
from megler.cases.rules.standing import standing
from megler.cases.rules.status import Act, CaseFacts, Said, move
from megler.cases.rules.words import Holder, Status
from megler.journal.actions import announce, record
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused

VERBS = {
    Act.START_REVIEW: "case.review_started",
    Act.CONFIRM_GOOD_ORDER: "case.in_good_order",
    Act.RETURN_TO_AGENT: "case.returned",
    Act.RESUBMIT: "case.resubmitted",
    Act.SEND_TO_CARRIER: "case.sent_to_carrier",
    Act.RECORD_RECEIVED: "case.received_by_carrier",
    Act.RECORD_IN_UNDERWRITING: "case.in_underwriting",
    Act.RECORD_DECISION: "case.decided",
    Act.ACCEPT_OFFER: "case.offer_accepted",
    Act.REFUSE_OFFER: "case.offer_refused",
    Act.RECORD_ISSUE: "case.issued",
    Act.RECORD_DELIVERY: "case.delivered",
    Act.RECORD_FIRST_PREMIUM: "case.first_premium",
    Act.PLACE: "case.in_force",
    Act.CLOSE: "case.closed",
    Act.REOPEN: "case.reopened",
    Act.ASK_REINSTATEMENT: "case.reinstatement_asked",
    Act.REINSTATE: "case.reinstated",
}
"""What the journal calls each act."""


def in_hand(person: Doer, case: Case, needs: Can) -> Case:
    """The case, locked until the transaction ends. Raises `Refused` when the person may not."""
    if not person.may(needs):
        raise Refused(Problem("not_allowed", case.reference))
    theirs = Case.objects.acted_on_by(person) if isinstance(person, User) else Case.objects.all()
    return locked(theirs.filter(pk=case.pk))


def locked(found: Any) -> Case:
    """The one case found, locked, with what is told about it."""
    with_names = found.select_related("agent__user", "client", "product", "carrier")
    try:
        case: Case = with_names.select_for_update(of=("self",), no_key=True).get()
    except Case.DoesNotExist:
        raise Refused(Problem("nothing_here", "case")) from None
    return case


def requirements_of(case: Case) -> list[Requirement]:
    """All its requirements, oldest first."""
    return sorted(case.requirements.all(), key=lambda r: (r.raised_at, r.kind))


def facts_of(case: Case, requirements: Iterable[Requirement]) -> CaseFacts:
    """What the rules know of a case with these requirements."""
    waiting = [r for r in requirements if r.state not in IN]
    delivery = sum(r.stage == Stage.DELIVERY for r in waiting)
    underwriting = sum(r.stage == Stage.UNDERWRITING for r in waiting)
    return case.to_facts(underwriting_open=underwriting, delivery_open=delivery)


def carry_out(
    person: Doer,
    case: Case,
    act: Act,
    *,
    needs: Can = Can.WORK_CASES,
    said: Said | None = None,
    version: int | None = None,
    changes: dict[str, Any] | None = None,
    told: dict[str, Any] | None = None,
    before: Callable[[Case], None] | None = None,
    at: datetime,
) -> Case:
    """Do one act with a case, in the caller's transaction: check, change, record, tell the agent.

    `changes` are fields to set, `told` what the journal keeps, `before` what else is done with the
    case in hand. Raises `Refused`; nothing is changed then.
    """
    held = in_hand(person, case, needs)
    requirements = requirements_of(held)
    after, problems = move(facts_of(held, requirements), act, said)
    if problems:
        raise Refused([worded(problem, held, act) for problem in problems])
    check_version(held, version)
    take(held, after, at)
    for name, value in (changes or {}).items():
        setattr(held, name, value)
    if before:
        before(held)
        requirements = requirements_of(held)
    put_down(held, at, requirements)
    happened(person.actor(), held, VERBS[act], told, at)
    tell_agent(held, VERBS[act], person.pk, told, at)
    return held


def worded(problem: Problem, case: Case, act: Act) -> Problem:
    """A problem of the rules with the words that people use; its code stays."""
    if problem.code in {"wrong_value", "missing"}:
        return problem
    status = str(names.STATUS[case.status])
    decision = str(case.get_decision_display() or _("not decided"))
    found = {"case_not_approved": decision, "case_delivery_open": problem.found}
    return Problem(
        problem.code, case.reference, found.get(problem.code, status), str(names.ACT[act])
    )


def check_version(case: Case, version: int | None) -> None:
    """Refuse to save over somebody's newer change; None asks nothing."""
    if version is not None and version != case.version:
        found, expected = str(version), str(case.version)
        raise Refused(Problem("changed_meanwhile", case.reference, found, expected))


def take(case: Case, after: CaseFacts, at: datetime) -> None:
    """Take over what the rules say the case has become."""
    if case.status != after.status:
        case.status_since = at
    case.status = after.status.value
    case.decision = after.decision.value if after.decision else ""
    case.outcome = after.outcome.value if after.outcome else ""
    case.policy_number = after.policy_number
    case.closed_from = after.closed_from.value if after.closed_from else ""


def put_down(case: Case, at: datetime, requirements: list[Requirement]) -> None:
    """Say anew who has it and what is next, count the change, and save.

    `requirements` are all of the case's, as they stand now.
    """
    was, is_new = case.holder, not case.version
    stand(case, at, requirements)
    if case.holder != was or is_new:
        if bool(case.holder) != bool(was):
            touched = case.requirements.all()
            if case.status == Status.IN_FORCE:
                touched = touched.exclude(stage=Stage.OWNER_SERVICE.value)
            touched.update(is_live=bool(case.holder))
        change_hands([case.pk], case.holder, at)
    case.save()


def stand(case: Case, at: datetime, requirements: list[Requirement]) -> None:
    """Say anew who has it and what is next, and count the change; nothing is saved."""
    now = standing(
        facts_of(case, requirements),
        _holders(requirements, Stage.UNDERWRITING),
        _holders(requirements, Stage.DELIVERY),
    )
    holder = now.holder.value if now.holder else ""
    if holder != case.holder or not case.version:
        case.holder, case.holder_since = holder, at
    case.next_step = now.next_step.value
    case.changed_at = at
    case.words = case.found_by()
    case.version += 1


def _holders(requirements: Iterable[Requirement], stage: Stage) -> list[Holder]:
    """Who has the stage's requirements that nobody has brought yet; ours to send on, too."""
    still_due = [r for r in requirements if r.stage == stage and r.state not in SETTLED]
    if stage is Stage.DELIVERY:
        still_due = [r for r in still_due if r.state not in IN]
    return [Holder(r.holder) for r in still_due if r.state != State.SENT_TO_CARRIER]


def not_in_future(where: str, day: date, at: datetime) -> None:
    """Refuse a day that has not come yet, as seen at `at`."""
    today = timezone.localtime(at).date()
    if day > today:
        raise Refused(
            Problem("case_in_the_future", where, day.isoformat(), f"≤ {today.isoformat()}")
        )


def moment(at: datetime | None) -> datetime:
    """When something is done: now, unless history is being built."""
    return at or timezone.now()


def happened(
    actor: Actor, case: Case, verb: str, told: dict[str, Any] | None, at: datetime
) -> None:
    """Record what happened with a case, and hand it to the rooms that take over."""
    entry = record(actor, verb, case.subject, told, at)
    announce(CaseHappened(case.pk, verb, told or {}, at, actor.id, actor.name, entry.pk))


def system_record(actor: Actor, case: Case, verb: str, told: dict[str, Any], at: datetime) -> None:
    """Record and tell what nobody in particular did."""
    happened(actor, case, verb, told, at)
    tell_agent(case, verb, None, told, at)


def write_note(
    case: Case,
    doer: Doer,
    text: str,
    at: datetime,
    *,
    for_agent: bool = False,
    has_own_place: bool = False,
) -> Note:
    """Keep a note in a case in hand."""
    who = {"written_by": doer} if isinstance(doer, User) else {"by_name": doer.name}
    return case.notes.create(
        text=text, for_agent=for_agent, has_own_place=has_own_place, written_at=at, **who
    )
