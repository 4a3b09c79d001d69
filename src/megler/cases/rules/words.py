"""The words of a case: status, decision, outcome, who has it, with ACORD's numbers beside.

Source of the numbers: OLI_LU_POLSTAT. Several of our words share one of theirs; some have none.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where a case is, in the order in which it moves. A draft is an application without a case."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AGENCY_REVIEW = "agency_review"
    RETURNED = "returned"
    SENT_TO_CARRIER = "sent_to_carrier"
    RECEIVED_BY_CARRIER = "received_by_carrier"
    IN_UNDERWRITING = "in_underwriting"
    DECIDED = "decided"
    ISSUED = "issued"
    DELIVERED = "delivered"
    IN_FORCE = "in_force"
    CLOSED = "closed"


class Decision(StrEnum):
    """What was decided about the application."""

    APPROVED = "approved"
    OTHER_THAN_APPLIED = "other_than_applied"
    COUNTER_OFFER = "counter_offer"
    COUNTER_OFFER_ACCEPTED = "counter_offer_accepted"
    COUNTER_OFFER_REFUSED = "counter_offer_refused"
    DECLINED = "declined"
    POSTPONED = "postponed"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"


class Outcome(StrEnum):
    """What became of the policy."""

    PLACED = "placed"
    NOT_TAKEN = "not_taken"
    FREE_LOOK_RETURN = "free_look_return"
    LAPSED = "lapsed"
    SURRENDERED = "surrendered"
    CONVERTED = "converted"
    REPLACED = "replaced"
    CLAIM = "claim"


class Holder(StrEnum):
    """Who has a case or requirement now and must act."""

    AGENT = "agent"
    CLIENT = "client"
    AGENCY = "agency"
    CARRIER = "carrier"
    VENDOR = "vendor"


class Channel(StrEnum):
    """How the carrier told us."""

    PORTAL = "portal"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    FEED = "feed"


SAID_BY_CARRIER = (
    Decision.APPROVED,
    Decision.OTHER_THAN_APPLIED,
    Decision.COUNTER_OFFER,
    Decision.DECLINED,
    Decision.POSTPONED,
    Decision.INCOMPLETE,
)
"""What a carrier's message can say; the rest follows from what the client or the agency does."""

APPROVALS = frozenset(
    {Decision.APPROVED, Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER_ACCEPTED}
)
"""Decisions upon which a policy is issued."""

REFUSALS = frozenset(
    {
        Decision.COUNTER_OFFER_REFUSED,
        Decision.DECLINED,
        Decision.POSTPONED,
        Decision.INCOMPLETE,
        Decision.WITHDRAWN,
    }
)
"""Decisions after which there is nothing but to close the case."""

AT_CARRIER = frozenset({Status.SENT_TO_CARRIER, Status.RECEIVED_BY_CARRIER, Status.IN_UNDERWRITING})
"""The carrier has the application and has not decided."""

ACORD_POLSTAT: dict[Status | Decision | Outcome, int] = {
    Status.DRAFT: 12,
    Status.SUBMITTED: 21,
    Status.AGENCY_REVIEW: 21,
    Status.RETURNED: 21,
    Status.SENT_TO_CARRIER: 21,
    Status.RECEIVED_BY_CARRIER: 8,
    Status.IN_UNDERWRITING: 54,
    Status.ISSUED: 25,
    Status.DELIVERED: 25,
    Status.IN_FORCE: 1,
    Decision.APPROVED: 24,
    Decision.OTHER_THAN_APPLIED: 24,
    Decision.COUNTER_OFFER: 26,
    Decision.COUNTER_OFFER_ACCEPTED: 24,
    Decision.COUNTER_OFFER_REFUSED: 26,
    Decision.DECLINED: 27,
    Decision.POSTPONED: 62,
    Decision.INCOMPLETE: 23,
    Decision.WITHDRAWN: 39,
    Outcome.PLACED: 1,
    Outcome.NOT_TAKEN: 65,
}
ISSUED_WITH_REQUIREMENTS = 44


def acord_polstat(
    status: Status,
    decision: Decision | None = None,
    outcome: Outcome | None = None,
    delivery_open: int = 0,
) -> int | None:
    """ACORD's policy status for ours; None where it has no number for it.

    >>> acord_polstat(Status.DECIDED, Decision.POSTPONED)
    62
    >>> acord_polstat(Status.ISSUED, delivery_open=2)
    44
    """
    if status in {Status.ISSUED, Status.DELIVERED} and delivery_open:
        return ISSUED_WITH_REQUIREMENTS
    if status is Status.DECIDED and decision:
        return ACORD_POLSTAT[decision]
    if status is Status.CLOSED:
        said = outcome or decision
        return ACORD_POLSTAT.get(said) if said else None
    return ACORD_POLSTAT.get(status)
