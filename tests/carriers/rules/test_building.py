import time
from decimal import Decimal

from megler.carriers.rules.building import build_table
from megler.carriers.rules.layout import Dimension, DimensionKind, Measure, TableSpec
from tests.carriers.books import told, with_cell
from tests.carriers.rules.areas import area_book

AGES = Dimension("age", DimensionKind.WHOLE, ("age",), 20, 24)
TERMS = Dimension("term_years", DimensionKind.CHOICE, values=("10", "20"), across=True)
SPEC = TableSpec("t", "t.csv", Measure.RATE_PER_1000, (AGES, TERMS))
SPARSE = TableSpec("t", "t.csv", Measure.RATE_PER_1000, (AGES, TERMS), sparse=True)
GOOD = b"age,10,20\n20,1,2\n21,1,2\n22,1,2\n23,1,2\n24,1,2\n"


def test_the_decimals_of_different_cells_stay_exact() -> None:
    table, problems = build_table(SPEC, GOOD.replace(b"22,1,2", b"22,1.125,2.5"))
    assert problems == []
    assert table is not None
    assert table.cell({"age": 22, "term_years": 10}) == Decimal("1.125")
    assert table.cell({"age": 22, "term_years": 20}) == Decimal("2.5")
    assert table.scale == 3


def test_a_sparse_table_may_lack_cells_and_ends_but_has_no_holes() -> None:
    table, problems = build_table(SPARSE, GOOD.replace(b"24,1,2", b"24,1,"))
    assert problems == []
    assert table is not None
    assert table.cell({"age": 24, "term_years": 20}) is None
    _, problems = build_table(SPARSE, GOOD.replace(b"22,1,2\n", b""))
    assert {(p.code, p.where) for p in problems} == {
        ("gap_in_values", "t.csv column age"),
        ("missing_key", "t.csv row 4"),
    }


def test_an_empty_cell_of_a_full_table_is_named() -> None:
    table, problems = build_table(SPEC, GOOD.replace(b"22,1,2", b"22,1,"))
    assert table is None
    assert [(p.code, p.where) for p in problems] == [("empty_cell", "t.csv row 4 column 20")]


def test_zip_codes_that_lost_their_zeros_are_named() -> None:
    spoilt = with_cell(area_book(), "areas.csv", 5, "zip", "1001")
    assert told(area_book()) == []
    assert told(spoilt) == [("zip_zeros_lost", "areas.csv row 5 column zip")]


def test_an_area_twice_or_empty_is_named() -> None:
    again = with_cell(area_book(), "areas.csv", 4, "zip", "36749")
    assert told(again) == [("duplicate_key", "areas.csv row 4")]
    assert told(with_cell(area_book(), "areas.csv", 4, "value", "")) == [
        ("empty_cell", "areas.csv row 4 column value")
    ]


def test_a_large_table_is_built_quickly() -> None:
    ages = Dimension("age", DimensionKind.WHOLE, ("age",), 0, 99_999)
    rows = [b"age,10,20", *(b"%d,1.%04d,2.%04d" % (a, a % 10000, a % 9999) for a in range(100_000))]
    start = time.perf_counter()
    table, problems = build_table(
        TableSpec("t", "t.csv", Measure.RATE_PER_1000, (ages, TERMS)), b"\n".join(rows)
    )
    assert problems == []
    assert table is not None
    assert time.perf_counter() - start < 3
