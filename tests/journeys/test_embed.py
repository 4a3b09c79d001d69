"""The quote link inside somebody's own site: shown where it may be, refused by browsers elsewhere."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, expect

from megler.accounts.rules.roles import Role
from megler.licensing.actions import present_agency
from megler.licensing.models import Agent
from megler.quoting.actions import leads
from megler.quoting.actions.links import Wanted, make_quote_link
from megler.quoting.models import Lead, QuoteLink
from tests.cast import PASSWORD, person
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_proposal import picture
from tests.quoting.terms import publish_terms


@dataclass
class Site:
    """A web site that is not ours, on a port and so an origin of its own."""

    url: str
    page: str = ""


@pytest.fixture
def sites() -> Iterator[tuple[Site, Site]]:
    """An agent's site and a stranger's."""
    opened = [_site() for _ in range(2)]
    yield opened[0][0], opened[1][0]
    for _, server in opened:
        server.shutdown()
        server.server_close()


def _site() -> tuple[Site, ThreadingHTTPServer]:
    site = Site("")

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = site.page.encode() if self.path == "/" else b""
            self.send_response(200 if body else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    return site, server


@pytest.fixture
def link(
    transactional_db: None, settings: Any, live_server: Any, sites: Any, tmp_path: Any
) -> QuoteLink:
    """A quote link that the first site may show, and pages of both that hold it."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    place = {"location": str(tmp_path / "documents")}
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": place}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    publish_terms()
    user = person("Morgan Bailey", Role.AGENT, PASSWORD)
    agent = Agent.objects.create(
        user=user, name=user.name, email=user.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    told = {"name": "Fjord Brokerage Agency", "colour": "#125a50"}
    present_agency(person("Ada Berg", Role.ADMINISTRATOR), told, 0, logo=picture())
    wanted = Wanted("Life insurance prices", sites=sites[0].url)
    made = make_quote_link(user, agent, wanted)
    code = f"{live_server.url}/embed/{made.key}/"
    for site in sites:
        site.page = (
            "<!doctype html><html lang=en><meta charset=utf-8><title>Morgan Bailey</title>"
            "<meta name=viewport content='width=device-width, initial-scale=1'>"
            "<h1>Morgan Bailey, insurance</h1>"
            f'<iframe src="{code}" title="Prices" width="100%" height="1500" '
            'referrerpolicy="origin" frameborder="0"></iframe></html>'
        )
    return made


def asks_for_prices(visitor: Person) -> FrameLocator:
    frame = visitor.page.frame_locator("iframe")
    frame.get_by_label("Age", exact=True).fill("47")
    frame.get_by_label("Sex").select_option("female")
    frame.get_by_label("State").select_option("TX")
    frame.get_by_label("Nicotine").select_option("never")
    frame.get_by_label("Your health").select_option("good")
    expect(frame.locator(".offers li").first).to_contain_text("Tundra Life")
    expect(frame.locator(".offers li").first).to_contain_text("$48.13 monthly")
    return frame


def asks_to_be_contacted(frame: FrameLocator) -> None:
    frame.get_by_label("Your name").fill("Kari Hope")
    frame.get_by_label("Telephone").fill("512-555-0142")
    frame.get_by_label("I agree that Morgan Bailey").check()
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_text("Thank you")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_a_visitor_of_the_agents_site_sees_prices_and_asks_to_be_contacted(
    link: QuoteLink,
    sites: tuple[Site, Site],
    window: Callable[..., Person],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leads, "SECONDS_MIN", -1)
    visitor = window("visitor", sites[0].url, DESK, also=PHONE)
    visitor.goes_to("/")
    frame = asks_for_prices(visitor)
    visitor.looks("embed-1-prices")
    frame.get_by_text("Contact me").click()
    visitor.looks("embed-2-contact")
    asks_to_be_contacted(frame)
    visitor.looks("embed-2-thanks")
    lead = Lead.objects.get()
    assert (lead.contact["name"], lead.contact["site"]) == ("Kari Hope", sites[0].url)
    assert visitor.page.context.cookies() == []
    assert visitor.has_no_complaints(), visitor.complaints


@pytest.mark.django_db(transaction=True)
def test_browsers_refuse_it_inside_any_other_site(
    link: QuoteLink, sites: tuple[Site, Site], window: Callable[..., Person]
) -> None:
    visitor = window("elsewhere", sites[1].url, DESK)
    visitor.goes_to("/")
    visitor.page.wait_for_timeout(500)
    assert any("frame-ancestors" in said for said in visitor.complaints), visitor.complaints
    framed = [frame for frame in visitor.page.frames if "/embed/" in frame.url]
    assert all("Age" not in frame.content() for frame in framed)


@pytest.mark.django_db(transaction=True)
def test_the_agent_makes_and_looks_after_a_link(
    link: QuoteLink, live_server: Any, window: Callable[..., Person]
) -> None:
    agent = window("agent", live_server.url, DESK)
    agent.signs_in("morgan@example.com", PASSWORD)
    agent.goes_to("/quote-links/")
    agent.looks("embed-3-links")
    agent.page.get_by_role("link", name="New quote link").click()
    agent.page.get_by_label("Heading").fill("Prices from Morgan")
    agent.page.get_by_label("Sites that may show it").fill("www.morgan.example")
    agent.looks("embed-4-new")
    agent.page.get_by_role("button", name="Save").click()
    expect(agent.page.locator("#embed-code")).to_contain_text("<iframe src=")
    agent.looks("embed-5-link")
    agent.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    agent.looks("embed-6-link-narrow")
    assert QuoteLink.objects.count() == 2
    assert agent.has_no_complaints(), agent.complaints
