"""An insured and an owner on their phones, a replacement in Florida, a mistake, a change after signing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.applications.models import Application
from megler.applications.rules.counting import typed_in
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.forms.actions.seal_checks import verify_seal
from megler.forms.actions.sealing import seal_key
from megler.forms.models import SignatureRequest
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from tests.cast import PASSWORD, person
from tests.journeys.conftest import Mailbox
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import draws, work_is_done

LOOKED_AT = {2, 6}
"""Parts of the client's way that are pictured: policies in force, and conditions that open others."""
EDITIONS = Path(__file__).parents[2] / "editions"
INSURED, OWNER = "kari@example.com", "ola@example.com"

BY_AGENT: dict[str, object] = {
    "insured_first_name": "Kari",
    "insured_last_name": "Hope",
    "insured_email": INSURED,
    "owner_is_insured": "no",
    "owner_kind": "person",
    "owner_relationship": "husband",
    "owner_name": "Ola Hope",
    "owner_email": OWNER,
    "owner_born": "01/20/1983",
    "owner_address": {"street": "1 Palm Way", "city": "Tampa", "state": "FL", "zip": "33602"},
    "delivery": "electronic",
    "cover_purpose": "income",
    "beneficiaries": [
        {"name": "Ola Hope", "relationship": "husband", "class": "primary", "share": "90"}
    ],
    "payment_method": "bank_draft",
    "payment_payor": "owner",
    "money_with_application": "no",
    "report_known": "over_5",
    "report_met": "in_person",
    "report_id_seen": "yes",
    "report_id_kind": "Driver's licence, Florida",
    "report_replacing": "yes",
    "report_pressure": "no",
}
BY_INSURED: dict[str, object] = {
    "insured_birth_place": "Norway",
    "insured_ssn": "078-05-1121",
    "insured_phone": "(813) 555-0142",
    "insured_address": {"street": "1 Palm Way", "city": "Tampa", "zip": "33602"},
    "insured_citizen": "yes",
    "insured_employment": "employed",
    "insured_occupation": "electrician",
    "insured_income": "90000",
    "has_existing": "yes",
    "existing_cover": [
        {
            "company": "Old Mutual Aid",
            "policy_number": "77-1",
            "amount": "100000",
            "year_issued": "2015",
            "kind": "life",
            "replace": "yes",
            "how": "lapse",
        }
    ],
    "replacing": "yes",
    "replacing_funds": "no",
    "replacing_reason": "More cover for the same premium",
    "fl_wants_comparison": "yes",
    "height_in": "5'5",
    "weight_lb": "140",
    "med_diabetes": "yes",
    "med_diabetes_details": "Type 2, found in 2019",
    "diabetes_type": "two",
    "diabetes_insulin": "no",
    "diabetes_a1c": [{"day": "05/01/2026", "value": "6.8"}],
    "diabetes_harm": "no",
    "takes_medication": "yes",
    "medications": [{"name": "metformin", "dose": "500 mg", "reason": "diabetes type 2"}],
    "hiv_whom": "me",
}
BY_OWNER: dict[str, object] = {
    "owner_ssn": "219-09-9999",
    "bank_routing": "021000021",
    "bank_account": "12345678",
    "delivery_can_open": "yes",
    "delivery_scope": "all",
}


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    """A carrier with a term book, a guide and its own forms; an agent in Florida."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    for name in ("tundra-term", "guide", "term-forms"):
        publish_edition(SYSTEM, read_files(EDITIONS / "tundra-life" / name))
    agent = person("Morgan Bailey", Role.AGENT, PASSWORD)
    Agent.objects.create(
        user=agent, name=agent.name, email=agent.email, npn="4711", jurisdiction="FL",
        since="2020-01-01",
    )  # fmt: skip
    return str(live_server.url)


def quotes_and_applies(agent: Person) -> None:
    agent.goes_to("/quotes/new/")
    agent.fills(
        {
            "born": "1985-06-14",
            "sex": "female",
            "jurisdiction": "FL",
            "height": "5'5",
            "weight": "140",
            "nicotine": "never",
        }
    )
    offers = agent.page.locator("#offers .offer")
    expect(offers.first).to_contain_text("Tundra Life")
    offers.first.locator("summary").click()
    offers.first.get_by_role("button", name=re.compile("Apply")).click()
    agent.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/"))


def is_kept(who: Person) -> None:
    who.page.wait_for_load_state("networkidle")
    expect(who.page.locator("#saved span.kept")).to_contain_text("Saved", timeout=15_000)


def answers(who: Person, told: dict[str, object]) -> None:
    """Fill what the page asks until nothing more opens; to every other yes or no the answer is no."""
    before = -1
    while (now := who.page.locator("main [name]:visible").count()) != before:
        before = now
        who.fills(told)
        for name in _not_said(who):
            who.page.locator(f'main [name="{name}"][value="no"]').locator("xpath=..").click()
        who.page.keyboard.press("Tab")
        who.page.wait_for_timeout(300)
        is_kept(who)


def _not_said(who: Person) -> list[str]:
    found: list[str] = who.page.evaluate(
        """() => [...new Set([...document.querySelectorAll('main input[type=radio][value=no]')]
            .map(e => e.name))].filter(n => !document.querySelector(`main [name="${n}"]:checked`))"""
    )
    return found


def fills_the_agents_part(agent: Person) -> None:
    """Section by section; what clients can answer is left to them."""
    while True:
        agent.fills(BY_AGENT)
        agent.page.keyboard.press("Tab")
        is_kept(agent)
        agent.fills(BY_AGENT)
        agent.page.keyboard.press("Tab")
        is_kept(agent)
        further = agent.page.get_by_role("button", name="Save and continue")
        if not further.count():
            return
        with agent.page.expect_navigation():
            further.click()


def asks_both_clients(agent: Person) -> None:
    for role, email in (("insured", INSURED), ("owner", OWNER)):
        agent.page.locator(f'[data-opens="ask-{role}"]').first.click()
        dialog = agent.page.locator(f"#ask-{role}")
        expect(dialog).to_be_visible()
        dialog.get_by_role("button", name="Send the link").click()
        expect(agent.page.locator("#messages")).to_contain_text(email)


def fills_on_the_phone(
    client: Person, mailbox: Mailbox, email: str, born: str, told: dict[str, object]
) -> None:
    work_is_done()
    link = re.search(r"http://\S+/fill/\S+", mailbox.newest_to(email))
    assert link
    client.goes_to(link.group())
    client.page.get_by_label("Your date of birth").fill(born)
    client.page.get_by_role("button", name="Continue").click()
    client.looks("two-2-overview")
    client.page.locator("a.btn-primary").click()
    number = 0
    while client.page.locator("form[data-fills]").count():
        answers(client, told)
        number += 1
        if number in LOOKED_AT:
            client.looks(f"two-2-part-{number}")
        with client.page.expect_navigation():
            client.page.locator(".fill-foot button.btn-primary").click()
    client.looks("two-2-filled")
    client.page.get_by_role("button", name=re.compile("that you are done")).click()


def puts_the_mistake_right(agent: Person) -> None:
    """The shares make 90 %: signing is refused, and the panel leads to the field."""
    agent.page.reload()
    agent.looks("two-3-mistake")
    left = agent.page.locator(".sheet-aside")
    expect(left).to_contain_text("90 %")
    expect(left.get_by_role("button", name="Ask the client to sign")).to_be_disabled()
    agent.goes_to(re.sub(r"\?.*", "", agent.page.url) + "?section=beneficiaries")
    agent.page.locator('[name="beneficiaries.0.share"]').fill("100")
    agent.page.keyboard.press("Tab")
    is_kept(agent)
    expect(left).not_to_contain_text("90 %")
    agent.looks("two-3-right")


def signs(client: Person, mailbox: Mailbox, email: str, born: str, *, by_hand: bool) -> None:
    work_is_done()
    link = re.search(r"http://\S+/sign/\S+", mailbox.newest_to(email))
    assert link, mailbox.newest_to(email)
    client.goes_to(link.group())
    client.looks("two-4-who")
    work_is_done()
    client.page.get_by_label("Your date of birth").fill(born)
    code = re.search(r"^ +([0-9]{6})$", mailbox.newest_to(email), re.MULTILINE)
    assert code, (email, mailbox.newest_to(email))
    client.page.get_by_label("The code from the e-mail").fill(code[1])
    client.page.get_by_role("button", name="Continue").click()
    expect(client.page.get_by_text("What you sign")).to_be_visible()
    client.looks("two-4-review")
    place = client.page.locator("[name=signed_in]")
    if place.count():
        place.fill("Tampa, FL")
    client.page.get_by_label("I have read this and agree.").check()
    if by_hand:
        draws(client)
    else:
        client.page.get_by_label("Type your full name").fill(client.name)
    client.page.get_by_role("button", name="Sign", exact=True).click()
    client.page.wait_for_load_state()
    client.looks("two-4-signed")


def signs_as_agent(agent: Person) -> None:
    agent.page.reload()
    agent.page.get_by_role("link", name="Sign as agent").click()
    place = agent.page.locator("[name=signed_in]")
    if place.count():
        place.fill("Tampa, FL")
    agent.page.get_by_label("I have read this and agree.").check()
    agent.page.get_by_label("Type your full name").fill("Morgan Bailey")
    agent.page.get_by_role("button", name="Sign", exact=True).click()
    agent.page.wait_for_load_state()


def changes_what_the_insured_signed(agent: Person) -> None:
    """Whom to tell of an HIV test stands on the insured's paper alone; the others' are as they were."""
    address = re.sub(r"\?.*", "", agent.page.url)
    agent.goes_to(f"{address}?section=hiv_consent&change=1")
    agent.fills({"hiv_whom": "doctor"})
    agent.page.keyboard.press("Tab")
    expect(agent.page.locator("#messages")).to_contain_text("no longer counts", timeout=15_000)
    agent.fills({"hiv_doctor": "Dr. Ines Moe, Tampa"})
    agent.page.keyboard.press("Tab")
    is_kept(agent)
    agent.looks("two-5-changed")


@pytest.mark.django_db(transaction=True)
def test_two_clients_fill_and_sign_on_their_phones(
    agency: str, window: Callable[..., Person], mailbox: Mailbox
) -> None:
    agent = window("agent", agency, DESK)
    insured = window("Kari Hope", agency, PHONE)
    owner = window("Ola Hope", agency, PHONE)
    agent.signs_in("morgan@example.com", PASSWORD)
    quotes_and_applies(agent)
    fills_the_agents_part(agent)
    agent.looks("two-1-agents-part")
    asks_both_clients(agent)
    fills_on_the_phone(insured, mailbox, INSURED, "06/14/1985", BY_INSURED)
    fills_on_the_phone(owner, mailbox, OWNER, "01/20/1983", BY_OWNER)
    held = Application.objects.get()
    assert held.given["diabetes_insulin"].by == "Kari Hope"
    assert held.given["owner_ssn"].by == "Ola Hope"
    puts_the_mistake_right(agent)
    agent.page.get_by_role("button", name="Ask the client to sign").click()
    expect(agent.page.locator("#messages")).to_contain_text(INSURED)
    signs(insured, mailbox, INSURED, "06/14/1985", by_hand=True)
    signs(owner, mailbox, OWNER, "01/20/1983", by_hand=False)
    signs_as_agent(agent)
    agent.looks("two-4-all-signed")
    changes_what_the_insured_signed(agent)
    assert {one.name for one in SignatureRequest.objects.about(held.subject).valid()} == {
        "Ola Hope",
        "Morgan Bailey",
    }
    agent.page.reload()
    agent.page.get_by_role("button", name="Send a new link").click()
    expect(agent.page.locator("#messages")).to_contain_text(INSURED)
    signs(insured, mailbox, INSURED, "06/14/1985", by_hand=False)
    agent.page.reload()
    agent.page.get_by_role("button", name="Submit").click()
    expect(agent.page.get_by_text("Submitted in good order.")).to_be_visible(timeout=30_000)
    agent.looks("two-6-submitted")
    is_sealed_and_says_what_was_typed(held)
    for one in (agent, insured, owner):
        assert one.has_no_complaints(), one.complaints


def is_sealed_and_says_what_was_typed(held: Application) -> None:
    """The packet verifies; on its forms stand many times the fields that the agent typed."""
    held.refresh_from_db()
    assert held.packet is not None
    assert verify_seal(held.packet.read(), seal_key().certificates).holds
    typed = typed_in(held.questionnaire, held.given)
    assert typed.fields > 5 * typed.agent
    assert typed.agent <= 30
