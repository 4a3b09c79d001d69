"""How much carriers ask, and their order by it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.underwriting.rules.effort import Exam, effort_of, lightest_first
from megler.underwriting.rules.evidence import Reuse
from megler.underwriting.rules.requirements import Requirement
from megler.vocabulary.codes import RequirementKind as Kind
from megler.vocabulary.problems import Reason
from tests.underwriting.guides import ON

HELD = Reuse(Kind.APS, ON, None, None, Reason("reuse"))


def need(kind: Kind, days: int | None = None, **more: Any) -> Requirement:
    return Requirement(kind, (), usual_days=days, **more)


def test_what_runs_at_the_same_time_takes_as_long_as_its_longest() -> None:
    found = effort_of([need(Kind.MIB, 1), need(Kind.APS, 21), need(Kind.BLOOD_PROFILE, 10)])
    assert (found.days, found.slowest, found.things) == (21, Kind.APS, 3)
    assert found.exam is Exam.YES


def test_what_is_on_file_takes_no_time() -> None:
    found = effort_of([need(Kind.MIB, 1), need(Kind.APS, 21, reuse=HELD)])
    assert (found.days, found.things, found.on_file, found.exam) == (1, 1, 1, Exam.NO)


def test_what_may_be_asked_for_is_counted_apart() -> None:
    found = effort_of([need(Kind.MIB, 1), need(Kind.ECG, 9, is_certain=False)])
    assert (found.exam, found.things, found.perhaps) == (Exam.PERHAPS, 1, 1)
    assert (found.days, found.days_at_most) == (1, 9)


@pytest.mark.parametrize(
    ("needs", "days", "unknown"),
    [([], 0, 0), ([need(Kind.MIB)], None, 1), ([need(Kind.MIB), need(Kind.APS, 5)], 5, 1)],
)
def test_days_that_nobody_names_are_told(
    needs: list[Requirement], days: int | None, unknown: int
) -> None:
    found = effort_of(needs)
    assert (found.days, found.days_unknown) == (days, unknown)


NEEDS = st.lists(
    st.builds(
        need, st.sampled_from(list(Kind)), st.none() | st.integers(0, 90), is_certain=st.booleans()
    ),
    max_size=6,
    unique_by=lambda one: one.kind,
)


@given(NEEDS, NEEDS)
def test_no_exam_comes_before_an_exam(one: list[Requirement], other: list[Requirement]) -> None:
    lighter, heavier = sorted((effort_of(one), effort_of(other)), key=lightest_first)
    assert list(Exam).index(lighter.exam) <= list(Exam).index(heavier.exam)


@given(NEEDS, st.sampled_from(list(Kind)))
def test_one_thing_more_is_never_lighter(needs: list[Requirement], kind: Kind) -> None:
    more = [*needs, need(kind, 5)]
    assert effort_of(more).things > effort_of(needs).things
    assert (effort_of(more).days_at_most or 0) >= (effort_of(needs).days_at_most or 0)


def test_days_of_which_some_are_unknown_come_after_those_that_are_known() -> None:
    short = effort_of([need(Kind.MIB, 1), need(Kind.APS)])
    long = effort_of([need(Kind.MIB, 40)])
    assert sorted((short, long), key=lightest_first) == [long, short]
