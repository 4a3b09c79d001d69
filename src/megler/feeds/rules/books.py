"""A book of sheets by the layouts learned: each sheet by the newest that fits, all as one file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from megler.exchange.sheets import Sheet
from megler.feeds.rules.guessing import guess
from megler.feeds.rules.layouts import Known, Layout, recognise, says_enough
from megler.feeds.rules.reading import join_records, read_rows
from megler.feeds.rules.records import LINES_A_SHEET, Record
from megler.vocabulary.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class Book:
    """What a file's sheets say together: by which layout (its place), and what stands above the headings."""

    layout: int
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    titles: tuple[Sequence[str], ...]


def read_book(
    layouts: Sequence[Layout], sheets: Sequence[Sheet], *, has_problems: bool = False
) -> Book | None:
    """The records of every sheet that one of the layouts fits; None when none fits any.

    A sheet that is hidden is left unless it is the only kind there is. One that looks like a list of
    cases and fits no layout is told.
    """
    shown = [sheet for sheet in sheets if not sheet.is_hidden] or list(sheets)
    read: list[tuple[int, Sheet, Known]] = []
    problems: list[Problem] = []
    for sheet in shown:
        fitting = _fitting(layouts, sheet)
        if fitting:
            read.append((fitting[0], sheet, fitting[1]))
        elif _is_list(sheet):
            problems.append(Problem("feed_sheet_left", sheet.name, severity=Severity.WARNING))
    if not read:
        return None
    records: list[Record] = []
    for place, (number, sheet, known) in enumerate(read):
        layout, whole = layouts[number], sheet
        if not has_problems and _is_cut(layout, sheet, known):
            where = f"line {sheet.lines[-1]}"
            problems.append(Problem("sheet_cut", where, severity=Severity.WARNING))
            whole = replace(sheet, rows=sheet.rows[:-1], lines=sheet.lines[:-1])
        lines = [line + place * LINES_A_SHEET for line in whole.lines]
        found, told = read_rows(whole.rows, lines, layout, known)
        records += found
        problems += [*known.differences, *told]
    titles = tuple(row for _n, sheet, known in read for row in sheet.rows[: known.head.first])
    joined, more = join_records(records) if len(read) > 1 else (records, [])
    told_once = tuple(dict.fromkeys((*problems, *more)))
    return Book(min(n for n, _s, _k in read), tuple(joined), told_once, titles)


def _fitting(layouts: Sequence[Layout], sheet: Sheet) -> tuple[int, Known] | None:
    for number, layout in enumerate(layouts):
        if known := recognise(layout, sheet.rows):
            return number, known
    return None


def _is_list(sheet: Sheet) -> bool:
    found = guess(sheet.rows)
    return bool(found and len(sheet.rows) > found.head.body and not says_enough(found.layout()))


def _is_cut(layout: Layout, sheet: Sheet, known: Known) -> bool:
    """Whether a text of a source that ends its last lines does not, so that its last row may be half."""
    return layout.ends and not sheet.is_ended and len(sheet.rows) > known.head.body + 1
