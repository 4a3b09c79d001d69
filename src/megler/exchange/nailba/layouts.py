"""Which columns the fields of each record stand in."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from megler.vocabulary.problems import Problem

WIDTH = 250
"""Columns of a record, as the header's record length says."""
TYPE = "RecordType"
RECORDS = ("$$HDR", "$A", "0A", "1A", "2A", "3A", "5A", "99END")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a record, from column `start` to `end`, both counted from 1."""

    field: str
    start: int
    end: int

    @property
    def width(self) -> int:
        return self.end - self.start + 1


Layout = Mapping[str, tuple[Column, ...]]
"""The columns of each record, by its type."""


@cache
def published() -> Layout:
    """The records whose columns are published."""
    text = (files("megler.exchange.nailba") / "layout.csv").read_text()
    return read_layout(text)[0]


def with_own(text: str) -> tuple[Layout, list[Problem]]:
    """The published records with a partner's own over them."""
    own, problems = read_layout(text)
    return {**published(), **own}, problems


def read_layout(text: str) -> tuple[dict[str, tuple[Column, ...]], list[Problem]]:
    """Columns from lines `record,field,start,end`; every line that is wrong, at once."""
    found: dict[str, list[Column]] = {}
    problems: list[Problem] = []
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        where = f"layout line {number}"
        if not row or row[0].strip() == "record":
            continue
        if len(row) != 4 or row[0].strip() not in RECORDS:
            problems.append(
                Problem("nailba_layout_line", where, ",".join(row)[:80], "3A,City,68,92")
            )
            continue
        record, name, start, end = (part.strip() for part in row)
        if not (start.isdecimal() and end.isdecimal() and 1 <= int(start) <= int(end) <= WIDTH):
            problems.append(Problem("nailba_layout_columns", where, f"{start}-{end}", f"1-{WIDTH}"))
            continue
        column = Column(name, int(start), int(end))
        beside = found.setdefault(record, [])
        if any(column.start <= c.end and c.start <= column.end for c in beside):
            problems.append(
                Problem("nailba_layout_overlap", where, f"{record} {name}", f"{start}-{end}")
            )
            continue
        beside.append(column)
    return {record: tuple(columns) for record, columns in found.items()}, problems
