"""The cast of the portal: a case, its agent, and staff."""

from pathlib import Path
from typing import Any

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case
from megler.licensing.models import Agent
from tests.cases import cast


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where documents are kept during the test."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = {"default": {**kept, "OPTIONS": {"location": str(tmp_path)}}}
    settings.STORAGES = {**settings.STORAGES, **place}
    return tmp_path


@pytest.fixture
def manager(db: None) -> User:
    return cast.somebody(Role.CASE_MANAGER, "Kari Lund")


@pytest.fixture
def agent(db: None) -> Agent:
    return cast.an_agent()


@pytest.fixture
def case(agent: Agent) -> Case:
    return cast.a_case(agent)
