"""A small market of published editions, and two agents who quote on it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.journal.rules.actors import SYSTEM
from megler.licensing.models import Agent

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
EDITIONS = Path(__file__).parents[2] / "editions"


@dataclass(frozen=True)
class Seller:
    """An agent with the user who signs in as them."""

    user: User
    agent: Agent

    def client(self) -> Client:
        client = Client()
        client.force_login(self.user, backend=BACKEND)
        return client


def seller(name: str, npn: str) -> Seller:
    user = User.objects.create_user(f"{name}@example.com", name=name.title(), role=Role.AGENT)
    agent = Agent.objects.create(
        user=user,
        name=user.name,
        email=user.email,
        npn=npn,
        jurisdiction="TX",
        since=date(2020, 1, 1),
    )
    return Seller(user, agent)


@pytest.fixture
def market(db: None) -> None:
    """VGLI and the three generations of FEGLI option B, published."""
    for name in (
        "us-va/vgli-2019",
        "us-opm/fegli-b-2004",
        "us-opm/fegli-b-2005",
        "us-opm/fegli-b-2016",
    ):
        publish_edition(SYSTEM, read_files(EDITIONS / name))


@pytest.fixture
def agent(db: None) -> Seller:
    return seller("amy", "1001")


@pytest.fixture
def stranger(db: None) -> Seller:
    return seller("sam", "1002")


FACTS = {
    "born": "1979-02-11",
    "sex": "female",
    "jurisdiction": "TX",
    "wants": {"line": "group_term_life", "face_amount": "100000", "mode": "monthly"},
}
