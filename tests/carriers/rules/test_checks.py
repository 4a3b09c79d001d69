"""The check as a whole: a good edition passes, each way to spoil one is named where it is."""

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from megler.carriers.rules.checks import check_edition, open_checked
from megler.vocabulary.problems import errors
from tests.carriers.books import (
    cell_of,
    guide,
    problems,
    replaced,
    term_book,
    told,
    with_cell,
)


def test_good_editions_pass_without_a_word() -> None:
    assert told(term_book()) == []
    assert told(guide()) == []


def test_an_edition_with_an_error_is_not_to_be_used() -> None:
    edition, tables, _ = check_edition(with_cell(term_book(), "base.csv", 2, "standard", "x"))
    assert edition is None
    assert tables == {}


def test_an_edition_with_a_warning_is_usable() -> None:
    fallen = with_cell(term_book(), "base.csv", 10, "preferred", "0.55")
    edition, tables, found = check_edition(fallen)
    assert [p.code for p in found] == ["falls"]
    assert edition is not None
    assert set(tables) == {"base"}


def test_a_published_edition_opens_though_the_check_became_stricter() -> None:
    files = term_book()
    edition, tables, _ = check_edition(files)
    assert open_checked(files)[0] == edition
    refused_now = replaced(files, "edition.toml", 'annual = "1"', 'annual = "2"')
    assert check_edition(refused_now)[0] is None
    opened, again, _ = open_checked(refused_now)
    assert opened is not None
    assert (again["base"].cells == tables["base"].cells).all()


def test_what_cannot_be_read_whole_does_not_open() -> None:
    for files in (
        {**term_book(), "base.csv": b"age\n1\n"},
        replaced(term_book(), "edition.toml", "format = 1", "format = 2"),
        {"edition.toml": term_book()["edition.toml"]},
    ):
        assert open_checked(files)[0] is None


@pytest.mark.parametrize(
    ("row", "column", "text", "expected"),
    [
        (7, "preferred", "0", [("zero_figure", "base.csv row 7 column preferred")]),
        (7, "preferred", "-0.61", [("negative_figure", "base.csv row 7 column preferred")]),
        (7, "standard", "O.81", [("text_in_number", "base.csv row 7 column standard")]),
        (7, "standard", "", [("empty_cell", "base.csv row 7 column standard")]),
        (7, "sex", "Male", [("unknown_value", "base.csv row 7 column sex")]),
        (7, "sex", "male ", [("stray_space", "base.csv row 7 column sex")]),
        (7, "age", "99", [("out_of_range", "base.csv row 7 column age")]),
        (7, "age", "twenty", [("text_in_number", "base.csv row 7 column age")]),
        (7, "age", "21.5", [("not_whole", "base.csv row 7 column age")]),
        (7, "amount_from", "x", [("text_in_number", "base.csv row 7 column amount_from")]),
        (7, "amount_to", "99999", [("bounds_reversed", "base.csv row 7 column amount_to")]),
    ],
)
def test_a_spoilt_cell_is_named_first_and_where_it_is(
    row: int, column: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = told(with_cell(term_book(), "base.csv", row, column, text))
    assert found[: len(expected)] == expected
    assert {code for code, _ in found[len(expected) :]} <= {"missing_key"}


def test_a_missing_row_is_named_where_it_should_stand() -> None:
    files = term_book()
    lines = files["base.csv"].splitlines(keepends=True)
    files["base.csv"] = b"".join(lines[:6] + lines[7:])
    (problem,) = problems(files)
    assert (problem.code, problem.where) == ("missing_key", "base.csv row 7")
    assert problem.expected == "age 21, amount 100000 to 249999, sex male"


def test_a_row_twice_is_named_with_the_first() -> None:
    files = term_book()
    files["base.csv"] += files["base.csv"].splitlines(keepends=True)[1]
    (problem,) = problems(files)
    assert (problem.code, problem.where) == ("duplicate_key", "base.csv row 46")
    assert problem.expected == "once; first in row 2"


def test_an_age_without_any_row_is_told_once() -> None:
    files = term_book()
    lines = files["base.csv"].decode().splitlines(keepends=True)
    files["base.csv"] = "".join(x for x in lines if x[:3] not in ("23,", "24,")).encode()
    (problem,) = problems(files)
    assert (problem.code, problem.expected) == ("gap_in_values", "age 23 to 24")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b"249999", b"248999", ("gap_in_bands", "base.csv row 4 column amount_from")),
        (b"249999", b"250000", ("bands_overlap", "base.csv row 4 column amount_from")),
    ],
)
def test_bands_meet_without_gap_or_overlap(
    old: bytes, new: bytes, expected: tuple[str, str]
) -> None:
    files = term_book()
    files["base.csv"] = files["base.csv"].replace(old, new)
    assert told(files) == [expected]


