"""Writing a message, and sending it."""

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import punycode
from procrastinate.contrib.django import app as queue

from megler.accounts.encryption import CannotOpen
from megler.documents.models import Document
from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.models import Attachment, Message, MessageState
from megler.post.rules.naming import name_problems
from megler.post.rules.trying import is_final, wait_after
from megler.vocabulary.problems import Problem, Refused

SUBJECT_MAX = 300
_BYTES_A_SECOND = 100_000
"""How slow a way to the mail server may be: the whole content goes within one time limit."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A document that travels, and the name under which it does: `A-10001.pdf`, no part of a path."""

    document: Document
    name: str


def send(
    to: str,
    subject: str,
    text: str,
    about: tuple[str, object] = ("", ""),
    *,
    to_name: str = "",
    language: str = "",
    private: bool = False,
    enclosed: Sequence[Enclosure] = (),
    at: datetime | None = None,
) -> Message:
    """Put a message into the outbox in the caller's transaction; it goes when that commits.

    `about` is a subject as the journal names them: ("case", pk). Without a mail server (EMAIL_HOST)
    it is kept here to be read. Raises `Refused` for an address that is none, for empty texts, and
    for enclosures that cannot travel or are together larger than a mail may be.
    """
    to, subject = to.strip().lower(), " ".join(subject.split())[:SUBJECT_MAX]
    if problems := _problems(to, subject, text, enclosed):
        raise Refused(problems)
    with transaction.atomic():
        message = Message.objects.create(
            to=to,
            to_name=" ".join(to_name.split())[:200],
            subject=subject,
            text=text.strip() + "\n",
            private=private,
            language=language or settings.LANGUAGE_CODE,
            about_type=about[0],
            about_id=str(about[1]),
            state=MessageState.WAITING if settings.EMAIL_HOST else MessageState.KEPT,
            created_at=at or timezone.now(),
        )
        Attachment.objects.bulk_create(
            Attachment(message=message, document=one.document, name=one.name, position=position)
            for position, one in enumerate(enclosed)
        )
        if message.state == MessageState.WAITING and about[0] != OF_DELIVERY:
            _queue(message)
    return message


@dataclass(frozen=True, slots=True)
class Letter:
    """A message before it is put into the outbox; its parts are those of `send`."""

    to: str
    subject: str
    text: str
    about: tuple[str, object] = ("", "")
    to_name: str = ""
    language: str = ""
    at: datetime | None = None


def send_all(letters: Iterable[Letter]) -> list[Message]:
    """`send` for many at once, in the caller's transaction. Raises `Refused` as it does."""
    now = timezone.now()
    state = MessageState.WAITING if settings.EMAIL_HOST else MessageState.KEPT
    messages = []
    for one in letters:
        to, subject = one.to.strip().lower(), " ".join(one.subject.split())[:SUBJECT_MAX]
        if problems := _problems(to, subject, one.text, ()):
            raise Refused(problems)
        messages.append(
            Message(
                to=to,
                to_name=" ".join(one.to_name.split())[:200],
                subject=subject,
                text=one.text.strip() + "\n",
                language=one.language or settings.LANGUAGE_CODE,
                about_type=one.about[0],
                about_id=str(one.about[1]),
                state=state,
                created_at=one.at or now,
            )
        )
    Message.objects.bulk_create(messages, batch_size=1000)
    if state == MessageState.WAITING and messages:
        ids: list[dict[str, Any]] = [{"id": str(message.pk)} for message in messages]
        queue.configure_task(name="post.jobs.deliver").batch_defer(*ids)
    return messages


OF_DELIVERY = "delivery"
"""What a message is about that carries a delivery: the delivery itself says when it is tried."""


def _problems(to: str, subject: str, text: str, enclosed: Sequence[Enclosure]) -> list[Problem]:
    problems = [
        Problem("message_empty", where)
        for where, value in (("subject", subject), ("text", text.strip()))
        if not value
    ]
    try:
        validate_email(to)
    except ValidationError:
        problems.append(Problem("message_address", "to", to[:100], "name@example.com"))
    if enclosed:
        problems += name_problems([one.name for one in enclosed])
        size, most = encoded_size(enclosed), settings.MAIL_BYTES_MAX
        if size > most:
            problems.append(Problem("message_too_large", "files", str(size), f"at most {most}"))
    return problems


