"""Trading partners are kept with their secrets hidden, and the way to them is tried."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from megler.accounts.models import User
from megler.journal.models import Entry
from megler.post.actions.partners import (
    PartnerEntry,
    keep_partner,
    shown_host_key,
    try_connection,
)
from megler.post.models import TradingPartner
from megler.vocabulary.problems import Refused
from megler.wires.carried import Outcome
from tests.post.cast import by_https, by_sftp
from tests.post.mailbox import Mailbox
from tests.wires.https.server import https_server
from tests.wires.sftp.server import a_key, sftp_server

pytestmark = pytest.mark.django_db
KEY = a_key().export_public_key("openssh").decode()
SFTP = PartnerEntry(
    "tundra-life", "Tundra Life", "sftp", "sftp.tundra.example", 22, "in", "fjord", "open sesame",
    host_keys=KEY,
)  # fmt: skip
HTTPS = PartnerEntry("nordhavn", "Nordhavn", "https", "https://in.nordhavn.example/x", secret="t-1")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in refused.value.problems]


def test_a_partner_is_kept_and_found_by_its_short_name(administrator: User) -> None:
    kept = keep_partner(administrator, SFTP)
    found = TradingPartner.objects.in_use("tundra-life")
    assert found == kept
    assert found.secret == "open sesame"
    keep_partner(administrator, replace(SFTP, is_active=False), kept, kept.version)
    assert TradingPartner.objects.in_use("tundra-life") is None


def test_secrets_are_readable_nowhere(administrator: User) -> None:
    keep_partner(administrator, replace(SFTP, private_key="-----BEGIN it"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret, private_key FROM post_tradingpartner")
        for stored in cursor.fetchone():
            assert b"sesame" not in bytes(stored)
            assert b"BEGIN" not in bytes(stored)
    told = Entry.objects.get(verb="partner.added").data
    assert told["secrets"] == ["secret", "private_key"]
    assert "sesame" not in str(told)
    assert "sesame" not in repr(SFTP)


def test_secrets_left_empty_stay_and_only_changes_are_journaled(administrator: User) -> None:
    kept = keep_partner(administrator, SFTP)
    changed = keep_partner(
        administrator, replace(SFTP, secret="", folder="new"), kept, kept.version
    )
    assert (changed.secret, changed.folder) == ("open sesame", "new")
    told = Entry.objects.get(verb="partner.changed").data
    assert told == {"folder": "new", "secrets": []}


@pytest.mark.parametrize("moved", [{"address": "evil.example"}, {"port": 2222}])
def test_nobody_has_a_kept_secret_sent_to_themselves(
    administrator: User, moved: dict[str, object]
) -> None:
    kept = keep_partner(administrator, SFTP)
    elsewhere = replace(SFTP, secret="", **moved)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        keep_partner(administrator, elsewhere, kept, kept.version)
    assert codes(refused) == [("partner_secret_again", "secret")]
    kept.refresh_from_db()
    assert kept.address == "sftp.tundra.example"
    typed = replace(elsewhere, secret="another")
    assert keep_partner(administrator, typed, kept, kept.version).secret == "another"


def test_a_change_over_a_newer_one_is_refused(administrator: User) -> None:
    kept = keep_partner(administrator, SFTP)
    keep_partner(administrator, replace(SFTP, folder="a"), kept, kept.version)
    with pytest.raises(Refused) as refused:
        keep_partner(administrator, replace(SFTP, folder="b"), kept, kept.version)
    assert codes(refused)[0][0] == "changed_meanwhile"


def test_everything_wrong_is_told_at_once(administrator: User) -> None:
    keep_partner(administrator, SFTP)
    wrong = replace(SFTP, name="", address="a b", host_keys="nonsense")
    with pytest.raises(Refused) as refused:
        keep_partner(administrator, wrong)
    assert codes(refused) == [
        ("missing", "name"),
        ("partner_address", "address"),
        ("partner_slug_taken", "slug"),
        ("partner_host_keys", "host_keys"),
    ]
    with pytest.raises(Refused) as refused:
        keep_partner(administrator, replace(HTTPS, address="https://[", authority="nonsense"))
    assert codes(refused) == [("partner_address", "address"), ("partner_authority", "authority")]
    assert TradingPartner.objects.count() == 1


def test_no_password_stands_in_an_address(administrator: User) -> None:
    inside = replace(HTTPS, address="https://fjord:open@in.nordhavn.example/x")
    with pytest.raises(Refused) as refused:
        keep_partner(administrator, inside)
    assert codes(refused) == [("partner_address", "address")]
    assert "open" not in str(refused.value.problems)
    assert keep_partner(administrator, replace(HTTPS, address="https://in.nordhavn.example/@x"))


def test_a_host_that_can_be_none_shows_no_key(administrator: User) -> None:
    kept = keep_partner(administrator, replace(SFTP, address="sftp..example"))
    assert shown_host_key(kept) is None
    assert try_connection(administrator, kept).code == "not_reached"


def test_only_those_who_look_after_partners_may(new_business: User, administrator: User) -> None:
    kept = keep_partner(administrator, SFTP)
    with pytest.raises(Refused):
        keep_partner(new_business, SFTP)
    with pytest.raises(Refused):
        try_connection(new_business, kept)
    assert not TradingPartner.objects.visible_to(new_business).exists()


def test_the_way_is_tried_and_nothing_is_sent(
    administrator: User, tmp_path: Path, mailbox: Mailbox
) -> None:
    with sftp_server(tmp_path) as server:
        partner = by_sftp(server)
        assert try_connection(administrator, partner).outcome is Outcome.TAKEN
        assert server.names == []
        shown = shown_host_key(partner)
        assert shown is not None
        assert shown[1] == a_key().get_fingerprint()
    assert try_connection(administrator, partner).code == "not_reached"
    with https_server(statuses=[405]) as receiver:
        over = by_https(receiver, slug="nordhavn")
        assert try_connection(administrator, over).outcome is Outcome.TAKEN
        assert receiver.effects == {}
    assert shown_host_key(over) is None
    by_mail = keep_partner(administrator, PartnerEntry("m", "M", "email", "a@b.example"))
    assert try_connection(administrator, by_mail).outcome is Outcome.TAKEN
    assert mailbox.taken == []
    told = Entry.objects.filter(verb="partner.tried").order_by("pk")
    assert [one.data["why"] for one in told] == ["", "not_reached", "", ""]


def test_without_a_mail_server_there_is_no_way_by_mail(
    administrator: User, settings: object
) -> None:
    settings.EMAIL_HOST = ""  # type: ignore[attr-defined]
    by_mail = keep_partner(administrator, PartnerEntry("m", "M", "email", "a@b.example"))
    assert try_connection(administrator, by_mail).code == "mail_server_missing"