@pytest.mark.parametrize(
    ("old", "new", "code", "where"),
    [
        ("format = 1", "format = 2", "unknown_format", "edition.toml format"),
        ("format = 1", "format = [", "broken_toml", "edition.toml row 3"),
        ('kind = "rate_book"', 'kind = "book"', "not_in_list", "edition.toml edition.kind"),
        ('"sognelife"', '"Sogne Life"', "bad_code", "edition.toml edition.carrier"),
        ("currency", "curency", "unknown_key", "edition.toml edition.curency"),
        ("2026-01-01", '"2026-01-01"', "wrong_type", "edition.toml edition.effective_from"),
        ("2026-01-01", "2026-01-01T00:00:00", "wrong_type", "edition.toml edition.effective_from"),
        ("2026-01-01", "2026-01-01\neffective_until = 2025-12-31", "bounds_reversed",
         "edition.toml edition.effective_until"),
        ('["NY"]', '["NX"]', "unknown_jurisdiction",
         "edition.toml product[0].eligibility.jurisdictions.except"),
        ("min = 20", "min = 31", "bounds_reversed", "edition.toml product[0].eligibility.age.max"),
        ("max = 30", "max = 31", "not_in_table", "edition.toml product[0].eligibility.age.max"),
        ('classes = ["preferred"', 'classes = ["super", "preferred"', "not_in_table",
         "edition.toml product[0].eligibility.classes"),
        ('per = "1000"', "per = 1000.0", "not_a_decimal", "edition.toml product[0].step[0].per"),
        ('per = "1000"', 'per = "1,000"', "not_a_decimal", "edition.toml product[0].step[0].per"),
        ('table = "base"', 'table = "bass"', "unknown_table",
         "edition.toml product[0].step[0].table"),
        ('do = "rate"', 'do = "rat"', "not_in_list", "edition.toml product[0].step[0].do"),
        ('how = "half_up"', 'how = "halfway"', "not_in_list",
         "edition.toml product[0].step[2].how"),
        ('premium_period = "annual"', "", "absent_key", "edition.toml product[0].premium_period"),
        ('file = "base.csv"', 'file = "bass.csv"', "missing_file", "bass.csv"),
        ('file = "base.csv"', 'file = "../base.csv"', "bad_file_name",
         "edition.toml table[0].file"),
        ('measure = "rate_per_1000"', 'measure = "factor"', "wrong_measure",
         "edition.toml product[0].step[0].table"),
        ('name = "sex"', 'name = "gender"', "unknown_fact",
         "edition.toml table[0].dimension[2].name"),
        ('values = ["female", "male"]', 'values = ["female", "man"]', "not_in_list",
         "edition.toml table[0].dimension[2].values"),
        ("to = 30\n", "to = 10\n", "bad_range", "edition.toml table[0].dimension[0].to"),
        ('age = "rises"', 'aeg = "rises"', "not_in_list", "edition.toml table[0].monotone.aeg"),
    ],
)  # fmt: skip
def test_a_spoilt_head_is_named_with_its_key(old: str, new: str, code: str, where: str) -> None:
    assert (code, where) in told(replaced(term_book(), "edition.toml", old, new))


def test_two_products_of_one_code_and_tables_of_one_name_are_refused() -> None:
    head = term_book()["edition.toml"].decode()
    start, table = head.index("[[product]]"), head.index("[[table]]")
    doubled = head[:table] + head[start:table] + head[table:] + head[table:]
    found = told({**term_book(), "edition.toml": doubled.encode()})
    assert ("duplicate_name", "edition.toml product[1].code") in found
    assert ("duplicate_name", "edition.toml table[1].name") in found


def test_a_file_that_nothing_names_is_refused() -> None:
    assert told({**term_book(), "old.csv": b"a\n1\n"}) == [("file_not_used", "old.csv")]


def test_a_table_that_no_step_uses_is_refused() -> None:
    head = term_book()["edition.toml"].decode()
    more = head[head.index("[[table]]") :].replace('name = "base"', 'name = "other"', 1)
    found = told({**term_book(), "edition.toml": (head + more).encode()})
    assert found == [("table_not_used", "edition.toml table[1].name")]


def test_every_problem_is_told_at_once() -> None:
    files = with_cell(term_book(), "base.csv", 3, "preferred", "x")
    files = with_cell(files, "base.csv", 9, "standard", "-1")
    files = replaced(files, "edition.toml", '["NY"]', '["NX"]')
    assert {code for code, _ in told(files)} == {
        "text_in_number",
        "negative_figure",
        "unknown_jurisdiction",
    }


