"""Corrections: what an edition says it changed must stand in its files."""

import csv
import io
from collections.abc import Mapping

from megler.carriers.rules.edition import Correction, Edition
from megler.carriers.rules.place import place, shown
from megler.vocabulary.problems import Problem


def correction_problems(edition: Edition, files: Mapping[str, bytes]) -> list[Problem]:
    """Each correction names a cell of the edition that holds what it says stands."""
    problems = []
    seen: set[tuple[str, int, str]] = set()
    for i, correction in enumerate(edition.corrections):
        where = f"edition.toml correction[{i}]"
        key = (correction.file, correction.row, correction.column)
        found = _cell(files.get(correction.file), correction)
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


def _cell(content: bytes | None, correction: Correction) -> str | None:
    """The cell that a correction names; None when it is not there."""
    if content is None:
        return None
    try:
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return None
    if not lines or correction.row > len(lines) or correction.column not in lines[0]:
        return None
    row, column = lines[correction.row - 1], lines[0].index(correction.column)
    return row[column] if column < len(row) else None
