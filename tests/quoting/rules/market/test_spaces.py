"""Axes and addresses are numbered once."""

from megler.quoting.rules.market.axes import AGE, SEX, ByAmount, ByKey, Key, OnStep
from megler.quoting.rules.market.spaces import Spaces
from megler.vocabulary.ages import AgeBasis

AGES = ByKey(AGE[AgeBasis.LAST], (-1, 0, 1, 2))
SEXES = ByKey(SEX, (-1, 0, 1))
BANDS = ByAmount((0, 100), (99, 1000))


def test_the_same_axes_are_one_address() -> None:
    spaces = Spaces(areas=2)
    first = spaces.number((AGES, SEXES), None)
    assert spaces.number((AGES, SEXES), None) == first
    assert spaces.number((SEXES, AGES), None) != first
    arrays = spaces.arrays()
    assert arrays["axes"].shape == (2, 4)
    assert arrays["spaces"].tolist() == [0, 2, 4]


def test_an_address_is_row_major() -> None:
    spaces = Spaces(areas=0)
    spaces.number((AGES, BANDS, OnStep(0, 10)), None)
    arrays = spaces.arrays()
    strides = {int(axis): int(stride) for axis, stride in arrays["space_axes"]}
    kinds = arrays["axes"][:, 0].tolist()
    assert sorted(strides.values()) == [1, 1, 2]
    assert sorted(kinds) == [0, 1, 2]


def test_keys_stand_in_their_order_shared_areas_outcomes() -> None:
    spaces = Spaces(areas=3)
    spaces.number((ByKey(Key("area", 1), (-1, 0)), ByKey(Key("outcome", 2), (-1, 0)), SEXES), None)
    keys = spaces.arrays()["axes"][:, 1].tolist()
    assert sorted(keys) == [2, 4 + 1, 4 + 3 + 2]
