import pytest

from megler.carriers.rules.axes import find_axis
from megler.carriers.rules.layout import Dimension, DimensionKind
from megler.carriers.rules.sheets import Sheet
from megler.carriers.rules.tables import BandAxis

BANDS = Dimension("age", DimensionKind.BAND, ("low", "high"))


def bands(*pairs: tuple[str, str]) -> Sheet:
    low, high = [p[0] for p in pairs], [p[1] for p in pairs]
    return Sheet("t.csv", {"low": low, "high": high}, range(2, 2 + len(pairs)))


def test_open_bands_reach_to_the_ends() -> None:
    found = find_axis(BANDS, bands(("", "34"), ("35", "39"), ("40", "")))
    assert found.problems == []
    assert isinstance(found.axis, BandAxis)
    assert [found.axis.index(age) for age in (0, 34, 35, 40, 110)] == [0, 0, 1, 2, 2]
    assert [found.axis.label(i) for i in range(3)] == ["lowest to 34", "35 to 39", "40 to highest"]


def test_bands_in_cents_meet_at_the_next_cent() -> None:
    found = find_axis(BANDS, bands(("0", "999.99"), ("1000", "1999.99")))
    assert found.problems == []


@pytest.mark.parametrize(
    ("pairs", "code", "where"),
    [
        ([("", "34"), ("36", "")], "gap_in_bands", "t.csv row 3 column low"),
        ([("", "34"), ("34", "")], "bands_overlap", "t.csv row 3 column low"),
        ([("", "34"), ("30", "32"), ("35", "")], "bands_overlap", "t.csv row 3 column low"),
        ([("", "34"), ("35", ""), ("40", "")], "bands_overlap", "t.csv row 4 column low"),
        ([("39", "35")], "bounds_reversed", "t.csv row 2 column high"),
        ([("1", "1.234")], "too_many_decimals", "t.csv row 2 column high"),
        ([("30-34", "")], "not_a_figure", "t.csv row 2 column low"),
    ],
)
def test_bands_that_do_not_meet_are_named(
    pairs: list[tuple[str, str]], code: str, where: str
) -> None:
    assert (code, where) in [(p.code, p.where) for p in find_axis(BANDS, bands(*pairs)).problems]


def test_a_listed_value_without_rows_is_named() -> None:
    sex = Dimension("sex", DimensionKind.CHOICE, ("sex",), values=("female", "male"))
    found = find_axis(sex, Sheet("t.csv", {"sex": ["female"]}, [2]))
    assert [(p.code, p.expected) for p in found.problems] == [("value_without_rows", "sex male")]
