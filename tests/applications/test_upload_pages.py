"""Pages and API of uploads and scrubbing: one's own only, with everything that can be chosen."""

import json
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.starting import start_from_quote
from megler.applications.models import Application
from megler.applications.models_uploads import Upload
from megler.carriers.models import Product
from megler.documents.models import Document
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from tests.applications.papers import WHOLE, paper, publish
from tests.documents.files import pdf
from tests.documents.sheets import box_of, scan
from tests.documents.strange import active_pdf

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def held(agent_user: User, quote: Quote) -> Application:
    publish()
    return start_from_quote(agent_user, quote, 0)


def file(content: bytes, name: str = "a.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def as_somebody(person: User) -> Browser:
    made = Browser()
    made.force_login(person, BACKEND)
    return made


def put(browser: Browser, held: Application, content: bytes) -> Upload:
    url = reverse("application_uploads", args=[held.pk])
    answered = browser.post(url, {"files": file(content)})
    made = Upload.objects.latest("at")
    assert answered.headers["Location"] == reverse("application_upload", args=[held.pk, made.pk])
    return made


def test_a_file_is_dropped_shown_and_opened(browser: Browser, held: Application) -> None:
    made = put(browser, held, paper())
    page = browser.get(reverse("application_upload", args=[held.pk, made.pk])).content.decode()
    assert "SM-1" in page
    assert "First name" in page
    assert 'value="application|1"' in page
    listed = browser.get(reverse("application_uploads", args=[held.pk])).content.decode()
    assert "a.pdf" in listed
    picture = browser.get(reverse("application_upload_page", args=[held.pk, made.pk, 2]))
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert (
        browser.get(reverse("application_upload_page", args=[held.pk, made.pk, 3])).status_code
        == 404
    )
    opened = browser.get(reverse("application_upload_file", args=[held.pk, made.pk]))
    assert b"".join(opened.streaming_content) == paper()  # type: ignore[attr-defined]


def test_htmx_is_sent_on_and_told_what_is_wrong(browser: Browser, held: Application) -> None:
    url = reverse("application_uploads", args=[held.pk])
    answered = browser.post(url, {"files": file(b"MZ", "a.exe")}, headers=HTMX)
    assert answered.status_code == 422
    assert "a.exe cannot be taken" in answered.content.decode()
    answered = browser.post(url, {"files": file(paper())}, headers=HTMX)
    assert answered.headers["HX-Redirect"].startswith(url)
    assert browser.post(url, {}).status_code == 422


def test_sides_are_chosen_and_pages_sorted(
    browser: Browser, agent_user: User, held: Application
) -> None:
    answer(agent_user, held, {"insured_first_name": "Karin"}, held.version)
    made = put(browser, held, paper())
    where = reverse("application_upload", args=[held.pk, made.pk])
    page = browser.get(where).content.decode()
    assert "Karin" in page
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    data = {"version": version[1], "side.insured_first_name": "there"}
    assert browser.post(where + "decide/", data).status_code == 302
    held.refresh_from_db()
    assert held.given["insured_first_name"].value == "Kari"
    data = {"form.1": "application", "page.1": "2", "was.1": "application|1",
            "form.2": "-", "page.2": "2", "was.2": "application|2"}  # fmt: skip
    assert browser.post(where + "assign/", data).status_code == 302
    made.refresh_from_db()
    assert made.assigned == {"1": ["SM-1", "2020-01", 2, 2], "2": None}
    data = {"form.1": "application", "page.1": "7", "was.1": "application|2"}
    assert browser.post(where + "assign/", data).status_code == 422
    assert browser.post(where + "decide/", {"side.nonsense": "here"}).status_code == 422


def test_a_stranger_finds_nothing(stranger: User, browser: Browser, held: Application) -> None:
    made = put(browser, held, paper())
    other = as_somebody(stranger)
    for name, more in (
        ("application_upload", ()), ("application_upload_file", ()),
        ("application_upload_page", (1,)), ("application_upload_original", (1,)),
    ):  # fmt: skip
        assert other.get(reverse(name, args=[held.pk, made.pk, *more])).status_code == 404
    for name in ("assign", "decide", "read"):
        url = reverse(f"application_upload_{name}", args=[held.pk, made.pk])
        assert other.post(url).status_code == 404
    assert other.get(reverse("application_uploads", args=[held.pk])).status_code == 404


def test_originals_are_for_staff_and_are_saved_never_shown(
    browser: Browser, staff: User, held: Application
) -> None:
    made = put(browser, held, active_pdf())
    url = reverse("application_upload_original", args=[held.pk, made.pk, 1])
    where = reverse("application_upload", args=[held.pk, made.pk])
    assert browser.get(url).status_code == 404
    assert url not in browser.get(where).content.decode()
    assert "JavaScript" in browser.get(where).content.decode()
    theirs = as_somebody(staff)
    assert url in theirs.get(where).content.decode()
    answered = theirs.get(url)
    assert answered.content == active_pdf()
    assert answered.headers["Content-Disposition"].startswith("attachment")
    assert answered.headers["Content-Type"] == "application/octet-stream"


@pytest.fixture
def forms(product: Product) -> None:
    publish()


@pytest.mark.usefixtures("forms")
def test_scrubbing_shows_what_is_wrong_and_keeps_nothing(browser: Browser) -> None:
    url = reverse("applications_scrub")
    assert browser.get(url).status_code == 200
    sent = {"files": file(paper({**WHOLE, "first": ""}))}
    for headers in ({}, HTMX):
        answered = browser.post(url, sent, headers=headers)
        sent["files"].seek(0)
        page = answered.content.decode()
        assert "First name" in page
        assert "the place to sign is empty (Proposed insured)" in page
        assert page.count("data:image/jpeg;base64,") == 2
        assert ("<html" in page) is (headers != HTMX)
    assert not Document.objects.exists()
    answered = browser.post(url, {"files": file(b"MZ")})
    assert answered.status_code == 422


@pytest.mark.usefixtures("forms")
def test_an_application_starts_from_a_scrubbed_file(browser: Browser, agent: Agent) -> None:
    url = reverse("applications_scrub_start")
    assert browser.post(url, {}).status_code == 422
    answered = browser.post(url, {"files": file(paper())}, headers=HTMX)
    made = Application.objects.get()
    assert answered.headers["HX-Redirect"] == reverse("application", args=[made.pk])
    answered = browser.post(url, {"files": file(paper({}))})
    assert answered.status_code == 302
    assert Application.objects.filter(agent=agent).count() == 2


@pytest.mark.usefixtures("forms")
def test_the_api_says_the_same(browser: Browser, stranger: User) -> None:
    url = "/api/v1/applications/scrub"
    answered = browser.post(url, {"files": file(paper())})
    told: dict[str, Any] = json.loads(answered.content)
    assert answered.status_code == 200
    assert told["in_good_order"] is False
    assert [one["code"] for one in told["not_in_good_order"]] == ["scrub_unsigned"] * 2
    assert told["forms"][0]["at"] == {"1": 1, "2": 2}
    assert told["answers"]["insured_ssn"] == "•••-••-1121"
    refused = browser.post(url, {"files": file(pdf(1, password="x"))})
    assert refused.status_code == 422
    assert json.loads(refused.content)["problems"][0]["code"] == "document_locked"
    assert Browser().post(url, {"files": file(paper())}).status_code == 401
    assert not Document.objects.exists()


def test_papers_are_printed_and_signatures_on_them_counted(
    browser: Browser, agent_user: User, held: Application
) -> None:
    typed = {"insured_first_name": "Kari", "insured_last_name": "Hope", "takes_medication": "no"}
    answer(agent_user, held, {**typed, "insured_email": "kari@example.com"}, held.version)
    printed = browser.get(reverse("application_print", args=[held.pk]))
    assert printed.headers["Content-Type"] == "application/pdf"
    made = put(browser, held, scan(printed.content, ink={2: box_of(0)}))
    where = reverse("application_upload", args=[held.pk, made.pk])
    assert "Count the signature" in browser.get(where).content.decode()
    sign = reverse("application_upload_sign", args=[held.pk, made.pk])
    assert browser.post(sign, {"role": "nobody"}).status_code == 404
    assert browser.post(sign, {"role": "agent"}).status_code == 422
    assert browser.post(sign, {"role": "insured"}).status_code == 302
    page = browser.get(where).content.decode()
    assert "Proposed insured: the signature on this paper counts." in page
