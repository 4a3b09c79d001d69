"""A submitted application becomes a case, once, with everything it needs."""

from decimal import Decimal

import pytest

from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.actions import publish_edition
from megler.cases.actions.opening import open_case_from_application
from megler.cases.models import Case, Requirement
from megler.clients.models import Client
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from megler.work.models import Task
from tests.cases import cast

pytestmark = pytest.mark.django_db


def test_a_case_holds_what_was_applied_for(agent: Agent) -> None:
    case = cast.a_case(agent)
    assert case.reference == f"C-{case.number}"
    assert case.number >= 10001
    assert (case.status, case.holder, case.next_step) == ("submitted", "agency", "review")
    assert (case.class_applied, case.mode_applied, case.term_years_applied) == (
        "Preferred",
        "monthly",
        20,
    )
    assert case.premium_applied == Decimal("43.75")
    assert case.face_amount_applied == Decimal(500_000)
    assert case.opened_at == cast.AT
    assert case.version == 1
    (paper,) = case.documents.all()
    assert (paper.kind, paper.document.pages, paper.sent_at) == ("application", 3, None)
    assert cast.verbs(case) == ["case.opened"]
    (task,) = Task.objects.all()
    assert (task.role, task.due_on.isoformat()) == ("case_manager", "2026-03-03")


def test_a_moment_told_twice_opens_one_case(agent: Agent) -> None:
    case = cast.a_case(agent)
    open_case_from_application(ApplicationSubmitted(case.application_id, cast.AT))
    assert Case.objects.count() == 1
    assert Task.objects.count() == 1


def test_the_guide_in_effect_calls_for_requirements(agent: Agent) -> None:
    folder = cast.EDITIONS / "nordhavn-life" / "guide"
    publish_edition(SYSTEM, {p.name: p.read_bytes() for p in folder.iterdir()})
    case = cast.a_case(agent)
    raised = list(Requirement.objects.filter(case=case))
    assert raised
    for requirement in raised:
        assert requirement.state == "needed"
        assert requirement.raised_by["by"] == "guide"
        assert requirement.raised_by["edition"].startswith("nordhavn-life/")
        assert requirement.raised_by["params"]["age_from"]
        assert requirement.follow_up_on is not None
    assert len({requirement.kind for requirement in raised}) == len(raised)


def test_the_agent_and_their_assistant_see_the_client(agent: Agent) -> None:
    assistant, stranger = cast.an_assistant(agent), cast.an_agent("Ola Nes")
    case = cast.a_case(agent)
    for person in (agent.user, assistant):
        assert person is not None
        assert list(Client.objects.visible_to(person)) == [case.client]
    assert stranger.user is not None
    assert not Client.objects.visible_to(stranger.user).exists()
