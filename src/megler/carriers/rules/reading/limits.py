"""Rows of limits: the build chart, criteria of classes, family history."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from megler.carriers.rules.guide import (
    BuildRow,
    Criterion,
    CriterionKind,
    FamilyCondition,
    FamilyEvent,
    FamilyRelation,
    FamilyRule,
    Metric,
)
from megler.carriers.rules.heights import Height, height_in
from megler.carriers.rules.reading.conditions import OLDEST, ages, parted
from megler.carriers.rules.rows import Row
from megler.carriers.rules.when.names import nearest
from megler.vocabulary.codes import Sex
from megler.vocabulary.conditions import conditions

TABLES = tuple(f"table_{number}" for number in range(1, 17))


def build_row(row: Row, codes: list[str], metric: bool = False) -> BuildRow | None:
    """A class or table's weights at a height."""
    written = _metric(row) if metric else None
    height = _inches(written) if written else None
    sex = row.one_of("sex", ["any", *Sex])
    code = row.one_of("class", [*codes, *TABLES])
    low, high = _pounds(written) if written else (None, None)
    if not metric:
        height = _height(row, "height_in", _INCHES)
        low = row.maybe_whole("weight_min_lb", 20, 900)
        high = row.whole("weight_max_lb", 20, 900)
    age_from, age_to = ages(row)
    page = row.maybe_text("page")
    if height is None or high is None:
        return None
    unit = _KG if metric else _LB
    if low is not None and low > high:
        least = row.cell(f"weight_min_{unit.name}")
        row.tell("bounds_reversed", unit.most, row.cell(unit.most), f"at least {least}")
    else:
        _plausible_weight(row, unit.most, height, high, _GREATEST_BMI)
        _plausible_weight(row, unit.least, height, low, _LEAST_BMI)
    own = Sex(sex) if sex in set(Sex) else None
    return BuildRow(height, own, code, low, high, page, row.number, age_from, age_to, written)


def _metric(row: Row) -> Metric | None:
    """The row of a metric chart as it stands."""
    height = _height(row, "height_cm", _CENTIMETRES)
    low, high = (_kilograms(row, column) for column in (_KG.least, _KG.most))
    return None if height is None or high is None else Metric(height, low, high)


def _kilograms(row: Row, column: str) -> Decimal | None:
    """A weight in kilograms with at most one decimal; None where it is empty and may be."""
    if column == _KG.least and not row.cell(column):
        return None
    found = row.figure(column)
    if found is None or (_LIGHTEST_KG <= found <= _HEAVIEST_KG and found == round(found, 1)):
        return found
    row.tell(
        "out_of_range", column, found, f"{_LIGHTEST_KG} to {_HEAVIEST_KG}, at most one decimal"
    )
    return None


def _inches(written: Metric) -> Height:
    """The height in inches, rounded down, so that a height halfway between two is read at the upper."""
    inches = Decimal(written.height_cm) / _CM_PER_INCH
    return height_in(inches.quantize(_HUNDREDTH, rounding=ROUND_DOWN))


def _pounds(written: Metric) -> tuple[int | None, int]:
    """The nearest pounds, halves up, as a person's weight is read."""
    least = written.weight_min_kg
    return None if least is None else _nearest(least), _nearest(written.weight_max_kg)


def _nearest(kilograms: Decimal) -> int:
    return int((kilograms / _KG_PER_POUND).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _height(row: Row, column: str, within: tuple[int, int]) -> Height | None:
    """A height with at most two decimals."""
    found = row.figure(column)
    if found is None:
        return None
    if not within[0] <= found <= within[1]:
        row.tell("out_of_range", column, found, f"{within[0]} to {within[1]}")
        return None
    if found != round(found, 2):
        row.tell("too_many_decimals", column, found, "at most two")
        return None
    return height_in(found)


class _Unit(NamedTuple):
    """A unit of weight, its columns, and how many of it a pound is."""

    name: str
    least: str
    most: str
    of_pound: Decimal


_KG_PER_POUND, _CM_PER_INCH = Decimal("0.45359237"), Decimal("2.54")
_LB = _Unit("lb", "weight_min_lb", "weight_max_lb", Decimal(1))
_KG = _Unit("kg", "weight_min_kg", "weight_max_kg", _KG_PER_POUND)
_INCHES, _CENTIMETRES = (36, 96), (91, 244)
_HUNDREDTH = Decimal("0.01")
_LIGHTEST_KG, _HEAVIEST_KG = 9, 408
_LEAST_BMI, _GREATEST_BMI = (10, 35), (16, 90)
"""Body-mass indexes that no chart's least and greatest weights leave: they catch kilograms."""
_POUNDS_PER_BMI = Decimal(1) / 703


def _plausible_weight(
    row: Row, column: str, height: Height, weight_lb: int | None, bmi: tuple[int, int]
) -> None:
    least, most = (round(index * height**2 * _POUNDS_PER_BMI) for index in bmi)
    if weight_lb is not None and not least <= weight_lb <= most:
        unit = _KG if column in _KG else _LB
        at = f"{row.cell('height_cm')} cm" if unit is _KG else f"{height} in"
        expected = f"{least * unit.of_pound:.0f} to {most * unit.of_pound:.0f} {unit.name} at {at}"
        row.tell("out_of_range", column, row.cell(column), expected)


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
    age_from, age_to = ages(row)
    sex = row.one_of("sex", ["any", *Sex]) if row.cell("sex") else "any"
    but = parted(row, "except", by=None)
    for one in but:
        if one not in conditions():
            row.tell("unknown_impairment", "except", one, nearest(one, conditions()))
    if relation is None or condition is None or event is None or before is None or allowed is None:
        return None
    return FamilyRule(
        class_code=code,
        relation=relation,
        condition=condition,
        event=event,
        before_age=before,
        allowed=allowed,
        page=page,
        row=row.number,
        age_from=age_from,
        age_to=age_to,
        sex=Sex(sex) if sex in set(Sex) else None,
        but=but,
    )
