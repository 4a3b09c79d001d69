"""One-click sign-in: in the demo only, and only as those whom the page offers."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from tests.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def everybody(demo: None) -> dict[Role, User]:
    names = ("Ada", "Bo", "Cy", "Di", "Ed", "Fay", "Gus", "Hal", "Ivy", "Jo")
    return {role: person(f"{name} Berg", role) for role, name in zip(Role, names, strict=True)}


def test_outside_the_demo_there_is_nothing(client: Client, administrator: User) -> None:
    assert client.get(reverse("demo_sign_in")).status_code == 404
    enter = reverse("demo_enter", args=[administrator.pk])
    assert client.post(enter).status_code == 404
    assert "_auth_user_id" not in client.session


def test_somebody_of_every_role_is_offered(client: Client, everybody: dict[Role, User]) -> None:
    page = client.get(reverse("demo_sign_in")).content.decode()
    for one in everybody.values():
        assert one.name in page
        assert reverse("demo_enter", args=[one.pk]) in page
    assert page.count("demo-face") == len(Role)


def test_one_click_signs_in(client: Client, everybody: dict[Role, User]) -> None:
    agent = everybody[Role.AGENT]
    answer = client.post(reverse("demo_enter", args=[agent.pk]))
    assert answer.headers["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(agent.pk)


def test_nobody_else_can_be_entered_as(client: Client, everybody: dict[Role, User]) -> None:
    other = person("Zed Holm", Role.ADMINISTRATOR)
    assert client.post(reverse("demo_enter", args=[other.pk])).status_code == 404
    assert client.post(reverse("demo_enter", args=[uuid4()])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_click_from_elsewhere_is_refused(everybody: dict[Role, User]) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("demo_enter", args=[everybody[Role.AGENT].pk]))
    assert answer.status_code == 403


def test_reading_the_address_signs_nobody_in(client: Client, everybody: dict[Role, User]) -> None:
    assert client.get(reverse("demo_enter", args=[everybody[Role.AGENT].pk])).status_code == 405


def test_an_unbuilt_demo_says_so(client: Client, demo: None) -> None:
    assert "not built" in client.get(reverse("demo_sign_in")).content.decode()
