"""Guides laid out as arrays: the class of a simple life by comparisons, as `assess` gives it.

Every class and table rating of every guide is a *lane*; the lanes of a guide stand together, best
first. A limit of the guides is a row of figures, one a lane, so that a life is held against one
limit of all guides at once. The class is a guide's first lane that nothing known rules out: a fact
that is not known rules out nothing, exactly as `classes.assess` has it.

Only the best class is found here, not the range, the reasons or what is open: who shows an answer
asks `assess`. A guide whose limits are finer than the grid of the figures is left to it too, and so
are people of whom more than figures is known that the guides judge (`figures.is_figures`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from megler.carriers.rules.edition import Edition
from megler.carriers.rules.guide import (
    BuildRow,
    Criterion,
    CriterionKind,
    FamilyRule,
    Guide,
    GuideClass,
    Nicotine,
)
from megler.carriers.rules.heights import Height
from megler.underwriting.rules.compiled_facts import BIG, GRID, ClassFacts
from megler.underwriting.rules.compiled_rules import boxes_of, makes_boxes
from megler.underwriting.rules.family import is_broken
from megler.underwriting.rules.figures import is_beside
from megler.underwriting.rules.nicotine import months_of_class, months_to_non_user
from megler.underwriting.rules.people import Relative
from megler.vocabulary.ages import AgeBasis
from megler.vocabulary.codes import Sex

Ints = NDArray[np.int32]
Flags = NDArray[np.uint8]
AGES = 132
"""Places of an age: 0 is an age not known, 1 to 131 are the ages 0 to 130."""
_LIMITS = (
    CriterionKind.SYSTOLIC_MAX,
    CriterionKind.DIASTOLIC_MAX,
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX,
    CriterionKind.CHOLESTEROL_TOTAL_MAX,
    CriterionKind.CHOLESTEROL_TOTAL_MIN,
    CriterionKind.NICOTINE_FREE_MONTHS_MIN,
)
_MINIMUM = {CriterionKind.CHOLESTEROL_TOTAL_MIN}
_STATUSES = {Nicotine.ANY: 3, Nicotine.NONE: 1, Nicotine.USER: 2}
_SEXES: tuple[Sex | None, ...] = (None, Sex.FEMALE, Sex.MALE)
_ANY_HEIGHT, _NO_HEIGHT = (-BIG, BIG), (BIG, -1)
_NOT_THIS_WEIGHT = (BIG, 0)
"""Fails every weight, yet not one that is not known (it counts as BIG from below, 0 from above)."""


class Candidate(NamedTuple):
    """What a lane stands for: a class of the guide, or a table rating of it.

    `rows` is the class or table whose weights the chart gives, `statuses` for whom: 1 non-users,
    2 users, 3 either, 0 nobody (granted on review).
    """

    one: GuideClass
    table: int | None
    statuses: int


class Lanes(NamedTuple):
    """The arrays that the kernel reads; `L` lanes of `G` guides, nearest age first.

    `starts` [G + 1]: each guide's first lane; `split`: the first lane that counts age by last
    birthday. `statuses` and `months` [L]: see `Candidate`, and the guide's months to a non-user.
    `row_of_age` [AGES]: which row of `limits` [rows, 6, L] an age has. `weights`
    [heights + 2, 3, 2, L]: least and most pounds; row 0 is a height not known, the last one
    outside all charts; `height_min` is the height of row 1.

    Boxes are of `compiled_rules`: `bounds` [bounds, 3] are a life's column, least and most, those
    of box b from `boxes`[b, 0] on; it rules out the lanes of `ruled_out` from `boxes`[b, 1] on.
    `boxes` [boxes + 1, 2] ends with the ends of both.
    """

    starts: Ints
    split: int
    statuses: Ints
    months: Ints
    row_of_age: Ints
    limits: Ints
    weights: Ints
    height_min: int
    boxes: Ints
    bounds: Ints
    ruled_out: Ints


@dataclass(frozen=True, slots=True, eq=False)
class ClassTable:
    """Several guides compiled: the arrays, and what each guide's lanes stand for.

    `family` are the rules of family history, each with the lanes that it rules out where broken.
    """

    guides: tuple[tuple[Edition, AgeBasis], ...]
    candidates: tuple[tuple[Candidate, ...], ...]
    lanes: Lanes
    family: tuple[tuple[FamilyRule, Ints], ...]

    @property
    def size(self) -> int:
        """How many lanes there are."""
        return len(self.lanes.statuses)


def can_compile(guide: Edition) -> bool:
    """Whether figures on their grid decide the guide's class; else only `assess` judges by it."""
    return (guide.guide or Guide(classes=())).once("can compile", _can_compile)


