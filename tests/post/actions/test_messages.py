"""Messages go to a real SMTP server, once, and are marked after they went."""

from typing import Any

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from megler.documents.models import Document
from megler.journal.models import Entry
from megler.journal.rules.actors import Actor
from megler.post.actions import messages as actions
from megler.post.actions.messages import Enclosure
from megler.post.models import Message, MessageState
from megler.post.rules.trying import ATTEMPTS_MAX
from megler.vocabulary.problems import Refused
from tests.post.cast import a_document
from tests.post.mailbox import Mailbox

pytestmark = pytest.mark.django_db
LUND = Actor("7", "Kari Lund", "case_manager")


def jobs() -> list[str]:
    found = ProcrastinateJob.objects.filter(task_name="post.jobs.deliver")
    return [job.args["id"] for job in found]


def a_message(**more: Any) -> Message:
    text = "The exam is in.\nhttps://fjord.example/cases/1/"
    return actions.send("Siri@Example.com", "Exam is in", text, ("case", 4), **more)


def test_a_message_is_sent_after_its_transaction(mailbox: Mailbox) -> None:
    message = a_message(to_name="Siri Ås", language="nb")
    assert jobs() == [str(message.pk)]
    assert not mailbox.taken
    actions.deliver(str(message.pk))
    (got,) = mailbox.taken
    assert got["Message-ID"] == f"<{message.pk.hex}@fjord.example>"
    assert "siri@example.com" in got["To"]
    assert got["Content-Language"] == "nb"
    assert "The exam is in." in got.get_payload(decode=True).decode()  # type: ignore[union-attr]
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.sent_at is not None
    assert message.text.startswith("The exam is in.")


def test_a_job_run_twice_sends_once(mailbox: Mailbox) -> None:
    message = a_message()
    assert actions.deliver(str(message.pk)) is not None
    assert actions.deliver(str(message.pk)) is None
    assert len(mailbox.taken) == 1


def test_nothing_is_queued_by_a_transaction_rolled_back(mailbox: Mailbox) -> None:
    def write_and_fail() -> None:
        with transaction.atomic():
            a_message()
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    assert not jobs()
    assert not Message.objects.exists()


def test_a_message_not_taken_for_now_is_tried_again(mailbox: Mailbox) -> None:
    message = a_message()
    mailbox.answer = "451 Try again later"
    actions.deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.WAITING, 1)
    assert "451" in message.last_error
    assert jobs() == [str(message.pk)] * 2
    mailbox.answer = "250 OK"
    actions.deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.SENT, "")


def test_an_address_refused_for_good_is_given_up_and_can_be_tried_again(mailbox: Mailbox) -> None:
    message = a_message()
    mailbox.answer = "550 No such mailbox"
    actions.deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.GIVEN_UP, 1)
    actions.try_again(LUND, message)
    assert Entry.objects.get().verb == "message.tried_again"
    mailbox.answer = "250 OK"
    actions.deliver(str(message.pk))
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    with pytest.raises(Refused) as refused:
        actions.try_again(LUND, message)
    assert refused.value.problems[0].code == "message_not_given_up"


def test_a_server_that_cannot_be_reached_is_tried_often_and_then_given_up(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    message = a_message()
    for _ in range(ATTEMPTS_MAX):
        actions.deliver(str(message.pk))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.GIVEN_UP, ATTEMPTS_MAX)
    assert "refused" in message.last_error.lower()


def test_without_a_mail_server_messages_are_kept_here(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    message = a_message()
    assert message.state == MessageState.KEPT
    assert not jobs()
    assert actions.deliver(str(message.pk)) is None


def test_a_private_text_is_forgotten_once_sent(mailbox: Mailbox) -> None:
    message = a_message(private=True)
    actions.deliver(str(message.pk))
    assert "https://fjord.example" in mailbox.taken[0].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert Message.objects.get(pk=message.pk).text == ""


def test_texts_are_not_readable_in_the_database() -> None:
    message = a_message()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM post_message")
        assert b"exam" not in bytes(cursor.fetchone()[0])
    assert "exam" in Message.objects.get(pk=message.pk).text


@pytest.mark.parametrize(
    ("to", "subject", "text", "codes"),
    [
        ("nobody", "s", "t", ["message_address"]),
        ("a@b.example\nBcc: x@y.example", "s", "t", ["message_address"]),
        ("a@b.example", " ", "", ["message_empty", "message_empty"]),
    ],
)
def test_a_message_that_cannot_go_is_refused(
    to: str, subject: str, text: str, codes: list[str]
) -> None:
    with pytest.raises(Refused) as refused:
        actions.send(to, subject, text)
    assert [p.code for p in refused.value.problems] == codes


def test_a_subject_stays_one_line(mailbox: Mailbox) -> None:
    message = actions.send("a@b.example", "Exam\r\nBcc: x@y.example", "Text")
    actions.deliver(str(message.pk))
    assert mailbox.taken[0]["Bcc"] is None


def test_an_address_of_other_letters_is_written_to(mailbox: Mailbox) -> None:
    for name in ("Kari Lund", ""):
        sent = actions.send("kari@blåbær.example", "Hello", "Text", to_name=name)
        actions.deliver(str(sent.pk))
    named, bare = mailbox.taken
    assert named["To"] == "Kari Lund <kari@xn--blbr-roah.example>"
    assert bare["To"] == "kari@xn--blbr-roah.example"


def test_a_message_with_a_file_in_quarantine_is_tried_again(mailbox: Mailbox) -> None:
    document = a_document()
    Document.objects.filter(pk=document.pk).update(standing="quarantine")
    message = a_message(enclosed=[Enclosure(document, "a.pdf")])
    waiting = actions.deliver(str(message.pk))
    assert waiting
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("waiting", 1, "Refused")
    assert len(jobs()) == 2
    Document.objects.filter(pk=document.pk).update(standing="clear")
    actions.deliver(str(message.pk))
    assert len(mailbox.taken) == 1
