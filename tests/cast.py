"""The cast of every test: one person in each role, and strangers. Rooms add their own around them."""

import pytest
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role

PASSWORD = "a long walk to the harbour"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def person(name: str, role: Role, password: str | None = None) -> User:
    """Somebody who signs in as `ada@example.com` if their name is Ada Berg."""
    first = name.split(maxsplit=1)[0].lower()
    return User.objects.create_user(f"{first}@example.com", password, name=name, role=role)


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def administrator(db: None) -> User:
    return person("Ada Berg", Role.ADMINISTRATOR)


@pytest.fixture
def case_manager(db: None) -> User:
    return person("Casper Holt", Role.CASE_MANAGER)


@pytest.fixture
def new_business(db: None) -> User:
    return person("Nina Wells", Role.NEW_BUSINESS)


@pytest.fixture
def underwriter(db: None) -> User:
    return person("Uma Rao", Role.UNDERWRITER)


@pytest.fixture
def licensing_officer(db: None) -> User:
    return person("Leo Lind", Role.LICENSING)


@pytest.fixture
def service_officer(db: None) -> User:
    return person("Sara Stone", Role.SERVICE)


@pytest.fixture
def accountant(db: None) -> User:
    return person("Alan Cook", Role.ACCOUNTING)


@pytest.fixture
def agent_user(db: None) -> User:
    return person("Morgan Bailey", Role.AGENT)


@pytest.fixture
def upline_user(db: None) -> User:
    return person("Ursula Vance", Role.AGENT)


@pytest.fixture
def stranger_user(db: None) -> User:
    """An agent who has nothing to do with the others."""
    return person("Stig Falk", Role.AGENT)


@pytest.fixture
def assistant_user(db: None) -> User:
    return person("Pat Quinn", Role.ASSISTANT)


@pytest.fixture
def carrier_user(db: None) -> User:
    return person("Carla Reyes", Role.CARRIER)
