"""Cut along its facts, a set of conditions says what it says whole."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given as supposing
from hypothesis import strategies as st

from megler.carriers.rules.checking import regions
from megler.carriers.rules.checking.axes import Domain, seen_as, underlying
from megler.carriers.rules.checking.regions import TooLarge, given, regions_of
from megler.carriers.rules.checking.spaces import space_of
from megler.carriers.rules.when.holding import holds
from megler.carriers.rules.when.reading import read_when
from megler.carriers.rules.when.tree import Fact, Value, When, facts_in
from tests.carriers.rules.checking.test_spaces import DOMAIN, EVERYBODY, conditions


@supposing(st.lists(conditions, min_size=1, max_size=4))
def test_cut_small_it_finds_the_same_clashes_and_gaps(whens: list[When]) -> None:
    whole = space_of(whens, DOMAIN)
    assert whole is not None
    count = np.zeros([1] * len(whole.axes), int)
    for when in whens:
        count = count + whole.where(when)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regions, "LARGEST", 4)
        clash = gap = False
        for region in regions_of(whens, DOMAIN):
            held = region.space.where(None).astype(int) * 0
            for _, left in region.live:
                held = held + region.space.where(left)
            clash |= bool((held > 1).any())
            gap |= bool((held == 0).any())
    assert (clash, gap) == (bool((count > 1).any()), bool((count == 0).any()))


@supposing(conditions, st.integers(0, len(EVERYBODY) - 1), st.sampled_from(["age", "grade"]))
def test_what_is_left_of_a_condition_holds_where_the_whole_does(
    when: When, number: int, name: str
) -> None:
    person: dict[Fact, Value | None] = {**EVERYBODY[number]}
    left = given(when, Fact(name), person[Fact(name)])
    if isinstance(left, bool):
        assert left == holds(when, person)
    else:
        assert Fact(name) not in set(facts_in(left))
        assert holds(left, person) == holds(when, person)


def test_years_are_known_by_their_months() -> None:
    when = read_when("years_since < 2 and insulin")
    assert given(when, Fact("months_since"), Decimal(12)) == read_when("insulin")
    assert seen_as(Fact("years_since"), Decimal(12)) == 1
    assert underlying(Fact("years_since")) == Fact("months_since")


def test_a_condition_without_conditions_is_everywhere() -> None:
    (region,) = regions_of([None], Domain())
    assert region.live == [(0, None)]


def test_too_many_are_refused() -> None:
    many = " and ".join(f"k{n} in [1, 5, 9]" for n in range(14))
    with pytest.raises(TooLarge):
        list(regions_of([read_when(many), read_when(f"not ({many})")], Domain()))
