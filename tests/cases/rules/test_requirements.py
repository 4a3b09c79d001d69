"""A requirement moves as the table says; somebody has it until it is settled."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.kinds import CARRIERS_OWN, USUAL
from megler.cases.rules.requirements import (
    IN,
    SETTLED,
    Act,
    RequirementFacts,
    State,
    allowed,
    delivery_requirements,
    expires_on,
    follow_up_on,
    holder,
    move,
)
from megler.cases.rules.words import Decision, Holder
from megler.vocabulary.codes import RequirementKind as Kind
from megler.work.rules.calendar import is_business_day

kinds = st.sampled_from(Kind)
dates = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        (State.NEEDED, Act.ORDER, State.ORDERED),
        (State.ORDERED, Act.SCHEDULE, State.SCHEDULED),
        (State.SCHEDULED, Act.SCHEDULE, State.SCHEDULED),
        (State.SCHEDULED, Act.ARRIVE, State.RECEIVED),
        (State.NEEDED, Act.ARRIVE, State.RECEIVED),
        (State.RECEIVED, Act.SEND, State.SENT_TO_CARRIER),
        (State.SENT_TO_CARRIER, Act.ACCEPT, State.ACCEPTED),
        (State.SENT_TO_CARRIER, Act.REJECT, State.REJECTED),
        (State.REJECTED, Act.ORDER, State.ORDERED),
        (State.RECEIVED, Act.EXPIRE, State.EXPIRED),
        (State.EXPIRED, Act.ARRIVE, State.RECEIVED),
        (State.ORDERED, Act.WAIVE, State.WAIVED),
        (State.NEEDED, Act.CANCEL, State.CANCELLED),
        (State.SCHEDULED, Act.GIVE_BACK, State.NEEDED),
    ],
)
def test_moves(state: State, act: Act, after: State) -> None:
    assert move(RequirementFacts(Kind.APS, state), act, "why") == (after, [])


@pytest.mark.parametrize(
    ("state", "act", "code"),
    [
        (State.NEEDED, Act.SEND, "requirement_not_possible"),
        (State.RECEIVED, Act.ARRIVE, "requirement_already"),
        (State.WAIVED, Act.WAIVE, "requirement_already"),
        (State.RECEIVED, Act.ACCEPT, "requirement_not_possible"),
        (State.ACCEPTED, Act.REJECT, "requirement_not_possible"),
    ],
)
def test_what_cannot_be_done_is_refused(state: State, act: Act, code: str) -> None:
    after, problems = move(RequirementFacts(Kind.APS, state), act, "why")
    assert after is state
    assert [p.code for p in problems] == [code]


@pytest.mark.parametrize("act", [Act.WAIVE, Act.REJECT, Act.CANCEL])
def test_what_needs_a_reason_says_so(act: Act) -> None:
    _, problems = move(RequirementFacts(Kind.APS, State.RECEIVED), act, "  ")
    assert [p.code for p in problems] == ["requirement_reason_missing"]


@given(st.sampled_from(sorted(CARRIERS_OWN)))
def test_what_the_carrier_orders_itself_is_accepted_without_passing_us(kind: Kind) -> None:
    assert move(RequirementFacts(kind, State.NEEDED), Act.ACCEPT)[0] is State.ACCEPTED
    assert holder(RequirementFacts(kind, State.NEEDED)) is Holder.CARRIER


@given(kinds, st.lists(st.sampled_from(Act), max_size=15), dates)
def test_settled_is_the_end_and_until_then_somebody_has_it(
    kind: Kind, acts: list[Act], today: date
) -> None:
    facts = RequirementFacts(kind, State.NEEDED)
    for act in acts:
        after, problems = move(facts, act, "why")
        assert bool(problems) is (act not in allowed(facts))
        if facts.state in SETTLED:
            assert after is facts.state
        facts = RequirementFacts(kind, after)
        has_it, next_day = holder(facts), follow_up_on(facts, today)
        assert (has_it is None) is (facts.state in SETTLED)
        assert (next_day is None) is (facts.state in SETTLED)
        if next_day:
            assert next_day > today
            assert is_business_day(next_day)


@given(kinds, dates)
def test_evidence_is_good_for_its_days(kind: Kind, received: date) -> None:
    days, ends = USUAL[kind].valid_days, expires_on(kind, received)
    assert (ends is None) is (days is None)
    if ends and days:
        assert ends - received == timedelta(days=days + 1)


def test_every_kind_has_its_usual_ways() -> None:
    assert set(USUAL) == set(Kind)
    assert SETTLED < IN


@pytest.mark.parametrize(
    ("decision", "kinds"),
    [
        (Decision.APPROVED, (Kind.DELIVERY_RECEIPT,)),
        (Decision.COUNTER_OFFER_ACCEPTED, (Kind.DELIVERY_RECEIPT, Kind.AMENDMENT)),
    ],
)
def test_delivery_requirements(decision: Decision, kinds: tuple[Kind, ...]) -> None:
    assert delivery_requirements(decision) == kinds
