"""Files of strangers in a browser: scrubbed at a desk and on a phone, put to an application, compared."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.applications.actions.answering import answer
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.carriers.models import Carrier, Product
from megler.documents.models import Document
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.complete import FACTS, OFFER
from tests.applications.papers import WHOLE, paper, publish
from tests.cast import PASSWORD, person
from tests.documents.sheets import bound, box_of, form, pictures, scan
from tests.journeys.people import DESK, PHONE, Person


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any, tmp_path: Path) -> str:
    """A carrier's forms, an agent, and an application on them."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = {"default": {**kept, "OPTIONS": {"location": str(tmp_path)}}}
    settings.STORAGES = {**settings.STORAGES, **place}
    publish()
    carrier = Carrier.objects.get(slug="fjord-life")
    Product.objects.create(carrier=carrier, code="term", name="Fjord Term", line="term_life")
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    now = timezone.now()
    quote = Quote.objects.create(
        agent=agent, made_by=user, made_at=now, on=timezone.localdate(), facts=FACTS,
        answer={"offers": [OFFER]}, editions=[],
    )  # fmt: skip
    held = start_from_quote(user, quote, 0)
    answer(user, held, {"insured_first_name": "Karin", "insured_last_name": "Hope"}, held.version)
    return str(live_server.url)


def kept(folder: Path, name: str, content: bytes) -> str:
    """A file on the person's own disk."""
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_a_strangers_application_is_scrubbed_and_an_application_started(
    agency: str, window: Callable[..., Person], tmp_path: Path
) -> None:
    agent = window("agent", agency, DESK, also=PHONE)
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to("/applications/")
    page = agent.page
    page.get_by_role("link", name="Scrub").click()
    agent.looks("scrub-empty")
    wrong = {**WHOLE, "mail": "kari", "state": "NY", "born": "06/14/1955", "first": ""}
    letter = scan(form("ZZ-9", pages=1))
    file = kept(tmp_path, "from-elsewhere.pdf", bound(paper(wrong, edition="2018-01"), letter))
    page.set_input_files("#files", file)
    page.get_by_role("button", name="Look it through").click()
    expect(page.get_by_role("heading", name=re.compile("Not in good order: "))).to_be_visible()
    expect(page.get_by_text("is edition 2018-01; the edition in use is 2020-01")).to_be_visible()
    expect(
        page.get_by_text("Notice for New York (SM-2) is needed and is not there.")
    ).to_be_visible()
    expect(page.locator(".sheets img")).to_have_count(3)
    assert not Document.objects.exists()
    agent.looks("scrub")
    page.get_by_role("button", name="Start an application from it").click()
    page.wait_for_url(re.compile(r"/applications/[0-9a-f-]{36}/$"))
    assert Document.objects.get().name == "from-elsewhere.pdf"
    agent.looks("scrub-started")
    assert agent.complaints == []


def test_photos_and_a_filled_form_are_put_to_an_application(
    agency: str, window: Callable[..., Person], tmp_path: Path
) -> None:
    agent = window("agent", agency, DESK, also=PHONE)
    agent.signs_in("morgan@example.com", PASSWORD)
    held = Application.objects.get()
    agent.goes_to(f"/applications/{held.pk}/uploads/")
    page = agent.page
    page.set_input_files("#files", kept(tmp_path, "filled.pdf", paper()))
    expect(page.get_by_role("heading", name="Stands otherwise on paper")).to_be_visible()
    agent.looks("upload-otherwise")
    page.locator(".version", has_text="On paper").first.click()
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.get_by_text("Kept as you chose.")).to_be_visible()
    held.refresh_from_db()
    assert held.given["insured_first_name"].value == "Kari"
    agent.goes_to(f"/applications/{held.pk}/uploads/")
    photos = pictures(scan(paper({}), ink={2: box_of(0)}))
    names = [kept(tmp_path, f"photo-{i}.jpg", photo) for i, photo in enumerate(photos)]
    page.set_input_files("#files", names)
    expect(page.get_by_role("heading", name="photo-0.pdf")).to_be_visible()
    expect(page.get_by_text("A picture: its answers must be read by eye.")).to_be_visible()
    agent.looks("upload-photos")
    page.get_by_label("I compared the paper with the answers here").first.check()
    page.get_by_role("button", name=re.compile("Count the signature")).first.click()
    expect(page.get_by_text("The signature of Kari Hope counts.")).to_be_visible()
    agent.goes_to(f"/applications/{held.pk}/uploads/")
    agent.looks("uploads")
    page.set_input_files("#files", kept(tmp_path, "tool.exe", b"MZ" * 100))
    expect(page.get_by_text("tool.exe cannot be taken")).to_be_visible()
    assert [one for one in agent.complaints if "422" not in one] == []
