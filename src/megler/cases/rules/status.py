"""What may be done with a case where it is, and where that leads.

The table ACTS is the whole of it: for each act the statuses it starts from and the one it leads to
(None: stays). Conditions beyond the status stand in `_unmet`. Source: the agency's own procedure.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from megler.cases.rules.words import (
    APPROVALS,
    AT_CARRIER,
    REFUSALS,
    SAID_BY_CARRIER,
    Decision,
    Outcome,
    Status,
)
from megler.vocabulary.problems import Problem


class Act(StrEnum):
    """Something that is done with a case."""

    SUBMIT = "submit"
    START_REVIEW = "start_review"
    CONFIRM_GOOD_ORDER = "confirm_good_order"
    RETURN_TO_AGENT = "return_to_agent"
    RESUBMIT = "resubmit"
    SEND_TO_CARRIER = "send_to_carrier"
    RECORD_RECEIVED = "record_received"
    RECORD_IN_UNDERWRITING = "record_in_underwriting"
    RECORD_DECISION = "record_decision"
    ACCEPT_OFFER = "accept_offer"
    REFUSE_OFFER = "refuse_offer"
    RECORD_ISSUE = "record_issue"
    RECORD_DELIVERY = "record_delivery"
    RECORD_FIRST_PREMIUM = "record_first_premium"
    PLACE = "place"
    CLOSE = "close"
    REOPEN = "reopen"
    ASK_REINSTATEMENT = "ask_reinstatement"
    REINSTATE = "reinstate"


class Closing(StrEnum):
    """Why a case is closed: as the carrier decided, or what became of it."""

    AS_DECIDED = "as_decided"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    NOT_TAKEN = "not_taken"
    FREE_LOOK_RETURN = "free_look_return"
    LAPSED = "lapsed"
    SURRENDERED = "surrendered"
    CONVERTED = "converted"
    REPLACED = "replaced"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the rules know of a case. `underwriting_open` and `delivery_open` count requirements.

    `closed_from` is the status before closing, None while open. `differences_*` count parts of the
    issued policy that are to be settled, or that the carrier corrects. `reinstating`: a lapsed policy
    whose owner asked to have it back.
    """

    status: Status
    decision: Decision | None = None
    outcome: Outcome | None = None
    good_order: bool = False
    policy_number: str = ""
    premium_received: bool = False
    underwriting_open: int = 0
    delivery_open: int = 0
    closed_from: Status | None = None
    differences_open: int = 0
    differences_returned: int = 0
    offer_answered: bool = False
    reinstating: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What comes with an act: the decision, the policy's number, why it is closed."""

    decision: Decision | None = None
    policy_number: str = ""
    closing: Closing | None = None


NOTHING_SAID = Said()
"""What comes with an act that needs to be told nothing."""

_IN_AGENCY = frozenset({Status.SUBMITTED, Status.AGENCY_REVIEW})
_BEFORE_DECISION = _IN_AGENCY | {Status.RETURNED} | AT_CARRIER
_POLICY_OUT = frozenset({Status.ISSUED, Status.DELIVERED})
_OPEN = _BEFORE_DECISION | {Status.DECIDED} | _POLICY_OUT | {Status.IN_FORCE}

ACTS: dict[Act, tuple[frozenset[Status], Status | None]] = {
    Act.SUBMIT: (frozenset({Status.DRAFT}), Status.SUBMITTED),
    Act.START_REVIEW: (frozenset({Status.SUBMITTED}), Status.AGENCY_REVIEW),
    Act.CONFIRM_GOOD_ORDER: (_IN_AGENCY, Status.AGENCY_REVIEW),
    Act.RETURN_TO_AGENT: (_IN_AGENCY, Status.RETURNED),
    Act.RESUBMIT: (frozenset({Status.RETURNED}), Status.SUBMITTED),
    Act.SEND_TO_CARRIER: (_IN_AGENCY, Status.SENT_TO_CARRIER),
    Act.RECORD_RECEIVED: (frozenset({Status.SENT_TO_CARRIER}), Status.RECEIVED_BY_CARRIER),
    Act.RECORD_IN_UNDERWRITING: (
        frozenset({Status.SENT_TO_CARRIER, Status.RECEIVED_BY_CARRIER}),
        Status.IN_UNDERWRITING,
    ),
    Act.RECORD_DECISION: (AT_CARRIER | {Status.DECIDED}, Status.DECIDED),
    Act.ACCEPT_OFFER: (frozenset({Status.DECIDED}), None),
    Act.REFUSE_OFFER: (frozenset({Status.DECIDED}), None),
    Act.RECORD_ISSUE: (frozenset({Status.DECIDED}), Status.ISSUED),
    Act.RECORD_DELIVERY: (frozenset({Status.ISSUED}), Status.DELIVERED),
    Act.RECORD_FIRST_PREMIUM: (AT_CARRIER | {Status.DECIDED} | _POLICY_OUT, None),
    Act.PLACE: (frozenset({Status.DELIVERED}), Status.IN_FORCE),
    Act.CLOSE: (_OPEN, Status.CLOSED),
    Act.REOPEN: (frozenset({Status.CLOSED}), None),
    Act.ASK_REINSTATEMENT: (frozenset({Status.CLOSED}), Status.IN_UNDERWRITING),
    Act.REINSTATE: (frozenset({Status.IN_UNDERWRITING, Status.DECIDED}), Status.IN_FORCE),
}
OFFERED = frozenset({Decision.COUNTER_OFFER, Decision.OTHER_THAN_APPLIED})
"""Decisions that the client answers."""

