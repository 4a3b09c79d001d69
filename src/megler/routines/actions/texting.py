"""Sending a text message through the agency's gateway."""

import json
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app as queue

from megler.post.rules.trying import is_final, wait_after
from megler.routines.models import TextMessage, TextState
from megler.wires.carried import Carried, Outcome
from megler.wires.https.posting import Account, Shape, post

SECONDS = 30


def send_text(message_id: str) -> TextMessage | None:
    """Send a waiting text message. Twice run, also at once, has one effect: the key stays the same.

    The row is held while the gateway is spoken to and marked after it took the message; what it
    could not take is tried again later.
    """
    with transaction.atomic():
        waiting = TextMessage.objects.select_for_update(no_key=True, skip_locked=True)
        message = waiting.filter(pk=message_id, state=TextState.WAITING).first()
        if message is None:
            return None
        body = json.dumps({"to": message.to, "text": message.text}).encode()
        answer = post(_gateway(), [Carried("message.json", body, "application/json")], message_id)
        message.attempts += 1
        if answer.outcome is Outcome.TAKEN:
            message.state, message.sent_at = TextState.SENT, timezone.now()
            message.last_error = ""
        else:
            message.last_error = f"{answer.code} {answer.said}".strip()[:300]
            if answer.outcome is Outcome.REFUSED or is_final(message.attempts):
                message.state = TextState.GIVEN_UP
            else:
                _again(message_id, wait_after(message.attempts))
        message.save()
    return message


def _gateway() -> Account:
    authority = Path(settings.SMS_AUTHORITY).read_text() if settings.SMS_AUTHORITY else ""
    return Account(
        settings.SMS_URL,
        secret=settings.SMS_KEY,
        authority=authority,
        shape=Shape.RAW,
        seconds=SECONDS,
    )


def _again(message_id: str, wait: timedelta) -> None:
    job = queue.configure_task(
        name="routines.jobs.send_text", schedule_in={"seconds": int(wait.total_seconds())}
    )
    job.defer(id=message_id)
