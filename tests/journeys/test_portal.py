"""An agent answers a requirement, asks, wants a change and lets the client follow; the client looks."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case
from megler.licensing.models import Agent
from megler.vocabulary.codes import RequirementKind
from tests.cases.cast import a_case, pdf
from tests.cast import PASSWORD, person
from tests.journeys.people import DESK, PHONE, Person


@pytest.fixture
def case(transactional_db: None, settings: Any, live_server: Any) -> Case:
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    manager = person("Casper Holt", Role.CASE_MANAGER, PASSWORD)
    person("Ada Berg", Role.ADMINISTRATOR, PASSWORD)
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since=date(2020, 1, 1),
    )  # fmt: skip
    case = a_case(agent)
    add_requirement(manager, case, RequirementKind.TRUST_PAPERS)
    add_requirement(manager, case, RequirementKind.APS, detail="Dr. Lund")
    return case


def brings_the_papers(agent: Person, case: Case, folder: Path) -> None:
    agent.goes_to(f"/cases/{case.pk}/")
    expect(agent.page.get_by_role("heading", name="In plain words")).to_be_visible()
    agent.looks("portal-0-case")
    agent.page.get_by_role("link", name=re.compile("^Answer ")).first.click()
    (folder / "trust.pdf").write_bytes(pdf())
    agent.page.set_input_files("[name=uploads]", folder / "trust.pdf")
    agent.fills({"words": "Page 2 names the trustee."})
    agent.looks("portal-1-answer")
    agent.page.get_by_role("button", name="Send to the agency").click()
    expect(agent.page.get_by_text("It is with the agency.")).to_be_visible()


def asks_and_wants(agent: Person) -> None:
    agent.page.get_by_label("Your question").fill("When will they decide?")
    agent.page.get_by_role("button", name="Ask", exact=True).click()
    expect(agent.page.get_by_text("Your question is with the agency.")).to_be_visible()
    agent.page.get_by_role("link", name="Ask for a change").click()
    agent.page.get_by_label("New amount").fill("a lot")
    agent.page.get_by_role("button", name="Ask for this change").click()
    agent.looks("portal-2-change-refused")
    agent.page.get_by_label("New amount").fill("750,000")
    agent.page.get_by_role("button", name="Ask for this change").click()
    expect(agent.page.get_by_text("Your request is with the agency.")).to_be_visible()


def lets_the_client_follow(agent: Person) -> str:
    agent.page.get_by_text("Let the client follow").click()
    agent.page.get_by_role("button", name="Make the page").click()
    address = agent.page.locator("#client-address")
    expect(address).to_be_visible()
    agent.looks("portal-3-client-may-follow")
    return str(address.inner_text())


def answers(staff: Person, case: Case) -> None:
    staff.goes_to(f"/cases/{case.pk}/")
    staff.page.get_by_label("Your answer").fill("By Friday.")
    staff.looks("portal-4-staff")
    staff.page.get_by_role("button", name="Answer", exact=True).click()
    expect(staff.page.get_by_text("The answer is on its way to the agent.")).to_be_visible()
    staff.page.get_by_role("button", name="Make the change").click()
    expect(staff.page.get_by_text("The change is made.")).to_be_visible()


def test_agent_staff_and_client_each_at_their_own_window(
    case: Case, live_server: Any, window: Callable[..., Person], tmp_path: Path
) -> None:
    agent = window("agent", live_server.url, DESK)
    agent.signs_in("morgan@example.com", PASSWORD)
    brings_the_papers(agent, case, tmp_path)
    asks_and_wants(agent)
    address = lets_the_client_follow(agent)

    staff = window("staff", live_server.url, DESK)
    staff.signs_in("casper@example.com", PASSWORD)
    answers(staff, case)

    client = window("client", live_server.url, PHONE)
    client.goes_to(address)
    expect(client.page.get_by_role("heading", name="Hello Kari Hope")).to_be_visible()
    assert not re.search("APS|physician|Lund|underwrit", client.page.content())
    client.looks("portal-5-client")
    client.goes_to(f"{address}?language=nb")
    assert client.page.locator("html").get_attribute("lang") == "nb"

    on_the_road = window("phone", live_server.url, PHONE)
    on_the_road.signs_in("morgan@example.com", PASSWORD)
    on_the_road.goes_to(f"/cases/{case.pk}/")
    expect(on_the_road.page.get_by_text("By Friday.").first).to_be_visible()
    on_the_road.looks("portal-6-case")
    for one in (agent, on_the_road):
        one.goes_to("/notices/")
        one.page.get_by_role("button", name="Make an address").or_(
            one.page.get_by_role("button", name="New address")
        ).first.click()
        expect(one.page.locator("#calendar-address")).to_be_visible()
        one.looks("portal-7-notices")
        one.goes_to("/export/")
        one.looks("portal-8-export")

    ada = window("ada", live_server.url, PHONE)
    ada.signs_in("ada@example.com", PASSWORD)
    ada.goes_to("/webhooks/new/")
    ada.fills({"name": "CRM", "address": "https://127.0.0.1/hook"})
    ada.page.get_by_role("button", name="Make it").click()
    expect(ada.page.get_by_text("lies inside our own network").first).to_be_visible()
    ada.fills({"address": "https://93.184.216.34/hook"})
    ada.page.get_by_role("button", name="Make it").click()
    expect(ada.page.get_by_role("heading", name="CRM")).to_be_visible()
    ada.looks("portal-9-webhook")
    ada.goes_to("/webhooks/")
    ada.looks("portal-9-webhooks")
    assert all(one.has_no_complaints() for one in (staff, client, on_the_road))
