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
from megler.applications.actions.submitting import withdraw
from megler.applications.models import Application
from megler.applications.pages.reading import summary_of
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.journal.models import Entry
from megler.post.models import Message
from tests.applications.complete import COMPLETE
from tests.applications.conftest import code_of, link_of, marks, request_of, seen


@pytest.fixture
def phone() -> Browser:
    return Browser(headers={"User-Agent": "a phone"}, REMOTE_ADDR="192.0.2.7")


def _url(application: Application) -> str:
    return reverse("sign", args=[link_of(application)])


def _known(phone: Browser, application: Application) -> str:
    """At the link, having said who one is."""
    url = _url(application)
    phone.get(url)
    phone.post(url, {"step": "who", "born": "06/14/1985", "code": code_of(application)})
    return url


def test_nothing_is_shown_before_the_birth_date_is_known(
    phone: Browser, asked: Application
) -> None:
    page = phone.get(_url(asked)).content.decode()
    assert "Your date of birth" in page
    assert "k•••@example.com" in page
    assert "kari@example.com" not in page
    assert "078" not in page
    assert "Fjord Term" not in page
    said = {"step": "who", "born": "01/01/1990", "code": code_of(asked)}
    wrong = phone.post(_url(asked), said)
    assert wrong.status_code == 422
    assert "Tries left: 4" in wrong.content.decode()


def test_a_birth_date_without_the_code_tells_nothing(phone: Browser, asked: Application) -> None:
    phone.get(_url(asked))
    other = "000000" if code_of(asked) != "000000" else "111111"
    for born in ("06/14/1985", "01/01/1990"):
        page = phone.post(_url(asked), {"step": "who", "born": born, "code": other})
        assert page.status_code == 422
        assert "not the code of the newest e-mail" in page.content.decode()
        assert "date of birth we have" not in page.content.decode()
    assert request_of(asked).wrong_tries == 0
    assert request_of(asked).code_tries == 2


def test_the_first_opening_sends_one_code_and_a_button_another(
    phone: Browser, asked: Application
) -> None:
    url = _url(asked)
    phone.get(url)
    phone.get(url)
    assert _codes_sent(asked) == 1
    soon = phone.post(url, {"step": "code"})
    assert soon.status_code == 422
    assert "Ask for another in" in soon.content.decode()
    SignatureRequest.objects.update(code_sent_at=timezone.now() - timedelta(seconds=61))
    first = code_of(asked)
    assert "A new code is on its way" in phone.post(url, {"step": "code"}).content.decode()
    assert _codes_sent(asked) == 2
    late = phone.post(url, {"step": "who", "born": "06/14/1985", "code": first})
    assert (late.status_code == 422) is (first != code_of(asked))


def _codes_sent(application: Application) -> int:
    found = Message.objects.filter(about_id=str(application.pk), subject__startswith="Your code")
    return found.count()


def test_a_code_works_once_and_for_this_link_alone(
    phone: Browser, agent_user: User, asked: Application
) -> None:
    url = _known(phone, asked)
    used = code_of(asked)
    other = Browser()
    said = {"step": "who", "born": "06/14/1985", "code": used}
    page = other.post(url, said)
    assert page.status_code == 422
    assert "That code has been used" in page.content.decode()
    ask_client_to_sign(agent_user, asked)
    new = _url(asked)
    other.get(new)
    if code_of(asked) != used:
        assert other.post(new, said).status_code == 422


def test_an_old_code_is_refused_with_the_way_on(phone: Browser, asked: Application) -> None:
    url = _url(asked)
    phone.get(url)
    SignatureRequest.objects.update(code_sent_at=timezone.now() - timedelta(minutes=10))
    said = {"step": "who", "born": "06/14/1985", "code": code_of(asked)}
    page = phone.post(url, said)
    assert page.status_code == 422
    assert "older than 10 minutes" in page.content.decode()


def test_only_a_digest_of_the_code_is_kept(phone: Browser, asked: Application) -> None:
    phone.get(_url(asked))
    code = code_of(asked)
    assert code not in str(vars(request_of(asked)))
    assert len(request_of(asked).code_digest) == 64


def test_what_was_checked_is_in_the_journal(phone: Browser, asked: Application) -> None:
    url = _url(asked)
    phone.get(url)
    phone.post(url, {"step": "who", "born": "06/14/1985", "code": "12"})
    _known(phone, asked)
    found = Entry.objects.filter(subject_id=str(asked.pk), verb__startswith="signature.").order_by(
        "pk"
    )
    told = [(e.verb, e.address, e.data.get("check") or e.data.get("checks")) for e in found]
    assert told == [
        ("signature.requested", "", None),
        ("signature.code_sent", "192.0.2.7", None),
        ("signature.mistaken", "192.0.2.7", "code"),
        ("signature.identified", "192.0.2.7", ["code", "birth_date"]),
    ]


def test_a_step_cannot_be_skipped(phone: Browser, asked: Application) -> None:
    given = {"step": "sign", "typed_name": "Kari Hope", "consent": "yes"}
    given["seen"] = seen(asked, SignerRole.INSURED, "Kari Hope").seen_hash
    phone.post(_url(asked), given)
    assert request_of(asked).signed_at is None


