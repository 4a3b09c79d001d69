"""A page's form sent twice has one effect and one answer, also at once."""

import threading
import uuid

import pytest
from django.db import connection
from django.test import Client

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.journal.models import Entry
from tests.cast import person, signed_in


def form(once: str, **change: str) -> dict[str, str]:
    new = {"name": "New One", "email": "new@example.com", "role": "agent", "once": once}
    return {**new, **change}


def invited() -> int:
    return Entry.objects.filter(verb="person.invited").count()


def test_the_second_click_gets_the_firsts_answer(administrator: User) -> None:
    browser, once = signed_in(administrator), str(uuid.uuid4())
    first = browser.post("/people/invite/", form(once))
    second = browser.post("/people/invite/", form(once))
    assert (first.status_code, first["Location"]) == (302, "/people/")
    assert (second.status_code, second["Location"]) == (302, "/people/")
    assert invited() == 1


def test_without_the_field_each_sending_counts(administrator: User) -> None:
    browser = signed_in(administrator)
    answers = [browser.post("/people/invite/", form("")).status_code for _click in range(2)]
    assert answers == [302, 422]


def test_a_form_with_errors_may_be_mended(administrator: User) -> None:
    browser, once = signed_in(administrator), str(uuid.uuid4())
    assert browser.post("/people/invite/", form(once, name="")).status_code == 422
    assert browser.post("/people/invite/", form(once, name="")).status_code == 422
    assert browser.post("/people/invite/", form(once)).status_code == 302
    assert invited() == 1


def test_after_going_back_another_content_is_another_wish(administrator: User) -> None:
    browser, once = signed_in(administrator), str(uuid.uuid4())
    browser.post("/people/invite/", form(once))
    browser.post("/people/invite/", form(once, email="other@example.com"))
    assert invited() == 2


def test_somebody_elses_form_is_not_answered_for_them(administrator: User) -> None:
    once, bo = str(uuid.uuid4()), person("Bo Second", Role.ADMINISTRATOR)
    signed_in(administrator).post("/people/invite/", form(once))
    assert signed_in(bo).post("/people/invite/", form(once)).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_twelve_clicks_at_once_have_one_effect() -> None:
    ada, once = person("Ada Berg", Role.ADMINISTRATOR), str(uuid.uuid4())
    start = threading.Barrier(12)
    answers: list[int] = []

    def click(browser: Client) -> None:
        start.wait()
        answers.append(browser.post("/people/invite/", form(once)).status_code)
        connection.close()

    clicks = [threading.Thread(target=click, args=(signed_in(ada),)) for _click in range(12)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()
    assert answers == [302] * 12
    assert invited() == 1
