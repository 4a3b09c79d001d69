"""Differences of build charts, summed up by class: so many pounds more at these heights."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from megler.carriers.rules.differences.difference import Difference, Kind
from megler.carriers.rules.guide import BuildRow, Guide
from megler.carriers.rules.heights import Height
from megler.vocabulary.codes import Sex

_Key = tuple[str, Sex | None, int | None, int | None]
_NO_LEAST = 0
_APART = 2
"""Changes with more heights between them are told apart."""


@dataclass(frozen=True, slots=True)
class Run:
    """Weights of a class at heights one after another, that all went up or all went down.

    `column` is weight_max_lb or weight_min_lb; `least` and `most` are pounds, `least` 0 where some
    heights between did not change; `sex` None: both.
    """

    column: str
    up: bool
    least: int
    most: int
    height_from: Height
    height_to: Height
    sex: Sex | None
    age_from: int | None
    age_to: int | None


@dataclass(frozen=True, slots=True)
class Heights:
    """The heights that a class has in a chart."""

    height_from: Height
    height_to: Height
    sex: Sex | None
    age_from: int | None
    age_to: int | None


def chart_differences(
    before: Guide, after: Guide, names: Mapping[str, str]
) -> Iterator[Difference]:
    """Class by class: charts that are new or gone, heights, weights."""
    was, now = _columns(before), _columns(after)
    for key in dict.fromkeys([*now, *was]):
        place = names.get(key[0], key[0])
        one, other = was.get(key, {}), now.get(key, {})
        ends = [_heights(key, column) for column in (one, other)]
        if ends[0] != ends[1]:
            kind = Kind.ADDED if not one else Kind.REMOVED if not other else Kind.CHANGED
            code = f"heights_{kind.value}"
            yield Difference(code, "build", kind, place, ends[0], ends[1], names=names)
        for column in ("weight_max_lb", "weight_min_lb"):
            for run in _runs(key, one, other, column):
                code = f"weights_{'up' if run.up else 'down'}"
                yield Difference(code, "build", Kind.CHANGED, place, None, run, names=names)


def _columns(guide: Guide) -> dict[_Key, dict[Height, BuildRow]]:
    found: dict[_Key, dict[Height, BuildRow]] = {}
    for row in guide.build:
        key = (row.class_code, row.sex, row.age_from, row.age_to)
        found.setdefault(key, {})[row.height_in] = row
    return found


def _heights(key: _Key, column: Mapping[Height, BuildRow]) -> Heights | None:
    return Heights(min(column), max(column), *key[1:]) if column else None


def _runs(
    key: _Key, was: Mapping[Height, BuildRow], now: Mapping[Height, BuildRow], column: str
) -> Iterator[Run]:
    heights = sorted(set(was) & set(now))
    changes = [
        (
            height,
            (getattr(now[height], column) or _NO_LEAST)
            - (getattr(was[height], column) or _NO_LEAST),
        )
        for height in heights
    ]
    at: list[int] = []
    for i, (_, change) in enumerate([*changes, (0, 0)]):
        ends = at and (i == len(changes) or change * changes[at[-1]][1] < 0 or i - at[-1] > _APART)
        if ends:
            yield _run(key, changes[at[0] : at[-1] + 1], column)
            at = []
        if change:
            at.append(i)


def _run(key: _Key, changes: Sequence[tuple[Height, int]], column: str) -> Run:
    pounds = [abs(change) for _, change in changes]
    up = changes[0][1] > 0
    low, high = changes[0][0], changes[-1][0]
    return Run(column, up, min(pounds), max(pounds), low, high, *key[1:])
