"""A row of a book as a facts document, from texts and from typed cells."""

from datetime import date
from decimal import Decimal

import pytest

from megler.quoting.rules.bulk.columns import read_header
from megler.quoting.rules.bulk.documents import (
    cells_of,
    document_of,
    facts_of_row,
    in_columns,
)

ON = date(2026, 6, 1)


def read(cells: dict[str, object]) -> tuple[dict[str, object], list[str]]:
    columns, problems = read_header(list(cells))
    assert not problems
    document, faults = document_of(cells, columns)
    return document, [fault.code for fault in faults]


def test_a_row_of_texts_says_the_same_as_the_document() -> None:
    document, faults = read(
        {
            "born": "1979-02-11",
            "height_in": "64",
            "weight_lb": "150.5",
            "zip": "01234",
            "blood_pressure.systolic": "128",
            "blood_pressure.treated": "false",
            "nicotine": '[{"product": "cigarette", "last_used": "2023-05"}]',
            "family": "[]",
            "wants.face_amount": "500000",
            "details.a1c": "6.8",
            "details.diver": "true",
            "details.club": "Reef",
            "occupation": "",
            "wants.plan": None,
        }
    )
    assert faults == []
    assert document == {
        "born": "1979-02-11",
        "height_in": 64,
        "weight_lb": 150.5,
        "zip": "01234",
        "blood_pressure": {"systolic": 128, "treated": False},
        "nicotine": [{"product": "cigarette", "last_used": "2023-05"}],
        "family": [],
        "wants": {"face_amount": "500000"},
        "details": {"a1c": 6.8, "diver": True, "club": "Reef"},
    }


def test_typed_cells_say_the_same_as_texts() -> None:
    document, faults = read(
        {
            "born": date(1979, 2, 11),
            "height_in": Decimal("64.0"),
            "weight_lb": 150.5,
            "blood_pressure.treated": True,
            "nicotine": [{"product": "cigarette", "last_used": date(2023, 5, 1)}],
            "wants.face_amount": Decimal("500000.00"),
            "income_annual": 90000,
        }
    )
    assert faults == []
    assert document == {
        "born": "1979-02-11",
        "height_in": 64,
        "weight_lb": 150.5,
        "blood_pressure": {"treated": True},
        "nicotine": [{"product": "cigarette", "last_used": "2023-05-01"}],
        "wants": {"face_amount": "500000.00"},
        "income_annual": "90000",
    }


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"nicotine": "[{"}, "bulk_not_json", "nicotine"),
        ({"height_in": "five feet"}, "facts_wrong_type", "height_in"),
        ({"height_in": "064"}, "facts_wrong_type", "height_in"),
        ({"blood_pressure.treated": "yes"}, "facts_wrong_type", "blood_pressure.treated"),
        ({"nicotine": '[{"product": "hay"}]'}, "facts_not_in_list", "nicotine"),
        ({"age": "130"}, "facts_out_of_range", "age"),
        ({"wants.face_amount": "1e5"}, "facts_malformed", "wants.face_amount"),
        ({"zip": 1234}, "facts_malformed", "zip"),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_column(
    cells: dict[str, object], code: str, column: str
) -> None:
    columns, _ = read_header(list(cells))
    facts, problems = facts_of_row(cells, columns, ON)
    assert facts is None
    (told,) = in_columns(7, "x", problems, columns)
    assert (told.row, told.id, told.column, told.problem.code) == (7, "x", column, code)


def test_a_row_with_only_warnings_is_read() -> None:
    cells: dict[str, object] = {"zip": "10001", "jurisdiction": "TX"}
    facts, problems = facts_of_row(cells, read_header(list(cells))[0], ON)
    assert facts is not None
    assert problems == []


def test_all_problems_of_a_row_are_told_at_once() -> None:
    cells: dict[str, object] = {"nicotine": "[", "age": "130", "sex": "f"}
    _, problems = facts_of_row(cells, read_header(list(cells))[0], ON)
    assert {p.where for p in problems} == {"nicotine", "age", "sex"}


DOCUMENTS = [
    {
        "born": "1979-02-11",
        "height_in": 64,
        "weight_lb": 150.5,
        "nicotine": [],
        "nicotine_complete": True,
        "blood_pressure": {"systolic": 128, "treated": False},
        "owner": {"name": "Ærlig Trust"},
        "details": {"a1c": 6.8, "diver": True},
        "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20},
    },
    {"wants": [{"line": "term_life"}, {"line": "whole_life"}]},
    {
        "people": [{"id": "a", "age": 40}, {"id": "b", "role": "spouse"}],
        "wants": {"mode": "annual"},
    },
    {},
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_makes_the_row_that_says_the_same(document: dict[str, object]) -> None:
    cells = cells_of(document)
    columns, problems = read_header(list(cells))
    assert problems == []
    assert document_of(cells, columns) == (document, [])
