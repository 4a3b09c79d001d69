"""The cast of feeds, and documents kept in a folder of the test."""

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.feeds.models import FeedSource
from tests.cases import cast
from tests.cases.conftest import folder  # noqa: F401 - a fixture
from tests.feeds.cast import a_case_at_carrier, a_source


@pytest.fixture
def manager(db: None) -> User:
    return cast.somebody(Role.CASE_MANAGER, "Kari Lund")


@pytest.fixture
def case(manager: User) -> Case:
    return a_case_at_carrier(manager)


@pytest.fixture
def source(db: None) -> FeedSource:
    return a_source()