def _can_compile(rules: Guide) -> bool:
    if not (is_beside(rules) and _takes_nicotine(rules) and makes_boxes(rules)):
        return False
    fine = (c for c in rules.criteria if c.kind in GRID and (c.limit * GRID[c.kind]) % 1)
    large = (c for c in rules.criteria if c.limit * GRID.get(c.kind, 1) >= BIG)
    return (
        next(fine, None) is None
        and next(large, None) is None
        and _is_plain(rules)
        and not any((r.age_from, r.age_to, r.sex) != (None, None, None) for r in rules.family)
        and _charts_meet(rules)
    )


def _takes_nicotine(rules: Guide) -> bool:
    """Whether products without a rule of their own count by months alone."""
    if not rules.nicotine:
        return True
    allowed = any(one.product is None and one.per_year is not None for one in rules.nicotine)
    months = max(rule.free_months for rule in rules.nicotine)
    return not allowed and months < BIG and bool(_of_non_users(rules))


def _of_non_users(rules: Guide) -> list[GuideClass]:
    """The classes of which one has to let the use of nicotine pass for a non-user."""
    return [one for one in rules.classes if one.nicotine is not Nicotine.USER and not one.on_review]


def compile_classes(guides: Iterable[tuple[Edition, AgeBasis]]) -> ClassTable:
    """The guides as lanes; each must be one that `can_compile`."""
    ordered = tuple(sorted(guides, key=lambda pair: (pair[1] is AgeBasis.LAST, pair[0].name)))
    candidates = tuple(tuple(_candidates(guide.guide)) for guide, _ in ordered)
    sizes = [len(lanes) for lanes in candidates]
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    nearest = sum(
        n for n, (_, basis) in zip(sizes, ordered, strict=True) if basis is AgeBasis.NEAREST
    )
    flat = [
        (g.guide or Guide(()), c)
        for (g, _), own in zip(ordered, candidates, strict=True)
        for c in own
    ]
    row_of_age, limits = _limits(flat)
    height_min, weights = _weights(flat)
    boxes, bounds, ruled_out = _boxes(ordered, candidates)
    lanes = Lanes(
        starts=starts,
        split=nearest,
        statuses=_ints(c.statuses for _, c in flat),
        months=_ints(_months_to_non_user(rules) for rules, _ in flat),
        row_of_age=row_of_age,
        limits=limits,
        weights=weights,
        height_min=height_min,
        boxes=boxes,
        bounds=bounds,
        ruled_out=ruled_out,
    )
    return ClassTable(ordered, candidates, lanes, _family(flat))


def family_fails(table: ClassTable, histories: Sequence[tuple[Relative, ...]]) -> Flags:
    """[histories + 1, lanes]: 1 where a family history rules a lane out. Row 0 has none."""
    found = np.zeros((len(histories) + 1, table.size), np.uint8)
    for row, history in enumerate(histories, 1):
        for rule, lanes in table.family:
            if is_broken(rule, history):
                found[row, lanes] = 1
    return found


def _family(flat: "_Flat") -> tuple[tuple[FamilyRule, Ints], ...]:
    """Each rule of family history once, whoever has it, with the lanes that it may rule out."""
    lanes: dict[FamilyRule, list[int]] = {}
    for lane, (rules, candidate) in enumerate(flat):
        for rule in rules.family:
            if rule.class_code == candidate.one.code:
                same = replace(rule, class_code="", page="", row=0)
                lanes.setdefault(same, []).append(lane)
    return tuple((rule, _ints(own)) for rule, own in lanes.items())


