"""The first address leads each to their own place."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from megler.accounts.rules.roles import Role
from megler.carriers.models import Edition
from tests.cast import signed_in
from tests.insight.rows import a_product, someone


def an_edition() -> None:
    Edition.objects.create(
        carrier=a_product().carrier, kind="rate_book", series="s", title="S", digest="d",
        effective_from="2026-01-01", content=b"", published_at=timezone.now(), published_by="Ada",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.ADMINISTRATOR, "today"),
        (Role.CASE_MANAGER, "today"),
        (Role.NEW_BUSINESS, "today"),
        (Role.UNDERWRITER, "today"),
        (Role.LICENSING, "today"),
        (Role.SERVICE, "today"),
        (Role.ACCOUNTING, "today"),
        (Role.AGENT, "my_business"),
        (Role.ASSISTANT, "my_business"),
        (Role.CARRIER, "cases"),
    ],
)
def test_each_role_opens_on_its_place(db: None, role: Role, place: str) -> None:
    an_edition()
    assert signed_in(someone(role, "Some Body")).get("/").url == reverse(place)  # type: ignore[attr-defined]


def test_the_administrator_of_an_empty_agency_begins_with_the_first_steps(db: None) -> None:
    browser = signed_in(someone(Role.ADMINISTRATOR, "Ada Berg"))
    assert browser.get("/").url == reverse("first_steps")  # type: ignore[attr-defined]


def test_who_has_not_signed_in_is_sent_there(db: None, client: Client) -> None:
    assert client.get("/").url == reverse("account_login")  # type: ignore[attr-defined]


def test_in_the_demo_they_are_sent_to_its_sign_in(db: None, client: Client, settings: Any) -> None:
    settings.DEMO = True
    assert client.get("/").url == reverse("demo_sign_in")  # type: ignore[attr-defined]
