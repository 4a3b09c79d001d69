"""Ways in that must stay closed: old sessions, guessed codes, forged hosts."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from megler.accounts import actions
from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from tests.cast import PASSWORD, person, signed_in

LOGIN = "/account/login/"


@pytest.fixture
def ada(db: None) -> User:
    return person("Ada Berg", Role.ADMINISTRATOR, PASSWORD)


def is_in(browser: Client) -> bool:
    return bool(browser.get("/profile/").status_code == 200)


def test_who_was_shut_out_must_sign_in_anew(ada: User) -> None:
    bo = person("Bo Second", Role.SERVICE, PASSWORD)
    stolen = signed_in(bo)
    assert is_in(stolen)
    actions.deactivate(ada, bo.pk)
    assert not is_in(stolen)
    actions.reactivate(ada, bo.pk)
    assert not is_in(stolen)
    browser = Client()
    browser.post(LOGIN, {"login": bo.email, "password": PASSWORD})
    assert is_in(browser)


def test_another_password_ends_other_sessions_and_not_ones_own(ada: User) -> None:
    stolen, mine = signed_in(ada), signed_in(ada)
    new = "another long walk"
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert mine.post("/account/password/change/", given).status_code == 302
    assert is_in(mine)
    assert not is_in(stolen)


def test_another_role_counts_at_once(ada: User) -> None:
    bo = person("Bo Second", Role.ADMINISTRATOR)
    browser = signed_in(bo)
    assert browser.get("/people/").status_code == 200
    actions.change_role(ada, bo.pk, Role.SERVICE)
    assert browser.get("/people/").status_code == 404


def test_signing_in_gives_a_new_session(ada: User) -> None:
    browser = Client()
    browser.get(LOGIN)
    browser.post("/language/", {"language": "nb"})
    session = browser.session
    session["planted"] = "1"
    session.save()
    browser.cookies["sessionid"] = session.session_key or ""
    browser.post(LOGIN, {"login": ada.email, "password": PASSWORD})
    assert is_in(browser)
    assert browser.cookies["sessionid"].value != session.session_key


def test_codes_of_the_second_factor_cannot_be_guessed_from_many_addresses(ada: User) -> None:
    TOTP.activate(ada, generate_totp_secret())
    browser = Client()
    browser.post(LOGIN, {"login": ada.email, "password": PASSWORD})
    told = [
        browser.post(
            "/account/2fa/authenticate/", {"code": f"{n:06}"}, REMOTE_ADDR=f"192.0.2.{n}"
        ).content.decode()
        for n in range(22)
    ]
    assert "Incorrect code" in told[0]
    assert "Too many" in told[21]
    assert not is_in(browser)


def test_a_stranger_at_another_address_locks_nobody_out(ada: User) -> None:
    for n in range(40):
        given = {"login": ada.email, "password": f"guess {n}"}
        Client().post(LOGIN, given, REMOTE_ADDR="198.51.100.9")
    browser = Client()
    browser.post(LOGIN, {"login": ada.email, "password": PASSWORD}, REMOTE_ADDR="192.0.2.1")
    assert is_in(browser)


def test_a_reset_link_names_the_agencys_own_address(ada: User, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    settings.PUBLIC_URL = "https://agency.example"  # type: ignore[attr-defined]
    Client(headers={"host": "evil.example"}).post("/account/password/reset/", {"email": ada.email})
    (sent,) = mail.outbox
    assert "evil.example" not in sent.body
    found = re.search(r"https://agency\.example(/\S+)", str(sent.body))
    assert found
    assert Client().get(found[1], follow=True).status_code == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_sent_elsewhere(ada: User, target: str) -> None:
    asked = {"language": "nb", "next": target}
    assert "evil" not in Client().post("/language/", asked)["Location"]
    given = {"login": ada.email, "password": PASSWORD, "next": target}
    assert "evil" not in Client().post(LOGIN, given)["Location"]
