"""Outcomes of ratings as guides write them: reading one, and which of two is the worse."""

import re
from collections.abc import Sequence

from megler.carriers.rules.ratings import OutcomeKind, Rated

_POINTS = re.compile(r"[+-](?:0|[1-9][0-9]{0,2})")
_TABLE = re.compile(r"table_([1-9]|1[0-6])")
_BY_WORD = {
    kind.value: kind
    for kind in OutcomeKind
    if kind not in (OutcomeKind.CLASS, OutcomeKind.POINTS, OutcomeKind.TABLE)
}


def rated_in(token: str, classes: Sequence[str]) -> Rated | None:
    """The outcome that a cell states; None where it states none.

    >>> rated_in("table_2", []).number
    2
    >>> rated_in("-25", []).number
    -25
    """
    if token in classes:
        return Rated(OutcomeKind.CLASS, token)
    if token in _BY_WORD:
        return Rated(_BY_WORD[token])
    if _POINTS.fullmatch(token):
        return Rated(OutcomeKind.POINTS, number=int(token))
    table = _TABLE.fullmatch(token)
    return Rated(OutcomeKind.TABLE, number=int(table[1])) if table else None


def written(rated: Rated) -> str:
    """The outcome as a cell states it: the inverse of `rated_in`.

    >>> written(Rated(OutcomeKind.POINTS, number=25))
    '+25'
    """
    match rated.kind:
        case OutcomeKind.CLASS:
            return rated.class_code
        case OutcomeKind.POINTS:
            return f"{rated.number:+d}"
        case OutcomeKind.TABLE:
            return f"table_{rated.number}"
        case _:
            return rated.kind.value


def both_ends(best: Rated, worst: Rated) -> str:
    """Two ends of a rating as one code.

    >>> both_ends(Rated(OutcomeKind.TABLE, number=2), Rated(OutcomeKind.DECLINE))
    'table_2..decline'
    """
    one, other = written(best), written(worst)
    return one if one == other else f"{one}..{other}"


def is_worse(one: Rated, other: Rated, classes: Sequence[str], points_per_table: int = 25) -> bool:
    """Whether `one` is surely worse than `other`.

    Individual consideration, postponement and decline are worse than any class or table, and not
    compared with each other: a guide may postpone at best and consider one by one at worst.
    """
    return severity(one, classes, points_per_table) > severity(other, classes, points_per_table)


def severity(rated: Rated, classes: Sequence[str], points_per_table: int) -> tuple[int, int]:
    """How bad an outcome is, to be compared: what limits nothing, classes, tables, the rest."""
    match rated.kind:
        case OutcomeKind.CLASS:
            return 1, classes.index(rated.class_code)
        case OutcomeKind.TABLE:
            return 2, rated.number * points_per_table
        case OutcomeKind.POINTS:
            return (2 if rated.number > 0 else 0), rated.number
        case OutcomeKind.ANY:
            return 0, 0
        case _:
            return 3, 0
