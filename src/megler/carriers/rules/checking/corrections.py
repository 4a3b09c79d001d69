"""Corrections: what an edition says it changed must stand in its files."""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping

from megler.carriers.rules.edition import Correction, Edition
from megler.carriers.rules.layout import WORKBOOK
from megler.carriers.rules.place import place, shown
from megler.carriers.rules.workbooks import workbook_lines
from megler.vocabulary.problems import Problem

Rows = dict[int, list[str]]
"""Rows of a file by their numbers."""


def correction_problems(edition: Edition, files: Mapping[str, bytes]) -> list[Problem]:
    """Each correction names a cell of the edition that holds what it says stands."""
    wanted: dict[str, set[int]] = defaultdict(lambda: {1})
    for correction in edition.corrections:
        wanted[correction.file].add(correction.row)
    rows = {name: _rows(files, name, numbers) for name, numbers in wanted.items()}
    problems = []
    seen: set[tuple[str, int, str]] = set()
    for i, correction in enumerate(edition.corrections):
        where = f"edition.toml correction[{i}]"
        key = (correction.file, correction.row, correction.column)
        found = _cell(rows[correction.file], correction)
        if key in seen:
            problems.append(Problem("duplicate_name", where, place(*key), "a cell once"))
        elif found is None:
            problems.append(Problem("correction_without_cell", where, place(*key), "a cell"))
        elif found != correction.stands:
            problems.append(
                Problem("correction_not_made", place(*key), shown(found), correction.stands)
            )
        if correction.published == correction.stands:
            expected = "another figure than the published"
            problems.append(Problem("correction_of_nothing", where, correction.stands, expected))
        seen.add(key)
    return problems


def _cell(rows: Rows, correction: Correction) -> str | None:
    """The cell that a correction names; None when it is not there."""
    header, row = rows.get(1, []), rows.get(correction.row, [])
    if correction.column not in header:
        return None
    column = header.index(correction.column)
    return row[column] if column < len(row) else None


def _rows(files: Mapping[str, bytes], name: str, wanted: set[int]) -> Rows:
    """The wanted rows of a file, or of a sheet as `rates.xlsx Rates`; none when it is unreadable."""
    file, _, sheet = name.partition(" ")
    content = files.get(file)
    if content is None:
        return {}
    if file.endswith(WORKBOOK):
        lines = workbook_lines(content, sheet)
    elif b'"' in content or b"\r" in content.replace(b"\r\n", b""):
        lines = _quoted_lines(content)
    else:
        plain = content.split(b"\n")
        kept = {n: plain[n - 1].removesuffix(b"\r") for n in wanted if n <= len(plain)}
        return {n: line.decode("utf-8-sig", "replace").split(",") for n, line in kept.items()}
    return {n: lines[n - 1] for n in wanted if n <= len(lines)}


def _quoted_lines(content: bytes) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return []
