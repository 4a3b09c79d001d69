"""Who is told of a change, when, and that nobody is told twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions import letters, review
from megler.cases.actions.letters import Change, tell_agent, tell_agents
from megler.cases.models import Case, CaseAgent, CaseNoticeChoice, Notice, NoticeChoice
from megler.licensing.models import Agent, Delegation
from megler.post.models import Message
from tests.cases.cast import AT, a_case, an_agent, an_assistant

pytestmark = pytest.mark.django_db


def user_of(agent: Agent) -> User:
    assert agent.user is not None
    return agent.user


def told(case: Case, verb: str = "case.returned", done_by: Any = None) -> set[str]:
    """Who gets a letter about a change."""
    Message.objects.all().delete()
    tell_agent(case, verb, done_by, {}, AT)
    return set(Message.objects.values_list("to", flat=True))


def test_what_needs_the_agent_is_told_at_once_and_the_rest_waits(agent: Agent, case: Case) -> None:
    assert told(case) == {agent.email}
    assert told(case, "case.in_good_order") == set()
    notice = Notice.objects.get()
    assert (notice.agent, notice.verb, notice.told_at) == (agent, "case.in_good_order", None)


def test_nobody_is_told_of_what_they_did(agent: Agent, case: Case) -> None:
    assert told(case, done_by=user_of(agent).pk) == set()
    assert not Notice.objects.exists()


def test_it_is_the_agents_own_choice_by_kind_and_by_case(agent: Agent, case: Case) -> None:
    NoticeChoice.objects.create(person=user_of(agent), at_once=["progress"], digest=False)
    assert told(case) == set()
    assert told(case, "case.in_good_order") == {agent.email}
    CaseNoticeChoice.objects.create(person=user_of(agent), case=case, how="never")
    assert told(case, "case.in_good_order") == set()
    assert not Notice.objects.exists()


def test_an_assistant_and_a_delegate_are_told_once_they_choose_to_be(
    agent: Agent, case: Case
) -> None:
    assistant, other = an_assistant(agent), user_of(an_agent("Dag Delegate"))
    today = timezone.localdate()
    Delegation.objects.create(
        agent=agent,
        person=other,
        since=today,
        until=today + timedelta(days=3),
        made_by=user_of(agent),
        made_at=AT,
    )
    assert told(case) == {agent.email}
    for person in (assistant, other):
        NoticeChoice.objects.create(person=person, at_once=["needs_you"], digest=True)
    assert told(case) == {agent.email, assistant.email, other.email}
    Delegation.objects.update(ended_at=AT)
    assert told(case) == {agent.email, assistant.email}


def test_every_agent_of_a_shared_case_is_told_and_each_once(agent: Agent, case: Case) -> None:
    second = an_agent("Tone Two")
    CaseAgent.objects.create(case=case, agent=second, share=50, position=2)
    helper = an_assistant(agent)
    helper.assistant.agents.add(second)
    NoticeChoice.objects.create(person=helper, at_once=["needs_you"])
    tell_agent(case, "case.returned", None, {}, AT)
    assert sorted(Message.objects.values_list("to", flat=True)) == sorted(
        [agent.email, second.email, helper.email]
    )


def test_many_changes_are_told_in_as_few_queries_as_one(
    agent: Agent, django_assert_max_num_queries: Any
) -> None:
    cases = [a_case(agent, name=f"Kari Number{word}") for word in ("one", "two", "three")]
    changes = [Change(case, "case.in_underwriting", None, {}, AT) for case in cases]
    with django_assert_max_num_queries(6):
        tell_agents(changes)
    assert Notice.objects.count() == 3


def test_an_agent_without_a_sign_in_is_told_as_by_default() -> None:
    agent = an_agent("Ola Offline", user=False)
    case = a_case(agent)
    assert told(case) == {agent.email}


def test_every_letter_can_be_said_of_a_case(case: Case) -> None:
    for verb in letters.LETTERS:
        assert "%(" not in letters.said_of(verb, {}, case)


def test_a_returned_application_reaches_the_agent(manager: User, agent: Agent, case: Case) -> None:
    review.return_to_agent(manager, case, "Page 4 is unsigned", at=AT)
    assert Message.objects.get().to == agent.email
