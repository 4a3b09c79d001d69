"""Whether a guide's condition holds of facts of which some are not known: met, failed or open."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from megler.carriers.rules.when.tree import All, Among, Any, Compare, Fact, Not, Sign, Value, When
from megler.underwriting.rules.verdicts import State


@dataclass(frozen=True, slots=True)
class Span:
    """A figure known to lie between two, inclusive; the same twice when it is known exactly."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class OneOf:
    """An answer known to be one of several."""

    values: frozenset[str]


Answer = Span | OneOf | str | bool | None
"""What is known of a fact: figures as a span, a text, a flag; None: nothing."""
Answers = Callable[[Fact], Answer]
OPPOSITE = {State.MET: State.FAILED, State.FAILED: State.MET, State.OPEN: State.OPEN}


def exactly(figure: Decimal | int) -> Span:
    """A figure that is known."""
    return Span(Decimal(figure), Decimal(figure))


def state_of(when: When | None, answers: Answers) -> State:
    """Whether a condition holds; None always does. It is open only where an open part decides."""
    match when:
        case None:
            return State.MET
        case Compare():
            return _compared(answers(when.fact), when.sign, when.value)
        case Among():
            return _among(answers(when.fact), when.values)
        case Not():
            return OPPOSITE[state_of(when.part, answers)]
        case All():
            return _first(when.parts, answers, State.FAILED, State.MET)
        case Any():
            return _first(when.parts, answers, State.MET, State.FAILED)


def open_facts(when: When | None, answers: Answers) -> dict[Fact, None]:
    """The facts, in their order, for want of which a condition is open; none when it is not."""
    found: dict[Fact, None] = {}
    if state_of(when, answers) is State.OPEN and when is not None:
        _gather(when, answers, found)
    return found


def _gather(when: When, answers: Answers, found: dict[Fact, None]) -> None:
    """Adds the facts for want of which an open condition is open."""
    match when:
        case Compare() | Among():
            found[when.fact] = None
        case Not():
            _gather(when.part, answers, found)
        case All() | Any():
            for part in when.parts:
                if state_of(part, answers) is State.OPEN:
                    _gather(part, answers, found)


def _first(parts: tuple[When, ...], answers: Answers, decides: State, otherwise: State) -> State:
    found = otherwise
    for part in parts:
        state = state_of(part, answers)
        if state is decides:
            return decides
        if state is State.OPEN:
            found = State.OPEN
    return found


def _among(answer: Answer, values: tuple[Value, ...]) -> State:
    states = {_compared(answer, Sign.IS, value) for value in values}
    if State.MET in states:
        return State.MET
    if isinstance(answer, OneOf) and answer.values <= set(values):
        return State.MET
    return State.OPEN if State.OPEN in states else State.FAILED


def _compared(answer: Answer, sign: Sign, value: Value) -> State:
    match answer:
        case None:
            return State.OPEN
        case Span() if isinstance(value, Decimal):
            return _spanned(answer, sign, value)
        case OneOf():
            states = {_state((one == value) is (sign is Sign.IS)) for one in answer.values}
            return states.pop() if len(states) == 1 else State.OPEN
        case _:
            return _state((answer == value) is (sign is Sign.IS))


def _spanned(span: Span, sign: Sign, value: Decimal) -> State:
    low, high = span.low, span.high
    match sign:
        case Sign.BELOW:
            return _both(high < value, low >= value)
        case Sign.AT_MOST:
            return _both(high <= value, low > value)
        case Sign.ABOVE:
            return _both(low > value, high <= value)
        case Sign.AT_LEAST:
            return _both(low >= value, high < value)
        case Sign.IS:
            return _both(low == high == value, value < low or high < value)
        case Sign.IS_NOT:
            return _both(value < low or high < value, low == high == value)


def _both(surely: bool, never: bool) -> State:
    return State.MET if surely else State.FAILED if never else State.OPEN


def _state(holds: bool) -> State:
    return State.MET if holds else State.FAILED
