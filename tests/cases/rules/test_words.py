"""ACORD's numbers stand beside our words as the list publishes them."""

import pytest

from megler.cases.rules.words import (
    APPROVALS,
    REFUSALS,
    SAID_BY_CARRIER,
    Decision,
    Outcome,
    Status,
    acord_polstat,
)


@pytest.mark.parametrize(
    ("status", "decision", "outcome", "delivery_open", "number"),
    [  # OLI_LU_POLSTAT
        (Status.DRAFT, None, None, 0, 12),
        (Status.SUBMITTED, None, None, 0, 21),
        (Status.RECEIVED_BY_CARRIER, None, None, 0, 8),
        (Status.IN_UNDERWRITING, None, None, 0, 54),
        (Status.DECIDED, Decision.APPROVED, None, 0, 24),
        (Status.DECIDED, Decision.COUNTER_OFFER, None, 0, 26),
        (Status.DECIDED, Decision.DECLINED, None, 0, 27),
        (Status.DECIDED, Decision.POSTPONED, None, 0, 62),
        (Status.DECIDED, Decision.INCOMPLETE, None, 0, 23),
        (Status.ISSUED, Decision.APPROVED, None, 0, 25),
        (Status.ISSUED, Decision.APPROVED, None, 1, 44),
        (Status.DELIVERED, Decision.APPROVED, None, 2, 44),
        (Status.IN_FORCE, Decision.APPROVED, Outcome.PLACED, 0, 1),
        (Status.CLOSED, Decision.APPROVED, Outcome.NOT_TAKEN, 0, 65),
        (Status.CLOSED, Decision.WITHDRAWN, None, 0, 39),
        (Status.CLOSED, Decision.APPROVED, Outcome.LAPSED, 0, None),
        (Status.CLOSED, None, None, 0, None),
    ],
)
def test_policy_status(
    status: Status,
    decision: Decision | None,
    outcome: Outcome | None,
    delivery_open: int,
    number: int | None,
) -> None:
    assert acord_polstat(status, decision, outcome, delivery_open) == number


def test_a_decision_approves_refuses_or_waits_for_an_answer() -> None:
    assert APPROVALS.isdisjoint(REFUSALS)
    assert set(Decision) - APPROVALS - REFUSALS == {Decision.COUNTER_OFFER}
    assert Decision.WITHDRAWN not in SAID_BY_CARRIER
