"""Who does what an improvement says reaches what it promises, and a step less does not."""

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
    GUIDES,
    ON,
    a_life,
    judged,
    rank,
    rules_of,
    shipped,
    with_entries,
)

_DONE = {"less_weight", "bring_to_limit", "bring_below", "more_nicotine_free_months"}
"""Improvements that promise a class for one change."""
_ENDS = ("class", "table", "individual_consideration", "postpone", "decline")
_BORN = {"born": "1974-01-30"}


def _changed(
    document: dict[str, Any], improvement: Reason, short: int
) -> tuple[dict[str, Any], date]:
    """The document after the change, `short` steps before it, and the day by then.

    Time makes nobody older here.
    """
    params = improvement.params
    if improvement.code == "less_weight":
        weight = Decimal(str(document["weight_lb"])) - int(params["less"]) + short
        return {**document, "weight_lb": float(weight)}, ON
    if improvement.code == "bring_below":
        return _brought(document, params["fact"], Decimal(params["limit"]) - 1 + short), ON
    if improvement.code == "bring_to_limit":
        step = Decimal("0.001") if params["fact"] == "cholesterol.hdl_ratio" else Decimal(1)
        step *= 1 if _figure(document, params["fact"]) > Decimal(params["limit"]) else -1
        return _brought(document, params["fact"], Decimal(params["limit"]) + step * short), ON
    return _later(document, int(params["more"]) - short)


def _figure(document: dict[str, Any], fact: str) -> Decimal:
    part, _, key = fact.partition(".")
    return Decimal(str(document[part][key] if key else document[part]))


def _brought(document: dict[str, Any], fact: str, limit: Decimal) -> dict[str, Any]:
    part, _, key = fact.partition(".")
    figure = int(limit) if limit == limit.to_integral_value() else float(limit)
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


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32), entries=st.integers(0, 1))
@settings(max_examples=50, deadline=None)
def test_the_one_change_that_is_told_reaches_the_class_and_a_step_less_does_not(
    carrier: str, seed: int, entries: int
) -> None:
    document = a_life(Random(seed), carrier, entries)
    found = judged(shipped(carrier), document)
    assume(found is not None)
    assert found is not None
    for one in found.improvements:
        if one.code in _DONE:
            promised = _place_of(carrier, one.params["class"])
            changed, day = _changed(document, one, 0)
            then = judged(shipped(carrier), changed, day)
            note(f"{one}\n{document}\n{changed}")
            assert then is not None
            assert _best(carrier, then) <= promised
            nearly, day = _changed(document, one, 1)
            before = judged(shipped(carrier), nearly, day)
            assert before is None or _best(carrier, before) > promised


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_time_does_what_it_is_said_to_do_and_no_month_sooner(carrier: str, seed: int) -> None:
    document = FIT | _BORN | with_entries(Random(seed), carrier, 1)
    found = judged(shipped(carrier), document)
    healthy = judged(shipped(carrier), FIT | _BORN)
    assume(found is not None)
    assert found is not None
    assert healthy is not None
    for one in found.improvements:
        if one.code == "better_with_time":
            months = int(one.params["months"])
            then, before = (
                judged(shipped(carrier), *_later(document, month)) for month in (months, months - 1)
            )
            note(f"{one}\n{document}\n{found.class_range}")
            assert then is not None
            assert before is not None
            to = one.params["to"]
            promised = (0, 0) if to == "any" else rank(rules_of(shipped(carrier)), to)
            assert _best(carrier, then) <= max(promised, _best(carrier, healthy))
            assert _weight(carrier, then) <= _weight(carrier, found)
            assert _weight(carrier, then) < _weight(carrier, before)


def _weight(carrier: str, found: Assessment) -> tuple[object, ...]:
    return _ENDS.index(found.outcome.value), _best(carrier, found), found.flat_extra or Decimal(0)
