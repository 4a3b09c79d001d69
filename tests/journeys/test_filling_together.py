"""An agent at a desk and a client on a phone fill in one application at the same time."""

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import FACTS, OFFER
from tests.cast import PASSWORD, person
from tests.journeys.conftest import Mailbox
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import work_is_done

NAMED = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_email": "kari@example.com",
    "has_existing": "no",
}

ANSWERS = re.compile("/answers/$")


@pytest.fixture
def started(transactional_db: None, settings: Any, live_server: Any) -> Application:
    """An application just started from a quote, of an agent who can sign in."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    carrier = Carrier.objects.create(slug="fjord-life", name="Fjord Life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    quote = Quote.objects.create(
        agent=agent, made_by=user, made_at=timezone.now(), on=timezone.localdate(),
        facts=deepcopy(FACTS), answer={"offers": [deepcopy(OFFER)]}, editions=[],
    )  # fmt: skip
    held = start_from_quote(user, quote, 0)
    return answer(user, held, NAMED, held.version).application


def asks_the_client(agent: Person, held: Application) -> None:
    agent.goes_to(f"/applications/{held.pk}/?section=medical")
    agent.page.get_by_role("button", name="Ask to fill in").click()
    agent.looks("fill-1-ask")
    agent.page.get_by_role("button", name="Send the link").click()
    expect(agent.page.locator("#messages")).to_contain_text("kari@example.com")


def opens_the_link(client: Person, mailbox: Mailbox) -> None:
    work_is_done()
    link = re.search(r"http://\S+/fill/\S+", mailbox.newest_to("kari@example.com"))
    assert link
    client.goes_to(link.group())
    client.page.get_by_label("Your date of birth").fill("06/14/1985")
    client.looks("fill-2-who")
    client.page.get_by_role("button", name="Continue").click()
    client.looks("fill-2-overview")
    client.page.get_by_role("link", name=re.compile("Medical history")).click()


def choose(who: Person, key: str, value: str) -> None:
    field = who.page.locator(f'main [name="{key}"][value="{value}"]')
    field.locator("xpath=..").click()


def saved(who: Person) -> None:
    expect(who.page.locator("#saved span.kept")).to_contain_text("Saved")


def both_list_medications(agent: Person, client: Person, held: Application) -> None:
    """One opens the list; both add to it at the same moment."""
    choose(client, "takes_medication", "yes")
    agents = agent.page.locator('[name="medications.0.name"]')
    expect(agents).to_be_visible(timeout=10_000)
    client.page.locator('[name="medications.0.name"]').fill("metformin")
    agents.fill("lisinopril")
    agents.press("Tab")
    client.page.locator('[name="medications.0.name"]').press("Tab")
    for who in (agent, client):
        for drug in ("metformin", "lisinopril"):
            expect(
                who.page.locator(f'[name^="medications."][name$=".name"][value="{drug}"]')
            ).to_be_visible(timeout=15_000)
    client.page.keyboard.type("500 mg")
    client.page.keyboard.press("Tab")
    held.refresh_from_db()
    names = {item["name"] for item in held.given["medications"].value}
    assert names == {"metformin", "lisinopril"}


def stays_in_the_row(client: Person) -> None:
    """Who was in metformin's dose still is, though another came before it."""
    assert client.page.evaluate("document.activeElement.name") == "medications.1.reason"
    expect(client.page.locator('[name="medications.1.dose"]')).to_have_value("500 mg")
    expect(client.page.locator('[name="medications.1.name"]')).to_have_value("metformin")


def loses_the_line_and_nothing_else(client: Person, held: Application) -> None:
    client.page.context.set_offline(True)
    client.page.locator('[name="medications.0.dose"]').fill("850 mg")
    client.page.locator('[name="medications.0.dose"]').press("Tab")
    expect(client.page.locator("#saved span.kept")).to_contain_text("Not saved yet")
    client.looks("fill-3-offline")
    client.page.context.set_offline(False)
    expect(client.page.locator("#saved span.kept")).to_contain_text("Saved", timeout=15_000)
    held.refresh_from_db()
    assert "850 mg" in {item.get("dose") for item in held.given["medications"].value}


