"""Stages of open cases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.words import Status
from megler.insight.rules.stages import OPEN, STATUSES, Stage, by_stage, step_of


def test_every_open_status_belongs_to_one_stage() -> None:
    assert len(OPEN) == len(set(OPEN))
    assert set(OPEN) == set(Status) - {Status.DRAFT, Status.IN_FORCE, Status.CLOSED}
    assert set(STATUSES) == set(Stage)


@given(st.dictionaries(st.sampled_from(Status), st.integers(0, 900)))
def test_every_open_case_is_counted_once(counts: dict[str, int]) -> None:
    open_cases = sum(n for status, n in counts.items() if status in OPEN)
    assert sum(n for _, n in by_stage(counts)) == open_cases


@pytest.mark.parametrize(
    ("status", "steps"),
    [
        (Status.DRAFT, 0),
        (Status.RETURNED, 1),
        (Status.SENT_TO_CARRIER, 2),
        (Status.DELIVERED, 6),
        (Status.IN_FORCE, 7),
    ],
)
def test_steps_behind(status: Status, steps: int) -> None:
    assert step_of(status) == steps
