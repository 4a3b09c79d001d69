"""Writing a message, and sending it."""

import smtplib
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as queue

from megler.journal.actions import record
from megler.journal.rules.actors import Actor
from megler.post.models import Message, MessageState
from megler.post.rules.trying import is_final, wait_after
from megler.vocabulary.problems import Problem, Refused

SUBJECT_MAX = 300


def send(
    to: str,
    subject: str,
    text: str,
    about: tuple[str, object] = ("", ""),
    *,
    to_name: str = "",
    language: str = "",
    private: bool = False,
    at: datetime | None = None,
) -> Message:
    """Put a message into the outbox in the caller's transaction; it goes when that commits.

    `about` is a subject as the journal names them: ("case", pk). Without a mail server (EMAIL_HOST)
    it is kept here to be read. Raises `Refused` for an address that is none and for empty texts.
    """
    to, subject = to.strip().lower(), " ".join(subject.split())[:SUBJECT_MAX]
    problems = [
        Problem("message_empty", where)
        for where, value in (("subject", subject), ("text", text.strip()))
        if not value
    ]
    try:
        validate_email(to)
    except ValidationError:
        problems.append(Problem("message_address", "to", to[:100], "name@example.com"))
    if problems:
        raise Refused(problems)
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
    if message.state == MessageState.WAITING:
        _queue(message)
    return message


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
        waiting = Message.objects.select_for_update(no_key=True).filter(state=MessageState.WAITING)
        message = waiting.filter(pk=message_id).first()
        if message is None:
            return None
        try:
            _as_email(message).send()
        except (smtplib.SMTPException, OSError, ValueError) as error:
            _not_sent(message, error)
        else:
            message.state, message.sent_at = MessageState.SENT, timezone.now()
            message.attempts, message.last_error = message.attempts + 1, ""
            if message.private:
                message.text = ""
        message.save()
    return message


def _not_sent(message: Message, error: Exception) -> None:
    """Note why, and try again later or give up."""
    message.attempts += 1
    message.last_error = f"{type(error).__name__}: {error}"[:300]
    if is_final(message.attempts, _smtp_codes(error)):
        message.state = MessageState.GIVEN_UP
    else:
        _queue(message, wait_after(message.attempts))


def _smtp_codes(error: Exception) -> tuple[int, ...]:
    """The server's answers about this message; none when it was not reached or let nobody in."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return tuple(code for code, _text in error.recipients.values())
    if isinstance(error, smtplib.SMTPSenderRefused | smtplib.SMTPDataError):
        return (error.smtp_code,)
    return ()


def _as_email(message: Message) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return EmailMessage(
        subject=message.subject,
        body=message.text,
        to=[formataddr((message.to_name, message.to)) if message.to_name else message.to],
        headers={
            "Message-ID": f"<{message.pk.hex}@{domain}>",
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
        },
    )


def try_again(actor: Actor, message: Message, at: datetime | None = None) -> Message:
    """Start anew with a message that was given up. Raises `Refused` for any other."""
    with transaction.atomic():
        locked = Message.objects.select_for_update(no_key=True).get(pk=message.pk)
        if locked.state != MessageState.GIVEN_UP:
            raise Refused(
                Problem("message_not_given_up", "message", str(locked.get_state_display()))
            )
        locked.state, locked.attempts = MessageState.WAITING, 0
        locked.save()
        record(actor, "message.tried_again", ("message", locked.pk), {}, at)
        _queue(locked)
    return locked