def chooses_a_suggestion(agent: Person) -> None:
    """By keyboard alone; Enter in a field takes no item away, and does not leave the section."""
    agent.page.get_by_role("button", name="Add another").first.click()
    field = agent.page.locator('[name="medications.2.name"]')
    field.press_sequentially("atorv")
    expect(agent.page.get_by_role("option", name="Atorvastatin")).to_be_visible()
    field.press("ArrowDown")
    agent.looks("fill-3-suggested")
    field.press("Enter")
    field.press("Enter")
    expect(agent.page.locator('[name$=".name"][name^="medications."]')).to_have_count(3)
    expect(field).to_have_value("Atorvastatin")
    expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.django_db(transaction=True)
def test_an_agent_and_a_client_fill_in_one_application_together(
    started: Application, live_server: Any, window: Callable[..., Person], mailbox: Mailbox
) -> None:
    agent = window("agent", live_server.url, DESK)
    client = window("client", live_server.url, PHONE)
    agent.signs_in("morgan@example.com", PASSWORD)
    asks_the_client(agent, started)
    agent.goes_to(f"/applications/{started.pk}/?section=medical")
    opens_the_link(client, mailbox)
    choose(client, "med_heart", "yes")
    saved(client)
    details = agent.page.locator('[name="med_heart_details"]')
    expect(details).to_be_visible(timeout=10_000)
    agent.looks("fill-3-appears")
    both_list_medications(agent, client, started)
    stays_in_the_row(client)
    loses_the_line_and_nothing_else(client, started)
    chooses_a_suggestion(agent)
    client.looks("fill-3-section")
    agent.looks("fill-4-together")
    client.page.get_by_role("link", name=re.compile("Part")).click()
    expect(client.page.locator("progress").first).to_be_visible()
    offline = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    assert [said for said in client.complaints if not any(one in said for one in offline)] == []
    assert agent.has_no_complaints(), agent.complaints


@pytest.mark.django_db(transaction=True)
def test_what_is_done_next_waits_until_what_was_typed_is_saved(
    started: Application, live_server: Any, window: Callable[..., Person]
) -> None:
    agent = window("agent", live_server.url, DESK)
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to(f"/applications/{started.pk}/?section=insured")
    page, on_the_way = agent.page, agent.holds_back(ANSWERS)
    page.get_by_role("button", name="Ask to fill in").click()
    with page.expect_request(ANSWERS):
        page.locator("[name=insured_first_name]").evaluate(
            "e => { e.value = 'Karin'; e.dispatchEvent(new Event('change', {bubbles: true})) }"
        )
    page.get_by_role("button", name="Not now").click()
    expect(page.locator("#ask-insured")).to_be_hidden()
    page.get_by_role("button", name="Ask to fill in").click()
    page.get_by_role("button", name="Send the link").click()
    started.refresh_from_db()
    assert started.given["insured_first_name"].value == "Kari"
    with page.expect_navigation():
        on_the_way[0].continue_()
    expect(page.locator("#messages")).to_contain_text("kari@example.com")
    started.refresh_from_db()
    assert started.given["insured_first_name"].value == "Karin"

    expect(page.locator("#ask-insured-name")).to_have_value("Karin Hope")
    field = page.locator("[name=insured_last_name]")
    with page.expect_request(ANSWERS):
        field.fill("Hop")
        field.press("Tab")
    field.fill("Hopeful")
    page.get_by_role("button", name="Save and continue").click()
    with page.expect_navigation():
        on_the_way[1].continue_()
        page.unroute(ANSWERS)
    started.refresh_from_db()
    assert started.given["insured_last_name"].value == "Hopeful"
    page.goto(f"{live_server.url}/applications/{started.pk}/?section=insured")
    page.locator("[name=insured_last_name]").fill("Hopefully")
    page.keyboard.press("Tab")
    expect(page.locator("#ask-insured-name")).to_have_value("Karin Hopefully")
    assert agent.has_no_complaints(), agent.complaints
