"""No sequence of allowed acts leads a case to what cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.status import (
    ACTS,
    Act,
    CaseFacts,
    Closing,
    Said,
    allowed,
    closings,
    move,
)
from megler.cases.rules.words import (
    APPROVALS,
    REFUSALS,
    SAID_BY_CARRIER,
    Decision,
    Outcome,
    Status,
)

STORY = [
    (Act.SUBMIT, Said(), Status.SUBMITTED),
    (Act.START_REVIEW, Said(), Status.AGENCY_REVIEW),
    (Act.RETURN_TO_AGENT, Said(), Status.RETURNED),
    (Act.RESUBMIT, Said(), Status.SUBMITTED),
    (Act.CONFIRM_GOOD_ORDER, Said(), Status.AGENCY_REVIEW),
    (Act.SEND_TO_CARRIER, Said(), Status.SENT_TO_CARRIER),
    (Act.RECORD_RECEIVED, Said(), Status.RECEIVED_BY_CARRIER),
    (Act.RECORD_IN_UNDERWRITING, Said(), Status.IN_UNDERWRITING),
    (Act.RECORD_DECISION, Said(decision=Decision.COUNTER_OFFER), Status.DECIDED),
    (Act.ACCEPT_OFFER, Said(), Status.DECIDED),
    (Act.RECORD_ISSUE, Said(policy_number="SL-1"), Status.ISSUED),
    (Act.RECORD_DELIVERY, Said(), Status.DELIVERED),
    (Act.RECORD_FIRST_PREMIUM, Said(), Status.DELIVERED),
    (Act.PLACE, Said(), Status.IN_FORCE),
    (Act.CLOSE, Said(closing=Closing.FREE_LOOK_RETURN), Status.CLOSED),
    (Act.REOPEN, Said(), Status.IN_FORCE),
]


def test_the_whole_way_of_a_case() -> None:
    facts = CaseFacts(Status.DRAFT)
    for act, said, status in STORY:
        facts, problems = move(facts, act, said)
        assert not problems, act
        assert facts.status is status
    assert facts.decision is Decision.COUNTER_OFFER_ACCEPTED
    assert facts.outcome is Outcome.PLACED


@pytest.mark.parametrize(
    ("facts", "act", "said", "code"),
    [
        (CaseFacts(Status.SUBMITTED), Act.SEND_TO_CARRIER, Said(), "case_not_in_good_order"),
        (CaseFacts(Status.SENT_TO_CARRIER), Act.SEND_TO_CARRIER, Said(), "case_already"),
        (CaseFacts(Status.SUBMITTED), Act.RECORD_DELIVERY, Said(), "case_not_possible"),
        (CaseFacts(Status.IN_UNDERWRITING), Act.RECORD_DECISION, Said(), "wrong_value"),
        (
            CaseFacts(Status.IN_UNDERWRITING),
            Act.RECORD_DECISION,
            Said(decision=Decision.WITHDRAWN),
            "wrong_value",
        ),
        (
            CaseFacts(Status.DECIDED, Decision.DECLINED),
            Act.RECORD_ISSUE,
            Said(policy_number="1"),
            "case_not_approved",
        ),
        (
            CaseFacts(Status.DECIDED, Decision.COUNTER_OFFER),
            Act.RECORD_ISSUE,
            Said(policy_number="1"),
            "case_not_approved",
        ),
        (CaseFacts(Status.DECIDED, Decision.APPROVED), Act.RECORD_ISSUE, Said(), "missing"),
        (CaseFacts(Status.DECIDED, Decision.APPROVED), Act.ACCEPT_OFFER, Said(), "case_no_offer"),
        (
            CaseFacts(Status.DELIVERED, Decision.APPROVED, premium_received=True, delivery_open=1),
            Act.PLACE,
            Said(),
            "case_delivery_open",
        ),
        (
            CaseFacts(Status.DELIVERED, Decision.APPROVED),
            Act.PLACE,
            Said(),
            "case_premium_missing",
        ),
        (
            CaseFacts(Status.ISSUED, Decision.APPROVED, premium_received=True),
            Act.RECORD_FIRST_PREMIUM,
            Said(),
            "case_premium_already",
        ),
        (
            CaseFacts(Status.DECIDED, Decision.DECLINED),
            Act.RECORD_FIRST_PREMIUM,
            Said(),
            "case_not_approved",
        ),
        (
            CaseFacts(Status.ISSUED, Decision.APPROVED),
            Act.CLOSE,
            Said(closing=Closing.LAPSED),
            "wrong_value",
        ),
        (CaseFacts(Status.CLOSED), Act.CLOSE, Said(closing=Closing.LAPSED), "case_already"),
    ],
)
def test_what_cannot_be_done_is_refused(facts: CaseFacts, act: Act, said: Said, code: str) -> None:
    after, problems = move(facts, act, said)
    assert after == facts
    assert code in [p.code for p in problems]
    assert all(p.where for p in problems)


acts = st.tuples(
    st.sampled_from(Act),
    st.builds(
        Said,
        st.sampled_from([None, *Decision]),
        st.sampled_from(["", "SL-77"]),
        st.sampled_from([None, *Closing]),
    ),
    st.integers(0, 2),
)


def check(facts: CaseFacts) -> None:
    """What must hold of every case that can be."""
    policy_out = facts.status in {Status.ISSUED, Status.DELIVERED, Status.IN_FORCE}
    if facts.status is Status.DECIDED:
        assert facts.decision is not None
    if policy_out:
        assert facts.decision in APPROVALS
        assert facts.policy_number
    if facts.status is Status.IN_FORCE:
        assert facts.premium_received
        assert facts.outcome is Outcome.PLACED
    if facts.status is Status.CLOSED:
        assert facts.decision in REFUSALS or facts.outcome not in {None, Outcome.PLACED}
        assert facts.closed_from not in {None, Status.CLOSED}
    else:
        assert facts.closed_from is None
        assert (facts.outcome is not None) is (facts.status is Status.IN_FORCE)
    if facts.status not in {Status.DECIDED, Status.CLOSED} and not policy_out:
        assert facts.decision is None
    if facts.status not in {Status.DRAFT, Status.SUBMITTED, Status.AGENCY_REVIEW, Status.RETURNED}:
        assert facts.good_order or facts.status is Status.CLOSED


@given(st.lists(acts, max_size=40))
def test_no_sequence_of_acts_leads_to_an_impossible_case(taken: list) -> None:  # type: ignore[type-arg]
    facts = CaseFacts(Status.DRAFT)
    for act, said, delivery_open in taken:
        tried = CaseFacts(
            facts.status, facts.decision, facts.outcome, facts.good_order, facts.policy_number,
            facts.premium_received, 0, delivery_open, facts.closed_from,
        )  # fmt: skip
        after, problems = move(tried, act, said)
        assert (act in allowed(tried)) or problems
        if problems:
            assert after == tried
        if after.status is Status.IN_FORCE and tried.status is Status.DELIVERED:
            assert not delivery_open
        check(after)
        facts = after


@given(st.sampled_from(Act), st.sampled_from([None, *Closing]))
def test_a_closed_case_can_only_be_reopened(act: Act, closing: Closing | None) -> None:
    closed = CaseFacts(Status.CLOSED, Decision.DECLINED, closed_from=Status.DECIDED)
    assert allowed(closed) == {Act.REOPEN}
    after, problems = move(closed, act, Said(Decision.APPROVED, "1", closing))
    assert bool(problems) is (act is not Act.REOPEN)
    assert act is Act.REOPEN or after == closed


def test_a_policy_in_force_can_only_be_closed() -> None:
    facts = CaseFacts(
        Status.IN_FORCE, Decision.APPROVED, Outcome.PLACED, True, "1", premium_received=True
    )
    assert allowed(facts) == {Act.CLOSE}
    assert Closing.WITHDRAWN not in closings(facts)


@pytest.mark.parametrize("decision", sorted(SAID_BY_CARRIER))
def test_every_decision_leads_on(decision: Decision) -> None:
    """After each decision there is a way: to a policy, to an answer, or to the closing."""
    facts = CaseFacts(Status.DECIDED, Decision(decision), good_order=True)
    assert allowed(facts) & {Act.RECORD_ISSUE, Act.ACCEPT_OFFER, Act.CLOSE}
    assert closings(facts)


def test_every_act_starts_somewhere() -> None:
    assert set(ACTS) == set(Act)
    assert all(starts for starts, _to in ACTS.values())
