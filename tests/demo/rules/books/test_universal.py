"""Universal life targets, and the second of two deaths."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.tables import Fact
from megler.demo.actions.editions import mortality_tables
from megler.demo.rules.books.universal import (
    SurvivorBook,
    UniversalBook,
    pair_factor,
    second_death,
    survivor_edition,
    universal_edition,
)
from megler.demo.rules.roster.large import LOFOTEN
from megler.demo.rules.roster.middle import FJORDGARD
from megler.demo.rules.roster.savings import FJORDGARD_SAVINGS, LOFOTEN_SAVINGS


def test_a_target_rises_with_age_and_is_dearer_for_men_and_worse_classes() -> None:
    book = LOFOTEN_SAVINGS[0]
    assert isinstance(book, UniversalBook)
    files = universal_edition(mortality_tables(), LOFOTEN.house, book, book.editions[0])
    _, tables, problems = check_edition(files)
    assert problems == []
    at: dict[str, Fact] = {"sex": "female", "age": 45, "class": "preferred"}
    cell = tables["target"].cell(at)
    assert cell is not None
    for dearer in ({"age": 46}, {"sex": "male"}, {"class": "standard"}):
        other = tables["target"].cell({**at, **dearer})
        assert other is not None
        assert other > cell


def test_survivor_cover_costs_less_than_cover_of_either_alone() -> None:
    book = FJORDGARD_SAVINGS[0]
    assert isinstance(book, SurvivorBook)
    files = survivor_edition(mortality_tables(), FJORDGARD.house, book, book.editions[0])
    _, tables, problems = check_edition(files)
    assert problems == []
    assert [tables["additions"].cell({"age_difference": n}) for n in (0, 4, 40)] == [0, 2, 6]
    survivor = tables["target"].cell({"joint_age": 60})
    assert survivor is not None
    assert 5 < survivor < 20


def test_a_pair_of_nicotine_statuses_has_one_factor_whichever_comes_first() -> None:
    assert pair_factor("none", "user") == pair_factor("user", "none")
    assert float(pair_factor("none", "none")) < float(pair_factor("user", "user"))


@given(st.lists(st.floats(0.001, 0.999), min_size=1, max_size=30), st.floats(0.001, 0.999))
def test_the_second_death_comes_no_more_often_than_either_and_surely_at_the_end(
    first: list[float], second: float
) -> None:
    one = np.array([*first, 1.0])
    other = np.array([*([second] * len(first)), 1.0])
    q = second_death(one, other)
    assert ((q >= 0) & (q <= 1)).all()
    assert q[0] == pytest.approx(one[0] * other[0])
    assert q[-1] == 1
