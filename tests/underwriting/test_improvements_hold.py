"""Who does what an improvement says reaches the class that it promises."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from megler.underwriting.rules.assessment import Assessment
from megler.vocabulary.ages import add_months
from megler.vocabulary.problems import Reason
from tests.underwriting.lives import (
    FIT,
    ON,
    SHIPPED,
    a_life,
    judged,
    rank,
    rules_of,
    shipped,
    with_entries,
)

_DONE = {"less_weight", "bring_to_limit", "bring_below", "more_nicotine_free_months"}
"""Improvements that promise a class for one change."""


def _changed(
    document: dict[str, Any], improvement: Reason, weight: Decimal | None
) -> tuple[dict[str, Any], date]:
    """The document after the change, and the day by then; time makes nobody older here."""
    params = improvement.params
    if improvement.code == "less_weight":
        assert weight is not None
        return {**document, "weight_lb": float(weight - int(params["less"]))}, ON
    if improvement.code.startswith("bring"):
        below = improvement.code == "bring_below"
        return _brought(document, params["fact"], float(params["limit"]) - below), ON
    return _later(document, int(params["more"]))


def _brought(document: dict[str, Any], fact: str, limit: float) -> dict[str, Any]:
    part, _, key = fact.partition(".")
    figure = int(limit) if limit.is_integer() else limit
    return {**document, part: {**document[part], key: figure} if key else figure}


def _later(document: dict[str, Any], months: int) -> tuple[dict[str, Any], date]:
    day = add_months(ON, months)
    if "born" not in document:
        return document, day
    born = add_months(date.fromisoformat(document["born"]), months)
    return {**document, "born": born.isoformat()}, day


def _best(carrier: str, found: Assessment) -> tuple[int, int]:
    return rank(rules_of(shipped(carrier)), found.class_range[0])


def _place_of(carrier: str, name: str) -> tuple[int, int]:
    guide = rules_of(shipped(carrier))
    codes = [one.code for one in guide.classes if one.name == name]
    return rank(guide, codes[0] if codes else name.replace(" ", "_"))


@pytest.mark.parametrize("carrier", SHIPPED)
@given(seed=st.integers(0, 2**32), entries=st.integers(0, 1))
@settings(max_examples=100, deadline=None)
def test_the_one_change_that_is_told_reaches_the_class(
    carrier: str, seed: int, entries: int
) -> None:
    document = a_life(Random(seed), carrier, entries)
    found = judged(shipped(carrier), document)
    assume(found is not None)
    assert found is not None
    for one in found.improvements:
        if one.code in _DONE:
            weight = Decimal(str(document.get("weight_lb", 0)))
            changed, day = _changed(document, one, weight)
            then = judged(shipped(carrier), changed, day)
            note(f"{one}\n{document}\n{changed}")
            assert then is not None
            assert _best(carrier, then) <= _place_of(carrier, one.params["class"])


@pytest.mark.parametrize("carrier", SHIPPED)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=100, deadline=None)
def test_time_does_what_it_is_said_to_do(carrier: str, seed: int) -> None:
    document = FIT | {"born": "1974-01-30"} | with_entries(Random(seed), carrier, 1)
    found = judged(shipped(carrier), document)
    assume(found is not None)
    assert found is not None
    healthy = judged(shipped(carrier), FIT | {"born": "1974-01-30"})
    assert healthy is not None
    for one in found.improvements:
        if one.code == "better_with_time":
            changed, day = _later(document, int(one.params["months"]))
            then = judged(shipped(carrier), changed, day)
            note(f"{one}\n{document}\n{found.class_range}")
            assert then is not None
            to = one.params["to"]
            promised = (0, 0) if to == "any" else rank(rules_of(shipped(carrier)), to)
            assert _best(carrier, then) <= max(promised, _best(carrier, healthy))
            assert _best(carrier, then) <= _best(carrier, found)
