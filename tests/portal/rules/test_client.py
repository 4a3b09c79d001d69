"""What a client reads tells nothing of health and nothing the insurer thinks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.requirements import State
from megler.cases.rules.words import Decision, Holder, Status
from megler.portal.rules.client import (
    TASK_OF,
    Asked,
    Standing,
    Task,
    Way,
    standing_of,
    to_do,
    way_of,
)
from megler.vocabulary.codes import RequirementKind as Kind

DAY = date(2026, 3, 9)
HEALTH = [Kind.PARAMEDICAL_EXAM, Kind.BLOOD_PROFILE, Kind.URINE, Kind.ECG, Kind.TREADMILL,
          Kind.MD_EXAM, Kind.APS, Kind.COGNITIVE_TEST, Kind.PRESCRIPTION_HISTORY, Kind.MIB]  # fmt: skip
ASKED = st.builds(
    Asked,
    st.sampled_from(list(Kind)),
    st.sampled_from(list(State)),
    st.one_of(st.none(), st.sampled_from(list(Holder))),
    st.one_of(st.none(), st.just(DAY)),
)


@pytest.mark.parametrize("kind", HEALTH)
def test_an_examination_is_an_appointment_and_no_more(kind: Kind) -> None:
    assert kind not in TASK_OF
    made = to_do([Asked(kind, State.SCHEDULED, Holder.VENDOR, DAY)])
    assert [(one.task, one.on) for one in made] == [(Task.APPOINTMENT, DAY)]
    assert to_do([Asked(kind, State.NEEDED, Holder.VENDOR)]) == ()


@pytest.mark.parametrize("decision", list(Decision))
def test_only_a_decision_that_was_hoped_for_is_told(decision: Decision) -> None:
    told = standing_of(Status.DECIDED, decision)
    good = {Decision.APPROVED, Decision.COUNTER_OFFER_ACCEPTED}
    offered = {Decision.OTHER_THAN_APPLIED, Decision.COUNTER_OFFER}
    expected = (
        Standing.APPROVED
        if decision in good
        else Standing.OFFER
        if decision in offered
        else Standing.TALK_TO_AGENT
    )
    assert told is expected


@given(st.lists(ASKED, max_size=8))
def test_each_thing_to_do_is_told_once_the_appointments_first(asked: list[Asked]) -> None:
    found = to_do(asked)
    assert len(set(found)) == len(found)
    assert [one.on is None for one in found] == sorted(one.on is None for one in found)


def test_the_way_only_goes_on() -> None:
    order = list(Way)
    steps = [order.index(way_of(s)) for s in Status if s is not Status.CLOSED]
    assert steps == sorted(steps)
    assert standing_of(Status.CLOSED) is Standing.ENDED
