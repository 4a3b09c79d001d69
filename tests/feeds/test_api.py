"""Carriers' files by program: sent once, and what became of them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser

from megler.accounts.models import ApiKey, User
from megler.cases.models import Case
from megler.feeds.actions.taking import take_file
from megler.feeds.models import FeedFile, FeedSource
from tests.feeds.cast import LATER, send, sheet, somebody_else

pytestmark = pytest.mark.django_db
HEAD = "Agency Reference,Policy Number,Insured,Status"


def program(person: User) -> Browser:
    return Browser(headers={"Authorization": f"Bearer {ApiKey.make(person, 'test')}"})


def post(browser: Browser, source: FeedSource, content: bytes, key: str, **more: str) -> Any:
    upload = SimpleUploadedFile("pending.csv", content)
    url = f"/api/v1/feeds/{source.slug}/files"
    return browser.post(url, {"file": upload, **more}, headers={"Idempotency-Key": key})


def test_a_file_is_taken_once_and_tells_what_it_changed(
    manager: User, case: Case, source: FeedSource
) -> None:
    send(manager, source, sheet(HEAD, f"{case.reference},,Kari Hope,UW"))
    content = sheet(HEAD, f"{case.reference},NL-1,Kari Hope,Approved", "C-99999,,Nobody Here,Zork")
    browser = program(manager)
    first = post(browser, source, content, "one", as_of="2026-04-01T12:00:00Z")
    again = post(browser, source, content, "two", as_of="2026-04-01T12:00:00Z")
    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["id"] == again.json()["id"]
    assert FeedFile.objects.count() == 2
    take_file(first.json()["id"], LATER.replace(year=2027))
    told = browser.get(f"/api/v1/feeds/{source.slug}/files/{first.json()['id']}").json()
    assert (told["state"], told["records"], told["counts"]["unmatched"]) == ("done", 2, 1)
    assert {(c["case"], c["told"], c["state"]) for c in told["changes"]} == {
        (case.reference, "status", "applied"), (case.reference, "policy_number", "applied"),
    }  # fmt: skip
    assert [p["code"] for p in told["problems"]] == ["feed_status_unknown"]


def test_what_cannot_be_taken_says_why_and_strangers_see_nothing(
    manager: User, source: FeedSource
) -> None:
    refused = post(program(manager), source, b"<html><table></table></html>", "one")
    assert refused.status_code == 422
    assert "CSV" in refused.content.decode()
    assert post(program(somebody_else()), source, b"a,b\n1,2\n", "two").status_code == 404
    assert FeedFile.objects.count() == 0
