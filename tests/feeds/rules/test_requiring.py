"""What follows from a carrier's word about a requirement."""

from datetime import UTC, datetime

import pytest

from megler.cases.rules.requirements import Act, State
from megler.feeds.rules.records import RequirementSaid
from megler.feeds.rules.requiring import Asked, heard_as, moves_of
from megler.feeds.rules.words import RequirementMeaning as Meaning
from megler.vocabulary.codes import RequirementKind as Kind

AT = datetime(2026, 3, 1, tzinfo=UTC)


def said(meaning: Meaning, words: str = "APS", kind: Kind | None = Kind.APS) -> RequirementSaid:
    return RequirementSaid(words, kind, meaning.value, meaning)


@pytest.mark.parametrize(
    ("state", "meaning", "acts"),
    [
        (State.NEEDED, Meaning.OPEN, ()),
        (State.ORDERED, Meaning.RECEIVED, (Act.ARRIVE, Act.SEND)),
        (State.RECEIVED, Meaning.ACCEPTED, (Act.SEND, Act.ACCEPT)),
        (State.SENT_TO_CARRIER, Meaning.REJECTED, (Act.REJECT,)),
        (State.SENT_TO_CARRIER, Meaning.WAIVED, (Act.WAIVE,)),
        (State.ACCEPTED, Meaning.RECEIVED, ()),
    ],
)
def test_ours_is_brought_where_the_carrier_says(
    state: State, meaning: Meaning, acts: tuple[Act, ...]
) -> None:
    (move,) = moves_of([said(meaning)], [Asked("r1", Kind.APS, state)], {}, AT)
    assert (move.requirement, move.acts, move.why) == ("r1", acts, None)


def test_one_that_is_not_here_is_put_up() -> None:
    (move,) = moves_of([said(Meaning.OPEN)], [], {}, AT)
    assert (move.requirement, move.before, move.after) == ("", "", "needed")


def test_one_that_is_settled_here_and_asked_for_again_is_proposed() -> None:
    (move,) = moves_of([said(Meaning.OPEN)], [Asked("r1", Kind.APS, State.WAIVED)], {}, AT)
    assert move.why is not None
    assert move.why.code == "feed_asks_again"


def test_two_of_a_kind_are_two_of_ours() -> None:
    ours = [Asked("r1", Kind.APS, State.NEEDED), Asked("r2", Kind.APS, State.NEEDED)]
    both = [said(Meaning.RECEIVED, "APS Dr Lund"), said(Meaning.OPEN, "APS Dr Berg")]
    assert [m.requirement for m in moves_of(both, ours, {}, AT)] == ["r1", "r2"]


def test_the_same_word_again_moves_nothing_and_an_unknown_one_is_left() -> None:
    one = said(Meaning.OPEN)
    assert list(moves_of([one], [], {heard_as(one): ("open", AT, "r1")}, AT)) == []
    assert list(moves_of([said(Meaning.OPEN, "Blue form", None)], [], {}, AT)) == []
