"""Classes by vitals, compound rules and family are those that Python finds in the guides' files.

Figures and ages lie at, one below and one above every limit.
"""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from megler.carriers.rules.guide import Nicotine
from megler.underwriting.rules.build import rows_at_height
from megler.underwriting.rules.class_rules import knows
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.ladder import ladder_for
from megler.underwriting.rules.verdicts import Subject
from tests.underwriting.lives import FIT, ON, SHIPPED, answer, read, rules_of, shipped
from tests.underwriting.rows_read import head, holds, part

AGES = {60: "1966-02-01", 61: "1965-02-01", 47: "1979-02-01", 71: "1955-02-01"}
"""Ages last birthday, and the nearest as well, on the day of judging."""
ILL = {"coronary artery disease": "cardiovascular", "colon cancer": "cancer", "gout": ""}
_OF = {
    "systolic_max": ("blood_pressure", "systolic"),
    "diastolic_max": ("blood_pressure", "diastolic"),
    "cholesterol_hdl_ratio_max": ("cholesterol", "hdl_ratio"),
    "cholesterol_total_max": ("cholesterol", "total"),
    "cholesterol_total_min": ("cholesterol", "total"),
}


def a_person(random: Random, carrier: str) -> tuple[int, dict[str, Any]]:
    """Somebody whose figures lie about the limits of the guide."""
    facts: dict[str, Any] = {
        "blood_pressure": {"treated": random.random() < 0.5, "systolic": 118, "diastolic": 70},
        "cholesterol": {"treated": False, "total": 150, "hdl_ratio": 3.0},
    }
    for kind, (of, key) in _OF.items():
        limits = [Decimal(c["limit"]) for c in part(carrier, "criteria") if c["criterion"] == kind]
        if limits and random.random() < 0.5:
            step = Decimal("0.01") if key == "hdl_ratio" else Decimal(1)
            figure = random.choice(limits) + random.choice([-1, 0, 1]) * step
            facts[of][key] = float(figure) if key == "hdl_ratio" else int(figure)
    facts["family"] = [a_relative(random, carrier) for _ in range(random.randint(0, 2))]
    facts["details"] = {
        asked.key: answer(random, carrier, asked)
        for asked in rules_of(shipped(carrier)).questions
        if asked.impairment is None and asked.key.startswith("pressure")
    }
    age = random.choice(list(AGES))
    return age, {**FIT, **facts, "born": AGES[age]}


def a_relative(random: Random, carrier: str) -> dict[str, Any]:
    ages = [int(row["before_age"]) for row in part(carrier, "family")]
    onset = random.choice(ages) + random.choice([-1, 0])
    dead = {"death_age": onset + random.choice([0, 1, 9])} if random.random() < 0.5 else {}
    return {
        "relation": random.choice(["father", "mother", "sister"]),
        "condition": random.choice(list(ILL)),
        "onset_age": onset,
        **(dead or {"alive": True}),
    }


def expected(carrier: str, age: int, facts: dict[str, Any]) -> str | None:
    """The first class for non-users whose every limit the facts keep."""
    named = {
        "age": age, "sex": "male", "bmi": Decimal("23.7"),
        "systolic": facts["blood_pressure"]["systolic"],
        "diastolic": facts["blood_pressure"]["diastolic"],
        "pressure_treated": facts["blood_pressure"]["treated"],
        "cholesterol_total": facts["cholesterol"]["total"],
        "cholesterol_ratio": Decimal(str(facts["cholesterol"]["hdl_ratio"])),
        "cholesterol_treated": False, **facts["details"],
    }  # fmt: skip
    for one in head(carrier)["class"]:
        if one.get("nicotine") == "none" and not one.get("on_review"):
            rows = [row for row in part(carrier, "rules") if row["class"] in (one["code"], "any")]
            if (
                all(_within(row, age, facts) for row in _limits(carrier, one["code"]))
                and all(holds(r["requires"], named) for r in rows if holds(r["when"], named))
                and all(_allowed(row, facts["family"]) for row in _family(carrier, one["code"]))
            ):
                return str(one["code"])
    return None


def _limits(carrier: str, code: str) -> list[dict[str, str]]:
    rows = part(carrier, "criteria")
    return [r for r in rows if r["class"] in (code, "any") and r["criterion"] in _OF]


def _family(carrier: str, code: str) -> list[dict[str, str]]:
    return [row for row in part(carrier, "family") if row["class"] == code]


def _within(row: dict[str, str], age: int, facts: dict[str, Any]) -> bool:
    if not int(row["age_from"] or 0) <= age <= int(row["age_to"] or 999):
        return True
    of, key = _OF[row["criterion"]]
    figure, limit = Decimal(str(facts[of][key])), Decimal(row["limit"])
    return figure >= limit if row["criterion"].endswith("_min") else figure <= limit


def _allowed(row: dict[str, str], family: list[dict[str, Any]]) -> bool:
    def counts(one: dict[str, Any]) -> bool:
        near = {"any": True, "parent": one["relation"] != "sister"}
        near["sibling"] = not near["parent"]
        events = {"onset": one["onset_age"], "death": one.get("death_age", 999)}
        told = events.values() if row["event"] == "either" else [events[row["event"]]]
        early = min(told) < int(row["before_age"])
        return near[row["relation"]] and ILL[one["condition"]] == row["condition"] and early

    return sum(map(counts, family)) <= int(row["allowed"])


@pytest.mark.parametrize("carrier", SHIPPED)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_the_class_by_figures_is_the_first_that_the_files_allow(carrier: str, seed: int) -> None:
    age, facts = a_person(Random(seed), carrier)
    guide, person = rules_of(shipped(carrier)), read(facts)
    none = frozenset({Nicotine.NONE})
    life = Life(guide, person, ON, (age, age), None, none, ())
    subject = Subject("", guide, person, ON, (age, age))
    rows = rows_at_height(guide, person, (age, age))
    ladder = ladder_for(subject, Nicotine.NONE, rows, knows(life))
    found = ladder.candidates[ladder.best].code if ladder.best < len(ladder.candidates) else None
    note(f"{age} {facts}")
    assert found == expected(carrier, age, facts)
