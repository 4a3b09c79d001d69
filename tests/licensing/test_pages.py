"""The agents' pages."""

import pytest
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.licensing.models import Agent

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NEW = {"name": "Ada Ames", "email": "ada@example.com", "npn": "777", "jurisdiction": "TX"}


def signed_in(role: Role) -> Client:
    user = User.objects.create_user(f"{role}@example.com", name=role.title(), role=role)
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_licensing_takes_an_agent_on_and_finds_them() -> None:
    client = signed_in(Role.LICENSING)
    made = client.post("/agents/new/", NEW, follow=True)
    agent = Agent.objects.get()
    assert made.redirect_chain == [(f"/agents/{agent.pk}/", 302)]
    assert "Ada Ames" in client.get("/agents/?q=ames").content.decode()
    assert "Ada Ames" not in client.get("/agents/?q=nobody").content.decode()


def test_what_is_wrong_is_said_and_what_was_typed_stays() -> None:
    page = signed_in(Role.LICENSING).post("/agents/new/", {**NEW, "npn": "abc"})
    assert page.status_code == 422
    assert 'value="Ada Ames"' in page.content.decode()
    assert not Agent.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.ASSISTANT, Role.CARRIER])
def test_agents_are_the_agencys_to_see(role: Role) -> None:
    client = signed_in(role)
    assert client.get("/agents/").status_code == 404
    assert client.post("/agents/new/", NEW).status_code == 404


def test_service_sees_agents_and_takes_none_on() -> None:
    client = signed_in(Role.SERVICE)
    assert client.get("/agents/").status_code == 200
    assert client.get("/agents/new/").status_code == 404
