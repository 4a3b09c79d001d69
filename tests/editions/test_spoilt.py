"""The editions that ship, spoilt as spreadsheets spoil them: the very cell is named, no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from megler.carriers.packages import read_files
from megler.vocabulary.problems import Severity
from tests.carriers.books import problems, replaced, told, with_cell
from tests.editions.test_sdvi import MISPRINTS, ONE_CENT_OFF, repaired

EDITIONS = Path(__file__).parents[2] / "editions"
Rows = list[list[str]]
Files = dict[str, bytes]


def edition(name: str) -> Files:
    return dict(read_files(EDITIONS / name))


def sdvi() -> Files:
    return repaired(MISPRINTS | ONE_CENT_OFF)


def rewritten(files: Files, file: str, change: Callable[[Rows], Rows]) -> Files:
    lines = [line.split(",") for line in files[file].decode().splitlines()]
    return {**files, file: "\n".join(map(",".join, change(lines))).encode()}


def swapped(one: str, other: str) -> Callable[[Rows], Rows]:
    """Two columns whose figures stand under each other's header."""

    def change(lines: Rows) -> Rows:
        at = [{one: other, other: one}.get(name, name) for name in lines[0]]
        return [at, *lines[1:]]

    return change


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("monthly", "annual"), ("monthly", "quarterly"), ("monthly", "semiannual"),
        ("quarterly", "semiannual"), ("quarterly", "annual"), ("semiannual", "annual"),
    ],
)  # fmt: skip
def test_two_modes_swapped_are_out_of_order(one: str, other: str) -> None:
    found = problems(rewritten(sdvi(), "rates.csv", swapped(one, other)))
    errors = {p.where for p in found if p.severity is Severity.ERROR}
    assert {p.code for p in found} == {"modes_out_of_order"}
    assert errors <= {f"rates.csv row 1 column {m}" for m in ("monthly", "quarterly", "semiannual")}
    assert errors


def test_two_modes_of_fegli_swapped_are_out_of_order() -> None:
    files = rewritten(edition("us-opm/fegli-b-2016"), "rates.csv", swapped("biweekly", "monthly"))
    assert told(files) == [("modes_out_of_order", "rates.csv row 1 column biweekly")]


def test_the_factor_of_fegli_is_26_by_12() -> None:
    files = with_cell(edition("us-opm/fegli-b-2016"), "rates.csv", 8, "monthly", "0.935")
    (problem,) = problems(files)
    assert problem.expected.startswith("monthly 0.953 or biweekly")


@pytest.mark.parametrize("mode", ["monthly", "quarterly", "semiannual", "annual"])
@pytest.mark.parametrize("row", [2, 100, 318])
def test_a_mode_left_blank_in_a_row_is_named(row: int, mode: str) -> None:
    assert told(with_cell(sdvi(), "rates.csv", row, mode, "")) == [
        ("empty_cell", f"rates.csv row {row} column {mode}")
    ]


def test_a_slipped_point_is_told_once_and_not_for_every_later_age() -> None:
    assert told(with_cell(sdvi(), "rates.csv", 20, "quarterly", "37.70")) == [
        ("mode_contradicts", "rates.csv row 20 column quarterly")
    ]


@pytest.mark.parametrize(
    ("factor", "text", "codes"),
    [
        ("monthly", "0.0833", set()),
        ("monthly", "0.083", set()),
        ("monthly", "0.0875", set()),
        ("monthly", "0.08", {"modes_out_of_order"}),
        ("monthly", "0.0825", {"modes_out_of_order"}),
        ("monthly", "0.875", {"modes_out_of_order"}),
        ("semiannual", "0.49", {"modes_out_of_order"}),
        ("quarterly", "0.52", {"modes_out_of_order"}),
        ("quarterly", "0.25", set()),
    ],
)
def test_factors_of_a_step_must_be_in_order(factor: str, text: str, codes: set[str]) -> None:
    name = "tundra-life/tundra-term"
    was = {"monthly": "0.0875", "semiannual": "0.515", "quarterly": "0.26"}[factor]
    files = replaced(edition(name), "edition.toml", f'{factor} = "{was}"', f'{factor} = "{text}"')
    found = [p for p in problems(files) if p.severity is Severity.ERROR]
    assert {p.code for p in found} == codes
    if found:
        assert found[0].where == f"edition.toml product[0].step[6].factors.{factor}"


def test_a_draft_cheaper_than_a_quarterly_bill_is_only_a_warning() -> None:
    files = replaced(
        edition("tundra-life/tundra-term"),
        "edition.toml",
        'monthly = "0.0875"',
        'monthly = "0.085"',
    )
    assert [(p.code, p.severity) for p in problems(files)] == [
        ("modes_out_of_order", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("age_to", "33", "34"),
        ("age_to", "35", "34"),
        ("age_from", "29", "30"),
        ("age_to", "", "34"),
    ],
)
def test_one_row_with_another_band_is_named_and_not_its_neighbours(
    column: str, text: str, expected: str
) -> None:
    (problem,) = problems(with_cell(edition("us-va/vgli-2019"), "premiums.csv", 60, column, text))
    assert (problem.code, problem.where) == (
        "bands_overlap",
        f"premiums.csv row 60 column {column}",
    )
    assert problem.expected == expected


