"""Whoever has not signed is reminded, three times at most; the agent hears once of an expired link."""

from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from megler.accounts.models import User
from megler.applications.actions.answering import answer
from megler.applications.actions.reminding import remind_signers
from megler.applications.actions.signing import ask_client_to_sign, decline_as_client
from megler.applications.actions.submitting import withdraw
from megler.applications.models import Application
from megler.forms.actions import reminding
from megler.forms.models import SignatureRequest
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import LINK_LIFE
from megler.journal.models import Entry
from megler.journal.rules.actors import SYSTEM
from megler.post.models import Message
from tests.applications.complete import ANOTHER_OWNER
from tests.applications.conftest import link_of, request_of, sign_for_client

DAY = timedelta(days=1)


@pytest.fixture
def since(asked: Application) -> datetime:
    return request_of(asked).requested_at


def reminders(application: Application) -> list[Message]:
    about = Message.objects.filter(about_id=str(application.pk), subject__startswith="Reminder")
    return list(about.order_by("created_at"))


def test_reminders_go_out_on_their_days_and_never_more(asked: Application, since: datetime) -> None:
    days = []
    for day in range(1, 20):
        for _twice in range(2):
            days += [day] * remind_signers(since + day * DAY + timedelta(hours=1))[0]
    assert days == [3, 7, 12]
    assert len(reminders(asked)) == 3
    assert request_of(asked).reminders == 3
    assert Entry.objects.filter(verb="signature.reminded").count() == 3


def test_a_reminder_brings_the_same_link(asked: Application, since: datetime) -> None:
    link = link_of(asked)
    remind_signers(since + 4 * DAY)
    assert link_of(asked) == link
    assert link in reminders(asked)[0].text
    assert Browser().get(reverse("sign", args=[link])).status_code == 200


def test_several_that_are_due_are_one(asked: Application, since: datetime) -> None:
    assert remind_signers(since + 12 * DAY + timedelta(hours=1)) == (1, 0)
    assert remind_signers(since + 13 * DAY) == (0, 0)


def test_the_agent_hears_once_that_a_link_expired_and_sends_another(
    agent_user: User, asked: Application, since: datetime
) -> None:
    old = link_of(asked)
    late = since + LINK_LIFE
    assert [remind_signers(late)[1], remind_signers(late + DAY)[1]] == [1, 0]
    told = Message.objects.get(to=asked.agent.email, subject__contains="link expired")
    assert "Kari Hope did not sign in time" in told.text
    ask_client_to_sign(agent_user, asked, late)
    assert link_of(asked) != old
    assert "no longer good" in Browser().get(reverse("sign", args=[old])).content.decode()


def test_who_signed_declined_or_is_another_now_hears_nothing(
    agent_user: User, asked: Application, since: datetime
) -> None:
    answer(agent_user, asked, {"insured_email": "kari.hope@example.com"}, asked.version)
    assert remind_signers(since + 4 * DAY) == (0, 0)
    asked.refresh_from_db()
    decline_as_client(SYSTEM, ask_client_to_sign(agent_user, asked), "My weight is wrong")
    assert remind_signers(since + 4 * DAY) == (0, 0)
    ask_client_to_sign(agent_user, asked)
    sign_for_client(asked)
    assert remind_signers(since + 30 * DAY) == (0, 0)


def test_a_withdrawn_application_reminds_nobody(
    agent_user: User, asked: Application, since: datetime
) -> None:
    withdraw(agent_user, asked)
    assert remind_signers(since + 4 * DAY) == (0, 0)


def test_reminders_are_written_in_the_signers_language(asked: Application, since: datetime) -> None:
    SignatureRequest.objects.update(language="nb")
    remind_signers(since + 4 * DAY)
    assert reminders(asked) == [] or reminders(asked)[0].language == "nb"
    mail = Message.objects.filter(about_id=str(asked.pk)).latest("created_at")
    assert mail.language == "nb"


def test_however_many_wait_none_is_passed_over(
    asked: Application, since: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminding, "BATCH", 1)
    other = SignatureRequest.objects.create(
        subject_type="application",
        subject_id="00000000-0000-0000-0000-000000000000",
        role="insured",
        name="Ola Lie",
        token_digest="x",
        requested_at=since,
        expires_at=since + LINK_LIFE,
    )
    seen = [one.pk for some in reminding.waiting(since + 4 * DAY, "application") for one in some]
    assert sorted(seen) == sorted([other.pk, request_of(asked).pk])
    assert remind_signers(since + 4 * DAY) == (1, 0)


def test_who_waits_for_somebody_to_sign_again_is_not_reminded(
    agent_user: User, complete: Application
) -> None:
    held = answer(agent_user, complete, ANOTHER_OWNER, complete.version).application
    ask_client_to_sign(agent_user, held)
    sign_for_client(held)
    held.refresh_from_db()
    late = request_of(held, SignerRole.OWNER).requested_at + 4 * DAY
    lungs = {"med_lungs": "yes", "med_lungs_details": "Asthma"}
    saved = answer(agent_user, held, lungs, held.version)
    assert [one.role for one in saved.voided] == [SignerRole.INSURED]
    assert remind_signers(late) == (0, 0)
    ask_client_to_sign(agent_user, held, late)
    sign_for_client(held, at=late)
    assert remind_signers(late + 4 * DAY) == (1, 0)
    assert [mail.to for mail in reminders(held)] == ["ola@example.com"]
