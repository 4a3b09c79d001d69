"""What follows from a carrier's word about a requirement: put up, brought on, accepted, waived, rejected."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from megler.cases.rules.requirements import SETTLED, Act, RequirementFacts, State, move
from megler.feeds.rules.records import RequirementSaid
from megler.feeds.rules.words import RequirementMeaning as Meaning
from megler.feeds.rules.words import plain
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Reason

_RANK = {Meaning.OPEN: 1, Meaning.RECEIVED: 2, Meaning.REJECTED: 2, Meaning.ACCEPTED: 3,
         Meaning.WAIVED: 3}  # fmt: skip
_LEADS = {
    Meaning.RECEIVED: (Act.ARRIVE, Act.SEND),
    Meaning.ACCEPTED: (Act.ARRIVE, Act.SEND, Act.ACCEPT),
    Meaning.REJECTED: (Act.ARRIVE, Act.SEND, Act.REJECT),
    Meaning.WAIVED: (Act.WAIVE,),
}
_REACHED = {
    Meaning.RECEIVED: {State.SENT_TO_CARRIER, State.ACCEPTED, State.WAIVED},
    Meaning.ACCEPTED: {State.ACCEPTED, State.WAIVED, State.CANCELLED},
    Meaning.REJECTED: {State.REJECTED},
    Meaning.WAIVED: {State.WAIVED, State.CANCELLED, State.ACCEPTED},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement of ours: its id, kind and state."""

    id: str
    kind: RequirementKind
    state: State


@dataclass(frozen=True, slots=True)
class RequirementMove:
    """What is done with a requirement; one that is not ours yet (`requirement` empty) is put up."""

    heard_as: str
    kind: RequirementKind
    meaning: Meaning
    requirement: str
    before: str
    after: str
    acts: tuple[Act, ...] = ()
    words: str = ""
    detail: str = ""
    why: Reason | None = None


def moves_of(
    said: Sequence[RequirementSaid],
    ours: Sequence[Asked],
    heard: Mapping[str, tuple[str, datetime, str]],
    as_of: datetime,
) -> Iterator[RequirementMove]:
    """What follows from each requirement that the carrier lists; none is ever taken away.

    `heard` is what it said before: meaning, when, and which of ours it is. What is further along
    wins over what was said later; received and rejected are equally far, and the later one wins.
    """
    taken = {requirement for _value, _at, requirement in heard.values() if requirement}
    for one in said:
        if one.kind is None or one.meaning is None:
            continue
        name = heard_as(one)
        before = heard.get(name)
        if before and not _is_news(one.meaning, before, as_of):
            continue
        mine = _ours(one, ours, before[2] if before else "", taken)
        if mine:
            taken.add(mine.id)
        yield _move(one, one.kind, one.meaning, mine)


def heard_as(one: RequirementSaid) -> str:
    """Under which name a requirement is remembered: as the carrier names it."""
    return f"requirement:{plain(f'{one.words} {one.detail}')}"[:120]


def _is_news(meaning: Meaning, before: tuple[str, datetime, str], as_of: datetime) -> bool:
    value, at, _requirement = before
    if value == meaning.value:
        return False
    if as_of >= at:
        return True
    return _RANK[meaning] > _RANK[Meaning(value)]


def _ours(
    one: RequirementSaid, ours: Sequence[Asked], linked: str, taken: set[str]
) -> Asked | None:
    """Ours that is meant: the one meant before, else the first of its kind that no other word means."""
    if linked:
        return next((r for r in ours if r.id == linked), None)
    free = [r for r in ours if r.kind is one.kind and r.id not in taken]
    open_ones = [r for r in free if r.state not in SETTLED]
    return next(iter(open_ones or free), None)


def _move(
    one: RequirementSaid, kind: RequirementKind, meaning: Meaning, mine: Asked | None
) -> RequirementMove:
    state = mine.state if mine else State.NEEDED
    before = mine.state.value if mine else ""
    why: Reason | None = None
    acts: tuple[Act, ...] = ()
    if meaning is Meaning.OPEN:
        settled = mine is not None and mine.state in SETTLED
        after = State.NEEDED.value if mine is None or settled else before
        if settled:
            why = Reason("feed_asks_again", {"state": before})
    else:
        acts, state, why = _walk(kind, state, meaning)
        after = state.value
        if why:
            after = (State.REJECTED if meaning is Meaning.REJECTED else State.ACCEPTED).value
    return RequirementMove(
        heard_as(one), kind, meaning, mine.id if mine else "", before, after,
        acts, one.words, one.detail, why,
    )  # fmt: skip


def _walk(
    kind: RequirementKind, state: State, meaning: Meaning
) -> tuple[tuple[Act, ...], State, Reason | None]:
    """The acts that lead from a state to what the carrier says of it."""
    if state in _REACHED[meaning]:
        return (), state, None
    done: list[Act] = []
    for act in _LEADS[meaning]:
        reason = "said by the carrier"
        if act is Act.ARRIVE and state in {State.RECEIVED, State.SENT_TO_CARRIER}:
            continue
        if act is Act.SEND and state is State.SENT_TO_CARRIER:
            continue
        state_after, problems = move(RequirementFacts(kind, state), act, reason)
        if problems:
            return (), state, Reason("feed_stops", {"code": problems[0].code, "found": state.value})
        state = state_after
        done.append(act)
    return tuple(done), state, None
