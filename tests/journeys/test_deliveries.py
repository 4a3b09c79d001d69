"""A carrier's SFTP server is noted down and tried; a package goes there; staff see it arrive."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from megler.accounts.rules.roles import Role
from megler.post.actions.deliveries import Enclosure
from megler.post.models import TradingPartner
from tests.cast import PASSWORD as OURS
from tests.cast import person
from tests.journeys.people import DESK, PHONE, Person
from tests.journeys.test_quote_to_in_force import work_is_done
from tests.post.cast import a_document, put_up
from tests.wires.https.server import https_server
from tests.wires.sftp.server import PASSWORD, USER, Disposed, sftp_server


@pytest.fixture
def agency(transactional_db: None, settings: Any, live_server: Any) -> str:
    settings.ALLOWED_HOSTS = ["*"]
    person("Ada Berg", Role.ADMINISTRATOR, OURS)
    person("Nina Wells", Role.NEW_BUSINESS, OURS)
    return str(live_server.url)


def notes_the_server_down(ada: Person, server: Disposed) -> None:
    ada.goes_to("/deliveries/")
    ada.page.get_by_role("link", name="Trading partners").click()
    ada.looks("deliveries-0-no-partners")
    ada.page.get_by_role("link", name="New partner").first.click()
    given = {
        "name": "Tundra Life", "slug": "tundra-life", "channel": "sftp", "address": "127.0.0.1",
        "port": server.port, "user": USER, "secret": PASSWORD, "host_keys": "ssh-rsa nonsense",
    }  # fmt: skip
    ada.fills(given)
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_text("This is no server's key").first).to_be_visible()
    ada.looks("deliveries-1-partner-refused")
    ada.fills({"host_keys": server.host_key, "secret": PASSWORD})
    ada.page.get_by_role("button", name="Save").click()
    expect(ada.page.get_by_text("Saved.")).to_be_visible()
    ada.looks("deliveries-2-partner")
    ada.page.get_by_role("button", name="Try the connection").click()
    expect(ada.page.get_by_text("The way is open")).to_be_visible()
    ada.looks("deliveries-3-way-open")


def sees_it_arrive(nina: Person) -> None:
    nina.goes_to("/deliveries/")
    expect(nina.page.get_by_role("heading", name="Needs a hand")).to_be_visible()
    nina.looks("deliveries-4-list")
    nina.page.get_by_role("link", name="A-10001").first.click()
    expect(nina.page.get_by_text("Delivered").first).to_be_visible()
    nina.looks("deliveries-5-delivered")


def starts_the_refused_one_anew(nina: Person) -> None:
    nina.goes_to("/deliveries/?state=refused")
    nina.page.get_by_role("link", name="A-10002").click()
    expect(nina.page.get_by_text("Nordhavn refused it.").first).to_be_visible()
    nina.looks("deliveries-6-refused")
    nina.page.get_by_role("button", name="Cancel").click()
    nina.page.get_by_role("button", name="Keep it").click()
    nina.page.get_by_role("button", name="Try again").click()
    work_is_done()
    nina.page.reload()
    expect(nina.page.get_by_role("heading", name="Receipt")).to_be_visible()
    nina.looks("deliveries-7-taken-in-the-end")


def test_a_package_arrives(agency: str, window: Callable[..., Person], tmp_path: Path) -> None:
    ada = window("ada", agency, DESK, also=PHONE)
    nina = window("nina", agency, DESK, also=PHONE)
    ada.signs_in("ada@example.com", OURS)
    nina.signs_in("nina@example.com", OURS)
    (tmp_path / "carrier").mkdir()
    with sftp_server(tmp_path / "carrier") as server, https_server(statuses=[422, 201]) as web:
        notes_the_server_down(ada, server)
        tundra = TradingPartner.objects.get(slug="tundra-life")
        files = [Enclosure(a_document(3), "A-10001.pdf"), Enclosure(a_document(), "A-10001-2.pdf")]
        put_up(tundra, files)
        nordhavn = TradingPartner.objects.create(
            slug="nordhavn", name="Nordhavn", channel="https", address=web.url, secret="t",
            authority=web.authority, changed_at=tundra.changed_at,
        )  # fmt: skip
        put_up(nordhavn, [Enclosure(a_document(), "A-10002.pdf")], "application 2", title="A-10002")
        work_is_done()
        sees_it_arrive(nina)
        starts_the_refused_one_anew(nina)
    assert server.names == ["A-10001-2.pdf", "A-10001.pdf"]
    assert ada.has_no_complaints() or all("422" in one for one in ada.complaints)
    assert nina.has_no_complaints()
