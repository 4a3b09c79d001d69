"""What carriers will need, in a browser: compared while one types, at a desk and on a phone."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from tests.cast import PASSWORD, person
from tests.journeys.people import DESK, PHONE, Person

EDITIONS = Path(__file__).parents[2] / "editions"


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    """Three guides, and an agent."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    names = ("tundra-life/tundra-term", "tundra-life/guide", "nordhavn-life/guide")
    for name in (*names, "prairie-mutual/guide"):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    person("Morgan Bailey", Role.AGENT, PASSWORD)
    return str(live_server.url)


def test_carriers_are_compared_while_one_types(agency: str, window: Callable[..., Person]) -> None:
    agent = window("agent", agency, DESK, also=PHONE)
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to("/requirements/")
    page = agent.page
    expect(page.get_by_text("What each carrier will ask for appears here")).to_be_visible()
    page.fill("[name=age]", "57")
    page.select_option("[name=sex]", "male")
    page.select_option("[name=line]", "term_life")
    page.fill("[name=face_amount]", "750k")
    burdens = page.locator(".burden")
    expect(burdens).to_have_count(3)
    expect(page.locator(".need-held")).to_have_count(0)
    page.select_option("[name=evidence_kind_1]", "blood_profile")
    a_month_ago = timezone.localdate() - timedelta(days=30)
    page.fill("[name=evidence_on_1]", a_month_ago.isoformat())
    expect(page.locator(".need-held").first).to_be_visible()
    page.locator("button[value=conditions]").click()
    page.fill("[name=h1_name]", "diabetes type 2")
    with page.expect_response(re.compile("/requirements/answer/")):
        page.locator("[name=h1_name]").press("Tab")
    expect(page.get_by_text("What was the last A1C?")).to_be_visible()
    page.wait_for_load_state("networkidle")
    # A late answer may put another carrier first; what was opened stays open.
    own = burdens.first.locator(".burden-why").get_attribute("id")
    opened = page.locator(f'[id="{own}"]')
    opened.locator("summary").click()
    expect(opened.locator(".burden-table")).to_be_visible()
    agent.looks("requirements")
    page.get_by_role("button", name="Assess these facts").click()
    expect(page).to_have_url(re.compile("/underwriting/words/"))
    expect(page.locator("[name=face_amount]")).to_have_value("750000")
    assert agent.complaints == []
