from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.carriers.rules.ratings import OrderedBy
from megler.underwriting.rules.requirements import (
    Missing,
    Requirement,
    grid_reaches,
    requirements_for,
    requirements_of,
)
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.codes import RequirementKind as Kind
from tests.underwriting.evidence_guides import evidence_guide
from tests.underwriting.guides import ON, guide, person

GUIDE = guide()
EVIDENCE = evidence_guide()
MIB, EXAM = RequirementKind.MIB, RequirementKind.PARAMEDICAL_EXAM
BLOOD, ECG = RequirementKind.BLOOD_PROFILE, RequirementKind.ECG


@pytest.mark.parametrize(
    ("age", "amount", "kinds"),
    [
        (50, 249_999, [MIB]),
        (50, 250_000, [MIB, EXAM, BLOOD]),
        (51, 1, [EXAM, BLOOD, ECG]),
        (99, 9_000_000, [EXAM, BLOOD, ECG]),
        (17, 1, []),
    ],
)
def test_the_grid_is_read_to_the_year_and_the_dollar(
    age: int, amount: int, kinds: list[RequirementKind]
) -> None:
    found = requirements_for(GUIDE, age, Decimal(amount))
    assert [one.kind for one in found] == kinds
    assert grid_reaches(GUIDE, age, Decimal(amount)) == bool(kinds)


def test_a_requirement_says_which_row_calls_for_it() -> None:
    (mib, *_) = requirements_for(GUIDE, 50, Decimal(250_000))
    (reason,) = mib.reasons
    assert (reason.params["amount_from"], reason.params["amount_to"]) == ("250000", "")
    assert (reason.source.page, reason.source.rule) == ("5", "requirements")


def test_an_open_age_calls_for_everything_possible_and_says_what_is_certain() -> None:
    found = requirements_for(GUIDE, (50, 51), Decimal(250_000))
    certain = {one.kind: one.is_certain for one in found}
    assert certain == {MIB: False, EXAM: True, BLOOD: True, ECG: False}


def needed(amount: int | None = 100_000, **facts: Any) -> dict[Kind, Requirement]:
    found = requirements_of(
        EVIDENCE, person(**facts), ON, amount=None if amount is None else Decimal(amount)
    )
    return {one.kind: one for one in found.requirements}


@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 600_000))
def test_an_open_age_is_answered_as_each_of_its_ages(low: int, more: int, amount: int) -> None:
    each = [requirements_for(GUIDE, low + n, Decimal(amount)) for n in range(more + 1)]
    found = requirements_for(GUIDE, (low, low + more), Decimal(amount))
    kinds = [{one.kind for one in answer} for answer in each]
    assert {one.kind for one in found} == set.union(*kinds)
    assert {one.kind for one in found if one.is_certain} == set.intersection(*kinds)


def test_an_amount_that_is_not_known_is_the_fact_to_tell() -> None:
    found = {one.kind: one for one in requirements_for(GUIDE, 50, None)}
    assert (found[MIB].is_certain, found[MIB].open) == (True, ())
    assert (found[EXAM].is_certain, found[EXAM].open) == (False, (Missing("wants.face_amount"),))
    nobody = {one.kind: one for one in requirements_for(GUIDE, None, None)}
    assert nobody[ECG].open == (Missing("born"), Missing("wants.face_amount"))


@pytest.mark.parametrize(
    ("since", "called", "certain"),
    [("2021-03-02", True, True), ("2021-02-28", False, False), ("2021-03", True, False)],
)
def test_a_trigger_calls_to_the_day(since: str, called: bool, certain: bool) -> None:
    found = needed(conditions=[{"name": "melanoma", "since": since}])
    assert (Kind.APS in found) is called
    if called:
        assert found[Kind.APS].is_certain is certain
        (reason,) = found[Kind.APS].reasons
        assert (reason.code, reason.params["text"]) == ("triggered", "Cancer within five years")
        assert (reason.source.page, reason.source.rule) == ("6", "triggers")


def test_an_undated_condition_leaves_its_trigger_open_and_says_what_to_tell() -> None:
    aps = needed(conditions=[{"name": "melanoma"}])[Kind.APS]
    assert not aps.is_certain
    assert [one.fact for one in aps.open] == ["conditions[0].since"]
    assert (aps.usual_days, aps.valid_days, aps.ordered_by) == (21, 180, OrderedBy.AGENCY)


def test_a_trigger_without_words_names_the_facts_it_asks() -> None:
    mvr = needed(driving=[{"event": "dui", "on": "2024-01-01"}])[Kind.MVR]
    assert [(r.code, r.params) for r in mvr.reasons] == [("triggered_by", {"facts": "count(dui)"})]


def test_the_amount_with_what_is_in_force_triggers() -> None:
    held = {"in_force": [{"line": "term_life", "amount": "4900000"}]}
    assert Kind.FINANCIAL_STATEMENTS in needed(100_000, **held)
    assert Kind.FINANCIAL_STATEMENTS not in needed(99_999, income_annual="50000", **held)
    aloud = needed(300_000)[Kind.FINANCIAL_STATEMENTS]
    assert (aloud.is_certain, [one.fact for one in aloud.open]) == (False, ["income_annual"])


def test_lists_never_touched_on_are_supposed_empty_and_said() -> None:
    found = requirements_of(EVIDENCE, person(conditions=[]), ON, amount=Decimal(100_000))
    assert {one.kind for one in found.requirements} == {MIB}
    assert [(r.code, r.params["fact"]) for r in found.assumptions] == [
        ("history_supposed", "driving")
    ]


def test_days_measured_here_stand_before_the_guides() -> None:
    found = requirements_of(
        EVIDENCE, person(), ON, amount=Decimal(250_000), measured={BLOOD: 6, ECG: 9}
    )
    days = {one.kind: (one.usual_days, one.is_measured) for one in found.requirements}
    assert days == {MIB: (1, False), EXAM: (12, False), BLOOD: (6, True)}


def test_evidence_on_file_serves_or_says_why_not() -> None:
    held = [{"kind": "blood_profile", "on": "2025-12-01"}, {"kind": "mib", "on": "2025-01-01"}]
    found = needed(250_000, evidence=held)
    reuse = found[BLOOD].reuse
    assert reuse is not None
    assert (reuse.until, found[BLOOD].to_get) == (date(2026, 12, 1), False)
    assert found[MIB].to_get
    assert [reason.code for reason in found[MIB].on_file] == ["evidence_too_old"]
