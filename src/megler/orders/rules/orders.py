"""How an order stands: what all its words say together, in whatever order they came.

A vendor's messages come late, twice and out of turn. So nothing is kept by arrival: each time all
words of an item are put into the vendor's own order and read anew. Any shuffle of the same words,
with any of them doubled, ends in the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from megler.cases.rules.requirements import Act, State
from megler.orders.rules.words import Event, ItemState, OrderState

_STATES: dict[Event, ItemState] = {
    Event.ACCEPTED: ItemState.ACCEPTED,
    Event.SCHEDULED: ItemState.SCHEDULED,
    Event.MISSED: ItemState.WORKING,
    Event.WORKING: ItemState.WORKING,
    Event.FEE_ASKED: ItemState.WORKING,
    Event.PARTIAL: ItemState.PARTLY,
    Event.FAILED: ItemState.FAILED,
    Event.REFUSED: ItemState.FAILED,
    Event.CANCELLED: ItemState.CANCELLED,
}
"""Where each event leaves an item; a note leaves it where it is, a result ends it."""
_RANK = {event: rank for rank, event in enumerate(Event)}


@dataclass(frozen=True, slots=True)
class Word:
    """What a vendor said of an item: `at` and `sequence` are its own, never ours."""

    event: Event
    at: datetime
    sequence: int = 0
    appointment: datetime | None = None
    fee: Decimal | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands by all its words. `fee_at` is when the last fee was asked.

    `appointment` is the last that was made, `is_missed` that nobody came to it.
    """

    state: ItemState = ItemState.ORDERED
    since: datetime | None = None
    appointment: datetime | None = None
    is_missed: bool = False
    fee: Decimal | None = None
    fee_at: datetime | None = None
    detail: str = ""


def _turn(word: Word) -> tuple[object, ...]:
    """A word's place in the vendor's own order, the same for the same words."""
    booked = word.appointment.timestamp() if word.appointment else 0.0
    return (word.at, word.sequence, _RANK[word.event], booked, word.fee or 0, word.detail)


def fold(words: Iterable[Word]) -> Standing:
    """How an item stands after these words, whatever order they come in.

    A result is final: what a vendor says after it, or said before and comes late, is history. Without
    one, the last word that moves anything counts.
    """
    state, since, detail = ItemState.ORDERED, None, ""
    appointment, missed = None, False
    fee: tuple[Decimal | None, datetime | None] = (None, None)
    for word in sorted(set(words), key=_turn):
        if word.event is Event.SCHEDULED:
            appointment, missed = word.appointment or appointment, False
        elif word.event is Event.MISSED:
            missed = True
        if word.fee is not None and word.event is Event.FEE_ASKED:
            fee = (word.fee, word.at)
        if state is ItemState.RECEIVED:
            continue
        after = ItemState.RECEIVED if word.event is Event.RESULT else _STATES.get(word.event)
        if after is not None:
            state, since, detail = after, word.at, word.detail
    return Standing(state, since, appointment, missed, *fee, detail)


_GIVEN_BACK = {ItemState.FAILED, ItemState.CANCELLED}


def steps(state: State, standing: Standing) -> tuple[Act, ...]:
    """What must be done with a requirement so that it says what its order says; never backwards.

    A requirement that came in by another way, or is settled, stays as it is.

    >>> steps(State.NEEDED, Standing(ItemState.ACCEPTED))
    (<Act.ORDER: 'order'>,)
    >>> steps(State.RECEIVED, Standing(ItemState.SCHEDULED))
    ()
    """
    if standing.state is ItemState.RECEIVED:
        return (Act.ARRIVE,) if state in {State.NEEDED, State.ORDERED, State.SCHEDULED} else ()
    if standing.state in _GIVEN_BACK:
        return (Act.GIVE_BACK,) if state in {State.ORDERED, State.SCHEDULED} else ()
    found: list[Act] = []
    if state is State.NEEDED:
        found.append(Act.ORDER)
        state = State.ORDERED
    if standing.appointment and state in {State.ORDERED, State.SCHEDULED}:
        found.append(Act.SCHEDULE)
    return tuple(found)


_OF_ITEMS = (
    (ItemState.SCHEDULED, OrderState.SCHEDULED),
    (ItemState.WORKING, OrderState.WORKING),
    (ItemState.ACCEPTED, OrderState.ACCEPTED),
)


def order_state(items: Iterable[ItemState], is_cancelled: bool = False) -> OrderState:
    """How an order stands, given its items; `is_cancelled` by us.

    >>> order_state([ItemState.RECEIVED, ItemState.ORDERED]).value
    'partly'
    """
    states = list(items)
    if is_cancelled:
        return OrderState.CANCELLED
    came = ItemState.RECEIVED in states
    open_ones = [s for s in states if s not in {ItemState.RECEIVED, *_GIVEN_BACK}]
    if not open_ones:
        if came:
            return OrderState.RECEIVED
        failed = ItemState.FAILED in states
        return OrderState.FAILED if failed else OrderState.CANCELLED
    if came or ItemState.PARTLY in states:
        return OrderState.PARTLY
    return next((whole for one, whole in _OF_ITEMS if one in open_ones), OrderState.ORDERED)
