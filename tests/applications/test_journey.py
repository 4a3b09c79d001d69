"""The whole way of an application through its actions."""

from megler.accounts.models import User
from megler.applications.actions.holding import missing, today
from megler.applications.actions.submitting import submit
from megler.applications.models import Application, State
from megler.applications.rules.moments import ApplicationSubmitted


def test_nothing_is_missing_once_everything_is_answered(complete: Application) -> None:
    assert [m.problem for m in missing(complete, today(None))] == []


def test_a_signed_application_is_submitted_once(
    signed: Application, agent_user: User, handed_over: list[ApplicationSubmitted]
) -> None:
    first = submit(agent_user, signed)
    again = submit(agent_user, signed)

    assert first.state == State.SUBMITTED
    assert again.submitted_at == first.submitted_at
    assert [moment.application_id for moment in handed_over] == [signed.pk]
