"""Where a carrier is that was asked."""

import pytest

from megler.enquiries.rules.asking import ACTS, OVER, Act, State, move


def test_the_usual_way_ends_with_one_chosen() -> None:
    state = State.DRAFT
    for act in (Act.SEND, Act.CONFIRM, Act.ANSWER, Act.ANSWER, Act.CHOOSE):
        state, problems = move(state, act)
        assert problems == []
    assert state is State.CHOSEN


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", sorted(OVER))
def test_nothing_happens_with_a_carrier_that_is_through(state: State, act: Act) -> None:
    after, problems = move(state, act)
    assert after is state
    assert [p.code for p in problems] in (["enquiry_already"], ["enquiry_not_possible"])


def test_an_offer_that_has_run_out_can_be_given_anew_but_not_taken() -> None:
    assert move(State.EXPIRED, Act.CHOOSE)[1]
    assert move(State.EXPIRED, Act.ANSWER) == (State.ANSWERED, [])


def test_every_state_but_the_first_is_reached() -> None:
    assert {after for _starts, after in ACTS.values()} == set(State) - {State.DRAFT}