def _months_to_non_user(rules: Guide) -> int:
    """Months free of nicotine that make a non-user; 0 where the guide never asks."""
    months = months_to_non_user(rules)
    if months is not None and rules.nicotine:
        return min(months_of_class(rules, one.code) for one in _of_non_users(rules))
    return months or 0


def _boxes(
    ordered: Sequence[tuple[Edition, AgeBasis]], candidates: Sequence[Sequence[Candidate]]
) -> tuple[Ints, Ints, Ints]:
    """The boxes of all guides as `Lanes` has them."""
    starts: list[tuple[int, int]] = []
    bounds: list[tuple[int, int, int]] = []
    ruled_out: list[int] = []
    first = 0
    for (edition, basis), own in zip(ordered, candidates, strict=True):
        for codes, box in boxes_of(edition.guide or Guide(())):
            starts.append((len(bounds), len(ruled_out)))
            bounds += [(_column(name, basis), *held) for name, held in box.items()]
            ruled_out += [first + at for at, lane in enumerate(own) if lane.one.code in codes]
        first += len(own)
    starts.append((len(bounds), len(ruled_out)))
    return (
        np.array(starts, np.int32),
        np.array(bounds, np.int32).reshape(-1, 3),
        np.array(ruled_out, np.int32),
    )


def _column(name: str, basis: AgeBasis) -> int:
    """The column of a life that a figure of a box stands in."""
    if name == "age":
        return 1 if basis is AgeBasis.LAST else 0
    return 2 + ClassFacts._fields.index(name)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int32)


def _candidates(rules: Guide | None) -> Iterator[Candidate]:
    """The classes, then each table of the chart, for a non-user first."""
    if rules is None:
        return
    for one in rules.classes:
        yield Candidate(one, None, 0 if one.on_review else _STATUSES[one.nicotine])
    asks = months_to_non_user(rules) is not None
    statuses = (Nicotine.NONE, Nicotine.USER) if asks else (Nicotine.ANY,)
    for table in sorted({n for row in rules.build if (n := table_number(row.class_code))}):
        for status in statuses:
            rated = [
                c for c in rules.classes if c.nicotine in (Nicotine.ANY, status) and not c.on_review
            ]
            if rated:
                yield Candidate(rated[-1], table, _STATUSES[status])


def table_number(class_code: str) -> int | None:
    """The number of a chart's `table_N`; None for a class."""
    number = class_code.removeprefix("table_")
    return int(number) if number != class_code and number.isdigit() else None


_Flat = Sequence[tuple[Guide, Candidate]]


def _limits(flat: _Flat) -> tuple[Ints, Ints]:
    """The limits of every lane for each run of ages that have the same ones."""
    starts = {0, 1}
    for rules, _ in flat:
        for c in rules.criteria:
            starts |= {(c.age_from or 0) + 1, (c.age_to if c.age_to is not None else AGES) + 2}
    firsts = sorted(start for start in starts if start < AGES)
    row_of_age = np.searchsorted(firsts, np.arange(AGES), side="right").astype(np.int32) - 1
    limits = np.full((len(firsts), len(_LIMITS), len(flat)), BIG, np.int32)
    for k, kind in enumerate(_LIMITS):
        limits[:, k, :] = -BIG if kind in _MINIMUM or kind is _LIMITS[5] else BIG
    for lane, (rules, candidate) in enumerate(flat):
        by_product = bool(rules.nicotine)
        for c in rules.criteria:
            of_months = by_product and c.kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN
            if c.class_code in (None, candidate.one.code) and not of_months:
                _put_limit(limits[:, _LIMITS.index(c.kind), lane], c, firsts)
        if by_product and candidate.one.nicotine is not Nicotine.USER:
            limits[:, 5, lane] = months_of_class(rules, candidate.one.code)
    return row_of_age.astype(np.int32), limits


