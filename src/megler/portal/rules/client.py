"""What a client reads of their case: steps of the way, and what is theirs to do. Nothing of health.

Whatever tells what is examined, or what the insurer thinks, is told as "an appointment" or not at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from megler.cases.rules.requirements import IN, SETTLED, State
from megler.cases.rules.words import Decision, Holder, Outcome, Status
from megler.vocabulary.codes import RequirementKind as Kind


class Way(StrEnum):
    """The steps of a client's case."""

    APPLIED = "applied"
    SENT = "sent"
    REVIEWED = "reviewed"
    ISSUED = "issued"
    IN_FORCE = "in_force"


class Standing(StrEnum):
    """What a client is told of the whole."""

    CHECKING = "checking"
    ASKING = "asking"
    WITH_INSURER = "with_insurer"
    OFFER = "offer"
    APPROVED = "approved"
    POLICY_MADE = "policy_made"
    DELIVERED = "delivered"
    IN_FORCE = "in_force"
    TALK_TO_AGENT = "talk_to_agent"
    ENDED = "ended"


class Task(StrEnum):
    """What a client has to do, in words that tell nothing of health."""

    APPOINTMENT = "appointment"
    TELEPHONE = "telephone"
    SIGN = "sign"
    PAPERS = "papers"
    PAY = "pay"


TASK_OF: dict[Kind, Task] = {
    Kind.TELEPHONE_INTERVIEW: Task.TELEPHONE,
    Kind.HIPAA_AUTHORISATION: Task.SIGN,
    Kind.AMENDMENT: Task.SIGN,
    Kind.POLICY_ACCEPTANCE: Task.SIGN,
    Kind.GOOD_HEALTH_STATEMENT: Task.SIGN,
    Kind.DELIVERY_RECEIPT: Task.SIGN,
    Kind.REPLACEMENT_FORM: Task.SIGN,
    Kind.ILLUSTRATION: Task.SIGN,
    Kind.FINANCIAL_STATEMENTS: Task.PAPERS,
    Kind.TRUST_PAPERS: Task.PAPERS,
    Kind.INITIAL_PREMIUM: Task.PAY,
}
"""What a client is asked for by each kind; any other kind is an appointment, if there is one."""

_WAY_OF: dict[Status, Way] = {
    Status.SENT_TO_CARRIER: Way.SENT,
    Status.RECEIVED_BY_CARRIER: Way.REVIEWED,
    Status.IN_UNDERWRITING: Way.REVIEWED,
    Status.DECIDED: Way.REVIEWED,
    Status.ISSUED: Way.ISSUED,
    Status.DELIVERED: Way.ISSUED,
    Status.IN_FORCE: Way.IN_FORCE,
}
_STANDING_OF: dict[Status, Standing] = {
    Status.SUBMITTED: Standing.CHECKING,
    Status.AGENCY_REVIEW: Standing.CHECKING,
    Status.RETURNED: Standing.ASKING,
    Status.SENT_TO_CARRIER: Standing.WITH_INSURER,
    Status.RECEIVED_BY_CARRIER: Standing.WITH_INSURER,
    Status.IN_UNDERWRITING: Standing.WITH_INSURER,
    Status.ISSUED: Standing.POLICY_MADE,
    Status.DELIVERED: Standing.DELIVERED,
    Status.IN_FORCE: Standing.IN_FORCE,
}
_APPROVED = frozenset({Decision.APPROVED, Decision.COUNTER_OFFER_ACCEPTED})
_OFFERED = frozenset({Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER})


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement as this rule sees it."""

    kind: Kind
    state: State
    holder: Holder | None
    scheduled_for: date | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """Something for the client to do; `on`: the day of the appointment."""

    task: Task
    on: date | None = None


def standing_of(
    status: Status, decision: Decision | None = None, outcome: Outcome | None = None
) -> Standing:
    """What the client is told of the whole.

    A decision that is not the one hoped for is the agent's to explain, so it is not told here.

    >>> standing_of(Status.DECIDED, Decision.DECLINED)
    <Standing.TALK_TO_AGENT: 'talk_to_agent'>
    """
    if status is Status.CLOSED:
        return Standing.ENDED
    if status is not Status.DECIDED:
        return _STANDING_OF.get(status, Standing.CHECKING)
    if decision in _APPROVED:
        return Standing.APPROVED
    return Standing.OFFER if decision in _OFFERED else Standing.TALK_TO_AGENT


def way_of(status: Status) -> Way:
    """The step of the way that the case has reached.

    >>> way_of(Status.RETURNED)
    <Way.APPLIED: 'applied'>
    """
    return _WAY_OF.get(status, Way.APPLIED)


def to_do(asked: Iterable[Asked]) -> tuple[ToDo, ...]:
    """What the client has to do, each thing once: appointments by day, then the rest."""
    found: dict[ToDo, None] = {}
    for one in asked:
        if one.state in SETTLED or one.state in IN:
            continue
        task = TASK_OF.get(one.kind)
        if one.scheduled_for is not None and task in {None, Task.TELEPHONE}:
            found[ToDo(task or Task.APPOINTMENT, one.scheduled_for)] = None
        elif task is not None and one.holder in {Holder.CLIENT, Holder.AGENT}:
            found[ToDo(task)] = None
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.task)))
