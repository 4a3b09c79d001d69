"""Starting from nothing, and the drop ticket: all or nothing, a task for the caller, the carrier's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.beginning import Wanted, start_from_nothing
from megler.applications.actions.submitting import withdraw
from megler.applications.actions.tickets import (
    Call,
    lacking,
    start_ticket,
    submit_ticket,
    take_up,
)
from megler.applications.models import Application, State
from megler.applications.models_filling import CompletedBy, Ticket
from megler.applications.rules.moments import ApplicationSubmitted
from megler.applications.rules.tickets import Cover
from megler.carriers.models import Product
from megler.licensing.models import Agent
from megler.vocabulary.problems import Refused
from megler.work.models import Task

WHO = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_born": "06/14/1985",
    "insured_phone": "(512) 555-0142",
}
COVER = Cover("500,000", 20, "monthly")


@pytest.fixture
def wanted(product: Product) -> Wanted:
    return Wanted(None, "fjord-life/term", "TX", COVER, WHO)


def _codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in refused.value.problems]


def test_an_application_starts_from_nothing(agent_user: User, agent: Agent, wanted: Wanted) -> None:
    held = start_from_nothing(agent_user, wanted)
    given = {key: one.value for key, one in held.given.items()}
    assert (held.agent, held.state, held.insured_name) == (agent, State.DRAFT, "Kari Hope")
    assert given["cover_face_amount"] == "500000"
    assert given["insured_address"] == {"state": "TX"}
    assert held.given["insured_born"].origin == "agent"
    assert held.quote is None


def test_everything_wrong_is_told_at_once_and_nothing_is_kept(
    agent_user: User, staff: User, product: Product
) -> None:
    bad = Wanted(
        None, "fjord-life/term", "ZZ", Cover("lots", 99, "hourly"),
        {"insured_ssn": "1", "shoe": "42", "cover_face_amount": "9"},
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        start_from_nothing(agent_user, bad)
    assert _codes(refused) == [
        ("not_a_state", "jurisdiction"),
        ("not_an_amount", "amount"),
        ("out_of_range", "term_years"),
        ("not_a_choice", "mode"),
        ("not_an_ssn", "insured_ssn"),
        ("question_unknown", "shoe"),
        ("answer_locked", "cover_face_amount"),
    ]
    with pytest.raises(Refused) as refused:
        start_from_nothing(staff, Wanted(None, "fjord-life/none", ""))
    assert _codes(refused) == [
        ("agent_missing", "agent"),
        ("product_unknown", "product"),
        ("answer_missing", "jurisdiction"),
    ]
    assert not Application.objects.exists()


def test_nobody_starts_in_anothers_name(stranger: User, agent: Agent, product: Product) -> None:
    with pytest.raises(Refused) as refused:
        start_from_nothing(stranger, Wanted(agent, "fjord-life/term", "TX"))
    assert _codes(refused) == [("not_allowed", "agent")]


def test_a_ticket_becomes_a_task_for_the_agency(agent_user: User, wanted: Wanted) -> None:
    call_at = timezone.now() + timedelta(days=1)
    held = start_ticket(agent_user, wanted, Call(call_at=call_at, note="Hard of hearing"))
    task = Task.objects.get()
    assert held.state == State.TICKET
    assert "Interview Kari Hope, asked for" in task.title
    assert task.due_on == timezone.localdate(call_at)
    assert task.url == reverse("application_interview", args=[held.pk])
    assert Ticket.objects.get().note == "Hard of hearing"


def test_a_ticket_lacks_only_its_short_list(agent_user: User, wanted: Wanted) -> None:
    with pytest.raises(Refused) as refused:
        start_ticket(
            agent_user, Wanted(None, wanted.product, "TX", Cover(), {"insured_born": "2031-01-01"}),
            Call(call_at=timezone.now() - timedelta(hours=1)),
        )  # fmt: skip
    told = set(_codes(refused))
    assert {where for code, where in told if code == "answer_missing"} == {
        "insured_first_name",
        "insured_last_name",
        "insured_phone",
        "cover_face_amount",
    }
    assert {("call_in_the_past", "call_at"), ("in_the_future", "insured_born")} <= told
    assert not Application.objects.exists()
    assert not Task.objects.exists()


def test_a_ticket_stays_one_until_it_is_taken_up(
    agent_user: User, staff: User, wanted: Wanted
) -> None:
    held = start_ticket(agent_user, wanted, Call())
    held = answer(agent_user, held, {"insured_middle_name": "N"}, held.version).application
    assert held.state == State.TICKET
    assert lacking(held) == []
    for _ in range(2):
        assert take_up(staff, held).state == State.DRAFT
    assert Task.objects.get().done_by == "Cara Holm"


def test_a_ticket_of_the_carrier_is_sent_once(
    agent_user: User, wanted: Wanted, handed_over: list[ApplicationSubmitted]
) -> None:
    held = start_ticket(agent_user, wanted, Call(CompletedBy.CARRIER, note="Call after five"))
    assert not Task.objects.exists()
    first = submit_ticket(agent_user, held)
    again = submit_ticket(agent_user, held)
    assert first.submitted_at == again.submitted_at
    assert [moment.application_id for moment in handed_over] == [held.pk]
    assert first.packet is not None
    assert first.packet.read().startswith(b"%PDF")


def test_only_the_carriers_ticket_can_be_sent(
    agent_user: User, wanted: Wanted, started: Application
) -> None:
    held = start_ticket(agent_user, wanted, Call())
    for one, code in ((held, "ticket_of_the_agency"), (started, "not_a_ticket")):
        with pytest.raises(Refused) as refused:
            submit_ticket(agent_user, one)
        assert _codes(refused)[0][0] == code


TYPED = {
    "product": "fjord-life/term",
    "jurisdiction": "TX",
    "first_name": "Kari",
    "last_name": "Hope",
    "born": "06/14/1985",
    "phone": "512-555-0142",
    "amount": "500,000",
    "term_years": "20",
    "completed_by": "agency",
}


def _post(browser: Browser, **typed: str) -> Any:
    return browser.post(reverse("ticket_start"), TYPED | typed)


def test_the_page_hands_in_a_ticket(browser: Browser, product: Product) -> None:
    assert "Fjord Term" in browser.get(reverse("ticket_start")).content.decode()
    answered = _post(browser)
    held = Application.objects.get()
    assert answered.headers["Location"] == reverse("application", args=[held.pk])
    page = browser.get(reverse("application", args=[held.pk])).content.decode()
    assert "Ticket" in page


def test_the_page_says_what_is_wrong_at_its_field(browser: Browser, product: Product) -> None:
    page = _post(browser, born="soon", phone="5", amount="much", term_years="x")
    assert page.status_code == 422
    assert "not a whole number" in page.content.decode()
    page = _post(browser, born="soon", phone="5", amount="much").content.decode()
    for told in ("not a date", "not a telephone number", "not an amount"):
        assert told in page
    assert not Application.objects.exists()


def test_staff_name_the_agent(staff: User, agent: Agent, product: Product) -> None:
    browser = Browser()
    browser.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    assert _post(browser, agent_npn="123").status_code == 422
    _post(browser, agent_npn=agent.npn)
    assert Application.objects.get().agent == agent


def test_a_ticket_that_is_withdrawn_is_nobodys_task(agent_user: User, wanted: Wanted) -> None:
    held = start_ticket(agent_user, wanted, Call())
    withdraw(agent_user, held)
    assert not Task.objects.open_about(held.subject).exists()
