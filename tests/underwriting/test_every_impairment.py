"""Every case of the real list of impairments, answered by facts and by its own words.

`rows/impairments.csv` holds what the list states (condition, qualifier, best and worst case, page)
and facts that are that case: the condition by a usual name, the day it began, answers to the
guide's questions. The day is 2026-06-15; months and years in a qualifier are over on that very day.
"""

import csv
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.carriers.rules.checks import check_edition
from megler.carriers.rules.edition import Edition
from megler.journal.rules.actors import SYSTEM
from megler.underwriting.commands import assess as assess_command
from megler.underwriting.rules.assessment import INDIVIDUAL, Assessment
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from megler.vocabulary.ages import AgeBasis, add_months

ON = date(2026, 6, 15)
GUIDE = Path(__file__).parents[2] / "editions" / "prairie-mutual" / "guide"
FIT: dict[str, Any] = {
    "born": "1981-02-11", "sex": "female", "jurisdiction": "TX", "family": [], "nicotine": [],
    "height_in": 66, "weight_lb": 125,
    "blood_pressure": {"systolic": 110, "diastolic": 70, "treated": False},
    "cholesterol": {"total": 180, "hdl_ratio": 3.0, "treated": False},
}  # fmt: skip
"""A woman of 45 who has the best class when nothing is told of her."""


def _rows() -> list[dict[str, str]]:
    path = Path(__file__).parent / "rows" / "impairments.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _rows()
IDS = [f"{row['condition']}, {row['qualifier']}".strip(", ") for row in ROWS]
TIMED = {
    row["condition"] + row["qualifier"] for row in ROWS if row["since"] or "_on" in row["details"]
}
"""The cases that also want to know a day, which the words alone do not tell."""


@cache
def prairie() -> Edition:
    guide, _, problems = check_edition(read_files(GUIDE))
    assert guide is not None
    assert problems == []
    return guide


def assessed(entry: dict[str, Any], **facts: Any) -> Assessment:
    read, problems = read_facts({**FIT, **facts, "conditions": [entry]}, ON)
    assert read is not None, problems
    return assess(prairie(), read.insured, ON, AgeBasis.LAST)


def facts_of(row: dict[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entry and the person that a row tells of."""
    entry = {"name": row["name"], "details": json.loads(row["details"] or "{}")}
    entry |= {"since": row["since"]} if row["since"] else {}
    return entry, json.loads(row["person"] or "{}")


def test_all_58_cases_are_here() -> None:
    assert len(ROWS) == len(set(IDS)) == 58


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_facts_that_are_a_case_have_its_best_and_worst(row: dict[str, str]) -> None:
    entry, person = facts_of(row)
    found = assessed(entry, **person)
    assert found.class_range == (row["best"], row["worst"])
    assert found.flat_extra_open == (row["flat_extra"] == "open")
    pages = {reason.source.page for reason in found.reasons}
    assert row["page"] in pages, found.reasons


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_the_cases_own_words_find_it(row: dict[str, str]) -> None:
    words = f"{row['condition']}, {row['qualifier']}".strip(", ")
    _, person = facts_of(row)
    found = assessed({"name": words}, **person)
    assert {row["best"], row["worst"]} & set(found.class_range)
    if row["condition"] + row["qualifier"] not in TIMED:
        assert found.class_range == (row["best"], row["worst"])


@pytest.mark.parametrize("row", [r for r in ROWS if r["details"]], ids=lambda r: r["condition"])
def test_what_is_not_told_of_a_case_is_asked_and_leaves_it_possible(row: dict[str, str]) -> None:
    entry, person = facts_of(row)
    for key in entry["details"]:
        told = {k: v for k, v in entry["details"].items() if k != key}
        found = assessed({**entry, "details": told}, **person)
        certain = (row["best"], row["worst"])
        if found.class_range != certain:
            assert f"conditions[0].details.{key}" in {one.fact for one in found.open}


TO_THE_DAY = (
    ("Stroke", {"episodes": "single"}, 12, "table_4"),
    ("Cerebral embolism", {"episodes": "single", "course": "stable"}, 12, "table_2"),
    ("Pulmonary embolism", {"episodes": "single", "full_recovery": True}, 6, "standard"),
    ("Myocarditis", {"episodes": "single", "course": "uncomplicated"}, 24, "standard"),
    ("Pacemaker", {"other_heart_disease": False}, 3, "table_2"),
    ("Endocarditis", {"heart": "normal heart"}, 12, "table_2"),
    ("Renal artery stenosis", {"hypertension": False}, 6, "standard"),
)


@pytest.mark.parametrize(("name", "details", "months", "best"), TO_THE_DAY)
def test_a_day_short_of_the_months_is_for_an_underwriter(
    name: str, details: dict[str, Any], months: int, best: str
) -> None:
    day = add_months(ON, -months)
    then = assessed({"name": name, "details": details, "since": day.isoformat()})
    assert then.class_range[0] == best
    late = date.fromordinal(day.toordinal() + 1).isoformat()
    short = assessed({"name": name, "details": details, "since": late})
    assert short.class_range == (INDIVIDUAL, INDIVIDUAL)


def test_the_command_gives_every_case(db: None) -> None:
    publish_edition(SYSTEM, read_files(GUIDE))
    for row in ROWS:
        entry, person = facts_of(row)
        facts = {**FIT, **person, "conditions": [entry]}
        words = ["-", "--on", ON.isoformat(), "--json"]
        done = CliRunner().invoke(assess_command, words, input=json.dumps(facts).encode())
        assert done.exit_code == 0, done.stderr
        (told,) = json.loads(done.stdout)["assessments"]
        assert (row["condition"], told["range"]) == (row["condition"], [row["best"], row["worst"]])
        kind = "table" if row["best"].startswith("table") else row["best"]
        assert told["outcome"] == ("class" if kind == "standard" else kind)


def test_two_impairments_that_rate_are_for_an_underwriter() -> None:
    facts = {**FIT, "conditions": [{"name": "Emphysema"}, {"name": "Bigeminy"}]}
    read, _ = read_facts(facts, ON)
    assert read is not None
    found = assess(prairie(), read.insured, ON, AgeBasis.LAST)
    assert found.class_range == ("standard", INDIVIDUAL)
