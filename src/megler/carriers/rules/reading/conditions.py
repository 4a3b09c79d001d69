"""Cells that hold conditions in words, kinds of requirement, codes or yes and no."""

from megler.carriers.rules.cells import text_fault
from megler.carriers.rules.rows import Row
from megler.carriers.rules.when.names import Names, name_faults
from megler.carriers.rules.when.reading import Misread, read_when
from megler.carriers.rules.when.tree import When
from megler.vocabulary.codes import RequirementKind

OLDEST = 120


def condition(row: Row, column: str, names: Names, required: bool = False) -> When | None:
    """The condition in a cell; None for an empty cell, and where anything in it is wrong."""
    text = row.cell(column)
    if not text.strip():
        if required or text:
            row.text(column)
        return None
    fault = text_fault(" ".join(text.split()))
    if fault:
        row.tell(fault[0], column, text, fault[1])
        return None
    try:
        when = read_when(" ".join(text.split()))
    except Misread as misread:
        row.tell("unreadable_condition", column, misread.found, misread.expected)
        return None
    faults = list(dict.fromkeys(name_faults(when, names)))
    for one in faults:
        row.tell(one.code, column, one.found, one.expected)
    return None if faults else when


def kinds(row: Row, column: str = "kinds", required: bool = False) -> tuple[RequirementKind, ...]:
    """Kinds of requirement with spaces between them, each once."""
    words = row.cell(column).split()
    if required and not words:
        row.tell("empty_cell", column, "", "kinds of requirement, spaces between")
    for word in words:
        if word not in set(RequirementKind):
            row.tell("unknown_value", column, word, "kinds of requirement, spaces between")
        elif words.count(word) > 1:
            row.tell("duplicate_value", column, word, "each once")
            break
    return tuple(RequirementKind(word) for word in words if word in set(RequirementKind))


def ages(row: Row) -> tuple[int | None, int | None]:
    """`age_from` and `age_to`; empty: no bound."""
    low = row.maybe_whole("age_from", 0, OLDEST)
    high = row.maybe_whole("age_to", 0, OLDEST)
    if low is not None and high is not None and low > high:
        row.tell("bounds_reversed", "age_to", high, f"at least {low}")
    return low, high


def parted(row: Row, column: str, by: str | None = "|") -> tuple[str, ...]:
    """The texts of a cell, each once, parted by a bar (None: by spaces); () for an empty cell."""
    text = row.cell(column)
    if not text:
        return ()
    if fault := text_fault(text):
        row.tell(fault[0], column, text, fault[1])
        return ()
    words = [word.strip() for word in text.split(by)]
    for i, word in enumerate(words):
        if not word:
            row.tell("empty_value", column, text, "a word between the bars")
        elif word in words[:i]:
            row.tell("duplicate_value", column, word, "each once")
    return tuple(words)


def yes_or_no(row: Row, column: str) -> bool:
    """`yes` or `no`; an empty cell is no."""
    return bool(row.cell(column)) and row.one_of(column, ["yes", "no"]) == "yes"
