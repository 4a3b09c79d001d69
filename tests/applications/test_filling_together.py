"""Two at one page: what others did appears, and nothing that anybody typed is lost or undone."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.models import Application
from tests.applications.conftest import marks

HTMX = {"HX-Request": "true"}


class Page:
    """A section as somebody's browser holds it: its marks are renewed by what the server sends."""

    def __init__(self, browser: Browser, application: Application, section: str) -> None:
        self.browser, self.application, self.section = browser, application, section
        address = reverse("application", args=[application.pk])
        self.marks = marks(browser.get(address, {"section": section}).content.decode())

    def sends(self, **typed: str) -> str:
        """Saves what stands in the fields; `__` stands for a dot."""
        data = {key.replace("__", "."): text for key, text in typed.items()}
        address = reverse("application_answers", args=[self.application.pk])
        sent = self.marks | data | {"section": self.section}
        answered = self.browser.post(address, sent, headers=HTMX)
        assert answered.headers["X-Version"]
        self.marks |= marks(answered.content.decode())
        self.application.refresh_from_db()
        return answered.content.decode()

    def value(self, key: str) -> Any:
        return self.application.given[key].value


def test_what_another_changed_is_shown_and_not_undone_by_saving_twice(
    browser: Browser, staff: User, started: Application
) -> None:
    answer(staff, started, {"insured_first_name": "Kari"}, started.version)
    page = Page(browser, started, "insured")
    answer(staff, started, {"insured_first_name": "Karen"}, started.version + 1)
    shown = page.sends(insured_first_name="Kari", insured_last_name="Hope")
    assert 'value="Karen"' in shown
    page.sends(insured_first_name="Karen", insured_last_name="Hoper")
    assert page.value("insured_first_name") == "Karen"
    assert page.value("insured_last_name") == "Hoper"


def test_a_conflict_stays_until_somebody_decides(
    browser: Browser, staff: User, started: Application
) -> None:
    page = Page(browser, started, "insured")
    answer(staff, started, {"insured_first_name": "Karen"}, started.version)
    page.sends(insured_first_name="Kari")
    again = page.sends(insured_first_name="Kari", insured_last_name="Hope")
    assert "changed this" in again
    assert page.value("insured_first_name") == "Karen"
    page.sends(insured_first_name="Kari", insured_last_name="Hope", keep="insured_first_name")
    assert page.value("insured_first_name") == "Kari"


def test_both_add_a_beneficiary(browser: Browser, staff: User, started: Application) -> None:
    page = Page(browser, started, "beneficiaries")
    answer(staff, started, {"beneficiaries": [{"name": "Ola"}]}, started.version)
    shown = page.sends(beneficiaries__sent="1", beneficiaries__0__name="Per")
    assert page.value("beneficiaries") == [{"name": "Ola"}, {"name": "Per"}]
    assert 'value="Ola"' in shown
    page.sends(
        beneficiaries__sent="1", beneficiaries__0__name="Ola", beneficiaries__1__name="Pernille"
    )
    assert page.value("beneficiaries") == [{"name": "Ola"}, {"name": "Pernille"}]


def test_a_row_keeps_its_place_while_others_are_empty(
    browser: Browser, staff: User, started: Application
) -> None:
    page = Page(browser, started, "beneficiaries")
    page.sends(beneficiaries__sent="1", beneficiaries__2__name="Per")
    assert ":2=" in page.marks["was.beneficiaries"]
    both = {"beneficiaries": [{"name": "Per"}, {"name": "Ola"}]}
    answer(staff, page.application, both, page.application.version)
    page.sends(beneficiaries__sent="1", beneficiaries__2__name="Pernille")
    assert page.value("beneficiaries") == [{"name": "Pernille"}, {"name": "Ola"}]


def test_a_field_of_an_item_appears_with_the_answer_that_opens_it(
    browser: Browser, agent_user: User, started: Application
) -> None:
    held = answer(agent_user, started, {"has_existing": "yes"}, started.version).application
    page = Page(browser, held, "existing")
    rows = {"existing_cover__sent": "1", "existing_cover__0__company": "Old Life"}
    shown = page.sends(**rows, existing_cover__1__company="")
    assert "existing_cover.0.cost_basis" not in shown
    shown = page.sends(**rows, existing_cover__0__replace="yes", existing_cover__1__company="")
    opened = [f.key for f in held.questionnaire.by_key["existing_cover"].fields if f.when]
    assert opened
    for key in opened:
        assert f"existing_cover.0.{key}" in shown
        assert f"existing_cover.1.{key}" not in shown
    assert 'name="existing_cover.1.company"' in shown


def _changes(browser: Browser, held: Application, since: int, section: str = "insured") -> Any:
    address = reverse("application_changes", args=[held.pk])
    query = {"section": section, "since": str(since), "at": held.changed_at.isoformat()}
    return browser.get(address, query, headers=HTMX)


def test_looking_costs_nothing_until_somebody_answers(
    browser: Browser, staff: User, started: Application, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(4):
        assert _changes(browser, started, started.version).status_code == 204
    since = started.version
    held = answer(staff, started, {"insured_first_name": "Kari"}, since).application
    shown = _changes(browser, held, since).content.decode()
    assert 'id="w-insured_first_name"' in shown
    assert 'id="w-insured_last_name"' not in shown
    assert "Cara Holm" in shown
    assert _changes(browser, held, held.version).status_code == 204


def test_what_another_answer_opens_appears(
    browser: Browser, staff: User, started: Application
) -> None:
    since = started.version
    held = answer(staff, started, {"med_heart": "yes"}, since).application
    shown = _changes(browser, held, since, "medical").content.decode()
    assert 'name="med_heart_details"' in shown


def test_a_strangers_look_finds_nothing(stranger: User, started: Application) -> None:
    other = Browser()
    other.force_login(stranger, "allauth.account.auth_backends.AuthenticationBackend")
    assert _changes(other, started, 0).status_code == 404


@pytest.mark.parametrize(("kind", "status"), [("drug", 200), ("condition", 200), ("shoe", 404)])
def test_names_are_suggested(client: Browser, kind: str, status: int) -> None:
    answered = client.get(reverse("application_suggest"), {"kind": kind, "q": "met", "id": "s-x"})
    assert answered.status_code == status
    if kind == "drug":
        assert 'id="s-x-1"' in answered.content.decode()
        assert "Metformin" in answered.content.decode()