@pytest.mark.parametrize("row", [2, 41, 201, 441])
def test_a_row_left_out_is_placed_where_it_stood(row: int) -> None:
    files = rewritten(edition("us-va/vgli-2019"), "premiums.csv", lambda r: r[: row - 1] + r[row:])
    assert told(files) == [("missing_key", f"premiums.csv row {row}")]


@pytest.mark.parametrize(("first", "last", "column"), [(1, 41, "age_from"), (401, 441, "age_to")])
def test_a_whole_band_lost_at_an_end_is_a_warning(first: int, last: int, column: str) -> None:
    files = rewritten(edition("us-va/vgli-2019"), "premiums.csv", lambda r: r[:first] + r[last:])
    assert told(files) == [("bands_end", f"premiums.csv column {column}")]


def test_a_slipped_point_between_bands_is_out_of_line() -> None:
    files = with_cell(
        edition("employer-group/voluntary-term-2025"), "rates.csv", 6, "employee", "33"
    )
    assert ("out_of_line", "rates.csv row 6 column employee") in told(files)


@pytest.mark.parametrize(
    ("row", "column", "text", "code"),
    [
        (51, "weight_max_lb", "511", "weights_do_not_rise"),
        (51, "weight_max_lb", "116", "weights_do_not_rise"),
        (51, "weight_min_lb", "98", "weights_do_not_rise"),
        (51, "weight_min_lb", "", "weights_do_not_rise"),
        (51, "weight_max_lb", "", "empty_cell"),
        (51, "class", "gold", "unknown_value"),
    ],
)
def test_a_wrong_cell_of_a_chart_is_named_and_no_other(
    row: int, column: str, text: str, code: str
) -> None:
    found = set(told(with_cell(edition("nordhavn-life/guide"), "build.csv", row, column, text)))
    assert found == {(code, f"build.csv row {row} column {column}")}


@pytest.mark.parametrize("row", [2, 51, 81, 183])
def test_a_row_left_out_of_a_chart_is_placed_where_it_stood(row: int) -> None:
    files = edition("nordhavn-life/guide")
    spoilt = rewritten(files, "build.csv", lambda r: r[: row - 1] + r[row:])
    assert told(spoilt) == [("missing_key", f"build.csv row {row}")]


def test_a_chart_in_kilograms_is_refused() -> None:
    def change(lines: Rows) -> Rows:
        return [
            lines[0],
            *([*line[:3], *(str(round(int(w) * 0.4536)) for w in line[3:])] for line in lines[1:]),
        ]

    found = told(rewritten(edition("nordhavn-life/guide"), "build.csv", change))
    assert ("out_of_range", "build.csv row 2 column weight_max_lb") in found


@pytest.mark.parametrize(
    ("file", "row", "column", "text", "expected"),
    [
        ("criteria.csv", 23, "limit", "310", ("bounds_reversed", "criteria.csv row 23 column limit")),
        ("criteria.csv", 26, "limit", "23.5", ("not_whole", "criteria.csv row 26 column limit")),
        ("criteria.csv", 2, "age_from", "40", ("limit_missing", "criteria.csv row 3 column limit")),
        ("criteria.csv", 3, "class", "any", ("limit_missing", "criteria.csv row 4 column limit")),
        ("requirements.csv", 8, "amount_to", "9000000",
         ("bands_end", "requirements.csv row 8 column amount_to")),
        ("requirements.csv", 3, "amount_from", "100,000",
         ("thousands_separator", "requirements.csv row 3 column amount_from")),
    ],
)  # fmt: skip
def test_a_spoilt_limit_or_grid_is_named(
    file: str, row: int, column: str, text: str, expected: tuple[str, str]
) -> None:
    found = told(with_cell(edition("nordhavn-life/guide"), file, row, column, text))
    if "class" not in column:
        assert found == [expected]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('carrier_name = "', 'carrier_name = "' + "x" * 200, ("text_too_long", "carrier_name")),
        ('title = "', 'title = "CafÃ©, ', ("wrong_encoding", "title")),
        ('series = "', 'series = "' + "x" * 64, ("text_too_long", "series")),
        ('currency = "USD"', 'currency = "usd"', ("bad_code", "currency")),
    ],
)
def test_a_head_that_the_database_or_people_could_not_take_is_refused(
    old: str, new: str, expected: tuple[str, str]
) -> None:
    files = replaced(edition("us-va/vgli-2019"), "edition.toml", old, new)
    assert told(files) == [(expected[0], f"edition.toml edition.{expected[1]}")]


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    files = replaced(edition("us-va/vgli-2019"), "edition.toml", "age_basis", "age_bassis")
    assert ("unknown_key", "age_basis") in {(p.code, p.expected) for p in problems(files)}
