"""Taking agents on, and who may act for them."""

from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.journal.models import Entry
from megler.licensing.actions import add_agent, let_assist
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused

pytestmark = pytest.mark.django_db
NEW = {
    "name": "Ada Ames",
    "email": "Ada@Example.com",
    "npn": "777",
    "jurisdiction": "TX",
    "since": date(2026, 1, 2),
}


def someone(role: Role, name: str = "one") -> User:
    return User.objects.create_user(f"{name}-{role}@example.com", name=name, role=role)


def test_an_agent_comes_with_a_user_who_has_no_password_yet() -> None:
    agent = add_agent(someone(Role.LICENSING), firm="Ames & Co", **NEW)  # type: ignore[arg-type]
    assert agent.user is not None
    assert (agent.user.role, agent.user.email) == (Role.AGENT, "ada@example.com")
    assert not agent.user.has_usable_password()
    assert agent.firm is not None
    assert Entry.objects.get().verb == "agent.added"
    (job,) = ProcrastinateJob.objects.filter(task_name="accounts.jobs.send_invitation")
    assert job.args == {"person": str(agent.user.pk)}


def test_every_problem_is_told_and_nothing_is_kept() -> None:
    licensing = someone(Role.LICENSING)
    bad = {**NEW, "npn": "12345678901", "jurisdiction": "ZZ", "email": licensing.email}
    with pytest.raises(Refused) as refused:
        add_agent(licensing, **bad)  # type: ignore[arg-type]
    assert {p.code for p in refused.value.problems} == {
        "npn_shape",
        "unknown_jurisdiction",
        "email_taken",
    }
    assert not Agent.objects.exists()


def test_a_producer_number_is_taken_once() -> None:
    licensing = someone(Role.LICENSING)
    add_agent(licensing, **NEW)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        add_agent(licensing, **{**NEW, "email": "other@example.com"})  # type: ignore[arg-type]
    assert [p.code for p in refused.value.problems] == ["npn_taken"]


@pytest.mark.parametrize("role", [Role.AGENT, Role.SERVICE, Role.CARRIER])
def test_only_those_who_may_take_agents_on_do(role: Role) -> None:
    with pytest.raises(Refused):
        add_agent(someone(role), **NEW)  # type: ignore[arg-type]


def test_an_assistant_acts_for_these_agents_and_no_others() -> None:
    licensing, helper = someone(Role.LICENSING), someone(Role.ASSISTANT)
    mine = add_agent(licensing, **NEW)  # type: ignore[arg-type]
    other = add_agent(licensing, **{**NEW, "npn": "778", "email": "b@example.com"})  # type: ignore[arg-type]
    let_assist(licensing, helper, [mine])
    assert list(Agent.objects.acted_for_by(helper)) == [mine]
    assert list(Agent.objects.visible_to(helper)) == [mine]
    assert set(Agent.objects.acted_for_by(licensing)) == {mine, other}
    assert mine.user is not None
    assert list(Agent.objects.acted_for_by(mine.user)) == [mine]


def test_a_carriers_person_acts_for_no_agent() -> None:
    add_agent(someone(Role.LICENSING), **NEW)  # type: ignore[arg-type]
    assert not Agent.objects.visible_to(someone(Role.CARRIER)).exists()


def test_only_an_assistant_can_assist() -> None:
    licensing = someone(Role.LICENSING)
    with pytest.raises(Refused):
        let_assist(licensing, someone(Role.SERVICE), [])
