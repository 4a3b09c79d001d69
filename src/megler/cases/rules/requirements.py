"""What may be done with a requirement where it is, who has it, and when somebody must ask again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from megler.cases.rules.kinds import CARRIERS_OWN, USUAL
from megler.cases.rules.words import Decision, Holder
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem
from megler.work.rules.calendar import add_business_days


class State(StrEnum):
    """Where a requirement is."""

    NEEDED = "needed"
    ORDERED = "ordered"
    SCHEDULED = "scheduled"
    RECEIVED = "received"
    SENT_TO_CARRIER = "sent_to_carrier"
    ACCEPTED = "accepted"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    REJECTED = "rejected"
    EXPIRED = "expired"


class Act(StrEnum):
    """Something that is done with a requirement."""

    ORDER = "order"
    SCHEDULE = "schedule"
    ARRIVE = "arrive"
    SEND = "send"
    ACCEPT = "accept"
    REJECT = "reject"
    WAIVE = "waive"
    CANCEL = "cancel"
    EXPIRE = "expire"
    GIVE_BACK = "give_back"


SETTLED = frozenset({State.ACCEPTED, State.WAIVED, State.CANCELLED})
"""Nothing more happens with these."""

IN = SETTLED | {State.RECEIVED, State.SENT_TO_CARRIER}
"""Nobody outside the agency and carrier owes anything; a delivery requirement no longer hinders."""

_TO_BRING = frozenset({State.NEEDED, State.ORDERED, State.SCHEDULED, State.REJECTED, State.EXPIRED})
_OPEN = frozenset(State) - SETTLED

ACTS: dict[Act, tuple[frozenset[State], State]] = {
    Act.ORDER: (frozenset({State.NEEDED, State.REJECTED, State.EXPIRED}), State.ORDERED),
    Act.SCHEDULE: (frozenset({State.ORDERED, State.SCHEDULED}), State.SCHEDULED),
    Act.ARRIVE: (_TO_BRING, State.RECEIVED),
    Act.SEND: (frozenset({State.RECEIVED}), State.SENT_TO_CARRIER),
    Act.ACCEPT: (frozenset({State.SENT_TO_CARRIER}), State.ACCEPTED),
    Act.REJECT: (frozenset({State.RECEIVED, State.SENT_TO_CARRIER}), State.REJECTED),
    Act.WAIVE: (_OPEN, State.WAIVED),
    Act.CANCEL: (_OPEN, State.CANCELLED),
    Act.EXPIRE: (frozenset({State.RECEIVED, State.SENT_TO_CARRIER}), State.EXPIRED),
    Act.GIVE_BACK: (frozenset({State.ORDERED, State.SCHEDULED}), State.NEEDED),
}
NEEDS_REASON = frozenset({Act.WAIVE, Act.REJECT, Act.CANCEL, Act.GIVE_BACK})


@dataclass(frozen=True, slots=True)
class RequirementFacts:
    """What the rules know of a requirement."""

    kind: RequirementKind
    state: State


def starts(kind: RequirementKind, act: Act) -> frozenset[State]:
    """The states from which an act can be done; what the carrier orders itself reaches it direct."""
    from_states = ACTS[act][0]
    if act is Act.ACCEPT and kind in CARRIERS_OWN:
        return from_states | {State.NEEDED, State.ORDERED, State.RECEIVED}
    return from_states


def allowed(facts: RequirementFacts) -> frozenset[Act]:
    """The acts that can be done where the requirement is."""
    return frozenset(act for act in ACTS if facts.state in starts(facts.kind, act))


def move(facts: RequirementFacts, act: Act, reason: str = "") -> tuple[State, list[Problem]]:
    """The state after an act; unchanged, with every problem, when it cannot be done.

    >>> move(RequirementFacts(RequirementKind.APS, State.NEEDED), Act.ORDER)
    (<State.ORDERED: 'ordered'>, [])
    >>> move(RequirementFacts(RequirementKind.APS, State.WAIVED), Act.SEND)[1][0].code
    'requirement_not_possible'
    """
    problems = list(_problems(facts, act, reason))
    return (facts.state, problems) if problems else (ACTS[act][1], [])


def _problems(facts: RequirementFacts, act: Act, reason: str) -> Iterator[Problem]:
    from_states = starts(facts.kind, act)
    if facts.state not in from_states:
        code = "already" if facts.state is ACTS[act][1] else "not_possible"
        yield Problem(f"requirement_{code}", act, facts.state, ",".join(sorted(from_states)))
    if act in NEEDS_REASON and not reason.strip():
        yield Problem("requirement_reason_missing", act, "", "why")


def holder(facts: RequirementFacts) -> Holder | None:
    """Who has a requirement now; None when it is settled.

    >>> holder(RequirementFacts(RequirementKind.APS, State.ORDERED))
    <Holder.VENDOR: 'vendor'>
    """
    brought_by = USUAL[facts.kind].brought_by
    match facts.state:
        case State.NEEDED | State.REJECTED | State.EXPIRED:
            return Holder.AGENCY if brought_by is Holder.VENDOR else brought_by
        case State.ORDERED:
            return brought_by
        case State.SCHEDULED:
            return Holder.CLIENT
        case State.RECEIVED:
            return Holder.AGENCY
        case State.SENT_TO_CARRIER:
            return Holder.CARRIER
    return None


def follow_up_on(facts: RequirementFacts, today: date, days: int | None = None) -> date | None:
    """When somebody must ask again, counted from `today`; None when it is settled.

    `days` are the business days that a rule of the agency names; without one, what is usual. What
    the agency itself must do is due the next business day.
    """
    has_it = holder(facts)
    if has_it is None:
        return None
    usual = days or USUAL[facts.kind].follow_up_days
    return add_business_days(today, 1 if has_it is Holder.AGENCY else usual)


def expires_on(
    kind: RequirementKind, received_on: date, valid_days: int | None = None
) -> date | None:
    """The first day on which evidence received on a day is too old; None when it does not age.

    `valid_days` are those of the carrier's guide or the agency's rule; without them, what is usual.
    """
    valid_days = valid_days or USUAL[kind].valid_days
    return None if valid_days is None else received_on + timedelta(days=valid_days + 1)


def delivery_requirements(decision: Decision | None) -> tuple[RequirementKind, ...]:
    """What must come in before an issued policy is in force.

    A policy issued otherwise than applied for is accepted by an amendment to the application.

    >>> [str(kind) for kind in delivery_requirements(Decision.OTHER_THAN_APPLIED)]
    ['delivery_receipt', 'amendment']
    """
    if decision in {Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER_ACCEPTED}:
        return (RequirementKind.DELIVERY_RECEIPT, RequirementKind.AMENDMENT)
    return (RequirementKind.DELIVERY_RECEIPT,)
