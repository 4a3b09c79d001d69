"""Which columns a book may have, and what is said of others."""

import pytest

from megler.quoting.rules.bulk.columns import Kind, column_at, known_columns, read_header
from megler.vocabulary.problems import Problem


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("born", Kind.TEXT),
        ("age", Kind.WHOLE),
        ("sex", Kind.TEXT),
        ("height_in", Kind.NUMBER),
        ("blood_pressure.systolic", Kind.WHOLE),
        ("blood_pressure.treated", Kind.BOOLEAN),
        ("blood_pressure", Kind.JSON),
        ("owner.jurisdiction", Kind.TEXT),
        ("nicotine", Kind.JSON),
        ("nicotine_complete", Kind.BOOLEAN),
        ("income_annual", Kind.AMOUNT),
        ("net_worth", Kind.AMOUNT),
        ("zip", Kind.TEXT),
        ("details", Kind.JSON),
        ("people", Kind.JSON),
        ("wants.face_amount", Kind.AMOUNT),
        ("wants.term_years", Kind.WHOLE),
        ("wants.premium_max", Kind.AMOUNT),
    ],
)
def test_every_path_of_the_facts_document_is_a_column(path: str, kind: Kind) -> None:
    assert known_columns()[path].kind is kind


def test_a_header_is_read_in_its_order_without_the_id() -> None:
    columns, problems = read_header(["born", "id", "wants.line", "details.a1c"])
    assert [column.path for column in columns] == ["born", "wants.line", "details.a1c"]
    assert problems == []


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("smoker", "nicotine"),
        ("Date of birth", "born"),
        ("face_amount", "wants.face_amount"),
        ("coverage", "wants.face_amount"),
        ("systolic", "blood_pressure.systolic"),
        ("wants.face_amonut", "wants.face_amount"),
        ("Born", "born"),
        ("blod_pressure.systolic", "blood_pressure.systolic"),
        ("qqqq", "a path of the facts document"),
    ],
)
def test_an_unknown_column_is_named_with_the_nearest(name: str, nearest: str) -> None:
    assert read_header(["born", name])[1] == [Problem("unknown_column", "row 1", name, nearest)]


def test_everything_wrong_with_a_header_is_told_at_once() -> None:
    names = ["born", "born", "", "owner", "owner.name", "smoker"]
    codes = sorted(problem.code for problem in read_header(names)[1])
    expected = ["bulk_columns_overlap", "duplicate_column", "unknown_column", "unnamed_column"]
    assert codes == expected


def test_semicolons_are_named_instead_of_a_column_that_nobody_knows() -> None:
    assert [p.code for p in read_header(["born;sex;wants.line"])[1]] == ["wrong_separator"]


@pytest.mark.parametrize(
    ("where", "column"),
    [
        ("nicotine[0].last_used", "nicotine"),
        ("nicotine_complete", "nicotine_complete"),
        ("blood_pressure.systolic", "blood_pressure.systolic"),
        ("wants.face_amount", "wants.face_amount"),
        ("facts", ""),
    ],
)
def test_a_place_in_the_document_is_found_in_its_column(where: str, column: str) -> None:
    names = ["nicotine", "nicotine_complete", "blood_pressure.systolic", "wants.face_amount"]
    assert column_at(where, read_header(names)[0]) == column
