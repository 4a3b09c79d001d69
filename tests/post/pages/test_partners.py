"""Administrators look after trading partners; secrets are never shown."""

from pathlib import Path

import pytest

from megler.accounts.models import User
from megler.post.models import TradingPartner
from tests.cast import signed_in
from tests.post.cast import by_sftp
from tests.wires.sftp.server import PASSWORD, a_key, sftp_server

pytestmark = pytest.mark.django_db
KEY = a_key().export_public_key("openssh").decode()
GIVEN = {
    "name": "Tundra Life", "slug": "tundra-life", "channel": "sftp",
    "address": "sftp.tundra.example", "port": "22", "user": "fjord", "secret": " open sesame ",
    "host_keys": KEY, "shape": "multipart", "is_active": "on", "version": "0",
}  # fmt: skip


def test_a_partner_is_taken_on_and_changed(administrator: User) -> None:
    browser = signed_in(administrator)
    assert "No trading partners yet" in browser.get("/deliveries/partners/").content.decode()
    assert browser.get("/deliveries/partners/new/").status_code == 200
    browser.post("/deliveries/partners/new/", GIVEN)
    kept = TradingPartner.objects.get()
    assert kept.secret == " open sesame "
    place = f"/deliveries/partners/{kept.pk}/"
    page = browser.get(place).content.decode()
    assert "sesame" not in page
    assert KEY.split()[1] in page
    changed = GIVEN | {"secret": "", "folder": "in", "version": str(kept.version)}
    saved = browser.post(place, changed, follow=True)
    assert "Try the connection before" in saved.content.decode()
    kept.refresh_from_db()
    assert (kept.secret, kept.folder) == (" open sesame ", "in")
    assert "sftp.tundra.example" in browser.get("/deliveries/partners/").content.decode()


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(administrator: User) -> None:
    browser = signed_in(administrator)
    wrong = GIVEN | {"host_keys": "nonsense", "user": ""}
    answer = browser.post("/deliveries/partners/new/", wrong)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"host_keys", "user"}
    assert "nonsense" in answer.content.decode()
    assert "sesame" not in answer.content.decode()
    assert not TradingPartner.objects.exists()


def test_the_connection_is_tried(administrator: User, tmp_path: Path) -> None:
    browser = signed_in(administrator)
    with sftp_server(tmp_path) as server:
        partner = by_sftp(server)
        place = f"/deliveries/partners/{partner.pk}/try/"
        page = browser.post(place).content.decode()
        assert "The way is open" in page
        assert PASSWORD not in page
        partner.host_keys = a_key(5).export_public_key("openssh").decode()
        partner.save()
        page = browser.post(place).content.decode()
    assert "The way is closed" in page
    assert a_key().get_fingerprint() in page
    assert "Compare the fingerprint" in page
    assert server.names == []


def test_a_key_not_known_yet_is_shown_before_anything_else_is_told(
    administrator: User, tmp_path: Path
) -> None:
    browser = signed_in(administrator)
    with sftp_server(tmp_path) as server:
        given = GIVEN | {"address": "127.0.0.1", "port": str(server.port), "host_keys": ""}
        assert browser.post("/deliveries/partners/new/", given).status_code == 422
        del given["is_active"]
        browser.post("/deliveries/partners/new/", given)
        kept = TradingPartner.objects.get()
        page = browser.post(f"/deliveries/partners/{kept.pk}/try/").content.decode()
    assert a_key().get_fingerprint() in page
    assert server.host_key.split()[1] in page
    assert server.passwords == []


def test_to_others_there_are_no_partners(new_business: User, agent_user: User) -> None:
    partner = TradingPartner.objects.create(
        slug="t", name="T", channel="email", address="a@b.example", changed_at="2026-01-01T00:00Z"
    )
    for person in (new_business, agent_user):
        browser = signed_in(person)
        assert browser.get("/deliveries/partners/").status_code == 404
        assert browser.get(f"/deliveries/partners/{partner.pk}/").status_code == 404
        assert browser.post(f"/deliveries/partners/{partner.pk}/try/").status_code == 404
