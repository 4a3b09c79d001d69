"""Clocks: what starts them, what stops them, when a promise is at risk and broken."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.routines.rules.promises import (
    USUAL,
    WATCHES,
    Standing,
    Step,
    Told,
    Unit,
    due_times,
    length_of,
    median,
    standing,
    turn,
)
from megler.work.rules.hours import OfficeHours

HOURS = OfficeHours()
MONDAY = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "started", "ended"),
    [
        (Told("case.opened"), {Step.REVIEW}, set()),
        (Told("case.resubmitted"), {Step.REVIEW}, set()),
        (Told("case.in_good_order"), {Step.SEND}, {Step.REVIEW}),
        (Told("case.returned"), set(), {Step.REVIEW}),
        (Told("case.sent_to_carrier"), set(), {Step.SEND}),
        (Told("requirement.received", "r"), {Step.LOOK}, {Step.ORDER}),
        (Told("requirement.sent_to_carrier", "r"), set(), {Step.LOOK, Step.ANSWER}),
        (Told("requirement.added", "r", "carrier"), {Step.ANSWER}, set()),
        (Told("requirement.added", "r", "case_manager"), set(), set()),
        (Told("case.issued"), {Step.FORWARD}, set()),
        (Told("case.delivered"), set(), {Step.FORWARD}),
        (Told("note.added"), set(), set()),
    ],
)
def test_what_starts_and_ends_each_step(told: Told, started: set[Step], ended: set[Step]) -> None:
    found = turn(told)
    assert {step for step, _subject in found.started} == started
    assert {step for step, _subject in found.ended} == ended


def test_what_is_ours_to_order_has_a_clock_each() -> None:
    found = turn(Told("case.opened"), ["a", "b"])
    assert found.started == ((Step.REVIEW, ""), (Step.ORDER, "a"), (Step.ORDER, "b"))
    assert turn(Told("requirement.rejected", "a"), ["a"]).started == ((Step.ORDER, "a"),)


def test_a_closed_case_waits_for_nothing() -> None:
    assert {step for step, _subject in turn(Told("case.closed")).given_up} == set(Step)


def test_every_step_is_watched_and_has_a_usual_promise() -> None:
    assert set(WATCHES) == set(USUAL) == set(Step)


def test_a_promise_of_four_hours_is_at_risk_after_three() -> None:
    assert due_times(MONDAY, Decimal(4), Unit.HOURS, HOURS) == (
        MONDAY + timedelta(hours=3),
        MONDAY + timedelta(hours=4),
    )
    assert length_of(Decimal("1.5"), Unit.DAYS, HOURS) == timedelta(hours=12)
    assert due_times(MONDAY, Decimal(1), Unit.DAYS, OfficeHours(week=(None,) * 7)) == (None, None)


@given(
    st.timedeltas(timedelta(), timedelta(days=20)), st.timedeltas(timedelta(), timedelta(days=9))
)
def test_a_clock_stands_at_one_thing_and_only_gets_worse(first: timedelta, more: timedelta) -> None:
    risk_at, due_at = due_times(MONDAY, Decimal(2), Unit.DAYS, HOURS)
    order = [Standing.RUNNING, Standing.AT_RISK, Standing.BROKEN]
    at = [
        standing(risk_at, due_at, None, given_up=False, now=MONDAY + passed)
        for passed in (first, first + more)
    ]
    assert order.index(at[0]) <= order.index(at[1])


def test_an_ended_clock_is_kept_or_broken_whatever_the_time_now() -> None:
    late = MONDAY + timedelta(days=90)
    assert standing(None, MONDAY, MONDAY, given_up=False, now=late) is Standing.KEPT
    assert standing(None, MONDAY, late, given_up=False, now=late) is Standing.BROKEN
    assert standing(None, MONDAY, late, given_up=True, now=late) is Standing.GIVEN_UP


def test_the_median_is_of_all_that_was_counted() -> None:
    assert median({1: 1, 5: 1, 7: 3}) == 7
    assert median({}) is None
