"""What a vendor's message means in our words, by the vendor's own table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from megler.exchange.txlife.orders import Answered, Happened, Said
from megler.orders.models import Vendor
from megler.orders.rules.appointments import appointment_in
from megler.orders.rules.fees import fee_in
from megler.orders.rules.orders import Word
from megler.orders.rules.status_codes import meaning
from megler.orders.rules.words import Event

_RESULTS = frozenset({Event.RESULT, Event.PARTIAL})


@dataclass(frozen=True, slots=True)
class Told:
    """A word; `brings_files`: the files that came with it are its."""

    word: Word
    brings_files: bool = False


def told_in(vendor: Vendor, answer: Answered, said: Said | None, came_at: datetime) -> list[Told]:
    """The words that a message says of one requirement, in its order.

    Each status event is a word at its own time. Files that no event calls results are results; what
    nobody has given a meaning is a note.
    """
    moment = _moment(answer.executed_on, answer.executed_at) or came_at
    if said is None:
        event = _answer(vendor, answer) or Event.NOTE
        return [Told(Word(event, moment, detail=answer.result.shown))]
    words = list(_events(vendor, said, moment))
    has_results = any(one.event in _RESULTS for one in words)
    if not words or (said.files and not has_results):
        words.append(_of_status(vendor, answer, said, moment, len(words)))
    carries = next((one for one in reversed(words) if one.event in _RESULTS), words[-1])
    return [Told(one, bool(said.files) and one is carries) for one in words]


def _answer(vendor: Vendor, answer: Answered) -> Event | None:
    if not answer.is_answer:
        return None
    result = answer.result
    return meaning(vendor.status_codes, "answer", _number(result.tc), result.word, result.text)


def _number(tc: int | None) -> str:
    return "" if tc is None else str(tc)


def _events(vendor: Vendor, said: Said, moment: datetime) -> Iterator[Word]:
    for number, one in enumerate(said.events):
        event = meaning(vendor.status_codes, "event", one.code, one.text) or Event.NOTE
        at = _at(one, moment)
        detail = " ".join(part for part in (one.code, one.text, one.detail) if part)
        appointment = _local(appointment_in(one.detail)) if event is Event.SCHEDULED else None
        fee = fee_in(one.detail) if event is Event.FEE_ASKED else None
        yield Word(event, at, number, appointment, fee, detail)


def _of_status(vendor: Vendor, answer: Answered, said: Said, moment: datetime, number: int) -> Word:
    status = said.status
    event = Event.RESULT if said.files else None
    told = meaning(vendor.status_codes, "status", _number(status.tc), status.word, status.text)
    # The table may call files a part of the results; without files it may call anything anything.
    if told is not None and (event is None or told in _RESULTS):
        event = told
    event = event or _answer(vendor, answer) or Event.NOTE
    detail = " ".join(part for part in (status.shown, said.details) if part)
    appointment = _local(appointment_in(said.details)) if event is Event.SCHEDULED else None
    fee = fee_in(said.details) if event is Event.FEE_ASKED else None
    return Word(event, moment, number, appointment, fee, detail)


def _at(one: Happened, moment: datetime) -> datetime:
    """When it happened: by its own day and time; a day alone is the message's time of that day."""
    own = _moment(one.on, one.at)
    if own is None:
        return moment
    is_same_day = not one.at and timezone.localtime(moment).date() == timezone.localtime(own).date()
    return moment if is_same_day else own


def _moment(on: str, at: str) -> datetime | None:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return None
    try:
        clock = time.fromisoformat(at.replace("Z", "+00:00")) if at else time()
    except ValueError:
        clock = time()
    return _local(datetime.combine(day, clock))


def _local(moment: datetime | None) -> datetime | None:
    """A moment by our own clock where the vendor names no zone."""
    if moment is None or moment.tzinfo is not None:
        return moment
    return timezone.make_aware(moment)
