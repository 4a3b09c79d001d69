"""A case that waits for papers, and the people who file them."""

from pathlib import Path
from typing import Any

import pytest

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case
from megler.vocabulary.codes import RequirementKind
from tests.cases.cast import a_case, an_agent, somebody


@pytest.fixture(autouse=True)
def kept_apart(settings: Any, tmp_path: Path) -> None:
    """Files of the tests lie in a folder of their own."""
    kept = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    place = {"default": {**kept, "OPTIONS": {"location": str(tmp_path)}}}
    settings.STORAGES = {**settings.STORAGES, **place}


@pytest.fixture
def staff(db: None) -> User:
    return somebody(Role.CASE_MANAGER, "Casper Holt")


@pytest.fixture
def other_staff(db: None) -> User:
    return somebody(Role.CASE_MANAGER, "Nina Wells")


@pytest.fixture
def case(staff: User) -> Case:
    """Kari Hope, born 11 February 1979, whose APS and blood profile are still to come."""
    made = a_case(an_agent())
    for kind in (RequirementKind.APS, RequirementKind.BLOOD_PROFILE):
        if not made.requirements.filter(kind=kind.value).exists():
            add_requirement(staff, made, kind)
    return Case.objects.get(pk=made.pk)
