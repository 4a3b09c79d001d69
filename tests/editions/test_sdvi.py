"""S-DVI as published: its misprints are named, and nothing else is."""

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from megler.carriers.packages import read_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.place import split_place
from megler.vocabulary.problems import Problem, Severity
from tests.carriers.books import cell_of, with_cell

FOLDER = Path(__file__).parents[2] / "editions/us-va/sdvi"
MODES = ("monthly", "quarterly", "semiannual", "annual")
MISPRINTS = {
    (27, "monthly"): ("1.56", "1.58"),
    (38, "semiannual"): ("13.26", "13.68"),
    (59, "quarterly"): ("4.26", "4.28"),
    (84, "semiannual"): ("21.88", "21.98"),
    (117, "annual"): ("27.88", "27.68"),
    (270, "semiannual"): ("56.12", "55.12"),
    (313, "annual"): ("163.89", "163.69"),
}
ONE_CENT_OFF = {
    (170, "quarterly"): ("4.59", "4.58"),
    (293, "annual"): ("32.56", "32.55"),
    (296, "semiannual"): ("19.06", "19.05"),
    (302, "annual"): ("54.06", "54.05"),
    (303, "annual"): ("57.86", "57.85"),
}


def published() -> dict[str, bytes]:
    return read_files(FOLDER)


def named(problems: list[Problem], severity: Severity) -> dict[tuple[int, str], tuple[str, str]]:
    cells = {}
    for problem in problems:
        file, row, column = split_place(problem.where)
        assert file == "rates.csv"
        assert row is not None
        if problem.severity is severity:
            cells[row, column] = (problem.found, problem.expected)
    return cells


def repaired(cells: dict[tuple[int, str], tuple[str, str]]) -> dict[str, bytes]:
    files = published()
    for (row, column), (_, right) in cells.items():
        files = with_cell(files, "rates.csv", row, column, right)
    return files


def test_the_published_table_fails_with_its_misprints_named_and_no_others() -> None:
    edition, tables, problems = check_edition(published())
    assert edition is None
    assert tables == {}
    assert named(problems, Severity.ERROR) == MISPRINTS
    assert named(problems, Severity.WARNING) == ONE_CENT_OFF


def test_with_the_named_cells_repaired_it_passes_and_every_other_cell_is_as_published() -> None:
    found = named(check_edition(published())[2], Severity.ERROR)
    _, tables, problems = check_edition(repaired(found))
    assert named(problems, Severity.WARNING) == ONE_CENT_OFF
    lines = list(csv.DictReader(io.StringIO(published()["rates.csv"].decode())))
    checked = 0
    for row, line in enumerate(lines, start=2):
        for mode in MODES:
            facts = {"plan": line["plan"], "age": int(line["age"]), "mode": mode}
            right = found.get((row, mode), (None, line[mode]))[1]
            assert tables["rates"].cell(facts) == Decimal(right)
            checked += 1
    assert checked == 317 * 4


def test_with_the_cents_repaired_too_nothing_is_left_to_say() -> None:
    assert check_edition(repaired(MISPRINTS | ONE_CENT_OFF))[2] == []


@pytest.mark.parametrize(
    ("plan", "age", "rates"),
    [
        ("Modified life at age 65", 15, "0.75 2.25 4.48 8.91"),
        ("Ordinary life", 17, "1.02 3.05 6.09 12.12"),
        ("Ordinary life", 74, "10.90 32.64 65.10 129.48"),
        ("20 payment life", 17, "1.87 5.60 11.17 22.21"),
        ("30 payment life", 15, "1.35 4.04 8.06 16.04"),
        ("20 year endowment", 19, "3.44 10.30 20.54 40.86"),
        ("Endowment at age 60", 59, "83.27 249.35 497.31 989.12"),
    ],
)
def test_good_cells_are_the_published_figures(plan: str, age: int, rates: str) -> None:
    tables = check_edition(repaired(MISPRINTS))[1]
    found = [tables["rates"].cell({"plan": plan, "age": age, "mode": mode}) for mode in MODES]
    assert found == [Decimal(rate) for rate in rates.split()]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("row", [2, 46, 60, 130, 200, 250, 310])
def test_a_digit_changed_in_a_good_cell_is_named(row: int, mode: str) -> None:
    files = repaired(MISPRINTS | ONE_CENT_OFF)
    was = cell_of(files, "rates.csv", row, mode)
    for change in (Decimal("0.1"), Decimal("-0.1")):
        spoilt = with_cell(files, "rates.csv", row, mode, str(Decimal(was) + change))
        places = [p.where for p in check_edition(spoilt)[2]]
        assert f"rates.csv row {row} column {mode}" in places
