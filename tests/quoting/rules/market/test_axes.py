"""Axes of the compiled market find what the tables' own axes find."""

import pytest

from megler.carriers.rules.tables import NO_STOP, BandAxis, ChoiceAxis, WholeAxis
from megler.quoting.rules.market.axes import (
    LARGEST_AMOUNT,
    SEX,
    ByAmount,
    by_age,
    by_amount,
    by_facts,
)
from megler.vocabulary.ages import AgeBasis


def test_an_age_not_known_has_no_place_and_others_those_of_the_table() -> None:
    axis = WholeAxis("age", 46, 49)
    found = by_age(axis, AgeBasis.LAST)
    assert found is not None
    assert found.places[0] == -1
    assert [found.places[age + 1] for age in (45, 46, 49, 50)] == [-1, 0, 3, -1]
    assert (found.size, found.key.of) == (4, 1)


def test_an_axis_that_knows_no_fact_is_none() -> None:
    assert by_facts(SEX, ["female", "male"], ChoiceAxis("sex", ("x",)).index) is None


@pytest.mark.parametrize(
    "amount", [0, 99_999, 100_000, 249_999, 250_000, 1_000_000, LARGEST_AMOUNT]
)
def test_bands_hold_the_amounts_of_the_table(amount: int) -> None:
    axis = BandAxis("amount", (10_000_000, 25_000_000), (24_999_999, NO_STOP))
    found = by_amount(axis)
    assert isinstance(found, ByAmount)
    inside = [lo <= amount <= hi for lo, hi in zip(found.starts, found.stops, strict=True)]
    assert (inside.index(True) if True in inside else -1) == axis.index(amount)


def test_whole_amounts_are_bands_of_one_amount() -> None:
    found = by_amount(WholeAxis("amount", 10_000, 30_000, 10_000))
    assert found == ByAmount((10_000, 20_000, 30_000), (10_000, 20_000, 30_000))
    assert by_amount(ChoiceAxis("amount", ("1",))) is None
