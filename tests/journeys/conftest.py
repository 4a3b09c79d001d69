"""A real Chromium, a real mail server, and the product answering on a port of its own."""

import os
import shutil
import socket
from collections.abc import Callable, Generator, Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, sync_playwright

from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from tests.cast import PASSWORD, person
from tests.journeys.people import PICTURES, Person

EDITIONS = Path(__file__).parents[2] / "editions"

# Playwright's own loop runs in this thread; Django must not take it for an asynchronous context.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def chromium() -> str | None:
    """The browser to drive: `CHROMIUM`, or the system's; None is Playwright's own."""
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if os.environ.get("MEGLER_NO_BROWSER"):
        pytest.skip("no Chromium here: install one, or name it in CHROMIUM")
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        opened = playwright.chromium.launch(executable_path=chromium(), args=[*root, *quiet])
        yield opened
        opened.close()


class Mailbox:
    """Mails that a real SMTP server took."""

    def __init__(self) -> None:
        self.mails: list[Message] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content or b"", policy=default))  # type: ignore[arg-type]
        return "250 taken"

    def newest_to(self, address: str) -> str:
        """The text of the newest mail to `address`."""
        mine = [mail for mail in self.mails if address in str(mail["To"])]
        body = mine[-1].get_body(("plain",))  # type: ignore[attr-defined]
        return str(body.get_content()).replace("\r\n", "\n")


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    """A mail server on a free port, to which the product sends."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER = False, ""
    yield box
    server.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Lets a fixture know that its test failed."""
    report = yield
    if report.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


FAILED = pytest.StashKey[bool]()


@pytest.fixture
def window(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """Opens a window for somebody; when the test fails, what everybody saw last is kept."""
    people: list[Person] = []

    def opened(
        name: str, base: str, viewport: dict[str, int], also: dict[str, int] | None = None
    ) -> Person:
        people.append(Person.at(browser, name, base, viewport))
        people[-1].also = also
        return people[-1]

    yield opened
    for one in people:
        if request.node.stash.get(FAILED, False):
            one.page.screenshot(path=PICTURES / f"failed-{one.name}.png", full_page=True)
            print(one.name, one.page.url, one.complaints)
        one.page.context.close()


@pytest.fixture
def guided_agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    """Four guides, an agent and an underwriter."""
    settings.PUBLIC_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    guides = ("tundra-life", "nordhavn-life", "prairie-mutual", "lofoten-mutual")
    for name in ("tundra-life/tundra-term", *(f"{carrier}/guide" for carrier in guides)):
        publish_edition(SYSTEM, read_files(EDITIONS / name))
    agent = person("Morgan Bailey", Role.AGENT, PASSWORD)
    Agent.objects.create(
        user=agent, name=agent.name, email=agent.email, npn="4711", jurisdiction="TX",
        since="2020-01-01",
    )  # fmt: skip
    person("Uma Rao", Role.UNDERWRITER, PASSWORD)
    return str(live_server.url)
