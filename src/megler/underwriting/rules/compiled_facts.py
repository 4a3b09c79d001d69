"""A person's facts as whole numbers on a grid, as compiled guides compare them.

A maximum is compared with the figure rounded up to the grid, a minimum with it rounded down: as the
limits lie on the grid, that decides exactly as the figure itself would.
"""

import math
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from megler.carriers.rules.guide import CriterionKind
from megler.underwriting.rules.build import whole
from megler.underwriting.rules.people import Person
from megler.vocabulary.ages import add_months
from megler.vocabulary.codes import Sex

BIG = 30_000_000
"""Beyond every figure: a limit that nobody misses, or months without nicotine ever."""
GRID = {
    CriterionKind.SYSTOLIC_MAX: 1,
    CriterionKind.DIASTOLIC_MAX: 1,
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: 1000,
    CriterionKind.CHOLESTEROL_TOTAL_MAX: 100,
    CriterionKind.CHOLESTEROL_TOTAL_MIN: 100,
}
"""Parts of a unit that each figure and its limits are counted in."""
UNKNOWN = -1
_KG_PER_LB, _M_PER_IN = Decimal("0.45359237"), Decimal("0.0254")


class ClassFacts(NamedTuple):
    """What guides ask of a person; -1: not known.

    Height is whole inches, weight whole pounds. `ratio_up` is total / HDL in thousandths rounded up,
    `total_up` and `total_down` total cholesterol in hundredths. `free_months` are the most whole
    months that are not surely with nicotine (BIG: no use known), `sure_months` the most that are
    surely without (-1: not sure of any). `bmi_tenths` are tenths of kg/m2 of height and weight as
    told; whether pressure and cholesterol are treated is 0 or 1.
    """

    sex: int
    height: int
    weight: int
    systolic: int
    diastolic: int
    ratio_up: int
    total_up: int
    total_down: int
    free_months: int
    sure_months: int
    bmi_tenths: int
    pressure_treated: int
    cholesterol_treated: int


SEX_PLACES = {None: -1, Sex.FEMALE: 0, Sex.MALE: 1}


def class_facts(person: Person, on: date) -> ClassFacts:
    """The facts of a person on a day, but for age and family."""
    pressure, cholesterol = person.blood_pressure, person.cholesterol
    ratio = cholesterol.hdl_ratio if cholesterol else None
    total = cholesterol.total if cholesterol else None
    free, sure = nicotine_months(person, on)
    return ClassFacts(
        sex=SEX_PLACES[person.sex],
        height=_whole(person.height_in),
        weight=_whole(person.weight_lb),
        systolic=_figure(pressure.systolic if pressure else None),
        diastolic=_figure(pressure.diastolic if pressure else None),
        ratio_up=UNKNOWN if ratio is None else _capped(math.ceil(ratio * 1000)),
        total_up=UNKNOWN if total is None else _capped(math.ceil(total * 100)),
        total_down=UNKNOWN if total is None else _capped(math.floor(total * 100)),
        free_months=free,
        sure_months=sure,
        bmi_tenths=_bmi_tenths(person.height_in, person.weight_lb),
        pressure_treated=_flag(pressure.treated if pressure else None),
        cholesterol_treated=_flag(cholesterol.treated if cholesterol else None),
    )


def nicotine_months(person: Person, on: date) -> tuple[int, int]:
    """The months for which `nicotine.nicotine_free` does not fail, and for which it is met."""
    if person.nicotine is None:
        return BIG, UNKNOWN
    free, sure = BIG, UNKNOWN if "nicotine" in person.incomplete else BIG
    for use in person.nicotine:
        if use.last_used is None:
            sure = UNKNOWN
        else:
            free = min(free, months_since(use.last_used.first, on))
            sure = min(sure, months_since(use.last_used.last, on))
    return free, sure


def months_since(day: date, on: date) -> int:
    """The most whole months that are over on `on`; -1 for a day still to come.

    >>> months_since(date(2025, 12, 31), date(2026, 2, 28))
    2
    """
    months = (on.year - day.year) * 12 + on.month - day.month
    if months >= 0 and add_months(day, months) > on:
        months -= 1
    return max(months, UNKNOWN)


def _bmi_tenths(height_in: Decimal | None, weight_lb: Decimal | None) -> int:
    """As `knowledge` rounds the BMI, in tenths."""
    if height_in is None or weight_lb is None:
        return UNKNOWN
    metres = height_in * _M_PER_IN
    mass = (weight_lb * _KG_PER_LB / (metres * metres)).quantize(Decimal("0.1"))
    return _capped(int(mass * 10))


def _whole(figure: Decimal | None) -> int:
    return UNKNOWN if figure is None else _capped(whole(figure))


def _figure(figure: int | None) -> int:
    return UNKNOWN if figure is None else _capped(figure)


def _flag(told: bool | None) -> int:
    return UNKNOWN if told is None else int(told)


def _capped(figure: int) -> int:
    return min(figure, BIG - 1)
