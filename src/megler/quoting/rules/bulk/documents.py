"""A row of a book as a facts document, and what is wrong with a row, by its columns."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from megler.quoting.rules.bulk.columns import Column, Kind, column_at, known_columns
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.people import Facts
from megler.underwriting.rules.shape import shown
from megler.vocabulary.problems import Problem, errors

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong with one row: the row as a spreadsheet counts it, its id, and the column."""

    row: int
    id: str
    column: str
    problem: Problem


def document_of(
    cells: Mapping[str, object], columns: Sequence[Column]
) -> tuple[dict[str, Any], list[Problem]]:
    """The facts document that a row says, and cells that cannot be read as their column needs.

    An empty cell is unknown. Texts are kept for the schema to refuse where it wants a number.
    """
    document: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in columns:
        cell = cells.get(column.path)
        if cell is None or cell == "":
            continue
        try:
            value = _value(cell, column.kind)
        except ValueError:
            problems.append(Problem("bulk_not_json", column.path, shown(cell), "JSON"))
            continue
        _put(document, column.keys, value)
    return document, problems


def facts_of_row(
    cells: Mapping[str, object], columns: Sequence[Column], on: date
) -> tuple[Facts | None, list[Problem]]:
    """The facts of a row as known on `on`, or None with every error."""
    document, problems = document_of(cells, columns)
    facts, more = read_facts(document, on)
    wrong = [*problems, *errors(more)]
    return (None if wrong else facts), wrong


def in_columns(
    row: int, name: str, problems: Sequence[Problem], columns: Sequence[Column]
) -> list[RowProblem]:
    """The problems of a row, each with the column it comes from."""
    return [RowProblem(row, name, column_at(p.where, columns), p) for p in problems]


def _put(document: dict[str, Any], keys: Sequence[str], value: object) -> None:
    for key in keys[:-1]:
        document = document.setdefault(key, {})
    document[keys[-1]] = value


def _value(cell: object, kind: Kind) -> object:
    """A cell as JSON knows it: cells of CSV are texts, those of Parquet have types."""
    if not isinstance(cell, str):
        return _typed(cell, kind)
    if kind is Kind.JSON:
        return json.loads(cell)
    numeric = kind in {Kind.WHOLE, Kind.NUMBER, Kind.DETAIL}
    if numeric and _NUMBER.fullmatch(cell):
        return json.loads(cell)
    return _BOOLEANS.get(cell, cell) if kind in {Kind.BOOLEAN, Kind.DETAIL} else cell


def _typed(cell: object, kind: Kind) -> object:
    if isinstance(cell, date):
        return cell.isoformat()
    if kind in {Kind.TEXT, Kind.AMOUNT} and isinstance(cell, int | Decimal):
        return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, dict):
        return {key: _typed(part, Kind.DETAIL) for key, part in cell.items()}
    if isinstance(cell, list):
        return [_typed(part, Kind.DETAIL) for part in cell]
    return cell


def cells_of(document: Mapping[str, Any]) -> dict[str, str]:
    """The cells of a row that says what the document says, by column.

    Only columns that say something; an object whose keys are free stands whole, as JSON.
    """
    return dict(_cells(document, ""))


def _cells(part: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in part.items():
        path = prefix + key
        column = known_columns()[path]
        has_columns = any(known.startswith(f"{path}.") for known in known_columns())
        if value is None:
            continue
        if isinstance(value, dict) and has_columns:
            yield from _cells(value, f"{path}.")
        elif column.kind in {Kind.TEXT, Kind.AMOUNT}:
            yield path, str(value)
        else:
            yield path, json.dumps(value, ensure_ascii=False)
