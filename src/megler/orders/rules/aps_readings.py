"""Readings as they stand in records: blood pressure, laboratory values, weight; never a goal or a range."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, slots=True)
class Measure:
    """How a reading is written, its unit, and between what it can be true of a person."""

    name: str
    pattern: re.Pattern[str]
    unit: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """A value read: `second` is the diastolic pressure, `confidence` in per cent."""

    name: str
    value: Decimal
    second: Decimal | None
    unit: str
    confidence: int


def _measure(name: str, label: str, unit: str, low: str, high: str) -> Measure:
    pattern = re.compile(
        rf"(?<![/\w])(?:{label})\b(?!\s*/|[^\d\n]{{0,12}}\bratio\b)", re.IGNORECASE
    )
    return Measure(name, pattern, unit, Decimal(low), Decimal(high))


BLOOD_PRESSURE = "blood_pressure"
_PRESSURE = re.compile(
    r"(?<![\d/.-])(\d{2,3})\s?/\s?(\d{2,3})(?![\d/])(?:\s?mm\s?hg)?", re.IGNORECASE
)
_PRESSURE_LABEL = re.compile(r"\b(?:bp|b/p|blood\s+pressure|mm\s?hg)\b", re.IGNORECASE)
_VITALS = re.compile(r"\b(?:vs|vitals?(?:\s+signs)?|objective)\b", re.IGNORECASE)
_GOAL = re.compile(r"\b(?:goal|target)\b[^,;]*$", re.IGNORECASE)
MEASURES = (
    _measure("a1c", r"hb\s?a1c|hgb\s?a1c|a1c|hemoglobin\s+a1c|glycohemoglobin", "%", "3", "20"),
    _measure(
        "cholesterol",
        r"total\s+chol(?:esterol)?|cholesterol,?\s+total|cholesterol|tc",
        "mg/dL",
        "60",
        "600",
    ),
    _measure("ldl", r"ldl(?:-c)?(?:\s+chol(?:esterol)?)?(?:\s+calc)?", "mg/dL", "10", "450"),
    _measure("hdl", r"(?<!non-)(?<!non )hdl(?:-c)?(?:\s+chol(?:esterol)?)?", "mg/dL", "5", "150"),
    _measure("triglycerides", r"triglycerides?|trig", "mg/dL", "20", "5000"),
    _measure("glucose", r"(?:fasting\s+)?glucose|fbs", "mg/dL", "30", "900"),
    _measure("bmi", r"bmi|body\s+mass\s+index", "kg/m2", "10", "90"),
    _measure("weight", r"(?:weight|wt)(?!\s+(?:loss|gain|change|goal|lost))", "lb", "60", "700"),
    _measure("pulse", r"pulse(?!\s*ox)|heart\s+rate|(?<!\d )hr", "/min", "30", "220"),
    _measure("creatinine", r"creatinine|creat", "mg/dL", "0.2", "15"),
    _measure("egfr", r"e?gfr", "mL/min", "5", "150"),
    _measure("psa", r"psa", "ng/mL", "0", "500"),
)
_NUMBER = re.compile(r"\d{1,4}(?:\.\d{1,2})?(?![\d/]|\.\d)")
_FIRST_GAP = re.compile(r"[^\d\n,;]{0,24}")
_NEXT_GAP = re.compile(
    r"(?:[\s%:=()*|]|mg/dl|kg/m2|(?:result|value|is|was|today|found|units?|[hl])\b)*", re.IGNORECASE
)
_BOUND = re.compile(
    r"[<>≤≥]\s*=?\s*$|\b(?:goal|target|under|below|above|less\s+than|greater\s+than)\b\W*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?[-–]\s?\d")
_TRIES = 3
_KILOGRAMS = re.compile(r"\s?kgs?\b(?!/)", re.IGNORECASE)
_POUNDS_A_KILOGRAM = Decimal("2.20462")


def readings(line: str) -> Iterator[Reading]:
    """Every reading of a line. What is a goal, a bound or a range of reference is none; kilograms
    are told in pounds."""
    yield from _pressures(line)
    for measure in MEASURES:
        for match in measure.pattern.finditer(line):
            if found := _value(measure, line, match.end()):
                yield found


def _pressures(line: str) -> Iterator[Reading]:
    labelled = bool(_PRESSURE_LABEL.search(line))
    if not labelled and not _VITALS.search(line):
        return
    for match in _PRESSURE.finditer(line):
        high, low = int(match[1]), int(match[2])
        before = line[: match.start()]
        if _BOUND.search(before) or _GOAL.search(before):
            continue
        if 60 <= high <= 260 and 30 <= low <= 160 and high > low:
            sure = 95 if labelled else 70
            yield Reading(BLOOD_PRESSURE, Decimal(high), Decimal(low), "mmHg", sure)


def _value(measure: Measure, line: str, at: int) -> Reading | None:
    """The first number behind a label that is a value itself."""
    gap = _FIRST_GAP
    for _try in range(_TRIES):
        between = gap.match(line, at)
        number = _NUMBER.match(line, between.end()) if between else None
        if between is None or number is None:
            return None
        has_range = _RANGE.match(line, number.end())
        if has_range or _BOUND.search(between[0]):
            rest = re.compile(r"\s?[-–]\s?\d+(?:\.\d+)?").match(line, number.end())
            at, gap = (rest or number).end(), _NEXT_GAP
            continue
        return _made(measure, line, number)
    return None


def _made(measure: Measure, line: str, number: re.Match[str]) -> Reading | None:
    try:
        value = Decimal(number[0])
    except InvalidOperation:
        return None
    behind = line[number.end() : number.end() + 8]
    has_unit = measure.unit.casefold() in behind.casefold()
    if measure.name == "weight" and _KILOGRAMS.match(behind):
        value, has_unit = (value * _POUNDS_A_KILOGRAM).quantize(Decimal("0.1")), True
    if not measure.low <= value <= measure.high:
        return None
    return Reading(measure.name, value, None, measure.unit, 95 if has_unit else 85)
