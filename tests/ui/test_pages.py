"""What every page does alike: trouble in words, refusals, messages beside htmx parts, no stray style."""

import re
from typing import Any

import pytest
from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from megler.accounts.access import for_everyone
from megler.accounts.models import User
from megler.config.urls import urlpatterns as real
from megler.vocabulary.problems import Problem, Refused
from tests.cast import signed_in


def refuse(request: HttpRequest) -> HttpResponse:
    raise Refused([Problem("missing", "born", "", "a date"), Problem("not_allowed", "Case 7")])


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


def tells(request: HttpRequest) -> HttpResponse:
    success(request, "Saved & done.")
    return HttpResponse("<p>part</p>")


urlpatterns = [
    *real,
    path("refuse/", for_everyone(refuse)),
    path("breaks/", for_everyone(breaks)),
    path("tells/", for_everyone(tells)),
]


@pytest.fixture
def browser(agent_user: User) -> Any:
    with override_settings(ROOT_URLCONF="tests.ui.test_pages"):
        client = signed_in(agent_user)
        client.raise_request_exception = False
        yield client


HTMX = {"HX-Request": "true"}


def test_a_refusal_that_no_page_caught_is_told_in_sentences(browser: Client) -> None:
    told = browser.post("/refuse/")
    assert told.status_code == 422
    assert "born is missing: expected a date." in told.content.decode()
    assert "Nothing was changed." in told.content.decode()


def test_to_htmx_a_refusal_goes_where_messages_stand(browser: Client) -> None:
    told = browser.post("/refuse/", headers=HTMX)
    assert (told.status_code, told["HX-Retarget"]) == (422, "#messages")
    assert "born is missing" in told.content.decode()
    assert "<html" not in told.content.decode()


def test_messages_come_beside_a_part(browser: Client) -> None:
    html = browser.get("/tells/", headers=HTMX).content.decode()
    assert html.startswith("<p>part</p>")
    assert re.search(r'id="messages"[^>]*hx-swap-oob', html)
    assert "Saved &amp; done." in html
    assert browser.get("/tells/").content == b"<p>part</p>"
    assert "Saved &amp; done." in browser.get("/profile/").content.decode()


@pytest.mark.parametrize(
    ("url", "status", "words"),
    [
        ("/no/such/place/", 404, "nothing here that you may see"),
        ("/breaks/", 500, "went wrong on our side"),
    ],
)
def test_trouble_is_told_in_words(browser: Client, url: str, status: int, words: str) -> None:
    told = browser.get(url)
    assert told.status_code == status
    assert words in told.content.decode()


def test_an_old_form_is_told_so(browser: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    told = strict.post("/account/login/", {"login": "a", "password": "b"})
    assert told.status_code == 403
    assert "too old to be accepted" in told.content.decode()


def test_the_shell_marks_the_place_and_names_the_person(administrator: User) -> None:
    html = signed_in(administrator).get("/people/").content.decode()
    assert re.search(r'href="/people/" aria-current="page"', html)
    assert 'aria-label="You: Ada Berg"' in html
    assert html.count("<h1") == 1


def test_the_policy_allows_no_inline_code(administrator: User) -> None:
    answer = signed_in(administrator).get("/people/")
    policy = answer["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=", answer.content.decode())


def test_a_wrong_host_is_refused_before_anybody_is_known() -> None:
    assert Client(SERVER_NAME="elsewhere.example").get("/").status_code == 400