def test_a_correction_must_stand_in_the_file() -> None:
    head = """
[[correction]]
file = "base.csv"
row = 2
column = "preferred"
published = "6.0"
stands = "0.60"
because = "decimal point slipped"
"""
    files = term_book()
    files["edition.toml"] += head.encode()
    assert told(files) == []
    spoilt = with_cell(files, "base.csv", 2, "preferred", "0.59")
    assert told(spoilt) == [("correction_not_made", "base.csv row 2 column preferred")]
    assert told(replaced(files, "edition.toml", "row = 2", "row = 99")) == [
        ("correction_without_cell", "edition.toml correction[0]")
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b"a = " + b"[" * 1900,
        b"a = " + b"{a=" * 600,
        b".".join([b"a"] * 100_000) + b" = 1",
        b"\n".join(b".".join([b"a%d" % i] + [b"b"] * 900) + b"=1" for i in range(100)),
        b"x = 1" + b"0" * 5000,
        b'edition = "x"\nproduct = 3\ntable = [1, 2]\nformat = true',
        b"format = 1\n[edition]\nkind = 'guide'\nproducts = [[1]]\n[[class]]\n[[class]]",
        b"\xff\xfe" + "format = 1".encode("utf-16-le"),
    ],
)
def test_a_hostile_head_is_refused_and_quickly(content: bytes) -> None:
    start = time.perf_counter()
    assert errors(problems({"edition.toml": content}))
    assert time.perf_counter() - start < 2


def test_a_table_of_one_long_line_is_refused() -> None:
    for line in (b"x" * 5_000_000, b"," * 2_000_000 + b"x", b'"' + b"x" * 5_000_000):
        assert errors(problems({**term_book(), "base.csv": line}))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.binary(max_size=300))
def test_no_bytes_make_the_check_raise(head: bytes, table: bytes) -> None:
    check_edition({"edition.toml": head, "base.csv": table})
    check_edition({**term_book(), "base.csv": table})
    check_edition({**guide(), "build.csv": table, "criteria.csv": head})


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_change_of_bytes_makes_the_check_raise(data: st.DataObject) -> None:
    files = data.draw(st.sampled_from([term_book(), guide()]))
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name]
    at = data.draw(st.integers(0, len(content)))
    cut = data.draw(st.integers(0, 20))
    files[name] = content[:at] + data.draw(st.binary(max_size=12)) + content[at + cut :]
    edition, _, found = check_edition(files)
    assert (edition is None) == bool(errors(found))


def _scalars(value: object) -> list[tuple[dict[str, object], str]]:
    found: list[tuple[dict[str, object], str]] = []
    for inside in value.values() if isinstance(value, dict) else value:  # type: ignore[attr-defined]
        if isinstance(inside, dict | list):
            found += _scalars(inside)
    if isinstance(value, dict):
        found += [(value, key) for key in value]
    return found


_TOML_VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.just("x"), st.just([]), st.just([{}])
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_no_value_of_a_wrong_kind_makes_the_check_raise(data: st.DataObject) -> None:
    files = data.draw(st.sampled_from([term_book(), guide()]))
    head = tomllib.loads(files["edition.toml"].decode())
    where, key = data.draw(st.sampled_from(_scalars(head)))
    value = data.draw(_TOML_VALUES)
    if value is None:
        del where[key]
    else:
        where[key] = value
    check_edition({**files, "edition.toml": _as_toml(head).encode()})


def _as_toml(value: dict[str, object]) -> str:
    return "".join(f"{key} = {_inline(inside)}\n" for key, inside in value.items())


def _inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} = {_inline(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_inline(v) for v in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


_BAD_FIGURES = ["", "x", "-1", "0", "1e3", "1,5", "$1", "NaN", "1 000", "٣", "--", "1.2.3"]


@settings(max_examples=100, deadline=None)
@given(
    st.integers(2, 45), st.sampled_from(["preferred", "standard"]), st.sampled_from(_BAD_FIGURES)
)
def test_a_spoilt_figure_is_always_found_in_its_cell(row: int, column: str, text: str) -> None:
    places = [p.where for p in problems(with_cell(term_book(), "base.csv", row, column, text))]
    assert f"base.csv row {row} column {column}" in places


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 45), st.sampled_from(["preferred", "standard"]))
def test_a_slipped_decimal_point_is_always_found(row: int, column: str) -> None:
    slipped = cell_of(term_book(), "base.csv", row, column).replace("0.", "")
    found = problems(with_cell(term_book(), "base.csv", row, column, slipped))
    assert found
