"""Underwriting in a browser: a person assessed while one types, and a guide tried before its day."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from megler.applications.models import Application
from megler.carriers.models import Carrier, Edition, Product
from megler.carriers.packages import read_files, to_zip
from megler.cases.models import Case
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.cases.cast import AT
from tests.cases.cast import a_case as case_of
from tests.cast import PASSWORD
from tests.journeys.people import DESK, PHONE, Person

EDITIONS = Path(__file__).parents[2] / "editions"
Window = Callable[..., Person]


def signed_in(window: Window, base: str, name: str) -> Person:
    who = window(name, base, DESK, also=PHONE)
    who.signs_in(f"{ {'agent': 'morgan', 'underwriter': 'uma'}[name] }@example.com", PASSWORD)
    return who


def word_of(page: Page, carrier: str) -> Any:
    return page.locator("#words .word").filter(has=page.get_by_role("heading", name=carrier))


def test_an_agent_assesses_a_person_and_quotes_the_same_facts(
    guided_agency: str, window: Window
) -> None:
    agent = signed_in(window, guided_agency, "agent")
    agent.goes_to("/underwriting/")
    page = agent.page
    expect(page.get_by_text("Every carrier’s word appears here")).to_be_visible()
    agent.looks("underwriting-1-empty")
    agent.fills(
        {
            "age": "52", "sex": "male", "nicotine": "never", "height": "5'10", "weight": "190",
            "jurisdiction": "TX", "line": "term_life", "term_years": "20", "face_amount": "750k",
        }
    )  # fmt: skip
    tundra = word_of(page, "Tundra Life")
    expect(tundra).to_contain_text("Preferred")
    agent.looks("underwriting-2-typed")

    page.locator("button[value=conditions]").click()
    expect(page.locator("#h1_name")).to_be_focused()
    options = page.locator("#suggest-conditions option")
    assert "Diabetes, type 2" in [o.get_attribute("value") for o in options.all()] or (
        options.count() > 100
    )
    page.keyboard.type("type 2 diabetes")
    with page.expect_response(re.compile("/underwriting/history/")):
        page.keyboard.press("Tab")
    expect(page.locator("#h1_since")).to_be_focused()
    expect(page.get_by_text("What was the last A1C?").first).to_be_visible()
    more = page.locator("#h1_more")
    expect(more).not_to_have_attribute("open", "")
    expect(more.locator("summary")).to_contain_text("more questions that some carriers ask")
    expect(tundra).not_to_contain_text("Preferred ")
    agent.looks("underwriting-3-condition")

    page.locator(".deciding a", has_text="last A1C").click()
    expect(page.locator("#h1_a_a1c")).to_be_focused()
    with page.expect_response(re.compile("/underwriting/words/")):
        page.keyboard.type("7.1")
    expect(page.locator(".deciding a", has_text="last A1C")).to_have_count(0)
    expect(page.locator("#h1_a_a1c")).to_be_focused()
    page.wait_for_load_state("networkidle")
    tundra.locator("summary").click()
    expect(tundra.get_by_role("heading", name="Why", exact=True)).to_be_visible()
    with page.expect_response(re.compile("/underwriting/words/")):
        agent.fills({"family": "none"}) if page.locator("#id_family").is_visible() else page.fill(
            "[name=blood_pressure]", "128/80"
        )
    page.wait_for_load_state("networkidle")
    expect(tundra.get_by_role("heading", name="Why", exact=True)).to_be_visible()
    agent.looks("underwriting-4-why")

    page.get_by_role("button", name="Quote these facts").click()
    expect(page).to_have_url(re.compile("/quotes/from-facts/"))
    expect(page.locator("[name=face_amount]")).to_have_value("750000")
    expect(page.locator("#h1_name")).to_have_value("type 2 diabetes")
    expect(page.locator("#h1_a_a1c")).to_have_value("7.1")
    offer = page.locator("#offers .offer").first
    expect(offer).to_contain_text("Tundra Life")
    expect(offer.locator(".offer-premium")).to_contain_text(re.compile(r"\$[\d,.]+"))
    expect(offer).to_contain_text("could be")
    agent.looks("underwriting-5-quote")
    assert agent.complaints == []


def test_an_agent_needs_no_mouse(guided_agency: str, window: Window) -> None:
    agent = signed_in(window, guided_agency, "agent")
    agent.goes_to("/underwriting/")
    page, keys = agent.page, agent.page.keyboard
    expect(page.locator("[name=born]")).to_be_focused()
    page.locator("[name=age]").focus()
    keys.type("47")
    keys.press("Tab")
    keys.type("female")
    expect(word_of(page, "Tundra Life")).to_be_visible()
    page.locator("button[value=medications]").focus()
    keys.press("Enter")
    expect(page.locator("#h1_name")).to_be_focused()
    keys.type("metformin")
    keys.press("Enter")
    expect(page).to_have_url(re.compile("/underwriting/words/"))
    expect(page.locator("#h1_name")).to_have_value("metformin")
    page.locator("button[name=remove]").focus()
    keys.press("Enter")
    expect(page.locator("#h1_name")).to_have_count(0)
    expect(page.locator("button[name=add]").first).to_be_focused()
    summary = word_of(page, "Tundra Life").locator("summary")
    summary.focus()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Why", exact=True).first).to_be_visible()
    assert agent.complaints == []


def test_what_is_typed_while_an_answer_is_on_its_way_stays(
    guided_agency: str, window: Window
) -> None:
    agent = signed_in(window, guided_agency, "agent")
    agent.goes_to("/underwriting/")
    page = agent.page
    for number, name in ((1, "asthma"), (2, "depression")):
        page.locator("button[value=conditions]").click()
        expect(page.locator(f"#h{number}_name")).to_be_focused()
        page.keyboard.type(name)
    with page.expect_response(re.compile("/underwriting/history/")):
        page.keyboard.press("Tab")
        page.fill("#h2_since", "2015-04")
        page.fill("#h1_since", "2011-03")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#h1_since")).to_have_value("2011-03")
    expect(page.locator("#h2_since")).to_have_value("2015-04")
    assert agent.complaints == []


FACTS: dict[str, Any] = {
    "age": 45, "sex": "female", "jurisdiction": "TX", "height_in": 65, "weight_lb": 140,
    "nicotine": [], "blood_pressure": {"systolic": 138, "diastolic": 80, "treated": False},
    "cholesterol": {"total": 180, "hdl_ratio": 3.4}, "family": [], "conditions": [],
    "wants": {"line": "term_life", "face_amount": "500000", "term_years": 20},
}  # fmt: skip


def open_cases() -> None:
    """Three open cases of Tundra Life: two that a stricter limit moves, one without facts."""
    agent = Agent.objects.get(npn="4711")
    product = Product.objects.get(code="tundra-term")
    carrier = Carrier.objects.get(slug="tundra-life")
    for name, pressure in (("Kari Hope", 138), ("Ola Berg", 139), ("Siri Moe", None)):
        case = case_of(agent, carrier, name)
        Case.objects.filter(pk=case.pk).update(product=product)
        if pressure:
            told = {"systolic": pressure, "diastolic": 80, "treated": False}
            quote = Quote.objects.create(
                agent=agent, made_at=AT, on=date(2026, 3, 2), answer={}, editions=[],
                facts=FACTS | {"blood_pressure": told},
            )  # fmt: skip
            Application.objects.filter(pk=case.application_id).update(quote=quote)


def test_an_underwriter_tries_a_guide_and_publishes_it_for_a_day(
    guided_agency: str, window: Window, tmp_path: Path
) -> None:
    open_cases()
    files = read_files(EDITIONS / "tundra-life/guide")
    files = {
        **files,
        "criteria.csv": files["criteria.csv"].replace(b"max,,60,140", b"max,,60,135"),
        "edition.toml": files["edition.toml"].replace(b"2025-01-01", b"2025-06-01"),
    }
    (tmp_path / "guide.zip").write_bytes(to_zip(files))
    underwriter = signed_in(window, guided_agency, "underwriter")
    underwriter.goes_to("/carriers/")
    page = underwriter.page
    underwriter.looks("guide-1-carriers")
    page.get_by_role("link", name="Editions being tried").click()
    expect(page.get_by_text("None. Upload an edition")).to_be_visible()
    page.get_by_role("link", name="Upload an edition").click()
    page.set_input_files("[name=package]", tmp_path / "guide.zip")
    underwriter.looks("guide-2-upload")
    page.get_by_role("button", name="Check and try first").click()
    expect(page.get_by_role("heading", name="What differs from the edition of")).to_be_visible()
    expect(page.locator("main")).to_contain_text("135")
    expect(page.get_by_text("3 of 3 open cases looked at, 2 would change.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Kari Hope"))).to_be_visible()
    underwriter.looks("guide-3-tried")
    later = timezone.localdate() + timedelta(days=40)
    page.get_by_label("Takes effect on").fill("2025-01-01")
    page.get_by_role("button", name="Publish for that day").click()
    expect(page.locator("main")).to_contain_text("Nothing was published.")
    underwriter.looks("guide-4-refused")
    page.get_by_label("Takes effect on").fill(later.isoformat())
    page.get_by_role("button", name="Publish for that day").click()
    expect(page).to_have_url(re.compile("/editions/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text(f"tundra-life/full-guide@{later.isoformat()}")
    underwriter.looks("guide-5-published")
    assert Edition.objects.filter(effective_from=later).exists()
    assert [one for one in underwriter.complaints if "422" not in one] == []
