import pytest

from megler.carriers.rules.place import place, shown, split_place


@pytest.mark.parametrize(
    ("file", "row", "column"),
    [("base.csv", 7, "age"), ("a/b.csv", 7, ""), ("base.csv", None, ""), ("b.csv", 2, "two words")],
)
def test_a_place_splits_into_what_made_it(file: str, row: int | None, column: str) -> None:
    assert split_place(place(file, row, column)) == (file, row, column)


def test_a_key_of_the_head_is_told_as_column() -> None:
    assert split_place("edition.toml table[0].file") == ("edition.toml", None, "table[0].file")


def test_what_is_shown_is_short_and_printable() -> None:
    assert shown("\x00" + "x" * 100) == "\\x00" + "x" * 59 + "…"