def _put_limit(column: Ints, c: Criterion, firsts: Sequence[int]) -> None:
    """Makes one limit hold at its ages; of several the strictest counts."""
    scaled = c.limit * GRID.get(c.kind, 1)
    least = c.kind in _MINIMUM or c.kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN
    figure = int(scaled) if c.kind not in _MINIMUM else -int(-scaled // 1)
    for row, first in enumerate(firsts):
        age = first - 1
        bounded = c.age_from is not None or c.age_to is not None
        inside = (c.age_from or 0) <= age and (c.age_to is None or age <= c.age_to)
        if not bounded or (age >= 0 and inside):
            column[row] = max(column[row], figure) if least else min(column[row], figure)


def _weights(flat: _Flat) -> tuple[int, Ints]:
    """Least and most weight of every lane at every height of any chart."""
    heights = {int(row.height_in) for rules, _ in flat for row in rules.build} or {0}
    low, high = min(heights), max(heights)
    found = np.empty((high - low + 3, len(_SEXES), 2, len(flat)), np.int32)
    for s, sex in enumerate(_SEXES):
        for lane, (rules, candidate) in enumerate(flat):
            charted = _charted(rules, candidate)
            unknown = _NO_HEIGHT if candidate.table is not None else _ANY_HEIGHT
            found[0, s, :, lane] = unknown
            found[-1, s, :, lane] = _NO_HEIGHT if rules.build else _ANY_HEIGHT
            for height in range(low, high + 1):
                found[height - low + 1, s, :, lane] = charted(height, sex)
    return low, found


def _charted(rules: Guide, candidate: Candidate) -> Callable[[int, Sex | None], tuple[int, int]]:
    """What the chart gives a lane by height and sex."""
    if not rules.build:
        return lambda _height, _sex: _ANY_HEIGHT
    code = _row_code(rules, candidate)
    there: Mapping[Height, list[BuildRow]] = rules.once("build rows by height", _by_height)

    def bounds(height: int, sex: Sex | None) -> tuple[int, int]:
        rows = [r for r in there.get(height, ()) if None in (r.sex, sex) or r.sex is sex]
        own = [r for r in rows if r.class_code == code]
        if own:
            return _hull(own)
        return _NOT_THIS_WEIGHT if rows and candidate.table is None else _NO_HEIGHT

    return bounds


def _by_height(rules: Guide) -> Mapping[Height, list[BuildRow]]:
    found: dict[Height, list[BuildRow]] = {}
    for row in rules.build:
        found.setdefault(row.height_in, []).append(row)
    return found


def _row_code(rules: Guide, candidate: Candidate) -> str:
    """The chart's word for a lane: a class it never names goes by its most generous class."""
    if candidate.table is not None:
        return f"table_{candidate.table}"
    charted = {row.class_code for row in rules.build}
    named = [one.code for one in rules.classes if one.code in charted]
    return candidate.one.code if candidate.one.code in charted else (named or [""])[-1]


def _hull(rows: Sequence[BuildRow]) -> tuple[int, int]:
    lows = [-BIG if r.weight_min_lb is None else r.weight_min_lb for r in rows]
    return min(lows), max(r.weight_max_lb for r in rows)


def _is_plain(rules: Guide) -> bool:
    """Whether the chart has every whole inch from its lowest to its highest, alike at all ages."""
    heights = {row.height_in for row in rules.build}
    ages = any(row.age_from is not None or row.age_to is not None for row in rules.build)
    whole = all(isinstance(height, int) for height in heights)
    return not ages and whole and (not heights or max(heights) - min(heights) + 1 == len(heights))


def _charts_meet(rules: Guide) -> bool:
    """Whether rows of one class and height overlap or touch, so that one pair of bounds holds both."""
    by_key: dict[tuple[Height, str], list[BuildRow]] = {}
    for row in rules.build:
        by_key.setdefault((row.height_in, row.class_code), []).append(row)
    for rows in by_key.values():
        if len({row.sex for row in rows}) < len(rows) or len(rows) > 2:
            return False
        if len(rows) == 2:
            (low, high), (other_low, other_high) = (_hull([row]) for row in rows)
            if None in {row.sex for row in rows} or max(low, other_low) > min(high, other_high) + 1:
                return False
    return True
