"""Statuses of open cases, gathered into the few stages that a picture can show."""

from collections.abc import Mapping
from enum import StrEnum

from megler.cases.rules.words import Status


class Stage(StrEnum):
    """A part of a case's way, in order."""

    AGENCY = "agency"
    RETURNED = "returned"
    CARRIER = "carrier"
    UNDERWRITING = "underwriting"
    DECIDED = "decided"
    ISSUED = "issued"
    DELIVERED = "delivered"


STATUSES: dict[Stage, tuple[Status, ...]] = {
    Stage.AGENCY: (Status.SUBMITTED, Status.AGENCY_REVIEW),
    Stage.RETURNED: (Status.RETURNED,),
    Stage.CARRIER: (Status.SENT_TO_CARRIER, Status.RECEIVED_BY_CARRIER),
    Stage.UNDERWRITING: (Status.IN_UNDERWRITING,),
    Stage.DECIDED: (Status.DECIDED,),
    Stage.ISSUED: (Status.ISSUED,),
    Stage.DELIVERED: (Status.DELIVERED,),
}
OPEN: tuple[Status, ...] = tuple(status for stage in Stage for status in STATUSES[stage])
"""The statuses of a case with which something still happens."""

WAY: tuple[tuple[Status, ...], ...] = (
    (Status.DRAFT,),
    (Status.SUBMITTED, Status.AGENCY_REVIEW, Status.RETURNED),
    (Status.SENT_TO_CARRIER, Status.RECEIVED_BY_CARRIER),
    (Status.IN_UNDERWRITING,),
    (Status.DECIDED,),
    (Status.ISSUED,),
    (Status.DELIVERED,),
    (Status.IN_FORCE,),
)
"""The steps of the way from draft to in force, as an agent sees them."""


def by_stage(counts: Mapping[str, int]) -> list[tuple[Stage, int]]:
    """Counts by stage, every stage once, from counts by status.

    >>> by_stage({"submitted": 2, "agency_review": 1, "closed": 9})[0]
    (<Stage.AGENCY: 'agency'>, 3)
    """
    return [(stage, sum(counts.get(s, 0) for s in STATUSES[stage])) for stage in Stage]


def step_of(status: Status) -> int:
    """How many steps of the way lie behind: 0 for a draft, 7 in force; 0 when closed.

    >>> step_of(Status.IN_UNDERWRITING), step_of(Status.IN_FORCE), step_of(Status.CLOSED)
    (3, 7, 0)
    """
    return next((at for at, statuses in enumerate(WAY) if status in statuses), 0)
