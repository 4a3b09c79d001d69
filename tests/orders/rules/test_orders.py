"""How an order stands never depends on the order in which its words came."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.requirements import ACTS, Act, State
from megler.orders.rules.orders import Standing, Word, fold, order_state, steps
from megler.orders.rules.words import Event, ItemState, OrderState

T0 = datetime(2026, 3, 2, 15, tzinfo=UTC)
words = st.builds(
    Word,
    st.sampled_from(Event),
    st.integers(0, 6).map(lambda n: T0 + timedelta(hours=n)),
    st.integers(0, 2),
    st.none() | st.integers(1, 3).map(lambda n: T0 + timedelta(days=n)),
    st.none() | st.sampled_from([Decimal(20), Decimal(35)]),
)


def after(state: State, act: Act) -> State:
    assert state in ACTS[act][0], f"{act} from {state}"
    return ACTS[act][1]


def lived(heard: list[Word], state: State = State.ORDERED) -> State:
    """Where a requirement ends when its order's words are heard one after the other."""
    for count in range(1, len(heard) + 1):
        for act in steps(state, fold(heard[:count])):
            state = after(state, act)
    return state


@given(st.lists(words, max_size=7), st.data())
def test_any_shuffle_with_doubles_stands_the_same(said: list[Word], data: st.DataObject) -> None:
    doubles = data.draw(st.lists(st.sampled_from(said), max_size=4)) if said else []
    shuffled = data.draw(st.permutations([*said, *doubles]))
    assert fold(shuffled) == fold(said)


@given(st.lists(words, max_size=7), st.data())
def test_any_shuffle_leaves_the_requirement_in_the_same_state(
    said: list[Word], data: st.DataObject
) -> None:
    doubles = data.draw(st.lists(st.sampled_from(said), max_size=4)) if said else []
    assert lived(data.draw(st.permutations([*said, *doubles]))) == lived(said)


@given(st.lists(words, max_size=6), st.sampled_from(State))
def test_every_step_can_be_done_where_the_requirement_is(said: list[Word], state: State) -> None:
    for act in steps(state, fold(said)):
        state = after(state, act)


def test_a_result_is_final() -> None:
    said = [Word(Event.RESULT, T0), Word(Event.CANCELLED, T0 + timedelta(days=1))]
    assert fold(said).state is ItemState.RECEIVED
    assert fold(said).since == T0


def test_a_late_appointment_is_history_after_the_result() -> None:
    result = Word(Event.RESULT, T0 + timedelta(days=3))
    late = Word(Event.SCHEDULED, T0, appointment=T0 + timedelta(days=2))
    assert steps(State.RECEIVED, fold([result, late])) == ()


def test_a_missed_appointment_is_remembered_as_missed() -> None:
    booked = Word(Event.SCHEDULED, T0, appointment=T0 + timedelta(days=1))
    missed = Word(Event.MISSED, T0 + timedelta(days=1))
    found = fold([missed, booked])
    assert (found.state, found.is_missed) == (ItemState.WORKING, True)
    assert not fold([missed, booked, Word(Event.SCHEDULED, T0 + timedelta(days=2))]).is_missed


def test_the_last_fee_by_the_vendors_clock_counts() -> None:
    first = Word(Event.FEE_ASKED, T0, fee=Decimal(35))
    second = Word(Event.FEE_ASKED, T0 + timedelta(hours=1), fee=Decimal(50))
    assert fold([second, first]).fee == Decimal(50)


@pytest.mark.parametrize(
    ("items", "cancelled", "whole"),
    [
        (["ordered", "ordered"], False, "ordered"),
        (["accepted", "scheduled"], False, "scheduled"),
        (["received", "working"], False, "partly"),
        (["partly"], False, "partly"),
        (["received", "failed"], False, "received"),
        (["failed", "cancelled"], False, "failed"),
        (["cancelled"], False, "cancelled"),
        (["received", "ordered"], True, "cancelled"),
    ],
)
def test_an_order_stands_as_its_items_do(items: list[str], cancelled: bool, whole: str) -> None:
    assert order_state([ItemState(one) for one in items], cancelled) is OrderState(whole)


def test_a_requirement_settled_otherwise_stays() -> None:
    for state in (State.WAIVED, State.CANCELLED, State.ACCEPTED, State.SENT_TO_CARRIER):
        assert steps(state, Standing(ItemState.RECEIVED)) == ()
        assert steps(state, Standing(ItemState.FAILED)) == ()
