"""The client's private link on the phone, and every way it can go wrong."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.signing import ask_client_to_sign
from megler.applications.models import Application
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.post.models import Message
from tests.applications.complete import COMPLETE
from tests.applications.conftest import link_of, marks, request_of, seen


@pytest.fixture
def phone() -> Browser:
    return Browser(headers={"User-Agent": "a phone"}, REMOTE_ADDR="192.0.2.7")


def _url(application: Application) -> str:
    return reverse("sign", args=[link_of(application)])


def _known(phone: Browser, application: Application) -> str:
    """At the link, having said who one is."""
    url = _url(application)
    phone.post(url, {"step": "who", "born": "06/14/1985"})
    return url


def test_nothing_is_shown_before_the_birth_date_is_known(
    phone: Browser, asked: Application
) -> None:
    page = phone.get(_url(asked)).content.decode()
    assert "Your date of birth" in page
    assert "078" not in page
    assert "Fjord Term" not in page
    wrong = phone.post(_url(asked), {"step": "who", "born": "01/01/1990"})
    assert wrong.status_code == 422
    assert "Tries left: 4" in wrong.content.decode()


def test_a_step_cannot_be_skipped(phone: Browser, asked: Application) -> None:
    given = {"step": "sign", "typed_name": "Kari Hope", "consent": "yes"}
    given["seen"] = seen(asked, SignerRole.INSURED, "Kari Hope").seen_hash
    phone.post(_url(asked), given)
    assert request_of(asked).signed_at is None


def test_five_wrong_birth_dates_end_the_link(phone: Browser, asked: Application) -> None:
    url = _url(asked)
    for _ in range(5):
        last = phone.post(url, {"step": "who", "born": "01/01/1990"})
    assert last.status_code == 410
    assert phone.post(url, {"step": "who", "born": "06/14/1985"}).status_code == 410
    assert SignatureRequest.objects.get().void_reason == "too_many_tries"


def test_the_client_answers_reads_and_signs(
    phone: Browser, agent_user: User, started: Application
) -> None:
    agents = {k: v for k, v in COMPLETE.items() if k not in {"insured_ssn", "med_heart"}}
    held = answer(agent_user, started, agents, started.version).application
    ask_client_to_sign(agent_user, held)
    url = _known(phone, held)

    asked_for = phone.get(url).content.decode()
    assert 'name="insured_ssn"' in asked_for
    assert 'name="med_heart"' in asked_for
    assert 'name="report_known"' not in asked_for
    bad = phone.post(url, {"step": "answers", "insured_ssn": "666-12-3456", "med_heart": "yes"})
    assert 'value="666-12-3456"' in bad.content.decode()
    assert 'name="med_heart_details"' in bad.content.decode()
    good = {"step": "answers", "insured_ssn": "078-05-1121", "med_heart": "no"}
    good |= marks(bad.content.decode())
    assert phone.post(url, good).status_code == 302
    held.refresh_from_db()
    assert held.given["insured_ssn"].by == "Kari Hope"

    review = phone.get(url).content.decode()
    shown = seen(held, SignerRole.INSURED, "Kari Hope").seen_hash
    assert shown in review
    assert "•••-••-1121" in review
    assert "How long have you known" not in review
    phone.post(url, {"step": "sign", "typed_name": "kari hope", "consent": "yes", "seen": shown})
    done = request_of(held)
    assert (done.typed_name, done.address, done.user_agent) == ("kari hope", "192.0.2.7", "a phone")
    assert "Thank you" in phone.get(url).content.decode()
    assert Message.objects.filter(to=held.agent.email, subject__contains="signed").exists()


def test_a_client_cannot_answer_what_is_the_agents(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    phone.post(url, {"step": "answers", "report_known": "relative", "cover_face_amount": "1"})
    asked.refresh_from_db()
    assert asked.given["report_known"].value == "under_5"
    assert asked.given["cover_face_amount"].value == "500000"


def test_a_refused_signature_keeps_what_was_typed(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    page = phone.post(url, {"step": "sign", "typed_name": "Ola Lie", "seen": shown})
    assert page.status_code == 422
    text = page.content.decode()
    assert "is not the name of the signer" in text
    assert "Tick that you agree" in text
    assert 'value="Ola Lie"' in text


def test_papers_that_changed_while_reading_are_shown_again(
    phone: Browser, agent_user: User, asked: Application
) -> None:
    url = _known(phone, asked)
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    answer(agent_user, asked, {"insured_employer": "Oak Ltd"}, asked.version)
    page = phone.post(
        url, {"step": "sign", "typed_name": "Kari Hope", "consent": "yes", "seen": shown}
    )
    assert page.status_code == 422
    assert "The papers changed while you read them" in page.content.decode()
    assert "Oak Ltd" in page.content.decode()
    assert request_of(asked).signed_at is None


def test_saying_no_reaches_the_agent(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    phone.post(url, {"step": "decline", "reason": "My weight is 150"})
    closed = phone.get(url)
    assert closed.status_code == 410
    assert "You chose not to sign" in closed.content.decode()


def test_an_unknown_link_is_not_there(phone: Browser, db: None) -> None:
    answered = phone.get(reverse("sign", args=["x" * 43]))
    assert answered.status_code == 404
    assert "There is no such link" in answered.content.decode()


def test_a_used_link_says_so_to_whoever_comes_next(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    phone.post(url, {"step": "sign", "typed_name": "Kari Hope", "consent": "yes", "seen": shown})
    other = Browser().get(url)
    assert other.status_code == 410
    assert "This link has been used" in other.content.decode()


def test_a_late_and_a_replaced_link_say_so(
    phone: Browser, agent_user: User, asked: Application
) -> None:
    old = _url(asked)
    ask_client_to_sign(agent_user, asked)
    assert "no longer good" in phone.get(old).content.decode()

    SignatureRequest.objects.standing().update(expires_at=timezone.now() - timedelta(seconds=1))
    new = reverse("sign", args=[link_of(asked)])
    late = phone.get(new)
    assert late.status_code == 410
    assert "has expired" in late.content.decode()
    assert asked.agent.name in late.content.decode()


def test_the_agent_does_not_sign_for_the_client(browser: Browser, asked: Application) -> None:
    answered = browser.get(_url(asked))
    assert answered.status_code == 403
    assert "Sign out and go on" in answered.content.decode()
    browser.post(_url(asked), {"step": "who", "born": "06/14/1985"})
    assert request_of(asked).opened_at is None


def test_the_papers_are_for_the_signer_alone(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    phone.get(url)
    papers = {p.form_key: p for p in _papers(asked)}
    mine = reverse("sign_paper", args=[link_of(asked), papers["application"].pk])
    answered = phone.get(mine)
    assert b"".join(answered.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Browser().get(mine).status_code == 404
    agents = reverse("sign_paper", args=[link_of(asked), papers["agents_report"].pk])
    assert phone.get(agents).status_code == 404


def _papers(application: Application) -> list[Paper]:
    from megler.applications.actions.holding import papers
    from megler.journal.rules.actors import SYSTEM

    return list(papers(application, SYSTEM))


def test_nobody_can_prepare_the_session_of_the_signer(phone: Browser, asked: Application) -> None:
    phone.get(_url(asked))
    planted = phone.session
    planted["x"] = "1"
    planted.save()
    phone.cookies["sessionid"] = planted.session_key or ""
    _known(phone, asked)
    assert phone.cookies["sessionid"].value != planted.session_key
    thief = Browser()
    thief.cookies["sessionid"] = planted.session_key or ""
    assert "Your date of birth" in thief.get(_url(asked)).content.decode()
    assert "Fjord Term" in phone.get(_url(asked)).content.decode()


def test_who_finds_the_phone_later_is_asked_again(
    phone: Browser, asked: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = _known(phone, asked)
    assert "Your date of birth" not in phone.get(url).content.decode()
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Your date of birth" in phone.get(url).content.decode()


def test_one_signers_birth_date_opens_no_other_link(
    phone: Browser, agent_user: User, asked: Application
) -> None:
    _known(phone, asked)
    ask_client_to_sign(agent_user, asked)
    assert "Your date of birth" in phone.get(_url(asked)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_do_not_slip_by_the_limit(asked: Application) -> None:
    url, start = _url(asked), threading.Barrier(16)

    def guess(number: int) -> int:
        start.wait()
        try:
            given = {"step": "who", "born": f"01/{number + 1:02}/1990"}
            return Browser().post(url, given).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(guess, range(16)))
    assert answers.count(422) == 4
    assert answers.count(410) == 12
    assert SignatureRequest.objects.get().wrong_tries == 5
