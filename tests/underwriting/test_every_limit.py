"""Every row of the real build charts and every limit of their criteria, at the limit and beyond.

What each chart says is read here from its CSV alone, so that nothing of the product is asked to
vouch for itself.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from megler.carriers.packages import read_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.underwriting.rules.assessment import INDIVIDUAL, Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.ages import add_months

EDITIONS = Path(__file__).parents[2] / "editions"
NAMES = ("nordhavn-life", "prairie-mutual")
ON = date(2026, 6, 15)
SMOKER = [{"product": "cigarette", "last_used": "2026-06-01", "per_week": 40}]
FIT: dict[str, Any] = {
    "born": "1981-02-11", "sex": "female", "family": [],
    "blood_pressure": {"systolic": 110, "diastolic": 70, "treated": False},
    "cholesterol": {"total": 180, "hdl_ratio": 3.0, "treated": False},
}  # fmt: skip


@dataclass(frozen=True)
class Chart:
    """A guide as its files say it: classes by nicotine, best first, and the rows of its tables."""

    guide: Edition
    classes: dict[str, list[str]]
    build: list[dict[str, str]]
    criteria: list[dict[str, str]]

    def at(self, height: int, weight: int, nicotine: str) -> str:
        """The best class or table whose weights at the height hold this one."""
        holding = [
            row["class"]
            for row in self.build
            if int(row["height_in"]) == height
            and int(row["weight_min_lb"] or 0) <= weight <= int(row["weight_max_lb"])
        ]
        tables = [f"table_{number}" for number in range(1, 17)]
        return next((c for c in [*self.classes[nicotine], *tables] if c in holding), INDIVIDUAL)


@cache
def chart(name: str) -> Chart:
    folder = EDITIONS / name / "guide"
    guide, _, _ = check_edition(read_files(folder))
    assert guide is not None
    head = tomllib.loads((folder / "edition.toml").read_text())
    granted = [c for c in head["class"] if not c.get("on_review")]
    classes = {n: [c["code"] for c in granted if c["nicotine"] == n] for n in ("none", "user")}
    tables = []
    for part in ("build", "criteria"):
        with (folder / f"{part}.csv").open(encoding="utf-8", newline="") as file:
            tables.append(list(csv.DictReader(file)))
    return Chart(guide, classes, *tables)


def assessed(name: str, **facts: Any) -> Assessment:
    read, problems = read_facts({**FIT, **facts}, ON)
    assert read is not None, problems
    return assess(chart(name).guide, read.insured, ON)


def code(found: Assessment) -> str:
    return found.class_range[0] if found.table is None else f"table_{found.table}"


def bounds(row: dict[str, str]) -> Iterator[int]:
    """The row's least and greatest weight, and one pound outside each."""
    if row["weight_min_lb"]:
        yield from (int(row["weight_min_lb"]) - 1, int(row["weight_min_lb"]))
    yield from (int(row["weight_max_lb"]), int(row["weight_max_lb"]) + 1)


@pytest.mark.parametrize("nicotine", ["none", "user"])
@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_chart_gives_its_class_at_its_bounds(name: str, nicotine: str) -> None:
    known = chart(name)
    uses = [] if nicotine == "none" else SMOKER
    asked = {(int(row["height_in"]), weight) for row in known.build for weight in bounds(row)}
    wrong = {}
    reached = set()
    for height, weight in sorted(asked):
        found = assessed(name, height_in=height, weight_lb=weight, nicotine=uses)
        expected = known.at(height, weight, nicotine)
        assert found.is_certain
        reached.add(expected)
        if code(found) != expected:
            wrong[height, weight] = (code(found), expected)
    assert wrong == {}
    tables = {row["class"] for row in known.build if row["class"].startswith("table_")}
    assert reached == {*known.classes[nicotine], *tables, INDIVIDUAL}


@pytest.mark.parametrize("name", NAMES)
def test_heights_beyond_a_chart_are_for_an_underwriter(name: str) -> None:
    heights = sorted(int(row["height_in"]) for row in chart(name).build)
    for height in (heights[0] - 1, heights[-1] + 1):
        assert code(assessed(name, height_in=height, weight_lb=150, nicotine=[])) == INDIVIDUAL


def at_limit(criterion: str, limit: Decimal) -> dict[str, Any]:
    """Facts that are exactly at a limit and otherwise those of a fit person."""
    pressure, cholesterol = dict(FIT["blood_pressure"]), dict(FIT["cholesterol"])
    if criterion == "systolic_max":
        pressure["systolic"] = int(limit)
    elif criterion == "diastolic_max":
        pressure["diastolic"] = int(limit)
    elif criterion == "cholesterol_hdl_ratio_max":
        cholesterol["hdl_ratio"] = float(limit)
    else:
        cholesterol["total"] = float(limit)
    return {"blood_pressure": pressure, "cholesterol": cholesterol}


BEYOND = {
    "systolic_max": Decimal(1),
    "diastolic_max": Decimal(1),
    "cholesterol_hdl_ratio_max": Decimal("0.1"),
    "cholesterol_total_max": Decimal(1),
    "cholesterol_total_min": Decimal(-1),
}


def classes_within(name: str, criterion: str, value: Decimal, nicotine: str) -> list[str]:
    """The classes whose limits for the criterion hold the value, best first."""
    known = chart(name)
    below = criterion.endswith("_min")
    limits = {
        row["class"]: Decimal(row["limit"])
        for row in known.criteria
        if row["criterion"] == criterion
    }
    kept = []
    for one in known.classes[nicotine]:
        asked = [limits[key] for key in (one, "any") if key in limits]
        if all(value >= limit if below else value <= limit for limit in asked):
            kept.append(one)
    return kept


@pytest.mark.parametrize("criterion", list(BEYOND))
@pytest.mark.parametrize("name", NAMES)
def test_every_vitals_limit_holds_its_last_value_and_not_the_next(
    name: str, criterion: str
) -> None:
    limits = {
        Decimal(row["limit"]) for row in chart(name).criteria if row["criterion"] == criterion
    }
    assert limits or (name, criterion) == ("prairie-mutual", "cholesterol_total_min")
    for nicotine, uses in (("none", []), ("user", SMOKER)):
        for value in [v for limit in sorted(limits) for v in (limit, limit + BEYOND[criterion])]:
            facts = at_limit(criterion, value)
            found = assessed(name, height_in=66, weight_lb=125, nicotine=uses, **facts)
            expected = [*classes_within(name, criterion, value, nicotine), INDIVIDUAL][0]
            assert (value, nicotine, code(found)) == (value, nicotine, expected)


@pytest.mark.parametrize("name", NAMES)
def test_every_span_free_of_nicotine_holds_to_the_day(name: str) -> None:
    known = chart(name)
    spans = {
        row["class"]: int(row["limit"])
        for row in known.criteria
        if row["criterion"] == "nicotine_free_months_min"
    }
    for months in sorted(set(spans.values())):
        last_day = add_months(ON, -months)
        for day, free in (
            (last_day, months),
            (date.fromordinal(last_day.toordinal() + 1), months - 1),
        ):
            uses = [{"product": "cigarette", "last_used": day.isoformat()}]
            found = assessed(name, height_in=66, weight_lb=125, nicotine=uses)
            open_to = [c for c in known.classes["none"] if spans[c] <= free]
            expected = [*open_to, *known.classes["user"]][0]
            assert (day, code(found)) == (day, expected)
