"""Entries of which all is told are rated as Python reads the guides' rows, at and about every figure."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from megler.carriers.rules.guide import Guide, Nicotine
from megler.carriers.rules.ratings import Impairment, Listed
from megler.underwriting.rules.burdens import Burden, place_from_last
from megler.underwriting.rules.history import history_of
from megler.underwriting.rules.impairments import Judged
from megler.underwriting.rules.knowledge import Life
from megler.underwriting.rules.mentions import mentions
from megler.vocabulary.conditions import wider
from tests.underwriting.lives import (
    AMOUNT,
    EVENTS,
    FIT,
    LISTS,
    ON,
    SHIPPED,
    a_day,
    answer,
    read,
    rules_of,
    shipped,
)
from tests.underwriting.rows_read import Said, said, spans

BORN, AGE = "1974-01-30", 52


class Since(Decimal):
    """Months or years since the entry; called with a code, since the latest of that code."""

    codes: set[str]

    def of(self, codes: set[str]) -> "Since":
        self.codes = codes
        return self

    def __call__(self, code: str) -> Decimal:
        return self if code in self.codes else Decimal(10**9)


def an_entry(random: Random, carrier: str, one: Impairment) -> dict[str, Any]:
    """An entry of which everything is told that the guide asks."""
    asked = [q for q in rules_of(shipped(carrier)).questions if q.impairment == one.code]
    details = {q.key: answer(random, carrier, q) for q in asked}
    entry = {"event" if one.listed in EVENTS else "name": one.name, "details": details}
    began, ended = sorted(_a_day(random, carrier) for _ in range(2))
    if one.listed in EVENTS:
        return entry | {"on": began}
    if one.listed is Listed.AVOCATIONS:
        return entry
    return entry | {"since": began} | random.choice([{}, {"until": ended}])


def _a_day(random: Random, carrier: str) -> str:
    """A day, no later than today, about as long ago as some condition asks."""
    day = a_day(random, carrier)[:8] + random.choice(["14", "15", "16"])
    return min(day, ON.isoformat())


def as_python(carrier: str, one: Impairment, entry: dict[str, Any]) -> dict[str, Any]:
    """What conditions may name of the entry and of the fit man who has it."""
    began = entry.get("since") or entry.get("on")
    ago = dict(spans("", began, ON))
    codes = set(wider(one.code))
    facts: dict[str, Any] = {
        "age": AGE, "sex": "male", "jurisdiction": "TX", "height_in": 70, "weight_lb": 165, "bmi": Decimal("23.7"),
        "systolic": 112, "diastolic": 70, "pressure_treated": False, "cholesterol_total": 150,
        "cholesterol_ratio": 3, "cholesterol_treated": False, "entries": 1,
        "ended": "until" in entry, "amount": AMOUNT, "total_amount": AMOUNT, "nicotine": "none",
        "has": lambda code: code in codes, "takes": lambda _drug: False,
        "count": lambda code, months=10**6: int(
            code in codes and ago["months_since"] < months
        ),
    }  # fmt: skip
    if began:
        facts["age_at_onset"] = int(began[:4]) - int(BORN[:4]) - (began[5:] < BORN[5:])
    facts |= {name: Since(found).of(codes) for name, found in ago.items()} | dict(
        spans("_end", entry.get("until"), ON)
    )
    for question in rules_of(shipped(carrier)).questions:
        if question.impairment == one.code:
            told = entry["details"][question.key]
            facts[question.key] = Decimal(str(told)) if type(told) is float else told
            if question.type.value == "date":
                facts |= dict(spans(f"_{question.key}", told, ON))
    return facts


def judged(carrier: str, one: Impairment, document: dict[str, Any]) -> Judged:
    guide, person = rules_of(shipped(carrier)), read(document)
    told = tuple(mentions(guide, person))
    life = Life(guide, person, ON, (AGE, AGE), AMOUNT, frozenset({Nicotine.NONE}), told)
    return next(j for j in history_of(life, "").judged if j.impairment is one and j.place)


def same(guide: Guide, burden: Burden, told: Said) -> bool:
    last = None if not told.last else place_from_last(guide, told.last)
    end = burden.end.value if burden.end else ""
    return (burden.points, burden.cap, end) == (told.points, last, told.end)


@pytest.mark.parametrize("carrier", SHIPPED)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=80, deadline=None)
def test_what_is_told_is_rated_as_the_rows_say(carrier: str, seed: int) -> None:
    random, guide = Random(seed), rules_of(shipped(carrier))
    one = random.choice([i for i in guide.impairments if i.listed in LISTS])
    entry = an_entry(random, carrier, one)
    try:
        best, worst = said(carrier, one.code, as_python(carrier, one, entry))
    except NameError:
        return
    document = FIT | {"born": BORN, one.listed.value: [entry]}
    found = judged(carrier, one, document)
    note(f"{entry}\n{found.best} {found.worst}\n{best} {worst}\n{found.open}")
    assert same(guide, found.best, best)
    assert same(guide, found.worst, worst)
