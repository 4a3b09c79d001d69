"""From an instant quote to a policy in force: three people, three browsers, one real path."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Locator, expect
from procrastinate.contrib.django import app as queue

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.cases.models import Case
from megler.journal.actions import seal, verify
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from tests.applications.complete import COMPLETE
from tests.cast import PASSWORD, person
from tests.documents.files import pdf
from tests.journeys.conftest import Mailbox
from tests.journeys.people import DESK, PHONE, Person

EDITIONS = Path(__file__).parents[2] / "editions"
CLIENT_SAYS = {
    "insured_ssn": COMPLETE["insured_ssn"],
    "insured_occupation": "electrician",
    "insured_income": "90000",
}
"""What the agent leaves open for the client to say."""


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    """A carrier with a term book and its guide, an agent and a case manager."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    for name in ("tundra-life/tundra-term", "tundra-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    agent = person("Morgan Bailey", Role.AGENT, PASSWORD)
    person("Casper Holt", Role.CASE_MANAGER, PASSWORD)
    Agent.objects.create(
        user=agent,
        name=agent.name,
        email=agent.email,
        npn="4711",
        jurisdiction="TX",
        since="2020-01-01",
    )
    return str(live_server.url)


def work_is_done() -> None:
    """Let the worker do every job that waits, in a thread: Playwright's loop runs in this one."""

    def work() -> None:
        with queue.replace_connector(queue.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result(60)


def quotes_and_applies(agent: Person) -> None:
    agent.goes_to("/quotes/new/")
    agent.fills(
        {
            "born": "1985-06-14",
            "sex": "female",
            "jurisdiction": "TX",
            "height": "5'5",
            "weight": "140",
            "nicotine": "never",
        }
    )
    offers = agent.page.locator("#offers .offer")
    expect(offers.first).to_contain_text("Tundra Life")
    offers.first.locator("summary").click()
    agent.looks("1-quote")
    offers.first.get_by_role("button", name=re.compile("Apply")).click()
    agent.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/"))


def fills_the_application(agent: Person) -> None:
    """Section by section, as the page leads; what is asked of the client is left to the client."""
    answers = {key: value for key, value in COMPLETE.items() if key not in CLIENT_SAYS}
    while True:
        agent.fills(answers)
        agent.looks(
            f"2-application-{agent.page.locator('main form [name=section]').last.input_value()}"
        )
        further = agent.page.get_by_role("button", name="Save and continue")
        if not further.count():
            break
        with agent.page.expect_navigation():
            further.click()
    with agent.page.expect_navigation():
        agent.page.get_by_role("button", name="Save", exact=True).click()
    agent.page.get_by_role("button", name="Ask the client to sign").click()
    expect(agent.page.locator("#messages")).to_contain_text("kari@example.com")


def signs_on_the_phone(client: Person, mailbox: Mailbox) -> None:
    work_is_done()
    link = re.search(r"http://\S+/sign/\S+", mailbox.newest_to("kari@example.com"))
    assert link
    client.goes_to(link.group())
    client.looks("3-sign-who")
    work_is_done()
    client.page.get_by_label("Your date of birth").fill("06/14/1985")
    code = re.search(r"^ +([0-9]{6})\s*$", mailbox.newest_to("kari@example.com"), re.MULTILINE)
    assert code
    client.page.get_by_label("The code from the e-mail").fill(code[1])
    client.page.get_by_role("button", name="Continue").click()
    client.fills(CLIENT_SAYS)
    client.looks("3-sign-questions")
    client.page.get_by_role("button", name="Save and continue").click()
    expect(client.page.get_by_text("What you sign")).to_be_visible()
    client.looks("3-sign-review")
    client.page.get_by_label("I have read this and agree.").check()
    draws(client)
    client.looks("3-sign-drawn")
    client.page.get_by_role("button", name="Sign", exact=True).click()
    client.page.wait_for_load_state()
    client.looks("3-sign-done")


def draws(client: Person) -> None:
    """Draw a signature in the box, as with a finger."""
    client.page.get_by_text("Draw my signature").click()
    canvas = client.page.locator("#drawing")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box
    pen = client.page.mouse
    for start in (0.1, 0.5):
        pen.move(box["x"] + box["width"] * start, box["y"] + box["height"] * 0.6)
        pen.down()
        for step in range(1, 13):
            down = 0.6 - 0.4 * (step % 3) / 2
            across = start + 0.03 * step
            pen.move(box["x"] + box["width"] * across, box["y"] + box["height"] * down)
        pen.up()
    assert client.page.locator("[name=strokes]").input_value().count(";") == 1


def signs_and_submits(agent: Person) -> None:
    agent.page.reload()
    agent.page.get_by_role("link", name="Sign as agent").click()
    agent.page.get_by_label("I have read this and agree.").check()
    agent.page.get_by_label("Type your full name").fill("Morgan Bailey")
    agent.looks("4-sign-as-agent")
    agent.page.get_by_role("button", name="Sign", exact=True).click()
    agent.page.get_by_role("button", name="Submit").click()
    expect(agent.page.get_by_text("Submitted in good order.")).to_be_visible()
    agent.looks("4-submitted")


def does(manager: Person, what: str) -> None:
    """Do the deed that leads on; its sheet, if it has one, is there already filled in or is opened."""
    manager.page.locator(".deeds .btn-primary", has_text=what).click()


def sends_the_sheet(manager: Person) -> None:
    with manager.page.expect_response(lambda r: r.request.method == "POST"):
        manager.page.locator("#sheet form button[type=submit].btn-primary").first.click()
    expect(manager.page.locator("#sheet")).not_to_be_visible()


def requirement(manager: Person, kind: str) -> Locator:
    """The row of a requirement."""
    return manager.page.locator("tr", has=manager.page.locator("th", has_text=kind))


def more(manager: Person, kind: str, what: str) -> None:
    """Do to a requirement what stands in its further menu."""
    row = requirement(manager, kind)
    row.get_by_role("button", name=f"More for {kind}").click()
    row.get_by_role("button", name=what).click()


def underwrites(manager: Person, exam: Path) -> None:
    """Good order, sent, received, decided; requirements arrive, one is waived with a reason."""
    manager.goes_to("/cases/")
    manager.looks("5-cases")
    manager.page.get_by_role("link", name=re.compile("Kari Hope")).first.click()
    manager.looks("5-case")
    for deed in (
        "In good order",
        "Send to the carrier",
        "Carrier has received it",
        "In underwriting",
    ):
        does(manager, deed)
        expect(manager.page.locator(".deeds .btn-primary", has_text=deed)).to_have_count(0)
    more(manager, "MIB check", "Waive")
    manager.page.get_by_label("Why", exact=True).fill("Not asked for at this amount since June.")
    manager.looks("5-waive")
    sends_the_sheet(manager)
    more(manager, "Telephone interview", "Record arrival")
    manager.page.locator("#sheet input[type=file]").set_input_files(exam)
    sends_the_sheet(manager)
    requirement(manager, "Telephone interview").get_by_role(
        "button", name="Send to the carrier"
    ).click()
    for kind in ("Telephone interview", "Prescription history"):
        requirement(manager, kind).get_by_role("button", name="Carrier accepts").click()
        expect(requirement(manager, kind)).to_contain_text("Accepted")
    expect(requirement(manager, "MIB check")).to_contain_text("Waived")
    manager.looks("5-case-requirements")


def decides_and_places(manager: Person, receipt: Path) -> None:
    does(manager, "Record the decision")
    manager.page.get_by_label("Approved as applied").check()
    manager.page.get_by_label("The carrier's own words").fill("Approved Preferred, no exclusions.")
    manager.looks("6-decision")
    sends_the_sheet(manager)
    does(manager, "Record the issue")
    manager.page.get_by_label("Policy number").fill("TL-0001")
    sends_the_sheet(manager)
    does(manager, "Record the delivery")
    sends_the_sheet(manager)
    does(manager, "First premium is in")
    sends_the_sheet(manager)
    more(manager, "Delivery receipt", "Record arrival")
    manager.page.locator("#sheet input[type=file]").set_input_files(receipt)
    sends_the_sheet(manager)
    expect(manager.page.locator(".standing")).to_contain_text("In force")


@pytest.mark.django_db(transaction=True)
def test_from_an_instant_quote_to_a_policy_in_force(
    agency: str, window: Callable[..., Person], mailbox: Mailbox, tmp_path: Path
) -> None:
    agent = window("agent", agency, DESK)
    client = window("client", agency, PHONE)
    manager = window("manager", agency, DESK)
    agent.signs_in("morgan@example.com", PASSWORD)
    quotes_and_applies(agent)
    fills_the_application(agent)
    signs_on_the_phone(client, mailbox)
    signs_and_submits(agent)

    exam = tmp_path / "exam.pdf"
    exam.write_bytes(pdf(2))
    manager.signs_in("casper@example.com", PASSWORD)
    manager.looks("5-today")
    underwrites(manager, exam)
    decides_and_places(manager, exam)
    manager.looks("6-case-in-force")

    case = Case.objects.get()
    assert case.status == "in_force"
    assert case.policy_number == "TL-0001"
    agent.goes_to("/my-business/")
    agent.looks("7-my-business")
    agent.goes_to(f"/cases/{case.pk}/")
    expect(agent.page.locator(".standing")).to_contain_text("In force")
    agent.looks("7-case-of-the-agent")
    work_is_done()
    assert "in force" in mailbox.newest_to("morgan@example.com").lower()
    seal()
    assert verify()[0] == []
    for one in (agent, client, manager):
        assert one.has_no_complaints(), one.complaints
