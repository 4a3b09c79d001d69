import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.sheets import MANY, capped, read_sheet
from megler.vocabulary.problems import Problem

GOOD = b"a,b\n1,2\n3,4\n"


def codes(content: bytes) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in read_sheet("t.csv", content, ["a", "b"], ["page"])[1]]


@pytest.mark.parametrize(
    "content",
    [GOOD, GOOD.replace(b"\n", b"\r\n"), GOOD.rstrip(), b'a,b\n"1","2"\n3,4\n', b"b,a\n2,1\n4,3\n"],
)
def test_a_good_sheet_is_read_whatever_its_line_ends_quotes_and_order(content: bytes) -> None:
    sheet, problems = read_sheet("t.csv", content, ["a", "b"])
    assert problems == []
    assert sheet is not None
    assert (sheet.columns["a"], sheet.columns["b"]) == (["1", "3"], ["2", "4"])
    assert sheet.place(1, "b") == "t.csv row 3 column b"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("empty_file", "t.csv")]),
        (b"\n \n", [("empty_file", "t.csv")]),
        (b"a,b\n", [("no_rows", "t.csv")]),
        (b"\xef\xbb\xbfa,b\n1,2\n", [("byte_order_mark", "t.csv")]),
        (GOOD.decode().encode("utf-16"), [("wrong_encoding", "t.csv")]),
        (GOOD.decode().encode("utf-16-le"), [("wrong_encoding", "t.csv row 1")]),
        (b"a,b\n1,\xe6\n", [("wrong_encoding", "t.csv row 2")]),
        (b"a,b\n1,\x00\n", [("wrong_encoding", "t.csv row 2")]),
        (b"a;b\n1;2\n", [("wrong_separator", "t.csv row 1")]),
        (b"a\tb\n1\t2\n", [("wrong_separator", "t.csv row 1")]),
        (b"a|b\n1|2\n", [("wrong_separator", "t.csv row 1")]),
        (b"a,b\n1,\"2\n3,4\n", [("broken_csv", "t.csv row 2")]),
        (b"a,b\n1,2\n\n3,4\n", [("blank_row", "t.csv row 3")]),
        (b"a,b\n1,2\n,\n3,4\n", [("blank_row", "t.csv row 3")]),
        (b"a,b\n1,2\n3\n", [("ragged_row", "t.csv row 3")]),
        (b"a,b\n1,2,\n3,4\n", [("ragged_row", "t.csv row 2")]),
        (b"a,b,\n1,2,\n3,4,\n", [("unnamed_column", "t.csv row 1")]),
        (b"a\n1\n", [("missing_column", "t.csv row 1")]),
        (b"a,b,c\n1,2,3\n", [("unknown_column", "t.csv row 1")]),
        (b"a,b,b\n1,2,3\n", [("duplicate_column", "t.csv row 1")]),
        (b"A,b\n1,2\n", [("missing_column", "t.csv row 1"), ("unknown_column", "t.csv row 1")]),
        (b"1,2\n3,4\n", [("missing_column", "t.csv row 1")] * 2 + [("unknown_column", "t.csv row 1")] * 2),
        (b"," * 5000, [("empty_file", "t.csv")]),
        (b"a," * 5000, [("too_many_columns", "t.csv row 1")]),
    ],
)  # fmt: skip
def test_a_spoilt_sheet_is_named(content: bytes, expected: list[tuple[str, str]]) -> None:
    assert codes(content) == expected


def test_a_header_off_by_case_or_space_says_the_right_one() -> None:
    problems = read_sheet("t.csv", b" A ,b\n1,2\n", ["a", "b"])[1]
    assert ("unknown_column", "a") in [(p.code, p.expected) for p in problems]


def test_rows_after_a_blank_one_keep_their_numbers() -> None:
    sheet, _ = read_sheet("t.csv", b"a,b\n1,2\n\n3,4\n", ["a", "b"])
    assert sheet is not None
    assert list(sheet.rows) == [2, 4]


def test_many_problems_of_one_code_are_counted_not_told() -> None:
    kept = capped([Problem("ragged_row", f"t.csv row {i}") for i in range(MANY + 7)], "t.csv")
    assert len(kept) == MANY + 1
    assert (kept[-1].code, kept[-1].found, kept[-1].expected) == (
        "and_more",
        "7 more",
        "ragged_row",
    )


CELLS = st.text(st.sampled_from("12a. \u00e6"), max_size=3)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_quotes_make_no_difference_to_what_is_read(rows: list[tuple[str, str]]) -> None:
    plain = "a,b\n" + "".join(f"{x},{y}\n" for x, y in rows)
    quoted = "a,b\n" + "".join(f'"{x}","{y}"\n' for x, y in rows)
    read, told = read_sheet("t.csv", plain.encode(), ["a", "b"])
    again, told_again = read_sheet("t.csv", quoted.encode(), ["a", "b"])
    assert told == told_again
    assert read is not None
    assert again is not None
    assert (read.columns, list(read.rows)) == (again.columns, list(again.rows))
