"""The same person told in another way is judged alike; a worse person never better."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from megler.carriers.rules.when.tree import facts_in
from megler.underwriting.rules.assessment import Assessment, assessment_json
from megler.underwriting.rules.classes import assess
from megler.underwriting.rules.facts import read_facts
from megler.underwriting.rules.mentions import mentions
from megler.underwriting.sentences import sentence
from megler.vocabulary.ages import AgeBasis
from tests.underwriting.documents import documents
from tests.underwriting.lives import (
    AMOUNT,
    FIT,
    GUIDES,
    ON,
    a_life,
    judged,
    rank,
    read,
    rules_of,
    shipped,
    with_entries,
)

_BORN = {"born": "1974-01-30"}


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_metric_and_imperial_are_one(carrier: str, seed: int) -> None:
    document = {**FIT, **a_life(Random(seed), carrier, 1)}
    metric = {
        key: value for key, value in document.items() if key not in {"height_in", "weight_lb"}
    }
    metric["height_cm"] = float(document["height_in"] * Decimal("2.54"))
    metric["weight_kg"] = float(document["weight_lb"] * Decimal("0.45359237"))
    assert judged(shipped(carrier), metric) == judged(shipped(carrier), document)


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_the_order_of_what_is_told_decides_nothing(carrier: str, seed: int) -> None:
    document = a_life(Random(seed), carrier, 3)
    turned = {
        key: value[::-1] if isinstance(value, list) else value for key, value in document.items()
    }
    one, other = judged(shipped(carrier), document), judged(shipped(carrier), turned)
    note(f"{document}")
    assert _decided(one) == _decided(other)


def _decided(found: Assessment | None) -> Any:
    """What is decided, without the order of what is told and the places of entries."""
    if found is None:
        return None
    reasons = sorted((r.code, sorted(_unplaced(r.params).items())) for r in found.reasons)
    opened = sorted((o.question, o.would_change_to) for o in found.open)
    ends = (found.outcome, found.class_code, found.table, found.class_range, found.flat_extra)
    return ends, found.flat_years, found.postpone_until, found.likely, reasons, opened


def _unplaced(params: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in params.items() if key not in {"at", "waits"}}


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_another_finding_never_betters_the_answer(carrier: str, seed: int) -> None:
    random = Random(seed)
    fewer = FIT | _BORN | with_entries(random, carrier, 1)
    added = with_entries(random, carrier, 1)
    more = fewer | {key: [*fewer.get(key, []), *value] for key, value in added.items()}
    assume(not _looks_around(carrier, fewer))
    one, other = judged(shipped(carrier), fewer), judged(shipped(carrier), more)
    assert one is not None
    assert other is not None
    guide = rules_of(shipped(carrier))
    note(f"{more}\n{one.class_range} became {other.class_range}")
    for before, after in zip(one.class_range, other.class_range, strict=True):
        assert rank(guide, before) <= rank(guide, after)


def _looks_around(carrier: str, document: dict[str, Any]) -> bool:
    """Whether a row of what is told names other entries: then another one may say it is milder."""
    guide = rules_of(shipped(carrier))
    codes = {i.code for m in mentions(guide, read(document)) for i in m.impairments}
    rows = [row for row in guide.ratings if row.impairment in codes]
    return any(fact.arguments for row in rows for fact in facts_in(row.when))


@pytest.mark.parametrize("carrier", GUIDES)
@given(
    seed=st.integers(0, 2**32),
    key=st.sampled_from(["systolic", "diastolic"]),
    more=st.integers(1, 40),
)
@settings(max_examples=20, deadline=None)
def test_higher_pressure_never_betters_the_answer(
    carrier: str, seed: int, key: str, more: int
) -> None:
    document = FIT | _BORN | with_entries(Random(seed), carrier, 1)
    pressure = {**FIT["blood_pressure"], key: FIT["blood_pressure"][key] + more}
    one = judged(shipped(carrier), document)
    other = judged(shipped(carrier), {**document, "blood_pressure": pressure})
    guide = rules_of(shipped(carrier))
    if one is not None and other is not None:
        note(f"{document}\n{one.class_range} became {other.class_range}")
        assert rank(guide, one.class_range[0]) <= rank(guide, other.class_range[0])
        assert rank(guide, one.class_range[1]) <= rank(guide, other.class_range[1])


ODD = st.sampled_from([
    None, True, False, "", " ", "true", "1e5", "-1", "NaN", "1,5", "½", "<b>", "\u202e", "0", 0, -1,
    1e308, 10**15, 0.1, "2026-06", "2026-06-15", "2099-01-01", "0001-01-01", "mild", "no", "yes",
])  # fmt: skip
"""Answers that nobody expects."""


@pytest.mark.parametrize("carrier", GUIDES)
@given(seed=st.integers(0, 2**32), odd=st.lists(ODD, min_size=1, max_size=6), strange=documents(6))
@settings(max_examples=20, deadline=None)
def test_no_facts_break_an_assessment(
    carrier: str, seed: int, odd: list[Any], strange: dict[str, Any]
) -> None:
    random = Random(seed)
    document = a_life(random, carrier, 2)
    for listed in ("conditions", "driving", "criminal", "avocations"):
        for entry in document.get(listed, []):
            for key in list(entry["details"]):
                entry["details"][key] = random.choice([*odd, entry["details"][key]])
    document["details"] = {
        one.key: random.choice(odd)
        for one in rules_of(shipped(carrier)).questions
        if one.impairment is None and random.random() < 0.3
    }
    for told in (document, strange, {**document, **strange}):
        _is_whole(carrier, told)


def _is_whole(carrier: str, document: dict[str, Any]) -> None:
    """The document is refused, or judged: the range holds the outcome, all of it can be told."""
    facts, problems = read_facts(document, ON)
    if facts is None:
        assert problems
        return
    found = assess(shipped(carrier), facts.insured, ON, AgeBasis.NEAREST, AMOUNT)
    guide = rules_of(shipped(carrier))
    best, worst = (rank(guide, code) for code in found.class_range)
    assert best <= worst
    given = f"table_{found.table}" if found.table else found.class_code or found.outcome.value
    assert given == found.class_range[0]
    assert assessment_json(found, carrier, "", sentence)
    assert len({one.fact for one in found.open}) == len(found.open)
