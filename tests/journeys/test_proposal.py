"""From a quote to a proposal that a client reads on the telephone by a mailed link."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from playwright.sync_api import expect
from pypdf import PdfReader

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agency, Agent
from megler.quoting.models import Proposal
from tests.cast import PASSWORD, person
from tests.journeys.conftest import Mailbox
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import work_is_done
from tests.quoting.terms import fjord_files, publish_terms


def picture() -> SimpleUploadedFile:
    """A logo such as agencies have."""
    image = Image.new("RGBA", (520, 120), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, 119, 119), 24, fill=(18, 90, 80, 255))
    draw.text((145, 38), "Fjord Agency", fill=(18, 60, 60, 255), font_size=52)
    out = io.BytesIO()
    image.save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue())


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any, tmp_path: Any) -> str:
    """Two carriers' term books, an agent and the administrator."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    place = {"location": str(tmp_path / "documents")}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    publish_terms()
    files = fjord_files()
    files["edition.toml"] = files["edition.toml"].replace(b"fjordlife", b"bergfolk")
    files["edition.toml"] = files["edition.toml"].replace(b"Fjord", b"Bergfolk")
    publish_edition(SYSTEM, files)
    agent = person("Morgan Bailey", Role.AGENT, PASSWORD)
    person("Ada Berg", Role.ADMINISTRATOR, PASSWORD)
    Agent.objects.create(
        user=agent, name=agent.name, email=agent.email, npn="4711", jurisdiction="TX",
        phone="512-555-0142", since="2020-01-01",
    )  # fmt: skip
    return str(live_server.url)


def presents_the_agency(administrator: Person, tmp_path: Any) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture().read())
    administrator.goes_to("/agency/")
    administrator.fills({"name": "Fjord Brokerage Agency", "colour": "#125a50"})
    administrator.page.get_by_label("Logo", exact=False).first.set_input_files(logo)
    administrator.page.get_by_role("button", name="Save").click()
    expect(administrator.page.locator("main img")).to_be_visible()
    administrator.looks("proposal-0-agency")


def saves_a_quote(agent: Person) -> None:
    told = {"age": "47", "sex": "female", "jurisdiction": "TX", "nicotine": "never",
            "face_amount": "500k", "term_years": ""}  # fmt: skip
    agent.goes_to("/quotes/new/")
    agent.fills(told)
    expect(agent.page.locator("#offers .offer").first).to_contain_text("Life")
    agent.page.get_by_role("button", name="Save quote").click()
    agent.page.wait_for_url(re.compile(r"/quotes/[0-9a-f-]{36}/"))


def makes_a_proposal(agent: Person) -> None:
    agent.page.get_by_role("link", name="Proposals").click()
    agent.page.get_by_label("Prepared for").fill("Kari Hope")
    agent.looks("proposal-1-choice")
    agent.page.get_by_role("button", name="Make the proposal").click()
    agent.page.wait_for_url(re.compile(r"/proposals/[0-9a-f-]{36}/"))
    expect(agent.page.locator(".proposal-pages img").first).to_be_visible()
    agent.looks("proposal-2-made")
    agent.page.get_by_label("E-mail").fill("kari@example.com")
    agent.page.get_by_role("button", name="Mail a private link").click()
    expect(agent.page.locator("#messages")).to_contain_text("kari@example.com")
    agent.looks("proposal-3-mailed")


def reads_it(client: Person, link: str) -> None:
    client.goes_to(link)
    expect(client.page.locator("h1")).to_contain_text("Kari Hope")
    first = client.page.locator(".proposal-pages img").first
    expect(first).to_be_visible()
    assert first.evaluate("e => e.naturalWidth") > 1000
    client.looks("proposal-4-read")
    with client.page.expect_download() as download:
        client.page.get_by_role("link", name="Download PDF").click()
    text = PdfReader(download.value.path()).pages[0].extract_text()
    assert "Kari Hope" in text


@pytest.mark.django_db(transaction=True)
def test_from_a_quote_to_a_proposal_read_on_the_telephone(
    agency: str, window: Callable[..., Person], mailbox: Mailbox, tmp_path: Any
) -> None:
    administrator = window("administrator", agency, DESK)
    agent = window("agent", agency, DESK)
    client = window("client", agency, PHONE)
    administrator.signs_in("ada@example.com", PASSWORD)
    presents_the_agency(administrator, tmp_path)
    assert Agency.ours().logo is not None
    agent.signs_in("morgan@example.com", PASSWORD)
    saves_a_quote(agent)
    makes_a_proposal(agent)
    work_is_done()
    link = re.search(r"http://\S+/p/\S+", mailbox.newest_to("kari@example.com"))
    assert link
    reads_it(client, link.group())
    wide = window("client-at-a-desk", agency, DESK)
    reads_it(wide, link.group())
    assert Entry.objects.filter(verb="proposal.opened").count() == 2

    agent.page.reload()
    expect(agent.page.get_by_text("Opened 2 times")).to_be_visible()
    agent.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    agent.looks("proposal-5-narrow")
    agent.page.get_by_role("button", name="Close the link").click()
    expect(agent.page.locator("#messages")).to_contain_text("The link is closed")
    client.complaints.clear()
    client.goes_to(link.group())
    expect(client.page.locator("h1")).to_contain_text("leads nowhere")
    client.looks("proposal-6-closed")
    assert [said for said in client.complaints if "404" not in said] == []
    assert Proposal.objects.count() == 1
    for one in (administrator, agent, wide):
        assert one.has_no_complaints(), one.complaints
