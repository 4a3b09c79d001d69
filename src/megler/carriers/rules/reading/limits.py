"""Rows of limits: the build chart, criteria of classes, family history."""

from decimal import Decimal

from megler.carriers.rules.guide import (
    BuildRow,
    Criterion,
    CriterionKind,
    FamilyCondition,
    FamilyEvent,
    FamilyRelation,
    FamilyRule,
)
from megler.carriers.rules.heights import Height, height_in
from megler.carriers.rules.reading.conditions import OLDEST, ages
from megler.carriers.rules.rows import Row
from megler.vocabulary.codes import Sex

TABLES = tuple(f"table_{number}" for number in range(1, 17))


def build_row(row: Row, codes: list[str]) -> BuildRow | None:
    """A class or table's weights at a height."""
    height = _height(row)
    sex = row.one_of("sex", ["any", *Sex])
    code = row.one_of("class", [*codes, *TABLES])
    low = row.maybe_whole("weight_min_lb", 20, 900)
    high = row.whole("weight_max_lb", 20, 900)
    age_from, age_to = ages(row)
    page = row.maybe_text("page")
    if height is None or high is None:
        return None
    if low is not None and low > high:
        row.tell("bounds_reversed", "weight_max_lb", high, f"at least {low}")
    else:
        _plausible_weight(row, "weight_max_lb", height, high, _GREATEST_BMI)
        _plausible_weight(row, "weight_min_lb", height, low, _LEAST_BMI)
    own = Sex(sex) if sex in set(Sex) else None
    return BuildRow(height, own, code, low, high, page, row.number, age_from, age_to)


def _height(row: Row) -> Height | None:
    """A height in inches with at most two decimals."""
    inches = row.figure("height_in")
    if inches is None:
        return None
    if not _SHORTEST_IN <= inches <= _TALLEST_IN:
        row.tell("out_of_range", "height_in", inches, f"{_SHORTEST_IN} to {_TALLEST_IN}")
        return None
    if inches != round(inches, 2):
        row.tell("too_many_decimals", "height_in", inches, "at most two")
        return None
    return height_in(inches)


_SHORTEST_IN, _TALLEST_IN = 36, 96
_LEAST_BMI, _GREATEST_BMI = (10, 35), (16, 90)
"""Body-mass indexes that no chart's least and greatest weights leave: they catch kilograms."""
_POUNDS_PER_BMI = Decimal(1) / 703


def _plausible_weight(
    row: Row, column: str, height: Height, weight_lb: int | None, bmi: tuple[int, int]
) -> None:
    least, most = (round(index * height**2 * _POUNDS_PER_BMI) for index in bmi)
    if weight_lb is not None and not least <= weight_lb <= most:
        expected = f"{least} to {most} lb at {height} in"
        row.tell("out_of_range", column, weight_lb, expected)


def criterion(row: Row, codes: list[str]) -> Criterion | None:
    """One limit of a class."""
    code = row.one_of("class", ["any", *codes])
    kind = row.choice("criterion", CriterionKind)
    age_from, age_to = ages(row)
    limit = row.figure("limit", zero=True)
    page = row.maybe_text("page")
    if kind is None or limit is None:
        return None
    least, most = _PLAUSIBLE[kind]
    if not least <= limit <= most:
        row.tell("out_of_range", "limit", limit, f"{least} to {most}")
    if kind is CriterionKind.NICOTINE_FREE_MONTHS_MIN and limit != int(limit):
        row.tell("not_whole", "limit", limit, "whole months")
    class_code = None if code == "any" else code
    return Criterion(class_code, kind, age_from, age_to, limit, page, row.number)


_PLAUSIBLE: dict[CriterionKind, tuple[int, int]] = {
    CriterionKind.SYSTOLIC_MAX: (80, 220),
    CriterionKind.DIASTOLIC_MAX: (40, 140),
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: (1, 20),
    CriterionKind.CHOLESTEROL_TOTAL_MIN: (50, 400),
    CriterionKind.CHOLESTEROL_TOTAL_MAX: (50, 600),
    CriterionKind.NICOTINE_FREE_MONTHS_MIN: (0, 240),
}
"""Bounds in mmHg, mg/dL, total/HDL and months that no guide leaves: they catch swapped columns."""


def family_rule(row: Row, codes: list[str]) -> FamilyRule | None:
    """How many relatives a class allows."""
    code = row.one_of("class", codes)
    relation = row.choice("relation", FamilyRelation)
    condition = row.choice("condition", FamilyCondition)
    event = row.choice("event", FamilyEvent)
    before = row.whole("before_age", 1, OLDEST)
    allowed = row.whole("allowed", 0, 20)
    page = row.maybe_text("page")
    if relation is None or condition is None or event is None or before is None or allowed is None:
        return None
    return FamilyRule(code, relation, condition, event, before, allowed, page, row.number)
