"""An agent hands in a short ticket; the agency calls, and asks the rest by keyboard alone."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.applications.models import Application, State
from megler.carriers.models import Carrier, Product
from megler.licensing.models import Agent
from tests.cast import PASSWORD, person
from tests.journeys.people import DESK, PHONE, Person

TICKET = {
    "product": "fjord-life/term",
    "jurisdiction": "TX",
    "first_name": "Kari",
    "last_name": "Hope",
    "born": "06/14/1985",
    "phone": "512-555-0142",
    "amount": "500,000",
    "term_years": "20",
    "note": "Speaks softly.",
}


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    """An agent, somebody who calls, and a product."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    person("Nina Wells", Role.NEW_BUSINESS, PASSWORD)
    carrier = Carrier.objects.create(slug="fjord-life", name="Fjord Life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    return str(live_server.url)


def hands_in_a_ticket(agent: Person) -> None:
    agent.goes_to("/applications/")
    agent.page.get_by_role("button", name="Start").click()
    agent.page.get_by_role("link", name="New ticket").click()
    agent.fills(TICKET)
    tomorrow = timezone.localtime() + timedelta(days=1)
    agent.page.get_by_label("Asked to be called").fill(tomorrow.strftime("%Y-%m-%dT15:00"))
    agent.looks("ticket-1-new")
    agent.page.get_by_role("button", name="Hand in the ticket").click()
    expect(agent.page.locator("#messages")).to_contain_text("calls the client")
    agent.looks("ticket-1-handed-in")


def takes_the_task(caller: Person) -> None:
    caller.goes_to("/tasks/")
    caller.page.get_by_role("link", name=re.compile("^Interview Kari Hope, asked for")).click()
    caller.looks("ticket-2-before")
    caller.page.get_by_role("button", name="Begin", exact=True).click()


def hears(caller: Person, key: str, question: str, typed: str = "") -> None:
    """Types, presses a key, and is led to a question."""
    caller.page.wait_for_load_state("load")
    caller.page.keyboard.type(typed)
    caller.page.keyboard.press(key)
    expect(caller.page.locator(".interview-question")).to_contain_text(question)


def asks_by_keyboard(caller: Person, held: Application) -> None:
    """No mouse: type and Enter, Y or N, PageDown to come back to it, PageUp to go back."""
    expect(caller.page.locator(".interview-question")).to_contain_text("E-mail")
    caller.looks("ticket-3-question")
    hears(caller, "PageDown", "Sex")
    hears(caller, "PageUp", "Date of birth")
    hears(caller, "PageUp", "E-mail")
    hears(caller, "Enter", "Sex", "kari@example.com")
    hears(caller, "Enter", "State or country of birth", "1")
    hears(caller, "Enter", "Social Security number", "Texas")
    hears(caller, "Enter", "cannot be a Social Security number", "123")
    caller.looks("ticket-3-wrong")
    caller.goes_to(f"/applications/{held.pk}/interview/?q=med_heart")
    hears(caller, "y", "heart attack")
    caller.looks("ticket-3-yes-no")
    hears(caller, "Enter", "Diagnosis, dates")
    hears(caller, "PageUp", "heart attack")


@pytest.mark.django_db(transaction=True)
def test_a_ticket_is_completed_on_the_telephone(agency: str, window: Callable[..., Person]) -> None:
    agent, caller = window("agent", agency, PHONE), window("caller", agency, DESK)
    agent.signs_in("morgan@example.com", PASSWORD)
    hands_in_a_ticket(agent)
    held = Application.objects.get()
    assert held.state == State.TICKET
    caller.signs_in("nina@example.com", PASSWORD)
    takes_the_task(caller)
    asks_by_keyboard(caller, held)
    caller.page.get_by_role("button", name="End the interview").click()
    held.refresh_from_db()
    assert held.state == State.DRAFT
    given = held.given["insured_email"]
    assert (given.value, given.by, given.whom) == ("kari@example.com", "Nina Wells", "Kari Hope")
    caller.looks("ticket-4-application")
    assert agent.has_no_complaints(), agent.complaints
    assert [said for said in caller.complaints if "422" not in said] == []