_AFTER_IN_FORCE = (
    Closing.FREE_LOOK_RETURN,
    Closing.LAPSED,
    Closing.SURRENDERED,
    Closing.CONVERTED,
    Closing.REPLACED,
    Closing.CLAIM,
)
_WITHOUT_DECISION = (Closing.WITHDRAWN, Closing.INCOMPLETE)
_CLOSINGS = {
    Status.IN_FORCE: _AFTER_IN_FORCE,
    Status.DELIVERED: (Closing.NOT_TAKEN, Closing.FREE_LOOK_RETURN),
    Status.ISSUED: (Closing.NOT_TAKEN,),
}


def closings(facts: CaseFacts) -> tuple[Closing, ...]:
    """The reasons for which the case can be closed where it is.

    >>> closings(CaseFacts(Status.ISSUED, Decision.APPROVED, policy_number="7"))
    (<Closing.NOT_TAKEN: 'not_taken'>,)
    """
    if facts.reinstating:
        is_refused = facts.decision in REFUSALS
        return (Closing.AS_DECIDED,) if is_refused else _WITHOUT_DECISION
    if fixed := _CLOSINGS.get(facts.status):
        return fixed
    if facts.decision in APPROVALS:
        return (Closing.NOT_TAKEN,)
    if facts.decision in REFUSALS:
        return (Closing.AS_DECIDED,)
    is_open = facts.status in _BEFORE_DECISION or facts.decision is Decision.COUNTER_OFFER
    return _WITHOUT_DECISION if is_open else ()


def allowed(facts: CaseFacts) -> frozenset[Act]:
    """The acts that can be done where the case is, whatever more they need to be told."""
    return frozenset(act for act in ACTS if not any(_hindrances(facts, act)))


def move(facts: CaseFacts, act: Act, said: Said | None = None) -> tuple[CaseFacts, list[Problem]]:
    """The case after an act; unchanged, with every problem, when it cannot be done.

    >>> after, problems = move(CaseFacts(Status.SUBMITTED), Act.START_REVIEW)
    >>> after.status, problems
    (<Status.AGENCY_REVIEW: 'agency_review'>, [])
    >>> move(CaseFacts(Status.CLOSED), Act.PLACE)[1][0].code
    'case_not_possible'
    """
    said = said or Said()
    problems = [*_hindrances(facts, act), *_unsaid(facts, act, said)]
    return (facts, problems) if problems else (_after(facts, act, said), [])


def _hindrances(facts: CaseFacts, act: Act) -> Iterator[Problem]:
    """Why the act cannot be done where the case is."""
    starts, leads_to = ACTS[act]
    if facts.status not in starts:
        is_there = leads_to is not None and facts.status is leads_to
        code = "case_already" if is_there else "case_not_possible"
        yield Problem(code, act, facts.status, ",".join(sorted(starts)))
        return
    if unmet := _unmet(facts, act):
        yield unmet


def _unmet(facts: CaseFacts, act: Act) -> Problem | None:
    """The condition beyond the status that the act still lacks."""
    decided = str(facts.decision or "")
    match act:
        case Act.CONFIRM_GOOD_ORDER if facts.good_order:
            found = Problem("case_already", act, facts.status)
        case Act.SEND_TO_CARRIER if not facts.good_order:
            found = Problem("case_not_in_good_order", act, facts.status)
        case Act.ACCEPT_OFFER | Act.REFUSE_OFFER if facts.decision not in OFFERED:
            found = Problem("case_no_offer", act, decided, ",".join(sorted(OFFERED)))
        case Act.ACCEPT_OFFER if facts.offer_answered:
            found = Problem("case_already", act, facts.status)
        case Act.RECORD_ISSUE if facts.reinstating:
            found = Problem("case_not_possible", act, facts.status)
        case Act.RECORD_ISSUE if facts.decision not in APPROVALS:
            found = Problem("case_not_approved", act, decided, ",".join(sorted(APPROVALS)))
        case Act.RECORD_DELIVERY if count := facts.differences_open + facts.differences_returned:
            found = Problem("case_policy_differs", act, str(count), "0")
        case Act.ASK_REINSTATEMENT if facts.outcome is not Outcome.LAPSED:
            found = Problem("case_not_lapsed", act, str(facts.outcome or ""), Outcome.LAPSED)
        case Act.REINSTATE:
            return _reinstating_unmet(facts)
        case Act.RECORD_FIRST_PREMIUM:
            return _premium_unmet(facts)
        case Act.PLACE:
            return _placing_unmet(facts)
        case _:
            return None
    return found


