"""A range holds every outcome that answers to what is open can give, and tells of each what it may do."""

from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from megler.underwriting.rules.assessment import Assessment
from tests.underwriting.lives import (
    FIT,
    GUIDES,
    a_life,
    answered,
    every_answer,
    judged,
    rank,
    rules_of,
    shipped,
    with_entries,
)

_ROUNDS = 12


def _open(found: Assessment) -> list[str]:
    """What widens the range; what is supposed good may go beyond it, and is told as such."""
    supposed = {one.fact.partition(".")[0] for one in found.open if one.supposed}
    facts = [one.fact for one in found.open if not one.supposed]
    return [fact for fact in facts if fact.partition(".")[0] not in supposed - {"details"}]


def _lies_within(carrier: str, inner: Assessment, outer: Assessment) -> bool:
    guide = rules_of(shipped(carrier))
    best, worst = (rank(guide, code) for code in inner.class_range)
    low, high = (rank(guide, code) for code in outer.class_range)
    return low <= best <= worst <= high


@pytest.mark.parametrize("carrier", GUIDES)
@given(random=st.randoms(use_true_random=False), entries=st.integers(0, 3))
@settings(max_examples=30, deadline=None)
def test_answers_narrow_a_range_and_never_leave_it(
    carrier: str, random: Random, entries: int
) -> None:
    document = a_life(random, carrier, entries)
    outer = judged(shipped(carrier), document)
    if outer is None:
        return
    for _ in range(_ROUNDS):
        places = _open(outer)
        if not places:
            break
        place = random.choice(places)
        told = answered(random, carrier, document, place)
        inner = None if told is None else judged(shipped(carrier), told)
        if told is None or inner is None:
            continue
        note(f"{document}\n{place} told: {told}")
        note(f"{outer.class_range} became {inner.class_range}")
        assert _lies_within(carrier, inner, outer)
        document, outer = told, inner


@pytest.mark.parametrize("carrier", GUIDES)
@given(random=st.randoms(use_true_random=False), entries=st.integers(1, 2))
@settings(max_examples=30, deadline=None)
def test_no_answer_by_itself_leads_beyond_what_is_told_of_it(
    carrier: str, random: Random, entries: int
) -> None:
    document = a_life(random, carrier, entries)
    outer = judged(shipped(carrier), document)
    if outer is None:
        return
    guide = rules_of(shipped(carrier))
    for one in outer.open:
        if not one.supposed and one.fact in _open(outer):
            told = answered(random, carrier, document, one.fact)
            inner = None if told is None else judged(shipped(carrier), told)
            if inner is not None:
                note(f"{document}\n{one}\n{told}\n{outer.class_range} became {inner.class_range}")
                assert rank(guide, inner.class_range[0]) <= rank(guide, one.would_change_to)
                assert rank(guide, one.would_change_to) <= rank(guide, outer.class_range[1])


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_the_worst_of_a_single_open_question_is_reached_by_an_answer(
    carrier: str, seed: int
) -> None:
    document = {**FIT, "born": "1974-01-30"} | with_entries(Random(seed), carrier, 1, told=0.9)
    outer = judged(shipped(carrier), document)
    asked = _open(outer) if outer else []
    if outer is None or len(asked) != 1:
        return
    answers = [judged(shipped(carrier), told) for told in every_answer(carrier, document, asked[0])]
    guide = rules_of(shipped(carrier))
    ends = [rank(guide, one.class_range[1]) for one in answers if one is not None]
    if ends:
        note(f"{document}\n{asked}\n{outer.class_range}\n{ends}")
        assert max(ends) == rank(guide, outer.class_range[1])
