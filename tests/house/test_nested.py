"""A record is found only under what it belongs to, also for somebody who may see both."""

import pytest
from django.test import Client
from django.utils import timezone

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.cases.actions.papers import add_task
from megler.cases.models import Case
from megler.journal.rules.actors import SYSTEM
from tests.cases.cast import EDITIONS, a_case, an_agent
from tests.cast import person, signed_in


@pytest.fixture
def staff(db: None) -> User:
    return person("Cole Staff", Role.ADMINISTRATOR)


@pytest.fixture
def cases(staff: User) -> tuple[Case, Case]:
    publish_edition(SYSTEM, read_files(EDITIONS / "nordhavn-life/guide"))
    agent = an_agent()
    return a_case(agent), a_case(agent, name="Ola Lie")


def inside(case: Case, staff: User) -> list[tuple[str, str]]:
    """The part of an address below the case, with the method that reaches it."""
    requirement, paper = case.requirements.all()[0], case.documents.get()
    task = add_task(staff, case, "call", due_on=timezone.localdate())
    return [
        ("GET", f"requirements/{requirement.pk}/waive/"),
        ("POST", f"requirements/{requirement.pk}/waive/"),
        ("GET", f"documents/{paper.pk}/"),
        ("GET", f"documents/{paper.pk}/preview/"),
        ("POST", f"tasks/{task.pk}/finish/"),
    ]


def status(browser: Client, case: Case, method: str, below: str) -> int:
    return int(browser.generic(method, f"/cases/{case.pk}/{below}").status_code)


def test_nothing_of_one_case_is_found_under_another(staff: User, cases: tuple[Case, Case]) -> None:
    mine, other = cases
    browser = signed_in(staff)
    for method, below in inside(mine, staff):
        assert status(browser, other, method, below) in {404, 422}, below
        assert status(browser, mine, method, below) != 404, below
    assert mine.requirements.filter(state="waived").count() == 0
