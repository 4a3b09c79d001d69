"""Who has a case now, and what happens next."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from megler.cases.rules.status import CaseFacts
from megler.cases.rules.words import APPROVALS, Decision, Holder, Status


class NextStep(StrEnum):
    """What happens next with a case."""

    REVIEW = "review"
    CONFIRM_GOOD_ORDER = "confirm_good_order"
    SEND = "send"
    CORRECT = "correct"
    CARRIER_RECEIVES = "carrier_receives"
    BRING_REQUIREMENTS = "bring_requirements"
    CARRIER_DECIDES = "carrier_decides"
    ANSWER_OFFER = "answer_offer"
    CARRIER_ISSUES = "carrier_issues"
    CHECK_POLICY = "check_policy"
    CARRIER_CORRECTS = "carrier_corrects"
    DELIVER = "deliver"
    BRING_DELIVERY_REQUIREMENTS = "bring_delivery_requirements"
    PAY_PREMIUM = "pay_premium"
    PLACE = "place"
    REINSTATE = "reinstate"
    CLOSE = "close"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has the case now (None: nobody, it is finished) and what happens next."""

    holder: Holder | None
    next_step: NextStep


_URGENCY = (Holder.AGENCY, Holder.AGENT, Holder.CLIENT, Holder.VENDOR, Holder.CARRIER)
"""When several have requirements, the case is with the first of these: who can act at once."""

_FIXED = {
    Status.DRAFT: Standing(Holder.AGENT, NextStep.CORRECT),
    Status.SUBMITTED: Standing(Holder.AGENCY, NextStep.REVIEW),
    Status.RETURNED: Standing(Holder.AGENT, NextStep.CORRECT),
    Status.IN_FORCE: Standing(None, NextStep.NOTHING),
    Status.CLOSED: Standing(None, NextStep.NOTHING),
}


def standing(
    facts: CaseFacts,
    underwriting_holders: Iterable[Holder] = (),
    delivery_holders: Iterable[Holder] = (),
) -> Standing:
    """Who has the case now and what is next; `*_holders` have its open requirements of each stage.

    >>> standing(CaseFacts(Status.IN_UNDERWRITING), [Holder.VENDOR]).holder
    <Holder.VENDOR: 'vendor'>
    """
    if facts.status in _FIXED:
        return _FIXED[facts.status]
    if facts.status is Status.AGENCY_REVIEW:
        step = NextStep.SEND if facts.good_order else NextStep.CONFIRM_GOOD_ORDER
        return Standing(Holder.AGENCY, step)
    if facts.status is Status.DECIDED:
        return _after_decision(facts, underwriting_holders)
    if facts.status is Status.ISSUED:
        return _after_issue(facts)
    if facts.status is Status.DELIVERED:
        return _after_delivery(facts, delivery_holders)
    return _at_carrier(facts, underwriting_holders)


def _at_carrier(facts: CaseFacts, holders: Iterable[Holder]) -> Standing:
    if first := _first(holders):
        return Standing(first, NextStep.BRING_REQUIREMENTS)
    if facts.status is Status.SENT_TO_CARRIER:
        return Standing(Holder.CARRIER, NextStep.CARRIER_RECEIVES)
    return Standing(Holder.CARRIER, NextStep.CARRIER_DECIDES)


def _first(holders: Iterable[Holder]) -> Holder | None:
    """Who of several can act first; None when only the carrier has any, or nobody."""
    among = set(holders) - {Holder.CARRIER}
    return next((holder for holder in _URGENCY if holder in among), None)


def _after_issue(facts: CaseFacts) -> Standing:
    if facts.differences_open:
        return Standing(Holder.AGENCY, NextStep.CHECK_POLICY)
    if facts.differences_returned:
        return Standing(Holder.CARRIER, NextStep.CARRIER_CORRECTS)
    return Standing(Holder.AGENT, NextStep.DELIVER)


def _after_decision(facts: CaseFacts, holders: Iterable[Holder]) -> Standing:
    if facts.reinstating and facts.decision in APPROVALS:
        if first := _first(holders):
            return Standing(first, NextStep.BRING_REQUIREMENTS)
        return Standing(Holder.AGENCY, NextStep.REINSTATE)
    if facts.decision in APPROVALS:
        return Standing(Holder.CARRIER, NextStep.CARRIER_ISSUES)
    if facts.decision is Decision.COUNTER_OFFER:
        return Standing(Holder.CLIENT, NextStep.ANSWER_OFFER)
    return Standing(Holder.AGENCY, NextStep.CLOSE)


def _after_delivery(facts: CaseFacts, holders: Iterable[Holder]) -> Standing:
    if facts.delivery_open:
        first = next((h for h in _URGENCY if h in set(holders)), Holder.AGENT)
        return Standing(first, NextStep.BRING_DELIVERY_REQUIREMENTS)
    if not facts.premium_received:
        return Standing(Holder.CLIENT, NextStep.PAY_PREMIUM)
    return Standing(Holder.AGENCY, NextStep.PLACE)
