"""A replacement with a 1035 exchange, in a browser: what the state asks, a mistake, the money."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import COMPLETE, FACTS, OFFER
from tests.cast import PASSWORD, person
from tests.journeys.people import DESK, PHONE, Person

OLD = {
    "company": "Polar Mutual",
    "policy_number": "PM-20114",
    "kind": "life",
    "amount": "250000",
    "year_issued": "2010",
    "replace": "yes",
    "how": "exchange",
    "cash_value": "40000",
    "premium": "1850",
}


@pytest.fixture
def application(transactional_db: None, settings: Any, live_server: Any) -> Application:
    """An application to a carrier's term product, in New York, that replaces a policy."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    person("Nina Berg", Role.NEW_BUSINESS, PASSWORD)
    person("Uma Rao", Role.UNDERWRITER, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="NY",
        since="2020-01-01",
    )  # fmt: skip
    carrier = Carrier.objects.create(slug="fjord-life", name="Fjord Life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    quote = Quote.objects.create(
        agent=agent, made_by=user, made_at=timezone.now(), on=timezone.localdate(),
        facts=deepcopy(FACTS), answer={"offers": [deepcopy(OFFER)]}, editions=[],
    )  # fmt: skip
    held = start_from_quote(user, quote, 0)
    home = {"street": "1 Oak St", "city": "Albany", "state": "NY", "zip": "12207"}
    given = deepcopy(COMPLETE) | {
        "insured_address": home,
        "has_existing": "yes",
        "existing_cover": [OLD],
        "replacing": "yes",
        "report_replacing": "yes",
        "replacing_funds": "yes",
        "replacing_reason": "More cover for less",
    }
    return answer(user, held, given, held.version).application


def fill(page: Page, **fields: str) -> None:
    for name, value in fields.items():
        box = page.locator(f"[name={name}]")
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)


def test_an_exchange_from_a_mistake_to_the_money(
    application: Application,
    live_server: Any,
    window: Callable[..., Person],
) -> None:
    agent = window("exchange-agent", live_server.url, DESK, also=PHONE)
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to(f"/applications/{application.pk}/?section=existing")
    page = agent.page
    expect(page.get_by_text("Definition of replacement").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    agent.looks("exchange-sheet")
    page.get_by_role("link", name="Reasons, notices, exchanges").click()
    expect(page.get_by_text("What New York asks")).to_be_visible()
    expect(page.get_by_text("Disclosure statement", exact=True)).to_be_visible()
    agent.looks("exchange-replacement")
    page.get_by_role("link", name="Compare").click()
    expect(page.get_by_text("ask the insurer").first).to_be_visible()
    agent.looks("exchange-comparison")
    agent.goes_to(f"/applications/{application.pk}/exchanges/new/?policy=0")
    expect(page.locator("[name=policy_number]")).to_have_value("PM-20114")
    fill(page, source_kind="annuity", same_owner="yes", same_insured="yes")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Does not cover it")).to_be_visible()
    agent.looks("exchange-refused")
    fill(page, source_kind="life", is_direct="yes", is_qualified="no", cost_basis="31000")
    page.get_by_role("button", name="Prepare the exchange").click()
    expect(page.get_by_text("The exchange is being prepared.")).to_be_visible()
    agent.looks("exchange-preparing")
    page.get_by_role("button", name="The request was sent").click()
    expect(page.get_by_text("Request sent").first).to_be_visible()
    at = page.url

    desk = window("exchange-desk", live_server.url, DESK, also=PHONE)
    desk.signs_in("nina@example.com", PASSWORD)
    desk.goes_to("/exchanges/")
    expect(desk.page.get_by_text("Polar Mutual")).to_be_visible()
    desk.looks("exchange-list")
    desk.goes_to(at)
    fill(desk.page, words="Seven business days, says Dana")
    desk.page.get_by_role("button", name="Acknowledged").click()
    expect(desk.page.get_by_text("Seven business days, says Dana")).to_be_visible()
    fill(desk.page, amount="39812.44")
    desk.page.get_by_role("button", name="The money came").click()
    expect(desk.page.get_by_text("$39,812.44").first).to_be_visible()
    desk.looks("exchange-arrived")
    assert agent.complaints == []
    assert desk.complaints == []


def test_the_table_of_states_is_read_on_every_screen(
    application: Application, live_server: Any, window: Callable[..., Person]
) -> None:
    for size, word in ((DESK, "desk"), (PHONE, "phone")):
        writer = window(f"states-{word}", live_server.url, size)
        writer.signs_in("uma@example.com", PASSWORD)
        writer.goes_to("/replacement/")
        expect(writer.page.get_by_text("Minnesota").first).to_be_visible()
        writer.looks(f"replacement-rules-{word}")
        assert writer.complaints == []
