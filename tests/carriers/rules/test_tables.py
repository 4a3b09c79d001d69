from decimal import Decimal

import pytest

from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.tables import BandAxis, ChoiceAxis, Fact, Table, WholeAxis
from tests.carriers.books import replaced, term_book
from tests.carriers.rules.areas import area_book

AGES = BandAxis("age", (-(2**62), 3000), (2900, 2**62))
AMOUNTS = BandAxis("amount", (10_000_000, 25_000_000), (24_999_900, 2**62))


def base() -> Table:
    return check_edition(term_book())[1]["base"]


@pytest.mark.parametrize(
    ("age", "amount", "sex", "class_code", "rate"),
    [
        (20, 100000, "female", "preferred", "0.60"),
        (20, 249999, "male", "standard", "0.85"),
        (30, 250000, "female", "preferred", "0.68"),
        (30, 99_000_000, "male", "standard", "0.93"),
    ],
)
def test_a_rate_is_found_by_the_facts(
    age: int, amount: int, sex: str, class_code: str, rate: str
) -> None:
    facts: dict[str, Fact] = {
        "age": age,
        "amount": Decimal(amount),
        "sex": sex,
        "class": class_code,
        "zip": None,
    }
    assert base().cell(facts) == Decimal(rate)


@pytest.mark.parametrize(
    "change",
    [
        {"age": 19},
        {"age": 31},
        {"age": None},
        {"amount": 99999},
        {"sex": "x"},
        {"class": "table_2"},
    ],
)
def test_facts_outside_the_table_find_nothing(change: dict[str, str | int | None]) -> None:
    facts = {"age": 20, "amount": 100000, "sex": "female", "class": "preferred", **change}
    assert base().cell(facts) is None


def test_address_and_indexes_are_each_others_way_back() -> None:
    table = base()
    for address in range(table.cells.size):
        indexes = table.indexes(address)
        assert sum(i * s for i, s in zip(indexes, table.strides, strict=True)) == address


@pytest.mark.parametrize(
    ("axis", "value", "index"),
    [
        (WholeAxis("amount", 10000, 400000, 10000), 20000, 1),
        (WholeAxis("amount", 10000, 400000, 10000), Decimal(400000), 39),
        (WholeAxis("amount", 10000, 400000, 10000), 25000, -1),
        (WholeAxis("amount", 10000, 400000, 10000), Decimal("20000.50"), -1),
        (WholeAxis("age", 18, 75), "20", -1),
        (AGES, 0, 0),
        (AGES, 29, 0),
        (AGES, 30, 1),
        (AGES, 120, 1),
        (AMOUNTS, 99999, -1),
        (AMOUNTS, Decimal("249999.99"), 0),
        (AMOUNTS, 250000, 1),
        (ChoiceAxis("term_years", ("10", "20")), 20, 1),
        (ChoiceAxis("term_years", ("10", "20")), 15, -1),
        (ChoiceAxis("sex", ("female", "male")), None, -1),
    ],
)
def test_an_axis_knows_the_index_of_a_fact(
    axis: WholeAxis | BandAxis | ChoiceAxis, value: str | int | Decimal | None, index: int
) -> None:
    assert axis.index(value) == index


def test_a_zip_in_several_counties_has_the_areas_of_all_until_the_county_is_known() -> None:
    areas = check_edition(area_book())[1]["areas"]
    assert areas.find({"zip": "36749"}) == ("11", "13")
    assert areas.find({"zip": "36749", "county": "Baldwin"}) == ("13",)
    assert areas.find({"zip": "36003"}) == ("11",)
    assert areas.find({"county": "Baldwin"}) == ("13",)
    assert areas.find({"zip": "99999"}) == ()


def test_zero_is_a_figure_where_the_table_means_it() -> None:
    files = replaced(term_book(), "base.csv", "0.60,", "0.00,")
    files = replaced(files, "edition.toml", "monotone", "zero = true\nmonotone")
    facts: dict[str, Fact] = {
        "age": 20, "amount": 100000, "sex": "female", "class": "preferred",
    }  # fmt: skip
    assert check_edition(files)[1]["base"].cell(facts) == Decimal(0)
