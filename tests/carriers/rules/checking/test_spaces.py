"""What arrays say of random conditions is what trying every value says."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.checking.axes import Domain, axes_of, seen_as, underlying
from megler.carriers.rules.checking.spaces import Space, in_words, shares, space_of
from megler.carriers.rules.when.facts import FACTS, FactType, Known
from megler.carriers.rules.when.holding import holds
from megler.carriers.rules.when.reading import read_when
from megler.carriers.rules.when.tree import (
    All,
    Among,
    Any,
    Compare,
    Fact,
    Not,
    Sign,
    Value,
    When,
    facts_in,
)

DOMAIN = Domain(
    {**FACTS, "stage": Known(FactType.NUMBER), "grade": Known(FactType.TEXT)},
    {"grade": ("I", "II", "III")},
)
FIGURES = [Decimal(n) for n in range(5)]
SIGNS = st.sampled_from(list(Sign))
numbers = st.builds(
    Compare, st.sampled_from([Fact("age"), Fact("stage")]), SIGNS, st.sampled_from(FIGURES)
)
texts = st.builds(
    Among, st.just(Fact("grade")), st.lists(st.sampled_from(["I", "II"]), min_size=1).map(tuple)
)
flags = st.builds(Compare, st.just(Fact("ended")), st.just(Sign.IS), st.booleans())
conditions = st.recursive(
    st.one_of(numbers, texts, flags),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(All),
        st.lists(inner, min_size=1, max_size=3).map(tuple).map(Any),
        inner.map(Not),
    ),
    max_leaves=6,
)
EVERYBODY = [
    {
        Fact("age"): Decimal(age),
        Fact("stage"): Decimal(stage),
        Fact("grade"): grade,
        Fact("ended"): ended,
    }
    for age, stage in product(range(7), range(-2, 7))
    for grade in ("I", "II", "III")
    for ended in (False, True)
]


def space(*whens: When | None) -> Space:
    found = space_of(whens, DOMAIN)
    assert found is not None
    return found


def everybody_in(one: Space) -> Iterator[tuple[tuple[int, ...], dict[Fact, Value | None]]]:
    sizes = [range(len(axis.values)) for axis in one.axes]
    for at in product(*sizes):
        yield at, {axis.fact: axis.values[n] for axis, n in zip(one.axes, at, strict=True)}


@given(conditions)
def test_a_condition_that_never_holds_is_one_that_holds_of_nobody(when: When) -> None:
    assert space(when).where(when).any() == any(holds(when, one) for one in EVERYBODY)


@given(conditions, conditions)
def test_rules_that_can_hold_at_once_hold_at_once_of_somebody(one: When, other: When) -> None:
    tried = space(one, other)
    both = tried.where(one) & tried.where(other)
    assert both.any() == any(holds(one, p) and holds(other, p) for p in EVERYBODY)


@given(st.lists(conditions, min_size=1, max_size=3))
def test_a_gap_is_somebody_of_whom_no_rule_holds(whens: list[When]) -> None:
    tried = space(*whens)
    left = tried.where(None)
    for when in whens:
        left = left & ~tried.where(when)
    assert left.any() == any(not any(holds(w, p) for w in whens) for p in EVERYBODY)


@given(conditions)
def test_an_example_is_one_whatever_the_facts_that_it_leaves_out(when: When) -> None:
    tried = space(when)
    flags = tried.where(when)
    if flags.any():
        example = tried.example(flags)
        for _, values in everybody_in(tried):
            assert holds(when, values | example)


@given(conditions)
def test_the_array_of_a_condition_is_what_it_is_of_each(when: When) -> None:
    tried = space(when)
    whole = np.broadcast_to(tried.where(when), [len(axis.values) for axis in tried.axes])
    for at, values in everybody_in(tried):
        assert whole[at] == holds(when, values)


@pytest.mark.parametrize(
    ("text", "own", "possible"),
    [
        ("has('melanoma') and not has('cancer')", "", False),
        ("has('cancer') and not has('melanoma')", "", True),
        ("count('dui', 12) >= 2 and count('dui', 60) <= 1", "", False),
        ("count('dui', 12) == 0 and count('dui', 60) == 5", "", True),
        ("count('dui', 12) >= 1 and months_since('dui') > 12", "", False),
        ("count('dui', 12) == 0 and months_since('dui') < 6", "", False),
        ("months_since < 6 and count('dui', 12) == 0", "dui", False),
        ("months_since < 6 and months_since('dui') > 7", "dui", False),
        ("count('dui') == 0", "dui", False),
        ("entries < 1", "dui", False),
        ("months_since > 3 and years_since < 0.25", "dui", False),
        ("ended == false and months_since_end < 3", "dui", False),
        ("months_since_end > 12 and months_since < 12", "dui", False),
        ("amount > 100000 and total_amount < 100000", "", False),
        ("age_at_onset > 50 and age < 40", "dui", False),
    ],
)
def test_what_facts_say_of_each_other(text: str, own: str, possible: bool) -> None:
    when = read_when(text)
    one = space_of([when], Domain(own=own))
    assert one is not None
    assert (one.where(when) & one.possible(strict=False)).any() == possible


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("age_at_onset < 40 and age >= 60 and years_since < 5", False),
        ("age_at_onset < 40 and age >= 42 and years_since > 3", True),
        ("bmi > 40 and weight_lb < 100", False),
        ("bmi > 40 and weight_lb > 250", True),
        ("bmi < 18 and height_in < 50 and weight_lb > 300", False),
        ("diastolic > 100 and systolic < 90", False),
        ("years_since > 40 and age < 30", False),
        ("income_multiple > 30 and income_annual > 1000000 and total_amount < 100000", False),
    ],
)
def test_what_facts_say_of_each_other_roughly(text: str, possible: bool) -> None:
    when = read_when(text)
    one = space_of([when], Domain(own="dui"))
    assert one is not None
    assert (one.where(when) & one.possible(strict=True)).any() == possible


def test_too_many_combinations_are_not_tried() -> None:
    wide = All(tuple(Compare(Fact("stage", (str(n),)), Sign.IS, Decimal(3)) for n in range(20)))
    assert space_of([wide], DOMAIN) is None


def test_an_example_is_told_in_short() -> None:
    example: dict[Fact, Value | None] = {
        Fact("a1c"): Decimal("7.10"),
        Fact("ended"): False,
        Fact("months_since_end"): None,
    }
    assert in_words(example) == "a1c 7.1, ended no, months_since_end never"
    assert in_words({}) == "always"


def test_conditions_share_what_underlies_them() -> None:
    when = read_when("years_since < 3")
    assert shares(when, {Fact("months_since")})
    assert not shares(when, {Fact("age")})
    assert seen_as(Fact("age"), None) is None
    assert [underlying(f) for f in facts_in(when)] == [axes_of([when], DOMAIN)[0].fact]