def _premium_unmet(facts: CaseFacts) -> Problem | None:
    if facts.premium_received:
        return Problem("case_premium_already", Act.RECORD_FIRST_PREMIUM)
    if facts.decision in REFUSALS:
        return Problem("case_not_approved", Act.RECORD_FIRST_PREMIUM, str(facts.decision))
    return None


def _reinstating_unmet(facts: CaseFacts) -> Problem | None:
    act = Act.REINSTATE
    if not facts.reinstating:
        return Problem("case_not_possible", act, facts.status)
    if facts.decision not in APPROVALS:
        return Problem("case_not_approved", act, str(facts.decision or ""))
    if facts.underwriting_open:
        return Problem("case_requirements_open", act, str(facts.underwriting_open), "0")
    return None


def _placing_unmet(facts: CaseFacts) -> Problem | None:
    if facts.delivery_open:
        return Problem("case_delivery_open", Act.PLACE, str(facts.delivery_open), "0")
    return None if facts.premium_received else Problem("case_premium_missing", Act.PLACE)


def _unsaid(facts: CaseFacts, act: Act, said: Said) -> Iterator[Problem]:
    """What the act needs to be told and was not, or was told wrongly."""
    if act is Act.RECORD_DECISION and said.decision not in SAID_BY_CARRIER:
        yield Problem(
            "wrong_value", "decision", str(said.decision or ""), ", ".join(SAID_BY_CARRIER)
        )
    if act is Act.RECORD_ISSUE and not said.policy_number.strip():
        yield Problem("missing", "policy_number", "", "the carrier's policy number")
    if act is Act.CLOSE and said.closing not in closings(facts):
        yield Problem("wrong_value", "closing", str(said.closing or ""), ", ".join(closings(facts)))


def _after(facts: CaseFacts, act: Act, said: Said) -> CaseFacts:
    if act is Act.CLOSE:
        return _closed(facts, said.closing)
    if act is Act.REOPEN:
        return _reopened(facts)
    if act is Act.ACCEPT_OFFER and facts.decision is Decision.OTHER_THAN_APPLIED:
        return replace(facts, offer_answered=True)
    changes: dict[Act, dict[str, Any]] = {
        Act.CONFIRM_GOOD_ORDER: {"good_order": True},
        Act.RETURN_TO_AGENT: {"good_order": False},
        Act.RECORD_DECISION: {"decision": said.decision, "offer_answered": False},
        Act.ACCEPT_OFFER: {"decision": Decision.COUNTER_OFFER_ACCEPTED, "offer_answered": True},
        Act.REFUSE_OFFER: {"decision": Decision.COUNTER_OFFER_REFUSED},
        Act.RECORD_ISSUE: {"policy_number": said.policy_number.strip()},
        Act.RECORD_FIRST_PREMIUM: {"premium_received": True},
        Act.PLACE: {"outcome": Outcome.PLACED},
        Act.ASK_REINSTATEMENT: {"decision": None, "closed_from": None, "reinstating": True},
        Act.REINSTATE: {"outcome": Outcome.PLACED, "reinstating": False},
    }
    return replace(facts, status=ACTS[act][1] or facts.status, **changes.get(act, {}))


def _closed(facts: CaseFacts, closing: Closing | None) -> CaseFacts:
    if facts.reinstating:
        return replace(facts, status=Status.CLOSED, closed_from=Status.IN_FORCE, reinstating=False)
    after = replace(facts, status=Status.CLOSED, closed_from=facts.status)
    if closing in {Closing.WITHDRAWN, Closing.INCOMPLETE}:
        return replace(after, decision=Decision(closing))
    if closing is None or closing is Closing.AS_DECIDED:
        return after
    return replace(after, outcome=Outcome(closing))


def _reopened(facts: CaseFacts) -> CaseFacts:
    """Back to where it was; what was decided against it is undone, so it is decided anew."""
    back_to = facts.closed_from or Status.SUBMITTED
    if back_to is Status.IN_FORCE:
        return replace(facts, status=back_to, outcome=Outcome.PLACED, closed_from=None)
    if back_to is Status.DECIDED and facts.decision not in APPROVALS:
        back_to = Status.IN_UNDERWRITING
    decision = facts.decision if facts.decision in APPROVALS else None
    return replace(facts, status=back_to, decision=decision, outcome=None, closed_from=None)
