"""The page that takes a message, the messages of an application, its 103, and the API's."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from megler.accounts.models import ApiKey, User
from megler.applications.actions.exporting import keep_dialect
from megler.applications.models import Application
from megler.applications.models_messages import ApplicationMessage
from megler.carriers.models import Product
from megler.documents.typesetting import typeset
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent
from tests.exchange.txlife.samples import attached, new_business, status
from tests.exchange.txlife.test_dialects import FJORD

pytestmark = pytest.mark.django_db
PAGE = "/applications/import/"


@pytest.fixture
def data(agent: Agent, product: Product) -> bytes:
    pdf = typeset(b"Hello", {})
    policy = "<Wish>a &lt;b&gt; thing</Wish>"
    return new_business(policy=policy, more=attached(pdf)).replace(b"1234567", agent.npn.encode())


def file_of(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("new.xml", data, "application/xml")


def test_a_message_is_imported_and_leads_to_its_application(browser: Browser, data: bytes) -> None:
    assert browser.get(PAGE).status_code == 200
    answered = browser.post(PAGE, {"message": file_of(data), "do": "import"})
    held = Application.objects.get()
    assert answered["Location"] == f"/applications/{held.pk}/"
    page = browser.get(answered["Location"]).content.decode()
    assert f"/applications/{held.pk}/messages/" in page
    part = browser.get(f"/applications/{held.pk}/messages/").content.decode()
    assert "a &lt;b&gt; thing" in part
    assert "application.pdf" in part


def test_a_message_is_looked_at_without_a_trace(browser: Browser) -> None:
    page = browser.post(PAGE, {"message": file_of(status()), "do": "look"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "1122 Requirement results and status" in text
    assert "2024 -12-10" in text
    assert not Application.objects.exists()


def test_why_it_was_not_imported_stands_on_the_page(browser: Browser, data: bytes) -> None:
    wrong = data.replace(b"fjord-life<", b"nobody<").replace(
        b"<FullName>Fjord Life<", b"<FullName>?<"
    )
    page = browser.post(PAGE, {"message": file_of(wrong), "do": "import"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "nobody" in text
    assert "OLifE/Holding/Policy/CarrierCode" in text


@pytest.mark.parametrize("data_", [b"", b"<TXLife>", b"%PDF-1.4", b"\0" * 50, b"<!DOCTYPE x><x/>"])
def test_what_is_no_message_is_told(browser: Browser, product: Product, data_: bytes) -> None:
    page = browser.post(PAGE, {"message": file_of(data_), "do": "import"})
    assert page.status_code == 422
    assert not Application.objects.exists()


def test_the_original_its_files_and_the_103_are_downloaded(browser: Browser, data: bytes) -> None:
    browser.post(PAGE, {"message": file_of(data), "do": "import"})
    message = ApplicationMessage.objects.get()
    one = f"/applications/{message.application_id}"
    original = browser.get(f"{one}/messages/{message.pk}/")
    assert b"".join(original) == data
    assert original["Content-Disposition"].startswith("attachment")
    file = message.files.get()
    assert browser.get(f"{one}/messages/{message.pk}/{file.pk}/").status_code == 200
    exported = browser.get(f"{one}/txlife/")
    assert exported["Content-Type"] == "application/xml"
    assert b'<TransType tc="103">' in exported.content
    assert browser.get(f"{one}/txlife/?dialect=nobody").status_code == 404
    keep_dialect(SYSTEM, "fjord", FJORD)
    assert b"86231" in browser.get(f"{one}/txlife/?dialect=fjord").content


def test_a_stranger_finds_nothing(browser: Browser, stranger: User, data: bytes) -> None:
    browser.post(PAGE, {"message": file_of(data), "do": "import"})
    message = ApplicationMessage.objects.get()
    browser.force_login(stranger, backend="allauth.account.auth_backends.AuthenticationBackend")
    one = f"/applications/{message.application_id}"
    for path in ("messages/", f"messages/{message.pk}/", "txlife/"):
        assert browser.get(f"{one}/{path}").status_code == 404


class Program:
    """Calls the API with somebody's key."""

    def __init__(self, person: User) -> None:
        self.browser = Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})

    def send(self, data: bytes, key: str = "", **told: str) -> Any:
        return self.browser.post(
            "/api/v1/applications/import",
            {"file": file_of(data), **told},
            headers={"Idempotency-Key": key or uuid.uuid4().hex},
        )


def test_a_program_imports_a_message_once(agent_user: User, data: bytes) -> None:
    program = Program(agent_user)
    first = program.send(data, "one")
    assert first.status_code == 201
    told = first.json()
    assert told["not_understood"] == [
        {
            "path": "TXLife/TXLifeRequest/OLifE/Holding[1]/Policy/Wish",
            "text": "a <b> thing",
            "line": 21,
        },
        {
            "path": "TXLife/TXLifeRequest/OLifE/FormInstance[1]/FormName",
            "text": "Application",
            "line": 0,
        },
    ]
    assert (told["files"], told["problems"]) == (1, [])
    assert program.send(data, "one").json() == told
    again = program.send(data, "two")
    assert again.status_code == 422
    (problem,) = again.json()["problems"]
    assert (problem["code"], problem["found"]) == ("txlife_double", told["number"])
    taken = program.send(data, "three", again="true").json()
    assert taken["possible_doubles"] == [told["number"]]
    read = program.browser.get(f"/api/v1/applications/{told['id']}/txlife")
    assert read["Content-Type"] == "application/xml"
    assert b"a <b> thing" not in read.content


def test_a_program_is_told_everything_that_is_wrong(agent_user: User, data: bytes) -> None:
    wrong = data.replace(b'tc="103"', b'tc="X"').replace(b'tc="32"', b'tc="Y"')
    answered = Program(agent_user).send(wrong)
    assert answered.status_code == 422
    codes = [p["code"] for p in json.loads(answered.content)["problems"]]
    assert codes.count("txlife_code") == 2
