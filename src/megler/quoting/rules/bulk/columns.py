"""The columns of a book: dotted paths of the facts document, read off its published schema."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from megler.underwriting.rules.shape import facts_schema, shape_problems, shown
from megler.vocabulary.problems import Problem

ID = "id"
"""The column that is kept as it is, to know the rows again."""
_DETAIL = re.compile(r"((?:wants\.)?details)\.([a-z][a-z0-9_]{0,63})")
Schema = Mapping[str, Any]


class Kind(StrEnum):
    """What a cell of a column says."""

    TEXT = "text"
    AMOUNT = "amount"
    WHOLE = "whole number"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DETAIL = "text, number or boolean"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the book, which is its path, and what its cells say."""

    path: str
    kind: Kind

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys from the top of the document down."""
        return tuple(self.path.split("."))


@cache
def known_columns() -> dict[str, Column]:
    """Every path of the facts document, but the free keys under `details`."""
    return {column.path: column for column in _walk(facts_schema()["properties"], "")}


def read_header(names: Sequence[str]) -> tuple[tuple[Column, ...], list[Problem]]:
    """The columns that a header names, without `id`, and everything wrong with it, all at once."""
    if len(names) == 1 and ";" in names[0]:
        return (), [Problem("wrong_separator", "row 1", ";", ",")]
    columns = [(name, _column(name)) for name in names if name != ID]
    problems = [_unknown(name) for name, column in columns if column is None]
    problems += [
        Problem("duplicate_column", "row 1", name, "each column once")
        for name, count in Counter(names).items()
        if count > 1
    ]
    paths = sorted({column.path for _, column in columns if column})
    problems += [
        Problem("bulk_columns_overlap", inner, outer, "one of them")
        for outer in paths
        for inner in paths
        if inner.startswith(f"{outer}.")
    ]
    return tuple(column for _, column in columns if column), problems


def column_at(where: str, columns: Sequence[Column]) -> str:
    """The column that a place in the document (`nicotine[0].last_used`) comes from; empty: none."""
    fitting = [c.path for c in columns if re.match(rf"{re.escape(c.path)}(?![^.\[])", where)]
    return max(fitting, key=len, default="")


def _column(name: str) -> Column | None:
    if name in known_columns():
        return known_columns()[name]
    return Column(name, Kind.DETAIL) if _DETAIL.fullmatch(name) else None


def _unknown(name: str) -> Problem:
    if not name.strip():
        return Problem("unnamed_column", "row 1", "a column", "a path of the facts document")
    return Problem("unknown_column", "row 1", shown(name), _nearest(name))


def _nearest(name: str) -> str:
    """The column that was meant: by its last part, by another system's word, by its letters."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")
    known = list(known_columns())
    for word in (plain, *_meant(plain)):
        ends = [path for path in known if path == word or path.endswith(f".{word}")]
        near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.8)
        if ends or near:
            return min(ends, key=len) if ends else near[0]
    return "a path of the facts document"


def _meant(word: str) -> list[str]:
    """What the facts document calls what others call `word` (smoker: nicotine)."""
    asked = [shape_problems({word: None}), shape_problems({"wants": {word: None}})]
    return [problems[0].expected for problems, _ in asked if problems]


def _walk(properties: Schema, prefix: str) -> Iterator[Column]:
    for name, schema in properties.items():
        path, rule = prefix + name, _resolved(schema)
        yield Column(path, _kind(schema, rule))
        if "properties" in rule:
            yield from _walk(rule["properties"], f"{path}.")


def _resolved(schema: Schema) -> Schema:
    """What a reference, or the single form of a thing that may be several, stands for."""
    if "else" in schema:
        schema = schema["else"]
    while "$ref" in schema:
        schema = facts_schema()["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


_KINDS = {
    "array": Kind.JSON,
    "object": Kind.JSON,
    "integer": Kind.WHOLE,
    "number": Kind.NUMBER,
    "boolean": Kind.BOOLEAN,
}


def _kind(schema: Schema, rule: Schema) -> Kind:
    """JSON for lists and objects; an amount is a text that is a figure."""
    types = rule.get("type", "string")
    names = [types] if isinstance(types, str) else types
    for name in names:
        if name in _KINDS:
            return _KINDS[name]
    figures = str(rule.get("pattern", "")).removeprefix("^").removeprefix("-?")
    return Kind.AMOUNT if figures.startswith("[0-9]{1,") else Kind.TEXT
