"""What is refused before anything reads it, and what every answer says of itself."""

import importlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from megler.accounts.models import ApiKey, User
from megler.accounts.rules.roles import Role
from megler.config import wsgi
from tests.cast import PASSWORD, person, signed_in

MB = 1024 * 1024


def upload(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", b"x" * size, "application/pdf")


def test_a_stranger_sends_no_large_body(db: None) -> None:
    answer = Client().post("/account/login/", {"login": "a", "file": upload(5 * MB)})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_who_is_known_sends_files_up_to_a_bound(administrator: User, settings: Any) -> None:
    browser = signed_in(administrator)
    assert browser.post("/editions/publish/", {"package": upload(5 * MB)}).status_code == 422
    settings.UPLOAD_BYTES_MAX = 4 * MB
    assert browser.post("/editions/publish/", {"package": upload(5 * MB)}).status_code == 413


def test_a_program_is_told_so_as_problems(administrator: User) -> None:
    key = ApiKey.make(administrator, "large")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "k"}
    body, path = '{"facts": "%s"}' % ("x" * 5 * MB), "/api/v1/saved-quotes"
    answer = Client().post(path, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (413, "body_too_large")


def test_a_program_may_send_a_document_of_five_megabytes(administrator: User) -> None:
    key = ApiKey.make(administrator, "files")
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "k"}
    path = "/api/v1/cases/00000000-0000-4000-8000-000000000000/documents"
    assert Client().post(path, {"file": upload(5 * MB)}, headers=headers).status_code == 404


@pytest.mark.parametrize("address", ["/cases/?q=a%00b", "/search/?%00=1", "/people/%00/"])
def test_nul_is_refused_in_an_address(administrator: User, address: str) -> None:
    assert signed_in(administrator).get(address).status_code == 400


def test_nul_is_refused_in_a_form(administrator: User) -> None:
    answer = signed_in(administrator).post("/profile/", {"name": "a\0b", "language": ""})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "address", ["/", "/people/", "/profile/", "/sign/nothing/", "/account/login/", "/api/v1/me"]
)
def test_no_answer_is_kept_by_a_browser_or_framed(administrator: User, address: str) -> None:
    for browser in (Client(), signed_in(administrator)):
        answer = browser.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


def test_the_session_is_for_this_site_and_for_no_script(db: None) -> None:
    person("Ada Berg", Role.ADMINISTRATOR, PASSWORD)
    browser = Client()
    given = {"login": "ada@example.com", "password": PASSWORD}
    assert browser.post("/account/login/", given).status_code == 302
    cookie = browser.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_method_is_not_changed_by_a_header(administrator: User, header: str) -> None:
    browser = signed_in(administrator)
    assert browser.get("/profile/keys/", headers={header: "POST"}).status_code == 405
    answer = browser.post("/people/", {"_method": "DELETE"}, headers={header: "GET"})
    assert answer.status_code == 405


def test_another_host_is_not_answered(db: None) -> None:
    assert Client(headers={"host": "evil.example"}).get("/account/login/").status_code == 400


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("comes_from", "seen"), [("10.0.0.1", "203.0.113.5"), ("198.51.100.7", "198.51.100.7")]
)
def test_only_a_named_proxy_is_believed(settings: Any, comes_from: str, seen: str) -> None:
    settings.PROXIES = ["10.0.0.0/8"]
    asked = RequestFactory().get(
        "/healthz", REMOTE_ADDR=comes_from, headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.5"}
    )
    asked.META["HTTP_X_FORWARDED_PROTO"] = "https"
    application = importlib.reload(wsgi).application
    application(asked.environ, lambda status, headers: None)
    assert asked.environ["REMOTE_ADDR"] == seen
    assert asked.environ["wsgi.url_scheme"] == ("https" if seen != comes_from else "http")
