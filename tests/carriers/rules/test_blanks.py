"""Blank cells and echoes: a fault is told once, where it is."""

from megler.carriers.rules.blanks import without_echoes
from megler.vocabulary.problems import Problem
from tests.carriers.books import replaced, term_book, told, with_cell

SPARSE = 'measure = "rate_per_1000"\nsparse = true'


def sparse_book() -> dict[str, bytes]:
    return replaced(term_book(), "edition.toml", 'measure = "rate_per_1000"', SPARSE)


def test_a_hole_between_ages_is_an_empty_cell_and_an_end_is_not() -> None:
    hole = with_cell(sparse_book(), "base.csv", 10, "preferred", "")
    assert told(hole) == [("empty_cell", "base.csv row 10 column preferred")]
    assert told(with_cell(sparse_book(), "base.csv", 2, "preferred", "")) == []


def test_a_column_without_any_figure_is_told_once() -> None:
    files = sparse_book()
    lines = [line.split(",") for line in files["base.csv"].decode().splitlines()]
    at = lines[0].index("standard")
    emptied = [lines[0], *([*line[:at], "", *line[at + 1 :]] for line in lines[1:])]
    files["base.csv"] = "\n".join(map(",".join, emptied)).encode()
    assert ("value_without_rows", "base.csv column standard") in told(files)
    assert "empty_cell" not in {code for code, _ in told(files)}


def test_a_row_refused_for_its_key_is_not_missing_too() -> None:
    assert told(with_cell(term_book(), "base.csv", 7, "age", "2l")) == [
        ("text_in_number", "base.csv row 7 column age")
    ]


def test_more_missing_keys_than_refused_rows_are_all_told() -> None:
    refused = Problem("text_in_number", "base.csv row 7 column age")
    missing = [Problem("missing_key", f"base.csv row {row}") for row in (7, 9)]
    assert without_echoes([refused, *missing], "base.csv", ["age"]) == [refused, *missing]
    assert without_echoes([refused, missing[0]], "base.csv", ["age"]) == [refused]
    other = Problem("text_in_number", "base.csv row 7 column value")
    assert without_echoes([other, missing[0]], "base.csv", ["age"]) == [other, missing[0]]
