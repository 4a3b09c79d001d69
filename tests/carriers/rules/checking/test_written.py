"""Charts in centimetres and kilograms: read, checked and told in their own unit."""

from decimal import Decimal

import pytest

from megler.carriers.rules.checking.written import column_of, height_of, unit_of, weight_of
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.guide import BuildRow, Metric
from tests.carriers.books import guide, problems, replaced

HEADER = "height_cm,sex,class,weight_min_kg,weight_max_kg\n"


def rows_of(step: int) -> list[str]:
    return [
        f"{150 + n * step},any,{code},45,{weight + 3 * n}"
        for n in range(5)
        for code, weight in (("preferred", 65), ("standard", 75), ("table_2", 85.5))
    ]


def chart(*rows: str) -> dict[str, bytes]:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    files = replaced(guide(), "edition.toml", "[build]", '[build]\nunits = "metric"')
    return {**files, "build.csv": text.encode()}


@pytest.mark.parametrize("step", [1, 2, 5])
def test_a_metric_chart_is_read_to_the_nearest_pound(step: int) -> None:
    edition, _, found = check_edition(chart(*rows_of(step)))
    assert found == []
    assert edition is not None
    assert edition.guide is not None
    first = edition.guide.build[0]
    assert (first.height_in, first.weight_min_lb, first.weight_max_lb) == (
        Decimal("59.05"),
        99,
        143,
    )
    assert first.metric == Metric(150, Decimal(45), Decimal(65))


@pytest.mark.parametrize(
    ("row", "text", "code", "place", "expected"),
    [
        (0, "150,any,preferred,45,265", "out_of_range", "row 2 column weight_max_kg", "kg at 150 cm"),
        (0, "59,any,preferred,45,65", "out_of_range", "row 2 column height_cm", "91 to 244"),
        (0, "150,any,preferred,45,65.55", "out_of_range", "row 2 column weight_max_kg", "decimal"),
        (0, "150,any,preferred,66,65", "bounds_reversed", "row 2 column weight_max_kg", "at least 66"),
        (1, "150,any,standard,45,60", "weights_do_not_rise", "row 3 column weight_max_kg", "at least 65 of preferred"),
        (3, "151,any,preferred,45,60", "weights_do_not_rise", "row 5 column weight_max_kg", "at least 65 at 150 cm"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_the_charts_own_unit(
    row: int, text: str, code: str, place: str, expected: str
) -> None:
    rows = rows_of(1)
    rows[row] = text
    told = problems(chart(*rows))
    assert (told[0].code, told[0].where) == (code, f"build.csv {place}")
    assert expected in told[0].expected


def test_a_missing_height_is_told_in_centimetres() -> None:
    rows = rows_of(1)
    (told,) = problems(chart(*rows[:4], *rows[5:]))
    assert (told.code, told.expected) == ("missing_key", "151 cm, standard, any")


def test_columns_of_the_other_unit_are_named() -> None:
    files = replaced(chart(*rows_of(1)), "edition.toml", 'units = "metric"', 'units = "imperial"')
    assert {"missing_column", "unknown_column"} <= {p.code for p in problems(files)}
    files = replaced(chart(*rows_of(1)), "edition.toml", "metric", "stones")
    assert ("not_in_list", "edition.toml build.units") in [
        (p.code, p.where) for p in problems(files)
    ]


def test_a_row_says_what_it_says_in_its_own_unit() -> None:
    metric = BuildRow(70, None, "a", 99, 143, metric=Metric(178, None, Decimal("64.5")))
    plain = BuildRow(70, None, "a", None, 143)
    assert (height_of(metric), unit_of(metric), column_of(metric, "weight_max")) == (
        178, "cm", "weight_max_kg",
    )  # fmt: skip
    assert (weight_of(metric, "weight_max"), weight_of(metric, "weight_min")) == ("64.5", "")
    assert (height_of(plain), unit_of(plain), weight_of(plain, "weight_max")) == (70, "in", "143")
