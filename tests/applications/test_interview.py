"""The interview on the telephone: who said it and who wrote it down; skip and come back."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from megler.accounts.models import User
from megler.applications.actions.interviewing import begin_interview, end_interview, note_turn
from megler.applications.models import Application, State
from megler.applications.models_filling import Interview
from megler.journal.models import Entry
from megler.vocabulary.problems import Refused
from tests.applications.conftest import marks


@pytest.fixture
def desk(staff: User) -> Browser:
    """The browser of somebody of the agency."""
    made = Browser()
    made.force_login(staff, "allauth.account.auth_backends.AuthenticationBackend")
    return made


def _url(held: Application) -> str:
    return reverse("application_interview", args=[held.pk])


def _begins(desk: Browser, held: Application) -> str:
    data = {"step": "begin", "role": "insured", "whom": "Kari Hope"}
    return desk.post(_url(held), data, follow=True).content.decode()


def _says(desk: Browser, page: str, held: Application, **typed: str) -> Any:
    key = page.split('name="q" value="')[1].split('"', maxsplit=1)[0]
    data = marks(page) | {"q": key, "step": "save"} | (typed or {})
    return desk.post(_url(held), data, follow=True)


def test_an_answer_knows_who_said_it_and_who_wrote_it_down(
    desk: Browser, started: Application
) -> None:
    assert "On the telephone with" in desk.get(_url(started)).content.decode()
    page = _begins(desk, started)
    assert "First name" in page
    page = _says(desk, page, started, insured_first_name="Kari").content.decode()
    assert "Last name" in page
    started.refresh_from_db()
    given = started.given["insured_first_name"]
    assert (given.value, given.by, given.origin, given.whom) == (
        "Kari",
        "Cara Holm",
        "telephone",
        "Kari Hope",
    )


def test_what_cannot_be_read_is_asked_again(desk: Browser, started: Application) -> None:
    _begins(desk, started)
    page = desk.get(_url(started), {"q": "insured_ssn"}).content.decode()
    again = _says(desk, page, started, insured_ssn="123")
    assert again.status_code == 422
    assert "cannot be a Social Security number" in again.content.decode()
    assert 'name="q" value="insured_ssn"' in again.content.decode()


def test_a_skipped_question_is_kept_to_come_back_to(desk: Browser, started: Application) -> None:
    page = _begins(desk, started)
    page = _says(desk, page, started, step="skip").content.decode()
    assert 'name="q" value="insured_last_name"' in page
    assert 'href="?q=insured_first_name"' in page
    assert Interview.objects.get().skipped == ["insured_first_name"]
    _says(desk, desk.get(_url(started), {"q": "insured_first_name"}).content.decode(), started,
          insured_first_name="Kari")  # fmt: skip
    assert Interview.objects.get().skipped == []


def test_a_yes_is_followed_by_its_details(desk: Browser, started: Application) -> None:
    _begins(desk, started)
    page = desk.get(_url(started), {"q": "med_heart"}).content.decode()
    page = _says(desk, page, started, med_heart="yes").content.decode()
    assert 'name="q" value="med_heart_details"' in page


def test_a_list_is_asked_item_by_item(desk: Browser, started: Application) -> None:
    _begins(desk, started)
    page = desk.get(_url(started), {"q": "beneficiaries"}).content.decode()
    typed = {"beneficiaries.sent": "1", "beneficiaries.0.name": "Ola", "add": "beneficiaries"}
    page = _says(desk, page, started, **typed).content.decode()
    assert 'name="beneficiaries.1.name"' in page
    started.refresh_from_db()
    assert started.given["beneficiaries"].value == [{"name": "Ola"}]


def test_the_interview_ends_and_is_in_the_journal(desk: Browser, started: Application) -> None:
    _begins(desk, started)
    desk.post(_url(started), {"step": "end"})
    assert Interview.objects.get().ended_at is not None
    verbs = set(Entry.objects.filter(subject_id=str(started.pk)).values_list("verb", flat=True))
    assert {"application.interview_begun", "application.interview_ended"} <= verbs
    assert "On the telephone with" in desk.get(_url(started)).content.decode()


def test_whom_one_speaks_with_must_be_said(desk: Browser, started: Application) -> None:
    page = desk.post(_url(started), {"step": "begin", "role": "insured", "whom": " "})
    assert page.status_code == 422
    assert "with whom" in page.content.decode()
    assert not Interview.objects.exists()


def test_an_interview_is_its_callers_own(
    staff: User, agent_user: User, stranger: User, started: Application
) -> None:
    talk = begin_interview(staff, started, "insured", "Kari Hope")
    assert begin_interview(staff, started, "insured", " Kari  Hope ") == talk
    with pytest.raises(Refused):
        note_turn(agent_user, talk, "x", skipped=True)
    with pytest.raises(Refused):
        end_interview(agent_user, talk)
    with pytest.raises(Refused):
        begin_interview(stranger, started, "insured", "Kari")
    end_interview(staff, talk)
    with pytest.raises(Refused):
        note_turn(staff, talk, "x", skipped=True)


def test_another_on_the_line_is_another_interview(staff: User, started: Application) -> None:
    first = begin_interview(staff, started, "insured", "Kari Hope")
    second = begin_interview(staff, started, "insured", "Ola Hope")
    first.refresh_from_db()
    assert first.ended_at is not None
    assert second.pk != first.pk


def test_a_submitted_application_is_not_asked_about(desk: Browser, started: Application) -> None:
    Application.objects.filter(pk=started.pk).update(state=State.WITHDRAWN)
    assert desk.get(_url(started)).status_code == 302