def test_five_wrong_birth_dates_end_the_link(phone: Browser, asked: Application) -> None:
    url = _url(asked)
    phone.get(url)
    code = code_of(asked)
    for _ in range(5):
        last = phone.post(url, {"step": "who", "born": "01/01/1990", "code": code})
    assert last.status_code == 410
    assert "typed wrong too often" in last.content.decode()
    right = {"step": "who", "born": "06/14/1985", "code": code}
    assert phone.post(url, right).status_code == 410
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


def test_a_signature_is_drawn(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    given = {"step": "sign", "consent": "yes", "seen": shown, "method": "drawn"}
    nothing = phone.post(url, {**given, "strokes": ""})
    assert nothing.status_code == 422
    assert "Draw your whole signature" in nothing.content.decode()
    bad = phone.post(url, {**given, "strokes": "0,0 9999,1"})
    assert "cannot be read" in bad.content.decode()
    phone.post(url, {**given, "strokes": "10,10 400,200 700,20;710,40 900,60"})
    done = request_of(asked)
    assert (done.method, done.typed_name) == ("drawn", "Kari Hope")
    assert done.strokes == [[[10, 10], [400, 200], [700, 20]], [[710, 40], [900, 60]]]
    assert "M10 10L400 200L700 20M710 40L900 60" in phone.get(url).content.decode()


def test_two_tabs_sign_once_and_both_are_thanked(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    given = {"step": "sign", "typed_name": "Kari Hope", "consent": "yes", "seen": shown}
    phone.post(url, given)
    again = phone.post(url, given, follow=True)
    assert "Thank you, you have signed" in again.content.decode()
    declined = phone.post(url, {"step": "decline", "reason": "no"}, follow=True)
    assert "Thank you, you have signed" in declined.content.decode()
    assert Entry.objects.filter(verb="signature.given").count() == 1


def test_who_was_told_from_others_long_ago_is_asked_again_and_signs_nothing(
    phone: Browser, asked: Application
) -> None:
    url = _known(phone, asked)
    SignatureRequest.objects.update(code_checked_at=timezone.now() - timedelta(hours=3))
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    given = {"step": "sign", "typed_name": "Kari Hope", "consent": "yes", "seen": shown}
    page = phone.post(url, given, follow=True)
    assert "The code from the e-mail" in page.content.decode()
    assert request_of(asked).signed_at is None


def test_a_link_says_that_answers_changed_after_the_signature(
    phone: Browser, agent_user: User, asked: Application
) -> None:
    url = _known(phone, asked)
    shown = seen(asked, SignerRole.INSURED, "").seen_hash
    phone.post(url, {"step": "sign", "typed_name": "Kari Hope", "consent": "yes", "seen": shown})
    asked.refresh_from_db()
    answer(agent_user, asked, {"insured_employer": "Oak Ltd"}, asked.version)
    closed = phone.get(url)
    assert closed.status_code == 410
    assert "Answers changed after you signed" in closed.content.decode()


def test_the_page_is_read_in_either_language(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    phone.post(reverse("set_language"), {"language": "nb", "next": url})
    assert '<html lang="nb"' in phone.get(url).content.decode()
    norwegian = Browser(headers={"Accept-Language": "nb"})
    assert '<html lang="nb"' in norwegian.get(url).content.decode()


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


@pytest.mark.parametrize("before", ["asked", "declined"])
def test_a_link_of_a_withdrawn_application_promises_no_other(
    phone: Browser, agent_user: User, asked: Application, before: str
) -> None:
    url = _known(phone, asked)
    if before == "declined":
        phone.post(url, {"step": "decline", "reason": "Not my address"})
    withdraw(agent_user, asked)
    page = phone.get(url)
    assert page.status_code == 410
    assert "The application was withdrawn." in page.content.decode()
    assert "sends a new link" not in page.content.decode()


def test_the_signer_reads_every_answer_once(asked: Application) -> None:
    summary = summary_of(asked, SignerRole.INSURED)
    titles = [part["title"] for part in summary]
    asked_for = [row["question"] for part in summary for row in part["rows"]]
    assert len(titles) == len(set(titles)) > 5
    assert "First name" in asked_for


def test_the_agent_does_not_sign_for_the_client(browser: Browser, asked: Application) -> None:
    answered = browser.get(_url(asked))
    assert answered.status_code == 403
    assert "Sign out and go on" in answered.content.decode()
    browser.post(_url(asked), {"step": "who", "born": "06/14/1985", "code": "123456"})
    assert request_of(asked).opened_at is None


def test_the_papers_are_for_the_signer_alone(phone: Browser, asked: Application) -> None:
    url = _known(phone, asked)
    phone.get(url)
    papers = {p.form_key: p for p in _papers(asked)}
    mine = reverse("sign_paper", args=[link_of(asked), papers["application"].pk])
    answered = phone.get(mine)
    assert b"".join(answered.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert Browser().get(mine).status_code == 404
    picture = phone.get(f"{mine}1/")
    assert picture.content.startswith(b"\x89PNG")
    assert phone.get(f"{mine}99/").status_code == 404
    assert Browser().get(f"{mine}1/").status_code == 404
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
    Browser().get(url)
    code = code_of(asked)

    def guess(number: int) -> int:
        start.wait()
        try:
            given = {"step": "who", "born": f"01/{number + 1:02}/1990", "code": code}
            return Browser().post(url, given).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(guess, range(16)))
    assert answers.count(422) == 4
    assert answers.count(410) == 12
    assert SignatureRequest.objects.get().wrong_tries == 5
