"""What carriers push to us: kept once, then handed to the feeds as what the carrier said."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from msgspec.json import decode, encode

from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.cases.actions.doers import Robot
from megler.events.models import Heard, Listening
from megler.events.rules.signing import is_signed, written_secret
from megler.exchange.iri.reading import read_notification
from megler.exchange.iri.statuses import as_status
from megler.exchange.iri.writing import status_json
from megler.feeds.actions.receiving import receive_file
from megler.feeds.models import FeedSource
from megler.feeds.names import Format
from megler.journal.actions import later, record
from megler.vocabulary.problems import Problem, Refused

BODY_MAX = 256 * 1024


def listen_to(person: User, carrier: Carrier, at: datetime | None = None) -> Listening:
    """Let a carrier push to us, signed with a new secret."""
    if not person.may(Can.CHANGE_PARTNERS):
        raise Refused(Problem("not_allowed", "carrier"))
    secret = written_secret(secrets.token_bytes(24))
    with transaction.atomic():
        made, _new = Listening.objects.update_or_create(
            carrier=carrier, defaults={"secret": secret, "made_at": at or timezone.now()}
        )
        record(person.actor(), "listening.made", ("carrier", carrier.slug), {}, at)
    return made


def is_from(listening: Listening, carried: dict[str, str], body: bytes, now: datetime) -> bool:
    """Whether a message carries the carrier's signature."""
    return is_signed(listening.secret, carried, body, int(now.timestamp()))


def hear(listening: Listening, body: bytes, at: datetime | None = None) -> bool:
    """Keep a notification; whether it is the first time. Raises `Refused` for one nobody can read."""
    at = at or timezone.now()
    try:
        document = decode(body)
    except ValueError:
        raise Refused(Problem("wrong_value", "body", "", "JSON")) from None
    told, problems = read_notification(document)
    if told is None:
        raise Refused(problems)
    try:
        with transaction.atomic():
            heard = Heard.objects.create(
                carrier=listening.carrier,
                event_id=told.event_id[:200],
                body=body.decode(),
                heard_at=at,
            )
            later("events.jobs.take_heard", id=str(heard.pk))
    except IntegrityError:
        return False
    return True


def take_heard(heard_id: str, at: datetime | None = None) -> bool:
    """Hand what was heard to the carrier's feed; whether it has one. May run twice."""
    at = at or timezone.now()
    with transaction.atomic():
        waiting = Heard.objects.select_for_update(of=("self",), no_key=True).filter(done_at=None)
        heard = waiting.select_related("carrier").filter(pk=heard_id).first()
        if heard is None:
            return False
        source = FeedSource.objects.filter(
            carrier=heard.carrier, format=Format.IRI, is_active=True
        ).first()
        told, _problems = read_notification(decode(str(heard.body).encode()))
        if source is None or told is None:
            return False
        robot = Robot(heard.carrier.name, f"carrier:{heard.carrier.slug}", "carrier")
        on = timezone.localtime(heard.heard_at).date()
        content = encode(status_json(as_status(told, on)))
        receive_file(robot, source, f"{heard.event_id}.json", content, as_of=heard.heard_at, at=at)
        heard.done_at = at
        heard.save(update_fields=["done_at"])
    return True
