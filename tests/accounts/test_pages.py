"""Signing in and being locked out, invitations, the profile, keys, the first administrator."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client
from django.utils import timezone

from megler.accounts import actions, jobs
from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from tests.cast import PASSWORD, person, signed_in

LOGIN = "/account/login/"


@pytest.fixture
def ada(db: None) -> User:
    return person("Ada Berg", Role.ADMINISTRATOR, PASSWORD)


def try_in(
    browser: Client, password: str, address: str = "192.0.2.1", name: str = "ada@example.com"
) -> Any:
    return browser.post(LOGIN, {"login": name, "password": password}, REMOTE_ADDR=address)


def is_in(browser: Client) -> bool:
    return bool(browser.get("/profile/").status_code == 200)


def test_the_right_password_opens(ada: User) -> None:
    browser = Client()
    assert not is_in(browser)
    assert try_in(browser, PASSWORD).status_code == 302
    assert is_in(browser)


def test_the_name_is_taken_in_whatever_case(ada: User) -> None:
    browser = Client()
    try_in(browser, PASSWORD, name="ADA@Example.com")
    assert is_in(browser)


def test_eight_wrong_passwords_lock_that_address_and_name_only(ada: User) -> None:
    casper = person("Casper Holt", Role.CASE_MANAGER, PASSWORD)
    stranger = Client()
    answers = [try_in(stranger, f"guess {n}").status_code for n in range(8)]
    assert answers == [200] * 7 + [429]
    told = try_in(stranger, PASSWORD)
    assert told.status_code == 429
    assert "locked until" in told.content.decode()
    assert not is_in(stranger)

    victim = Client()
    assert try_in(victim, PASSWORD, address="198.51.100.9").status_code == 302
    assert is_in(victim)
    neighbour = Client()
    try_in(neighbour, PASSWORD, name=casper.email)
    assert is_in(neighbour)


def test_a_lock_is_by_name_however_it_is_spelled(ada: User) -> None:
    stranger = Client()
    for n in range(8):
        try_in(stranger, f"guess {n}", name="ADA@example.com" if n % 2 else " ada@Example.com")
    assert try_in(stranger, PASSWORD).status_code == 429


def test_a_lock_opens_after_a_quarter_of_an_hour_even_when_tried_meanwhile(ada: User) -> None:
    from axes.models import AccessAttempt

    stranger = Client()
    for n in range(10):
        try_in(stranger, f"guess {n}")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14, seconds=50))
    assert try_in(stranger, PASSWORD).status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=5))
    assert try_in(stranger, PASSWORD).status_code == 302


def test_a_closed_way_in_stays_closed_and_ends_sessions(ada: User) -> None:
    morgan = person("Morgan Bailey", Role.AGENT, PASSWORD)
    browser = Client()
    try_in(browser, PASSWORD, name=morgan.email)
    assert is_in(browser)
    signed_in(ada).post(f"/people/{morgan.pk}/deactivate/")
    assert not is_in(browser)
    try_in(browser, PASSWORD, name=morgan.email)
    assert not is_in(browser)


def test_nobody_signs_up(db: None) -> None:
    told = {"email": "x@example.com", "password1": PASSWORD}
    assert "by invitation" in Client().post("/account/signup/", told).content.decode()
    assert not User.objects.exists()


def test_an_invitation_leads_to_a_password_and_in(ada: User) -> None:
    admin = signed_in(ada)
    new = {"name": "New One", "email": "new@example.com", "role": "agent"}
    assert admin.post("/people/invite/", new).status_code == 302
    jobs.send_invitation(str(User.objects.get(email="new@example.com").pk))
    (sent,) = mail.outbox
    assert sent.to == ["new@example.com"]
    link = re.search(r"https?://[^/]+(/account/password/reset/key/\S+)", str(sent.body))
    assert link

    browser = Client()
    form = browser.get(link[1], follow=True)
    chosen = {"password1": PASSWORD, "password2": PASSWORD}
    done = browser.post(form.redirect_chain[-1][0], chosen, follow=True)
    assert "Your password is saved" in done.content.decode()
    try_in(browser, PASSWORD, name="new@example.com")
    assert is_in(browser)
    assert "no longer works" in Client().get(link[1], follow=True).content.decode()


def test_a_closed_person_gets_no_invitation(ada: User, agent_user: User) -> None:
    actions.deactivate(ada, agent_user.pk)
    jobs.send_invitation(str(agent_user.pk))
    assert mail.outbox == []


def test_a_wrong_invitation_says_what_is_wrong(ada: User) -> None:
    told = signed_in(ada).post("/people/invite/", {"name": "", "email": "x", "role": ""})
    assert told.status_code == 422
    assert told.content.decode().count("field-error") == 3
    taken = {"name": "A", "email": "ada@example.com", "role": "agent"}
    again = signed_in(ada).post("/people/invite/", taken)
    assert "is here already" in again.content.decode()


def test_people_are_found_by_name_role_and_state(ada: User, agent_user: User) -> None:
    closed = person("Closed One", Role.AGENT)
    actions.deactivate(ada, closed.pk)
    browser = signed_in(ada)

    def found(query: str) -> list[str]:
        return re.findall(
            r"<a class=\"row-link\"[^>]*>([^<]+)<",
            browser.get(f"/people/?{query}").content.decode(),
        )

    assert found("") == ["Ada Berg", "Closed One", "Morgan Bailey"]
    assert found("q=MORGAN@") == ["Morgan Bailey"]
    assert found("role=agent&state=closed") == ["Closed One"]
    assert found("q=nobody") == []


def test_a_long_list_of_people_goes_on(ada: User) -> None:
    User.objects.bulk_create(
        User(email=f"p{n}@example.com", name=f"Person {n % 7}", role=Role.AGENT) for n in range(60)
    )
    browser, seen, url = signed_in(ada), [], "/people/"
    while url:
        html = browser.get(url).content.decode()
        seen += re.findall(r'<a class="row-link" href="/people/([^/]+)/"', html)
        older = re.search(r'href="(\?page=[^"]+)"[^>]*rel="next"', html)
        url = "/people/" + older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == len(set(seen)) == 61


def test_the_last_administrator_is_told_in_words(ada: User) -> None:
    told = signed_in(ada).post(f"/people/{ada.pk}/", {"role": "agent"})
    assert told.status_code == 422
    assert "only administrator" in told.content.decode()
    refused = signed_in(ada).post(f"/people/{ada.pk}/deactivate/")
    assert refused.status_code == 422
    assert "only administrator" in refused.content.decode()


@pytest.mark.parametrize("path", ["/people/", "/people/invite/", "/people/{pk}/"])
def test_people_do_not_exist_for_others(agent_user: User, ada: User, path: str) -> None:
    assert signed_in(agent_user).get(path.format(pk=ada.pk)).status_code == 404


def test_the_language_is_kept_with_the_person(agent_user: User) -> None:
    browser = signed_in(agent_user)
    browser.post("/language/", {"language": "nb", "next": "/profile/"})
    assert User.objects.get().language == "nb"
    assert '<html lang="nb">' in browser.get("/profile/").content.decode()
    assert browser.post("/language/", {"language": "xx"}).status_code == 422


def test_a_key_is_shown_once_and_works(agent_user: User) -> None:
    browser = signed_in(agent_user)
    html = browser.post("/profile/keys/", {"name": "export"}).content.decode()
    key = re.search(r"mk_[\w-]+", html)
    assert key
    assert "mk_" not in browser.get("/profile/").content.decode()
    me = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {key[0]}"})
    assert (me.status_code, me.json()["email"], me.json()["role"]) == (
        200, "morgan@example.com", "agent"
    )  # fmt: skip
    browser.post(f"/profile/keys/{ApiKey.objects.get().pk}/revoke/")
    again = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {key[0]}"})
    assert again.status_code == 401


def test_a_key_needs_a_name(agent_user: User) -> None:
    assert signed_in(agent_user).post("/profile/keys/", {"name": " "}).status_code == 422
    assert not ApiKey.objects.exists()


def test_a_second_factor_is_asked_for_once_it_is_on(ada: User) -> None:
    browser = Client()
    try_in(browser, PASSWORD)
    asked = browser.get("/account/2fa/totp/activate/")
    assert asked["Location"].startswith("/account/reauthenticate/")
    form = browser.post(asked["Location"], {"password": PASSWORD}, follow=True)
    secret = re.search(r'id="totp-key">(\w+)<', form.content.decode())
    assert secret
    assert "data:image/svg+xml" in form.content.decode()
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(secret[1], counter))
    browser.post("/account/2fa/totp/activate/", {"code": code})
    assert "Turn off" in browser.get("/account/2fa/").content.decode()

    other = Client()
    assert try_in(other, PASSWORD)["Location"] == "/account/2fa/authenticate/"
    assert not is_in(other)
    codes = re.findall(
        r"<li>(\d+)</li>", browser.get("/account/2fa/recovery-codes/").content.decode()
    )
    assert len(codes) == 10
    other.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert is_in(other)


def test_the_first_administrator_signs_in_at_once(db: None) -> None:
    url, browser = f"/setup/{actions.setup_token()}/", Client()
    assert Client().get("/setup/guess/").status_code == 404
    assert browser.post(url, {"name": "A", "email": "a@b.no", "password": "x"}).status_code == 422
    browser.post(url, {"name": "Ada Berg", "email": "ada@example.com", "password": PASSWORD})
    assert is_in(browser)
    assert Client().get(url).status_code == 404


def test_the_address_is_shown_and_not_changed_here(agent_user: User) -> None:
    browser = signed_in(agent_user)
    assert "morgan@example.com" in browser.get("/account/email/").content.decode()
    told = {"email": "evil@example.com", "action_add": ""}
    assert browser.post("/account/email/", told).status_code == 405


def test_asking_for_a_password_tells_nobody_who_is_here(ada: User) -> None:
    known = Client().post("/account/password/reset/", {"email": "ada@example.com"}, follow=True)
    unknown = Client().post("/account/password/reset/", {"email": "x@example.com"}, follow=True)
    assert known.status_code == unknown.status_code == 200
    assert known.redirect_chain == unknown.redirect_chain
    assert [sent.to for sent in mail.outbox] == [["ada@example.com"]]
    assert "/account/password/reset/key/" in mail.outbox[0].body