def encoded_size(enclosed: Sequence[Enclosure]) -> int:
    """Bytes that the enclosures take in a mail: base64 in lines of 76, each with two to end it."""
    return sum(-(-one.document.size // 57) * 78 for one in enclosed)


def _queue(message: Message, wait: timedelta = timedelta()) -> None:
    """Have the message delivered after `wait`, if the caller's transaction commits."""
    job = queue.configure_task(
        name="post.jobs.deliver", schedule_in={"seconds": int(wait.total_seconds())}
    )
    job.defer(id=str(message.pk))


def deliver(message_id: str) -> Message | None:
    """Send a waiting message. Twice run, also at once, has one effect as far as SMTP allows.

    The row is held while the server is spoken to and marked after it took the message. What could
    not be sent is tried again later; `wait_after` says when, `is_final` when no more.
    """
    with transaction.atomic():
        message = _held(message_id)
        if message is not None:
            try:
                error = _tried(message)
            except (
                CannotOpen,
                Refused,
            ) as unreadable:  # an enclosure, as while it is in quarantine
                message.last_error, error = type(unreadable).__name__, unreadable
            if error and not _given_up(message, error):
                _queue(message, wait_after(message.attempts))
            message.save()
    return message


def send_now(message_id: UUID | str) -> Message | None:
    """Send a waiting message that carries a delivery, once; what comes of it stands on the message.

    It is given up only when the server says that it will never take it. Whoever calls tries again.
    """
    with transaction.atomic():
        message = _held(message_id)
        if message is not None:
            if (error := _tried(message)) and is_final(1, _smtp_codes(error)):
                message.state = MessageState.GIVEN_UP
            message.save()
    return message


def readdress(message: Message, to: str, to_name: str) -> None:
    """Have a message that did not go wait again, to where its partner is now.

    Raises `Refused` for an address that is none; one that was sent stays as it is.
    """
    to = to.strip().lower()
    if problems := _problems(to, message.subject, message.text, ()):
        raise Refused(problems)
    unsent = Message.objects.filter(state__in=(MessageState.WAITING, MessageState.GIVEN_UP))
    unsent.filter(pk=message.pk).update(
        state=MessageState.WAITING, to=to, to_name=" ".join(to_name.split())[:200]
    )


def _held(message_id: UUID | str) -> Message | None:
    waiting = Message.objects.select_for_update(no_key=True).filter(state=MessageState.WAITING)
    return waiting.filter(pk=message_id).first()


def _tried(message: Message) -> Exception | None:
    """One try; why it did not go, when it did not."""
    message.attempts += 1
    try:
        _as_email(message).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        message.last_error = f"{type(error).__name__}: {error}"[:300]
        return error
    message.state, message.sent_at = MessageState.SENT, timezone.now()
    message.last_error = ""
    if message.private:
        message.text = ""
    return None


def _given_up(message: Message, error: Exception) -> bool:
    """Give it up when that is time."""
    if is_final(message.attempts, _smtp_codes(error)):
        message.state = MessageState.GIVEN_UP
    return message.state == MessageState.GIVEN_UP


def _smtp_codes(error: Exception) -> tuple[int, ...]:
    """The server's answers about this message; none when it was not reached or let nobody in."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return tuple(code for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return (error.smtp_code,)
    return ()


def _as_email(message: Message) -> EmailMessage:
    attachments = [
        (one.name, one.document.read(), one.document.content_type)
        for one in message.attachments.select_related("document")
    ]
    size = sum(len(content) for _name, content, _kind in attachments)
    patience = settings.EMAIL_TIMEOUT + size / _BYTES_A_SECOND
    return EmailMessage(
        connection=get_connection(timeout=patience),
        subject=message.subject,
        body=message.text,
        to=[_addressed(message)],
        headers={
            "Message-ID": message.message_id,
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
        attachments=attachments,
    )


def _addressed(message: Message) -> str:
    """Name and address as a header has them: a domain of other letters in its ASCII form."""
    local, _at, domain = message.to.rpartition("@")
    address = f"{local}@{punycode(domain)}"
    return formataddr((message.to_name, address)) if message.to_name else address


def try_again(actor: Actor, message: Message, at: datetime | None = None) -> Message:
    """Start anew with a message that was given up. Raises `Refused` for any other."""
    with transaction.atomic():
        locked = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
        if locked.about_type == OF_DELIVERY:
            raise Refused(Problem("message_of_delivery", "message"))
        if locked.state != MessageState.GIVEN_UP:
            raise Refused(
                Problem("message_not_given_up", "message", str(locked.get_state_display()))
            )
        locked.state, locked.attempts = MessageState.WAITING, 0
        locked.save()
        record(actor, "message.tried_again", ("message", locked.pk), {}, at)
        _queue(locked)
    return locked
