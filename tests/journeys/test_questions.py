"""The box for questions in a browser: asked, understood, corrected, answered, handed on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect

from tests.cast import PASSWORD
from tests.journeys.people import DESK, PHONE, Person
from tests.wires.language_model.server import model_server

EDITIONS = Path(__file__).parents[2] / "editions"
BEST = (
    "52 male 1.5M term, type 2 diabetic A1c 7.1 on metformin, who is best and what will they need?"
)
Window = Callable[..., Person]


def agent_at(window: Window, base: str) -> Person:
    who = window("agent", base, DESK, also=PHONE)
    who.signs_in("morgan@example.com", PASSWORD)
    who.goes_to("/questions/")
    return who


def tells(agent: Person, fact: str) -> Locator:
    """Where a fact that decides is told; what is folded is opened first."""
    more = agent.page.locator("#more-opens:not([open]) summary")
    if more.count():
        more.click()
    return agent.page.locator(f"#open-{fact}")


def asks(agent: Person, question: str) -> None:
    box = agent.page.get_by_label("Your question")
    box.fill(question)
    with agent.page.expect_response(re.compile("/questions/$")):
        box.press("Enter")


def test_an_agent_asks_corrects_and_is_handed_on(guided_agency: str, window: Window) -> None:
    agent = agent_at(window, guided_agency)
    page = agent.page
    expect(page.get_by_label("Your question")).to_be_focused()
    expect(page.get_by_role("heading", name="For example")).to_be_visible()
    agent.looks("questions-1-empty")
    with page.expect_response(re.compile("/questions/$")):
        page.get_by_role("button", name="how long after a stent?").click()
    expect(page.locator("#asked .answer-carrier").first).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("how long after a stent?")

    asks(agent, BEST)
    answer = page.locator("#asked")
    expect(answer.locator(".answer-line").first).to_contain_text("Best: ")
    expect(page.locator("#said")).to_contain_text("Best: ")
    expect(answer.locator(".answer-carrier").first).to_contain_text("nordhavn-life/underwriting@")
    expect(page).to_have_url(re.compile("/questions/$"))
    agent.looks("questions-2-answer")

    age = answer.locator("#chip-age")
    age.locator("summary").click()
    expect(age.get_by_label("Age or birth date")).to_have_value("52")
    agent.looks("questions-3-chip")
    age.get_by_label("Age or birth date").fill("61")
    with page.expect_response(re.compile("/questions/$")):
        page.keyboard.press("Enter")
    expect(answer.locator("#chip-age summary")).to_contain_text("Age 61")
    expect(page.get_by_label("Your question")).to_have_value(BEST)

    insulin = tells(agent, "conditions-0-details-insulin")
    expect(insulin).to_contain_text("insulin")
    with page.expect_response(re.compile("/questions/$")):
        insulin.get_by_role("button", name="No").click()
    expect(insulin).to_have_count(0)
    expect(page.get_by_role("heading", name="What would decide it")).to_be_focused()
    tells(agent, "blood-pressure").get_by_role("textbox").fill("128/82")
    with page.expect_response(re.compile("/questions/$")):
        page.keyboard.press("Enter")
    expect(answer.locator("#chip-blood-pressure summary")).to_contain_text("128/82")
    agent.looks("questions-4-told")

    page.get_by_role("button", name="Quote these facts").click()
    expect(page).to_have_url(re.compile("/quotes/from-facts/$"))
    expect(page.locator("[name=face_amount]")).to_have_value("1500000")
    expect(page.locator("#h1_a_insulin, #h2_a_insulin").first).to_have_value("no")
    assert agent.complaints == []


def test_an_agent_needs_no_mouse(guided_agency: str, window: Window) -> None:
    agent = agent_at(window, guided_agency)
    page, keys = agent.page, agent.page.keyboard
    keys.type("45 f 500k term, stent")
    keys.press("Shift+Enter")
    keys.type("who is best?")
    with page.expect_response(re.compile("/questions/$")):
        keys.press("Enter")
    expect(page.locator("#asked .answer-line").first).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()
    page.locator("#chip-age summary").focus()
    keys.press("Enter")
    keys.press("Tab")
    expect(page.get_by_label("Age or birth date")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#chip-age summary")).to_be_focused()
    expect(page.get_by_label("Age or birth date")).to_be_hidden()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("Control+a")
    keys.type("61")
    with page.expect_response(re.compile("/questions/$")):
        keys.press("Enter")
    expect(page.locator("#chip-age summary")).to_contain_text("Age 61")
    expect(page.locator("#chip-age summary")).to_be_focused()
    expect(page.get_by_label("Age or birth date")).to_be_hidden()

    keys.press("Enter")
    page.locator("#chip-age").get_by_role("button", name="Take away").focus()
    with page.expect_response(re.compile("/questions/$")):
        keys.press("Enter")
    expect(page.locator("#chip-age")).to_have_count(0)
    expect(page.locator("#understood")).to_be_focused()
    tells(agent, "conditions-0-since").get_by_role("textbox").focus()
    keys.type("soon")
    with page.expect_response(re.compile("/questions/$")):
        keys.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Not changed")
    expect(page.locator("#fact-conditions-0-since").first).to_have_value("soon")
    agent.looks("questions-5-refused")
    assert agent.complaints == []


def test_what_is_typed_while_an_answer_is_on_its_way_stays(
    guided_agency: str, window: Window
) -> None:
    agent = agent_at(window, guided_agency)
    page = agent.page
    asks(agent, BEST)
    insulin = tells(agent, "conditions-0-details-insulin")
    pressure = tells(agent, "blood-pressure").get_by_role("textbox")
    on_the_way = agent.holds_back(re.compile("/questions/$"))
    with page.expect_request(re.compile("/questions/$")):
        insulin.get_by_role("button", name="No").click()
    pressure.fill("128/82")
    with page.expect_response(re.compile("/questions/$")):
        on_the_way[0].continue_()
    expect(insulin).to_have_count(0)
    expect(page.locator("#chip-conditions-0 summary")).to_contain_text("insulin no")
    expect(pressure).to_have_value("128/82")
    assert agent.complaints == []


def test_what_nobody_knows_goes_to_the_underwriter_and_a_model_may_say_the_rest_again(
    guided_agency: str, window: Window, settings: Any
) -> None:
    agent = agent_at(window, guided_agency)
    page = agent.page
    asks(agent, "what about moonpox and flibberty?")
    expect(page.locator("#asked")).to_contain_text("Uma Rao")
    agent.looks("questions-6-nobody-knows")

    said = "Nordhavn Life accepts cigars at Preferred. <b>No other carrier here does.</b>"
    with model_server(says=lambda _body: said) as server:
        settings.LANGUAGE_MODEL_URL = server.url
        asks(agent, "does anyone accept cigars at preferred?")
        expect(page.locator("#rephrased figure")).to_contain_text("<b>No other carrier here")
        expect(page.locator("#asked .answer-line").first).to_contain_text("Yes: Nordhavn Life")
        agent.looks("questions-7-rephrased")
    settings.LANGUAGE_MODEL_URL = ""

    agent.goes_to("/underwriting/")
    box = page.get_by_label("Ask in plain words")
    box.fill("how long after a stent?")
    agent.looks("questions-8-box")
    box.press("Enter")
    expect(page).to_have_url(re.compile("/questions/$"))
    expect(page.locator("#asked")).to_contain_text("wait 6 months")
    agent.looks("questions-9-rule")
    assert agent.complaints == []
