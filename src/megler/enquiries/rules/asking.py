"""Where a carrier is that was asked, and what may be done there."""

from enum import StrEnum

from megler.vocabulary.problems import Problem


class State(StrEnum):
    """Where a carrier's part of an enquiry is."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    ANSWERED = "answered"
    EXPIRED = "expired"
    CHOSEN = "chosen"
    THANKED = "thanked"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """Something that is done with a carrier's part."""

    SEND = "send"
    CONFIRM = "confirm"
    ANSWER = "answer"
    EXPIRE = "expire"
    CHOOSE = "choose"
    THANK = "thank"
    WITHDRAW = "withdraw"


_ASKED = frozenset({State.SENT, State.RECEIVED})
_STANDING = _ASKED | {State.ANSWERED, State.EXPIRED}
WAITING = _ASKED
"""The carrier owes an answer."""
OVER = frozenset({State.CHOSEN, State.THANKED, State.WITHDRAWN})
"""Nothing more is asked of the carrier."""

ACTS: dict[Act, tuple[frozenset[State], State]] = {
    Act.SEND: (frozenset({State.DRAFT}), State.SENT),
    Act.CONFIRM: (frozenset({State.SENT}), State.RECEIVED),
    Act.ANSWER: (_STANDING | {State.DRAFT}, State.ANSWERED),
    Act.EXPIRE: (frozenset({State.ANSWERED}), State.EXPIRED),
    Act.CHOOSE: (frozenset({State.ANSWERED}), State.CHOSEN),
    Act.THANK: (_STANDING, State.THANKED),
    Act.WITHDRAW: (_STANDING | {State.DRAFT}, State.WITHDRAWN),
}


def move(state: State, act: Act) -> tuple[State, list[Problem]]:
    """The state after an act; unchanged, with the problem, when it cannot be done.

    An answer may come without anything sent: by telephone.

    >>> move(State.DRAFT, Act.SEND)
    (<State.SENT: 'sent'>, [])
    >>> move(State.THANKED, Act.ANSWER)[1][0].code
    'enquiry_not_possible'
    """
    starts, after = ACTS[act]
    if state in starts:
        return after, []
    code = "enquiry_already" if state is after else "enquiry_not_possible"
    return state, [Problem(code, act.value, state.value, ",".join(sorted(starts)))]
