"""The days that requirements take here, counted from the journal and written back."""

from datetime import UTC, datetime, timedelta

import pytest

from megler.accounts.models import User
from megler.cases.actions import requirements
from megler.cases.actions.days import measure_days
from megler.cases.models import Case
from megler.journal.models import Entry
from megler.licensing.models import Agent
from megler.underwriting.actions.days import measured_days
from megler.underwriting.models import UsualDays
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases import cast
from tests.cases.cast import AT

pytestmark = pytest.mark.django_db
TODAY = AT + timedelta(days=90)


def arrive(manager: User, case: Case, days: int, kind: Kind = Kind.APS, at: datetime = AT) -> None:
    """A requirement ordered at `at` that arrives so many days later."""
    needed = requirements.add_requirement(manager, case, kind, at=at)
    requirements.order_requirement(manager, needed, at=at)
    requirements.record_arrival(manager, needed, at=at + timedelta(days=days))


def test_the_median_of_five_or_more_arrivals_is_written_back(manager: User, case: Case) -> None:
    for days in (4, 9, 10, 30):
        arrive(manager, case, days)
    assert measure_days(TODAY) == 0
    arrive(manager, case, 12)
    assert measure_days(TODAY) == 1
    kept = UsualDays.objects.get()
    assert (kept.carrier, kept.kind, kept.days, kept.observations) == (case.carrier, "aps", 10, 5)
    assert kept.measured_on == TODAY.date()
    arrive(manager, case, 13)
    measure_days(TODAY)
    assert measured_days() == {case.carrier.slug: {Kind.APS: 11}}


def test_each_carrier_and_kind_is_measured_for_itself(
    manager: User, case: Case, agent: Agent
) -> None:
    other = cast.a_case(agent, cast.a_carrier("tundra-life"), "Ola Dahl")
    for days in range(1, 6):
        arrive(manager, case, days)
        arrive(manager, other, 10 * days, Kind.ECG)
    measure_days(TODAY)
    assert measured_days() == {"nordhavn-life": {Kind.APS: 3}, "tundra-life": {Kind.ECG: 30}}


def test_days_are_counted_in_the_agencys_time(manager: User, case: Case) -> None:
    evening = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
    for _ in range(5):
        needed = requirements.add_requirement(manager, case, Kind.APS, at=evening)
        requirements.order_requirement(manager, needed, at=evening)
        requirements.record_arrival(manager, needed, at=evening + timedelta(hours=2))
    measure_days(TODAY)
    assert UsualDays.objects.get().days == 1


def test_measuring_again_changes_nothing_and_tells_nothing_new(manager: User, case: Case) -> None:
    for days in range(5):
        arrive(manager, case, days)
    measure_days(TODAY)
    told = Entry.objects.filter(verb="usual_days.measured")
    assert told.count() == 1
    measure_days(TODAY)
    assert (told.count(), UsualDays.objects.count()) == (1, 1)


def test_what_came_more_than_twelve_months_ago_says_nothing_any_more(
    manager: User, case: Case
) -> None:
    for days in range(5):
        arrive(manager, case, days)
    measure_days(TODAY)
    assert measure_days(AT + timedelta(days=372)) == 0
    assert measured_days() == {}


def test_the_second_arrival_of_what_was_rejected_does_not_count(manager: User, case: Case) -> None:
    for _ in range(5):
        needed = requirements.add_requirement(manager, case, Kind.APS, at=AT)
        requirements.order_requirement(manager, needed, at=AT)
        requirements.record_arrival(manager, needed, at=AT + timedelta(days=7))
        requirements.reject_requirement(manager, needed, "torn", at=AT + timedelta(days=8))
        requirements.record_arrival(manager, needed, at=AT + timedelta(days=40))
    measure_days(TODAY)
    assert UsualDays.objects.get().days == 7
