"""Quoting in a browser: offers while one types, sorted, narrowed, compared; every tool; a partner."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from tests import lines
from tests.cast import PASSWORD, person
from tests.journeys.people import DESK, PHONE, Person

EDITIONS = Path(__file__).parents[2] / "editions"
WOMAN = {
    "born": "1985-06-14",
    "sex": "female",
    "jurisdiction": "TX",
    "height": "5'5",
    "weight": "140",
    "nicotine": "never",
}


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    """Carriers of every line, and an agent."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    for name in ("tundra-life/tundra-term", "tundra-life/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    for name in ("term-life", "annuity-fixed", "disability-income", "individual-health"):
        publish_edition(SYSTEM, for_good(lines.page(name).files))
    agent = person("Morgan Bailey", Role.AGENT, PASSWORD)
    Agent.objects.create(
        user=agent,
        name=agent.name,
        email=agent.email,
        npn="4711",
        jurisdiction="TX",
        since="2020-01-01",
    )
    return str(live_server.url)


def for_good(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The edition without the day on which it ends: the page quotes for today, whenever that is."""
    head = re.sub(rb"\neffective_until = \S+", b"", files["edition.toml"])
    return {**files, "edition.toml": head}


def agent_at_the_quote(window: Callable[..., Person], base: str, size: dict[str, int]) -> Person:
    agent: Person = window("agent" if size is DESK else "agent-phone", base, size)
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to("/quotes/new/")
    return agent


def shows(agent: Person, view: str) -> None:
    with agent.page.expect_response(re.compile("/quotes/offers/")):
        agent.page.locator(f"label[for=view-{view}]").click()


def test_offers_are_typed_sorted_narrowed_and_compared(
    agency: str, window: Callable[..., Person]
) -> None:
    agent = agent_at_the_quote(window, agency, DESK)
    agent.fills({**WOMAN, "face_amount": "245k", "term_years": ""})
    agent.page.locator("summary", has_text="as asked").click()
    agent.fills({"class": "preferred"})
    offers = agent.page.locator("#offers .offer")
    expect(offers).to_have_count(4)
    agent.looks("quote-1-offers")

    agent.page.locator("#sort").select_option("carrier")
    names = agent.page.locator("#offers .offer-carrier")
    expect(names.last).to_have_text("Tundra Life")
    agent.page.locator("#carrier").select_option("tundra-life")
    expect(offers).to_have_count(3)
    agent.page.locator("#carrier").select_option("")
    expect(offers).to_have_count(4)

    offers.first.locator("summary").click()
    for place in (0, 1, 2):
        offers.nth(place).get_by_label(re.compile("Compare")).check()
    compare = agent.page.get_by_role("button", name="Compare 3")
    expect(compare).to_be_visible()
    expect(offers.first.locator("details")).to_have_attribute("open", "")
    agent.looks("quote-2-tray")
    compare.click()
    expect(agent.page.get_by_role("heading", name="Side by side")).to_be_visible()
    agent.looks("quote-3-compare")
    assert agent.has_no_complaints(), agent.complaints


def test_every_tool_answers_beside_the_offers(agency: str, window: Callable[..., Person]) -> None:
    for size in (DESK, PHONE):
        agent = agent_at_the_quote(window, agency, size)
        agent.fills({**WOMAN, "face_amount": "245k", "term_years": "20"})
        expect(agent.page.locator("#offers .offer")).to_have_count(1)
        hint = agent.page.locator(".quote-hint", has_text="can cost less than")
        expect(hint).to_contain_text("$250,000")
        told_there = hint.inner_text()
        for view, told in (
            ("terms", "Every term"),
            ("classes", "this person"),
            ("ladder", "In layers"),
            ("charts", "Premium by age at start"),
        ):
            shows(agent, view)
            expect(agent.page.locator("#offers")).to_contain_text(told)
            agent.looks(f"quote-4-{view}")
        shows(agent, "ladder")
        agent.page.locator("#need_amount_0").fill("much")
        agent.page.locator("#need_amount_0").press("Tab")
        expect(agent.page.locator("#offers .problems, #offers .alert")).to_contain_text("much")
        shows(agent, "offers")
        agent.page.get_by_role("button", name="Quote $250,000").click()
        expect(agent.page.locator("[name=face_amount]")).to_have_value("250000")
        expect(agent.page.locator("#offers .offer-main").first).to_have_text(
            re.search(r"there (\S+) instead", told_there)[1]  # type: ignore[index]
        )
        assert agent.has_no_complaints(), agent.complaints


def test_a_partner_and_a_budget_stand_in_the_same_run(
    agency: str, window: Callable[..., Person]
) -> None:
    agent = agent_at_the_quote(window, agency, PHONE)
    agent.fills({**WOMAN, "term_years": "20"})
    agent.page.get_by_label("Amount for a budget").check()
    agent.fills({"budget": "25"})
    expect(agent.page.locator("#offers .offer-main").first).to_have_text(
        re.compile(r"^\$\d{3},000$")
    )
    expect(agent.page.locator("#quote-jump")).to_contain_text("1 offer")
    agent.page.locator("summary", has_text="Spouse").click()
    agent.fills({"partner": "each"})
    agent.fills({"partner_age": "44", "partner_sex": "male", "partner_nicotine": "never"})
    expect(agent.page.locator("#offers .quote-wish")).to_have_count(2)
    expect(agent.page.locator("#offers .quote-wish").last).to_contain_text("Partner")
    agent.looks("quote-5-partner")
    assert agent.has_no_complaints(), agent.complaints


def test_each_line_asks_its_own_and_shows_what_it_yields(
    agency: str, window: Callable[..., Person]
) -> None:
    agent = agent_at_the_quote(window, agency, DESK)
    agent.fills({"line": "annuity"})
    expect(agent.page.locator("[name=face_amount]")).to_be_hidden()
    agent.fills({"premium": "50k", "born": "1961-05-02", "sex": "female", "jurisdiction": "OH"})
    expect(agent.page.locator("#offers .offer-premium").first).to_contain_text("after")
    agent.looks("quote-6-annuity")

    agent.fills({"line": "health", "zip": "36749", "jurisdiction": "AL", "nicotine": "never"})
    county = agent.page.locator("#county-field select")
    expect(county.locator("option")).to_have_text(["which one?", "Autauga", "Dallas"])
    county.select_option("Autauga")
    expect(agent.page.locator("#offers .offer")).to_have_count(1)
    agent.looks("quote-7-health")
    assert agent.has_no_complaints(), agent.complaints


def test_the_page_answers_without_scripts(agency: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-US")
    page = context.new_page()
    page.goto(f"{agency}/account/login/")
    page.fill("[name=login]", "morgan@example.com")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(f"{agency}/quotes/new/")
    for name in ("born", "height", "weight"):
        page.fill(f"main [name={name}]", WOMAN[name])
    for name in ("sex", "jurisdiction", "nicotine", "term_years"):
        page.select_option(f"main [name={name}]", {**WOMAN, "term_years": "20"}[name])
    page.fill("main [name=face_amount]", "245k")
    page.get_by_role("button", name="See prices").click()
    expect(page.locator("#offers .offer")).to_have_count(1)
    page.locator("label[for=view-ladder]").click()
    page.get_by_role("button", name="See prices").click()
    expect(page.locator("#offers")).to_contain_text("In layers")
    expect(page.locator("[name=face_amount]")).to_have_value("245k")
    context.close()
