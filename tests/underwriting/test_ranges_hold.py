"""A range holds every outcome that answers to what is open can give, and tells of each what it may do."""

from random import Random

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from megler.underwriting.rules.assessment import Assessment
from tests.underwriting.lives import SHIPPED, a_life, answered, judged, rank, rules_of, shipped

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


@pytest.mark.parametrize("carrier", SHIPPED)
@given(random=st.randoms(use_true_random=False), entries=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
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
