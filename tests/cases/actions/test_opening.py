"""A submitted application becomes a case, once, with everything it needs."""

from datetime import timedelta
from decimal import Decimal

import pytest

from megler.accounts.models import User
from megler.applications.rules.moments import ApplicationSubmitted
from megler.carriers.actions import publish_edition
from megler.cases.actions import requirements
from megler.cases.actions.opening import open_case_from_application
from megler.cases.models import Case, CaseParty, Requirement
from megler.cases.pages.shown import rows
from megler.clients.models import Client
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from megler.quoting.actions.quotes import save_quote
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
    publish_guide()
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


OWNED_BY_A_TRUST = {
    "owner_is_insured": "no",
    "owner_kind": "trust",
    "owner_name": "Åse Hope Trust",
    "payment_payor": "other",
    "payment_payor_name": "Siri Nes, mother",
}


def test_owner_and_payor_stand_in_the_case_and_find_it(agent: Agent) -> None:
    case = cast.a_case(agent, said=OWNED_BY_A_TRUST)
    told = [(one.role, one.client.name) for one in CaseParty.objects.of(case)]
    assert told == [
        ("insured", "Kari Hope"),
        ("owner", "Åse Hope Trust"),
        ("payor", "Siri Nes"),
    ]
    assert agent.user is not None
    assert Client.objects.visible_to(agent.user).count() == 3
    for words in ("ase trust", "siri nes", "kari hope"):
        assert list(Case.objects.named(words)) == [case]
    stranger = cast.an_agent("Ola Nes").user
    assert stranger is not None
    assert not CaseParty.objects.visible_to(stranger).exists()


def test_the_longest_names_that_can_be_answered_open_the_case(agent: Agent) -> None:
    longest = f"{'A' * 99} {'B' * 100}"
    said = OWNED_BY_A_TRUST | {"owner_kind": "person", "owner_name": longest}
    case = cast.a_case(agent, said=said)
    assert [one.role for one in CaseParty.objects.of(case)] == ["insured", "owner", "payor"]


def publish_guide() -> None:
    folder = cast.EDITIONS / "nordhavn-life" / "guide"
    publish_edition(SYSTEM, {p.name: p.read_bytes() for p in folder.iterdir()})


def test_what_the_quote_knows_triggers_and_is_kept_out_of_plain_sight(
    manager: User, agent: Agent
) -> None:
    publish_guide()
    application = cast.an_application(agent)
    history = [{"name": "diabetes type 2", "since": "2015-05"}]
    facts = {"age": 47, "sex": "female", "conditions": history, "medications": []}
    application.quote = save_quote(manager, facts, cast.AT.date())
    application.offer["face_amount"] = "1000"
    application.save()
    open_case_from_application(ApplicationSubmitted(application.pk, cast.AT))
    blood = Requirement.objects.get(kind="blood_profile")
    assert blood.raised_by["code"] == "triggered"
    assert (blood.raised_by["params"], "diabetes" in blood.detail) == ({}, True)
    assert "diabetes" not in str(blood.raised_by)


def test_what_came_in_for_an_earlier_case_is_on_file(manager: User, agent: Agent) -> None:
    publish_guide()
    first = cast.a_case(agent)
    blood = first.requirements.get(kind="blood_profile")
    assert "on_file" not in blood.raised_by
    requirements.order_requirement(manager, blood, at=cast.AT)
    requirements.record_arrival(manager, blood, at=cast.AT)
    application = cast.an_application(agent, cast.a_carrier())
    application.client, other = first.client, application.client
    application.save()
    assert other is not None
    later = cast.AT + timedelta(days=30)
    open_case_from_application(ApplicationSubmitted(application.pk, later))
    again = Requirement.objects.get(kind="blood_profile", case__application=application)
    told = again.raised_by["on_file"]
    assert (told["kind"], told["on"]) == ("blood_profile", "2026-03-02")
    assert told["until"] > "2026-04-01"
    assert told["carrier"] == "nordhavn-life"
    (row,) = rows(again.case, manager, [again], [])
    assert "may serve until" in row.on_file
