"""Differences of what is asked for: the age-and-amount grid, triggers, evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.differences.difference import Difference, Kind, paired, rows_differ
from megler.carriers.rules.guide import Guide, RequirementRow
from megler.vocabulary.codes import RequirementKind

_OLDEST = 999
_NO_END = Decimal(10**15)
_Grid = NDArray[np.bool_]
N = TypeVar("N", int, Decimal)


@dataclass(frozen=True, slots=True)
class Area:
    """Ages and amounts of a grid, bounds inclusive; no upper bound: None."""

    age_from: int
    age_to: int | None
    amount_from: Decimal
    amount_to: Decimal | None
    kind: RequirementKind


def grid_differences(before: Guide, after: Guide, names: Mapping[str, str]) -> Iterator[Difference]:
    """For each kind the ages and amounts at which it is asked now, or no longer."""
    rows = (before.requirements, after.requirements)
    if not (rows[0] and rows[1]):
        if rows[0] or rows[1]:
            whole = Kind.ADDED if rows[1] else Kind.REMOVED
            yield Difference(f"grid_{whole.value}", "requirements", whole, names=names)
        return
    every = [*rows[0], *rows[1]]
    ages = _starts([(r.age_from, _OLDEST if r.age_to is None else r.age_to) for r in every], 1)
    amounts = _starts(
        [(r.amount_from, _NO_END if r.amount_to is None else r.amount_to) for r in every],
        Decimal(1),
    )
    kinds = dict.fromkeys(kind for row in every for kind in row.kinds)
    for kind in kinds:
        was, now = (_asked(side, kind, ages, amounts) for side in rows)
        for area in _areas(now & ~was, ages, amounts, kind):
            yield Difference("asked_added", "requirements", Kind.ADDED, after=area, names=names)
        for area in _areas(was & ~now, ages, amounts, kind):
            yield Difference(
                "asked_removed", "requirements", Kind.REMOVED, before=area, names=names
            )


def _starts(bounds: Sequence[tuple[N, N]], one: N) -> list[N]:
    return sorted({low for low, _ in bounds} | {high + one for _, high in bounds})


def _asked(
    rows: Sequence[RequirementRow],
    kind: RequirementKind,
    ages: Sequence[int],
    amounts: Sequence[Decimal],
) -> _Grid:
    """Where rows ask for a kind: by the first age and the first amount of each run."""
    found = np.zeros((len(ages), len(amounts)), np.bool_)
    for row in rows:
        if kind in row.kinds:
            age_to = _OLDEST if row.age_to is None else row.age_to
            most = _NO_END if row.amount_to is None else row.amount_to
            there = [row.age_from <= age <= age_to for age in ages]
            large = [row.amount_from <= amount <= most for amount in amounts]
            found |= np.outer(there, large)
    return found


def _areas(
    grid: _Grid, ages: Sequence[int], amounts: Sequence[Decimal], kind: RequirementKind
) -> Iterator[Area]:
    """The rectangles that make up a grid: runs of amounts, over as many ages as have them."""
    grid = grid.copy()
    for at in zip(*np.nonzero(grid), strict=True):
        i, j = int(at[0]), int(at[1])
        if not grid[i, j]:
            continue
        high = j
        while high + 1 < len(amounts) and grid[i, high + 1]:
            high += 1
        low = i
        while low + 1 < len(ages) and grid[low + 1, j : high + 1].all():
            low += 1
        grid[i : low + 1, j : high + 1] = False
        last_age = ages[low + 1] - 1 if low + 1 < len(ages) else _OLDEST
        last = amounts[high + 1] - 1 if high + 1 < len(amounts) else _NO_END
        yield Area(
            ages[i],
            None if last_age >= _OLDEST else last_age,
            amounts[j],
            None if last >= _NO_END else last,
            kind,
        )


def evidence_differences(
    before: Guide, after: Guide, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Triggers, how long evidence takes and stands, what stands for what."""
    triggers = paired(
        before.triggers,
        after.triggers,
        lambda r: (r.when, r.kinds),
        lambda r: r.when,
        lambda r: (r.kinds, r.text) if r.text else None,
    )
    yield from rows_differ("triggers", triggers, lambda r: (r.when, set(r.kinds)), _nowhere, names)
    evidence = paired(
        before.evidence,
        after.evidence,
        lambda r: (r.kind, r.age_from, r.age_to),
        lambda r: r.kind,
    )
    yield from rows_differ(
        "evidence",
        evidence,
        lambda r: (r.ordered_by, r.usual_days, r.valid_days, r.age_from, r.age_to),
        _nowhere,
        names,
    )
    substitutes = paired(
        before.substitutes, after.substitutes, lambda r: (r.kind, r.within_days), lambda r: r.kind
    )
    yield from rows_differ(
        "substitutes", substitutes, lambda r: (r.within_days, set(r.stands_for)), _nowhere, names
    )


def _nowhere(_row: object) -> str:
    return ""
