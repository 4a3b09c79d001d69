from decimal import Decimal

from megler.carriers.rules.rows import Row
from megler.carriers.rules.sheets import Sheet
from megler.vocabulary.codes import Sex


def row(**cells: str) -> Row:
    return Row(Sheet("g.csv", {name: [text] for name, text in cells.items()}, [7]), 0, [])


def test_good_cells_are_read() -> None:
    read = row(a="60", b="4.5", c="", d="male", e="x")
    assert (read.whole("a"), read.figure("b"), read.maybe_whole("c")) == (60, Decimal("4.5"), None)
    assert (read.choice("d", Sex), read.text("e"), read.maybe_text("absent")) == (Sex.MALE, "x", "")
    assert read.sound
    assert read.problems == []


def test_bad_cells_are_told_with_row_and_column_and_spoil_the_row() -> None:
    read = row(a="200", b="x", d=" male", e="man")
    assert read.whole("a", 36, 96) is None
    assert read.figure("b") is None
    assert read.choice("d", Sex) is None
    assert read.choice("e", Sex) is None
    assert not read.sound
    assert [(p.code, p.where) for p in read.problems] == [
        ("out_of_range", "g.csv row 7 column a"),
        ("text_in_number", "g.csv row 7 column b"),
        ("stray_space", "g.csv row 7 column d"),
        ("unknown_value", "g.csv row 7 column e"),
    ]
