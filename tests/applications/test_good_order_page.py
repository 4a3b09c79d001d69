"""The rate of not-in-good-order: by agent, form and question, each person's own."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.checks import Finding, Looked, note_check
from megler.applications.models import Application
from megler.applications.models_filling import Occasion
from megler.licensing.models import Agent

FORMS = {"application": "Application for life insurance", "hipaa": "Authorization"}
BORN = Finding("answer_missing", "application", "insured_born", "Date of birth")
SSN = Finding("answer_missing", "application", "insured_ssn", "Social Security number")


def looks(agent: Agent, *findings: Finding, days_ago: int = 1, **more: Any) -> None:
    looked = Looked(agent, more.pop("occasion", Occasion.SUBMIT), "fjord/forms", FORMS, **more)
    note_check(looked, findings, timezone.now() - timedelta(days=days_ago))


@pytest.fixture
def counted(agent: Agent, stranger: User) -> None:
    looks(agent, BORN, SSN)
    looks(agent, BORN)
    looks(agent)
    looks(agent, days_ago=400)
    looks(stranger.agent, SSN)


def _page(who: User, **query: str) -> str:
    browser = Browser()
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    return browser.get(reverse("good_order_rates"), query).content.decode()


def test_staff_see_the_agencys_rates(counted: None, staff: User) -> None:
    page = _page(staff)
    assert "3 of 4 first submissions lacked something" in page
    assert "25 %" in page
    assert "2 of 3, 67 %" in page
    assert "Anna Berg" in page
    assert "Bo Strand" in page


def test_agents_see_their_own(counted: None, agent_user: User) -> None:
    page = _page(agent_user)
    assert "2 of 3 first submissions lacked something" in page
    assert "Bo Strand" not in page


def test_a_longer_period_counts_more(counted: None, agent: Agent, staff: User) -> None:
    looks(agent, days_ago=200)
    assert "3 of 4 first" in _page(staff, days="90")
    assert "3 of 5 first" in _page(staff, days="365")
    assert "3 of 4 first" in _page(staff, days="100000")


def test_drilling_down_by_form_question_and_agent(
    counted: None, agent: Agent, staff: User, started: Application
) -> None:
    looks(agent, SSN, application=started)
    only = _page(staff, question="insured_ssn", agent=str(agent.pk))
    assert started.reference in only
    assert "1 of 4, 25 %" not in only
    assert "2 of 4, 50 %" in only
    assert "Bo Strand" not in only
    assert "Nothing in this period" in _page(staff, form="replacement")
    assert "3 of 5 first" not in _page(staff, agent="nonsense")


def test_where_everything_was_in_order_the_page_says_so(agent: Agent, agent_user: User) -> None:
    looks(agent)
    page = _page(agent_user)
    assert "100 %" in page
    assert "Nothing was lacking." in page
    assert "Latest" not in page


def test_nothing_counted_yet(staff: User) -> None:
    assert "Nothing in this period" in _page(staff)


def test_the_page_asks_a_fixed_number_of_times(
    counted: None, agent: Agent, staff: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        looks(agent, BORN)
    browser = Browser()
    browser.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    with django_assert_max_num_queries(14):
        browser.get(reverse("good_order_rates"))
