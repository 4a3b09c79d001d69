"""Papers in a browser: five files in one drop, filed; a scan cut; a document turned, cut and blackened."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.papers import add_document
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case, CaseDocument
from megler.papers.actions.keeping import make_rule, place_hold, propose
from megler.papers.actions.reading import read_document
from megler.papers.models import Arrival, Destruction
from megler.papers.rules.retention import Rule
from megler.vocabulary.codes import RequirementKind
from tests.cases.cast import a_case, an_agent
from tests.cast import PASSWORD, person
from tests.documents.files import written
from tests.documents.test_editing import words
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_uploads import kept
from tests.papers.sheets import APS, LABS, NAMELESS, NAMESAKE


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any, tmp_path: Path) -> str:
    """Kari Hope's case waits for an APS and a blood profile."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    store = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = {"default": {**store, "OPTIONS": {"location": str(tmp_path / "kept")}}}
    settings.STORAGES = {**settings.STORAGES, **place}
    staff = person("Casper Holt", Role.CASE_MANAGER, PASSWORD)
    case = a_case(an_agent())
    for kind in (RequirementKind.APS, RequirementKind.BLOOD_PROFILE):
        if not case.requirements.filter(kind=kind.value).exists():
            add_requirement(staff, case, kind)
    return str(live_server.url)


def test_five_files_are_dropped_and_filed_by_keys(
    agency: str, window: Callable[..., Person], tmp_path: Path
) -> None:
    staff = window("staff", agency, DESK)
    staff.signs_in("casper@example.com", PASSWORD)
    staff.goes_to("/papers/")
    staff.looks("papers-empty")
    page = staff.page
    files = {
        "scan0001.pdf": written(APS),
        "scan0002.pdf": written(("cover letter", "Dear agent", "Sincerely"), LABS),
        "hope-kari.pdf": written(NAMESAKE),
        "soup.pdf": written(NAMELESS),
        "letter C-1.pdf": written(("Dear agent,", "thank you for the papers", "Kind regards")),
    }
    page.set_input_files("#files", [kept(tmp_path, *one) for one in files.items()])
    expect(page.locator(".arrival")).to_have_count(5)
    looks_at_both(staff, "papers-tray")
    first = page.locator(".arrival", has_text="scan0001.pdf")
    first.focus()
    page.keyboard.press("a")
    expect(page.get_by_text(re.compile(r"C-\d+ Kari Hope")).first).to_be_visible()
    expect(page.locator(".arrival-done")).to_have_count(1)
    case = Case.objects.get()
    assert case.requirements.get(kind="aps").state == "received"
    barred = page.locator(".arrival", has_text="hope-kari.pdf")
    expect(barred.get_by_text("another birth date stands in it")).to_be_visible()
    expect(barred.locator("input[type=radio]")).to_be_disabled()
    scan = page.locator(".arrival", has_text="scan0002.pdf")
    scan.get_by_role("button", name="Cut it there").click()
    expect(page.get_by_role("heading", name="scan0002 p2.pdf")).to_be_visible()
    soup = page.locator(".arrival", has_text="soup.pdf")
    soup.get_by_label("Another case").fill("Hope")
    soup.get_by_role("radio").click()
    soup.get_by_role("button", name="File it").click()
    expect(page.locator(".arrival-done")).to_have_count(2)
    assert Arrival.objects.filter(state="filed").count() == 2
    assert staff.complaints == []


def looks_at_both(staff: Person, what: str) -> None:
    """The page at a desk's width and at a phone's."""
    staff.looks(what)
    staff.page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    staff.looks(f"{what}-phone")
    staff.page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})


def test_pages_are_turned_cut_and_blackened_in_versions(
    agency: str, window: Callable[..., Person]
) -> None:
    case = Case.objects.get()
    user = case.agent.user
    assert user is not None
    paper = add_document(user, case, written(APS, LABS, ("third",)), "batch.pdf")
    read_document(paper.document)
    staff = window("staff", agency, DESK)
    staff.signs_in("casper@example.com", PASSWORD)
    staff.goes_to("/papers/search/?q=zyxomellitus")
    looks_at_both(staff, "papers-search")
    page = staff.page
    page.get_by_role("link", name="page 1").click()
    sheet = page.locator("#stage svg")
    expect(sheet).to_be_visible()
    page.get_by_role("button", name="Page 3: turn").click()
    page.get_by_role("button", name="Page 2: a new document begins here").click()
    page.get_by_role("button", name="Blacken").click()
    place = sheet.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 10, place["y"] + 5)
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] - 10, place["y"] + place["height"] * 0.13)
    page.mouse.up()
    expect(page.locator("#stage rect.black")).to_have_count(1)
    page.get_by_role("button", name="Rectangle").click()
    page.locator("#stage rect.black").last.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(page.locator("#stage rect.black")).to_have_count(1)
    looks_at_both(staff, "papers-viewer")
    page.get_by_role("button", name="Keep as a new version").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}/$"))
    made = CaseDocument.objects.filter(version=2).order_by("document__pages")
    assert [(one.kind, one.document.pages) for one in made] == [("other", 1), ("labs", 2)]
    assert "zyxomellitus" not in "".join(words(made[0].document.read()))
    staff.goes_to(f"/cases/{case.pk}/documents/{made[1].pk}/view/")
    expect(page.get_by_role("link", name="Version 1")).to_be_visible()
    looks_at_both(staff, "papers-versions")
    assert staff.complaints == []


def test_the_other_pages_of_papers_fit(
    agency: str, window: Callable[..., Person], tmp_path: Path
) -> None:
    case, casper = Case.objects.get(), User.objects.get(email="casper@example.com")
    person("Nina Wells", Role.CASE_MANAGER, PASSWORD)
    add_document(casper, case, written(APS), "aps.pdf")
    make_rule(casper, Rule("", 7))
    Case.objects.filter(pk=case.pk).update(
        status="closed",
        closed_from="submitted",
        closed_at="2010-01-05T12:00Z",
        holder="",
    )
    assert propose(date(2026, 1, 5)) is not None
    place_hold(casper, case, "a claim before the court")
    staff = window("staff", agency, DESK)
    staff.signs_in("casper@example.com", PASSWORD)
    staff.goes_to("/papers/")
    staff.page.set_input_files("#files", kept(tmp_path, "a.pdf", written(APS)))
    expect(staff.page.locator(".arrival")).to_have_count(1)
    looks_at_both(staff, "papers-one")
    staff.goes_to(f"/cases/{case.pk}/")
    expect(staff.page.locator("#paper-address")).to_contain_text(f"case-{case.number}-")
    staff.page.locator(".papers").scroll_into_view_if_needed()
    looks_at_both(staff, "papers-case")
    staff.goes_to("/papers/asking/?days=14")
    looks_at_both(staff, "papers-asking")
    staff.goes_to("/papers/keeping/")
    looks_at_both(staff, "papers-keeping")
    staff.goes_to(f"/papers/keeping/{Destruction.objects.get().pk}/")
    looks_at_both(staff, "papers-destruction")
    assert staff.complaints == []
