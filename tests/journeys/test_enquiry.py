"""An informal enquiry to three carriers: sent without a name, answered by telephone, by mail and by a
private link, compared, and the best one applied for with everything known filled in."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.enquiries.models import Enquiry
from tests.cast import PASSWORD, person
from tests.enquiries.cast import products
from tests.journeys.conftest import Mailbox
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import work_is_done

TOLD = {
    "known_as": "Kari Hope",
    "purpose": "key person of Fjord Tools",
    "remarks": "Kari swims daily; ask for Hope at 813-555-0142.",
    "hidden": "Fjord Tools",
    "line": "term_life",
    "face_amount": "500k",
    "term_years": "20",
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    "height": "5'4",
    "weight": "150",
    "nicotine": "never",
    "conditions": "sleep apnea since 2019, CPAP nightly",
}
CARRIERS = {"tundra-life": "Tundra Life", "nordhavn-life": "Nordhavn Life", "polar": "Polar"}


def asks_three_carriers(manager: Person) -> None:
    manager.goes_to("/enquiries/new/")
    manager.fills(TOLD)
    manager.looks("enquiry-0-new")
    manager.page.get_by_role("button", name="Make the enquiry").click()
    manager.page.wait_for_url(re.compile(r"/enquiries/[0-9a-f-]{36}/$"))
    for name in CARRIERS.values():
        manager.page.locator(".products label", has_text=name).first.click()
    manager.page.get_by_role("button", name="Put them on the list").click()
    summary = manager.page.locator(".summary-lines").last
    expect(summary).to_contain_text("swims daily")
    assert "Kari" not in summary.inner_text()
    for row in manager.page.locator(".send-row").all():
        slug = next(s for s, name in CARRIERS.items() if name in row.inner_text())
        row.get_by_label("E-mail").fill(f"uw@{slug}.example")
    manager.looks("enquiry-1-ready")
    manager.page.get_by_role("button", name="Send the summary").click()
    expect(manager.page.locator("#messages")).to_contain_text("on its way")


def answers_by_link(underwriter: Person, mail: str) -> None:
    link = re.search(r"http://\S+/answer/\S+", mail)
    assert link
    for secret in ("Kari", "Hope", "Fjord", "1979", "813"):
        assert secret not in mail
    underwriter.goes_to(link[0])
    expect(underwriter.page.locator("h1")).to_contain_text("What would you offer")
    underwriter.looks("enquiry-2-answer")
    underwriter.page.get_by_label("Class", exact=False).first.select_option("standard")
    underwriter.page.get_by_label("In your own words", exact=False).fill("Subject to a sleep study")
    underwriter.page.get_by_role("button", name="Send the answer").click()
    expect(underwriter.page.locator(".alert-success")).to_contain_text("Standard")


def records(manager: Person, carrier: str, outcome: str, words: str) -> None:
    manager.page.reload()
    row = manager.page.locator(".compared tr", has_text=carrier)
    row.locator("summary").click()
    row.get_by_role("link", name="Record an answer").click()
    manager.page.locator(f'[name=outcome][value="{outcome}"]').check()
    if outcome == "offer":
        manager.page.get_by_label("Class", exact=False).first.fill("Preferred Best")
    manager.page.get_by_label("In their own words", exact=False).fill(words)
    manager.looks(f"enquiry-3-record-{outcome}")
    manager.page.get_by_role("button", name="Record the answer").click()
    manager.page.wait_for_url(re.compile(r"/enquiries/[0-9a-f-]{36}/$"))


def applies_at_the_best(manager: Person) -> None:
    best = manager.page.locator(".best-offer")
    expect(best).to_contain_text("Tundra Life")
    expect(best).to_contain_text("lowest")
    manager.looks("enquiry-4-compared")
    manager.page.get_by_role("button", name="Apply at Tundra Life").click()
    manager.page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/"))


@pytest.mark.django_db(transaction=True)
def test_from_an_enquiry_to_three_carriers_to_the_formal_application(
    guided_agency: str, settings: Any, tmp_path: Any,
    window: Callable[..., Person], mailbox: Mailbox,
) -> None:  # fmt: skip
    place = {"location": str(tmp_path / "documents")}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    person("Casper Holt", Role.CASE_MANAGER, PASSWORD)
    products("nordhavn-life", "polar")
    manager = window("manager", guided_agency, DESK)
    underwriter = window("underwriter", guided_agency, PHONE)
    manager.signs_in("casper@example.com", PASSWORD)
    asks_three_carriers(manager)
    work_is_done()
    answers_by_link(underwriter, mailbox.newest_to("uw@tundra-life.example"))
    records(manager, "Nordhavn Life", "decline", "Not for us")
    records(manager, "Polar", "offer", "As good as it gets")
    applies_at_the_best(manager)
    held = Enquiry.objects.get()
    chosen = held.carriers.get(state="chosen")
    assert chosen.application is not None
    known = {key: one.value for key, one in chosen.application.given.items()}
    assert known["insured_born"] == "1979-02-11"
    assert known["cover_face_amount"] in {500_000, "500000"}
    assert set(held.carriers.values_list("state", flat=True)) == {"chosen", "thanked"}
    phone = window("phone", guided_agency, PHONE)
    phone.signs_in("casper@example.com", PASSWORD)
    phone.goes_to(f"/enquiries/{held.pk}/")
    phone.looks("enquiry-5-phone")
    phone.goes_to("/enquiries/")
    phone.looks("enquiry-6-list")
    assert manager.has_no_complaints()
    assert underwriter.has_no_complaints()
