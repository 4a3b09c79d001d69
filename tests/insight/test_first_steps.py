"""The first steps of an empty agency, checked off by what is there."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.carriers.actions import publish_edition
from megler.carriers.packages import read_files
from megler.insight.pages.first_steps import steps
from megler.journal.rules.actors import SYSTEM
from megler.licensing.actions import add_agent
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db


def done() -> list[bool]:
    return [step.done for step in steps()]


def test_at_first_only_the_administrator_is_there(administrator: User) -> None:
    assert done() == [True, False, False, False, False]


def test_each_step_checks_itself_off(administrator: User) -> None:
    publish_edition(SYSTEM, read_files(settings.BASE_DIR / "editions" / "us-va" / "vgli-2019"))
    assert done() == [True, True, False, False, False]
    person("Casper Holt", Role.CASE_MANAGER)
    assert done() == [True, True, True, False, False]
    since = date(2026, 1, 1)
    add_agent(
        administrator,
        name="Agnes Hill",
        email="agnes@example.com",
        npn="1",
        jurisdiction="TX",
        since=since,
    )
    assert done() == [True, True, True, True, False]


def test_the_page_leads_to_every_step(administrator: User) -> None:
    page = signed_in(administrator).get(reverse("first_steps"))
    text = page.content.decode()
    assert page.status_code == 200
    for step in steps():
        assert reverse(step.url_name) in text
    assert text.count('aria-current="step"') == 1


def test_only_who_lets_people_in_sees_it(case_manager: User, client: Client) -> None:
    assert signed_in(case_manager).get(reverse("first_steps")).status_code == 404
    assert client.get(reverse("first_steps")).status_code == 302
