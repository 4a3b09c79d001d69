"""A guide of a carrier that does not exist, and people to judge by it."""

from datetime import date
from decimal import Decimal
from typing import Any

from megler.carriers.rules.edition import Edition, EditionKind
from megler.carriers.rules.guide import (
    BuildRow,
    Criterion,
    CriterionKind,
    FamilyCondition,
    FamilyEvent,
    FamilyRelation,
    FamilyRule,
    Guide,
    GuideClass,
    Nicotine,
    RequirementRow,
)
from megler.underwriting.rules.facts import Person, read_facts
from megler.vocabulary.codes import RequirementKind

ON = date(2026, 3, 1)

KNOWN: dict[str, Any] = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    "height_in": 64,
    "weight_lb": 140,
    "nicotine": [],
    "blood_pressure": {"systolic": 120, "diastolic": 78},
    "cholesterol": {"total": 190, "hdl_ratio": 3.8},
    "family": [],
}
"""A healthy woman of 47, everything known that the guide asks."""

_CLASSES = (
    GuideClass("preferred_plus", "Preferred Plus", "preferred_plus", Nicotine.NONE),
    GuideClass("preferred", "Preferred", "preferred", Nicotine.NONE),
    GuideClass("standard", "Standard", "standard", Nicotine.NONE),
    GuideClass("preferred_tobacco", "Preferred Tobacco", "preferred_tobacco", Nicotine.USER),
    GuideClass("standard_tobacco", "Standard Tobacco", "standard_tobacco", Nicotine.USER),
)
_WEIGHTS = {
    "preferred_plus": 150,
    "preferred": 165,
    "standard": 185,
    "table_2": 200,
    "table_4": 215,
}
_LIMITS = {
    CriterionKind.SYSTOLIC_MAX: (130, 140, 150),
    CriterionKind.DIASTOLIC_MAX: (80, 88, 92),
    CriterionKind.CHOLESTEROL_HDL_RATIO_MAX: (4, 5, 6),
    CriterionKind.NICOTINE_FREE_MONTHS_MIN: (36, 24, 12),
}


def build_rows() -> tuple[BuildRow, ...]:
    """Weights at 60 to 72 in: those of 64 in, five pounds more or less an inch."""
    return tuple(
        BuildRow(height, None, code, 95, weight + 5 * (height - 64), page="11")
        for height in range(60, 73)
        for code, weight in _WEIGHTS.items()
    )


def criteria() -> tuple[Criterion, ...]:
    """Vitals by class, and a floor of total cholesterol for every class."""
    ladder = ("preferred_plus", "preferred", "standard")
    return (
        *(
            Criterion(code, kind, None, None, Decimal(limit), page="12")
            for kind, limits in _LIMITS.items()
            for code, limit in zip(ladder, limits, strict=True)
        ),
        Criterion(None, CriterionKind.CHOLESTEROL_TOTAL_MIN, None, None, Decimal(100)),
        Criterion(None, CriterionKind.CHOLESTEROL_TOTAL_MAX, None, None, Decimal(300)),
    )


def family_rules() -> tuple[FamilyRule, ...]:
    """No parent's early heart death for preferred plus, at most one for preferred."""
    return tuple(
        FamilyRule(
            code,
            FamilyRelation.PARENT,
            FamilyCondition.CARDIOVASCULAR,
            FamilyEvent.DEATH,
            60,
            allowed,
            page="13",
        )
        for code, allowed in (("preferred_plus", 0), ("preferred", 1))
    )


def guide(**parts: Any) -> Edition:
    """The whole guide; `parts` replace parts of it."""
    kinds = (RequirementKind.PARAMEDICAL_EXAM, RequirementKind.BLOOD_PROFILE)
    grid = (
        RequirementRow(18, 50, Decimal(0), Decimal(249999), (RequirementKind.MIB,), "5"),
        RequirementRow(18, 50, Decimal(250000), None, (RequirementKind.MIB, *kinds), "5"),
        RequirementRow(51, None, Decimal(0), None, (*kinds, RequirementKind.ECG), "5"),
    )
    whole = {
        "classes": _CLASSES,
        "build": build_rows(),
        "criteria": criteria(),
        "family": family_rules(),
        "requirements": grid,
    }
    return edition_of(Guide(**(whole | parts)))


def edition_of(rules: Guide) -> Edition:
    """An edition that holds these rules."""
    return Edition(
        kind=EditionKind.GUIDE,
        carrier="fjordlife",
        carrier_name="Fjord Life",
        series="guide",
        title="Guide 2026",
        effective_from=date(2026, 1, 1),
        effective_until=None,
        currency="USD",
        source="",
        guide=rules,
    )


def person(on: date = ON, **facts: Any) -> Person:
    """The healthy woman, with these facts instead; `...` makes one unknown."""
    document = {key: value for key, value in (KNOWN | facts).items() if value is not ...}
    read, problems = read_facts(document, on)
    assert read is not None, problems
    return read.insured
