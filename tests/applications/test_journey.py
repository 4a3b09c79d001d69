"""The whole way of an application through its actions."""

from megler.accounts.models import User
from megler.applications.actions.holding import missing, today
from megler.applications.actions.submitting import submit
from megler.applications.models import Application, State
from megler.applications.rules.counting import typed_in
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


def test_from_quote_to_submission_the_forms_hold_more_than_anybody_typed(
    signed: Application, agent_user: User, handed_over: list[ApplicationSubmitted]
) -> None:
    held = submit(agent_user, signed)
    typed = typed_in(held.questionnaire, held.given)
    assert typed.taken_over >= 15
    assert typed.agent + typed.client + typed.taken_over <= typed.fields
    assert typed.agent < typed.fields * 0.75
