"""A condition is met or failed exactly when every completion of what is unknown says so."""

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.when.reading import read_when
from megler.carriers.rules.when.tree import All, Any, Compare, Fact, Not, Sign, When
from megler.underwriting.rules.verdicts import State
from megler.underwriting.rules.whens import (
    Answer,
    Answers,
    OneOf,
    Span,
    exactly,
    open_facts,
    state_of,
)

NAMES = ("a", "b", "c")
leaves = st.builds(
    Compare,
    st.sampled_from(NAMES).map(Fact),
    st.sampled_from(Sign),
    st.integers(0, 4).map(Decimal),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: All(tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda parts: Any(tuple(parts)), st.lists(inner, min_size=1, max_size=3)),
    ),
    max_leaves=6,
)
spans = st.one_of(
    st.none(),
    st.tuples(st.integers(0, 4), st.integers(0, 4)).map(
        lambda ends: Span(Decimal(min(ends)), Decimal(max(ends)))
    ),
)


def completed(values: dict[str, int]) -> Answers:
    return lambda fact: exactly(values[fact.name])


@given(trees, st.fixed_dictionaries(dict.fromkeys(NAMES, spans)))
def test_a_state_that_is_not_open_holds_for_every_completion(
    when: When, known: dict[str, Span | None]
) -> None:
    found = state_of(when, lambda fact: known[fact.name])
    every = [
        range(5) if s is None else range(int(s.low), int(s.high) + 1) for s in map(known.get, NAMES)
    ]
    states = {
        state_of(when, completed(dict(zip(NAMES, one, strict=True)))) for one in product(*every)
    }
    assert State.OPEN not in states
    if found is not State.OPEN:
        assert states == {found}
    missing = open_facts(when, lambda fact: known[fact.name])
    assert bool(missing) is (found is State.OPEN)
    assert {fact.name for fact in missing} <= {
        n for n, s in known.items() if s is None or s.low < s.high
    }


def test_texts_flags_and_several_possible_answers() -> None:
    told: dict[str, Answer] = {
        "severity": OneOf(frozenset({"mild", "moderate"})),
        "sex": "male",
        "treated": False,
    }

    def state(text: str) -> State:
        return state_of(read_when(text), lambda fact: told.get(fact.name))

    assert state('severity in ["mild", "moderate", "severe"]') is State.MET
    assert state('severity == "mild"') is State.OPEN
    assert state('severity == "severe"') is State.FAILED
    assert state('sex == "male" and not treated') is State.MET
    assert state("treated or unknown") is State.OPEN
    assert state('sex != "male" and unknown') is State.FAILED
