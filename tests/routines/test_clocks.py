"""Promises are measured by what happened."""

from datetime import timedelta

from megler.accounts.models import User
from megler.cases.actions import policy, requirements, review
from megler.cases.models import Case
from megler.cases.rules.status import Closing
from megler.routines.actions.taking_up import take_up
from megler.routines.models import Clock
from megler.vocabulary.codes import RequirementKind
from tests.cases.cast import AT

HOUR = timedelta(hours=1)


def clocks(step: str) -> list[tuple[bool | None, int | None]]:
    found = Clock.objects.filter(step=step).order_by("started_at", "pk")
    return list(found.values_list("kept", "took_seconds"))


def test_a_review_within_four_hours_is_kept_and_the_next_is_broken(
    manager: User, case: Case
) -> None:
    review.return_to_agent(manager, case, "no date", at=AT + 2 * HOUR)
    assert case.agent.user
    review.resubmit(case.agent.user, case, at=AT + 3 * HOUR)
    review.confirm_good_order(manager, case, at=AT + 24 * HOUR)
    take_up()
    assert clocks("review") == [(True, 7200), (False, 5 * 3600)]


def test_moments_may_be_taken_up_in_several_goes(manager: User, case: Case) -> None:
    aps = requirements.add_requirement(manager, case, RequirementKind.APS, at=AT)
    while take_up(1):
        pass
    requirements.order_requirement(manager, aps, at=AT + HOUR)
    requirements.record_arrival(manager, aps, at=AT + 2 * HOUR)
    while take_up(1):
        pass
    assert clocks("order") == [(True, 3600)]
    assert clocks("look") == [(None, None)]


def test_a_closed_case_breaks_no_promise(manager: User, case: Case) -> None:
    aps = requirements.add_requirement(manager, case, RequirementKind.APS, at=AT)
    requirements.record_arrival(manager, aps, at=AT)
    policy.close(manager, case, Closing.WITHDRAWN, "moved", at=AT + 100 * HOUR)
    take_up()
    assert not Clock.objects.filter(ended_at=None).exists()
    assert {c.given_up for c in Clock.objects.filter(step__in=["review", "look"])} == {True}
