"""Somebody always has an open case, and there is always a next step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.standing import NextStep, standing
from megler.cases.rules.status import Act, CaseFacts, allowed
from megler.cases.rules.words import ACORD_POLSTAT, Decision, Holder, Outcome, Status, acord_polstat

APPROVED = Decision.APPROVED


@pytest.mark.parametrize(
    ("facts", "holders", "has_it", "step"),
    [
        (CaseFacts(Status.SUBMITTED), [], Holder.AGENCY, NextStep.REVIEW),
        (CaseFacts(Status.AGENCY_REVIEW), [], Holder.AGENCY, NextStep.CONFIRM_GOOD_ORDER),
        (CaseFacts(Status.AGENCY_REVIEW, good_order=True), [], Holder.AGENCY, NextStep.SEND),
        (CaseFacts(Status.RETURNED), [], Holder.AGENT, NextStep.CORRECT),
        (CaseFacts(Status.SENT_TO_CARRIER), [], Holder.CARRIER, NextStep.CARRIER_RECEIVES),
        (
            CaseFacts(Status.IN_UNDERWRITING),
            [Holder.CARRIER, Holder.VENDOR, Holder.CLIENT],
            Holder.CLIENT,
            NextStep.BRING_REQUIREMENTS,
        ),
        (
            CaseFacts(Status.IN_UNDERWRITING),
            [Holder.CARRIER],
            Holder.CARRIER,
            NextStep.CARRIER_DECIDES,
        ),
        (
            CaseFacts(Status.DECIDED, Decision.COUNTER_OFFER),
            [],
            Holder.CLIENT,
            NextStep.ANSWER_OFFER,
        ),
        (CaseFacts(Status.DECIDED, APPROVED), [], Holder.CARRIER, NextStep.CARRIER_ISSUES),
        (CaseFacts(Status.DECIDED, Decision.DECLINED), [], Holder.AGENCY, NextStep.CLOSE),
        (CaseFacts(Status.ISSUED, APPROVED), [], Holder.AGENT, NextStep.DELIVER),
        (CaseFacts(Status.DELIVERED, APPROVED), [], Holder.CLIENT, NextStep.PAY_PREMIUM),
        (CaseFacts(Status.CLOSED), [], None, NextStep.NOTHING),
    ],
)
def test_who_has_it_and_what_is_next(
    facts: CaseFacts, holders: list[Holder], has_it: Holder | None, step: NextStep
) -> None:
    found = standing(facts, holders)
    assert (found.holder, found.next_step) == (has_it, step)


def test_open_delivery_requirements_come_before_the_premium() -> None:
    found = standing(CaseFacts(Status.DELIVERED, APPROVED, delivery_open=1), [], [Holder.CLIENT])
    assert found.next_step is NextStep.BRING_DELIVERY_REQUIREMENTS
    assert found.holder is Holder.CLIENT


facts = st.builds(
    CaseFacts,
    st.sampled_from(Status),
    st.sampled_from([None, *Decision]),
    st.sampled_from([None, *Outcome]),
    good_order=st.booleans(),
    premium_received=st.booleans(),
    delivery_open=st.integers(0, 2),
)
holders = st.lists(st.sampled_from(Holder))


@given(facts, holders, holders)
def test_only_a_finished_case_is_with_nobody(
    found: CaseFacts, underwriting: list[Holder], delivery: list[Holder]
) -> None:
    now = standing(found, underwriting, delivery)
    finished = found.status in {Status.IN_FORCE, Status.CLOSED}
    assert (now.holder is None) is finished
    assert (now.next_step is NextStep.NOTHING) is finished
    if now.next_step is NextStep.PLACE:
        assert Act.PLACE in allowed(found)


@given(st.sampled_from(Status), st.sampled_from([None, *Decision]))
def test_every_open_status_has_a_number_at_acord(status: Status, decision: Decision | None) -> None:
    number = acord_polstat(status, decision)
    if status is not Status.CLOSED and (status is not Status.DECIDED or decision):
        assert number in ACORD_POLSTAT.values()
