"""What vendors send us: kept first, whole and once; then read, and each word taken where it belongs.

A message is answered for once it is kept. Reading it is a job: killed anywhere, it is done anew, and
all it does happens in one transaction with the mark that it was read.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from megler.documents import apart
from megler.documents.actions import Examined, Sent, examine, keep
from megler.documents.models import Standing
from megler.documents.rules.pages import Taken
from megler.exchange.txlife.orders import Answered, Said, read_results
from megler.exchange.txlife.records import Attachment
from megler.journal.actions import later
from megler.journal.rules.actors import Actor
from megler.orders.actions.applying import apply_words
from megler.orders.actions.duties import put_up_unreadable
from megler.orders.actions.finding import found_item
from megler.orders.actions.telling import told_in
from megler.orders.models import Direction, OrderFile, OrderMessage, OrderWord, Vendor
from megler.orders.models.messages import MessageState, WordState
from megler.orders.rules.words import Event, Purpose
from megler.papers.rules.clues import births
from megler.vocabulary.problems import Problem, Reason, Refused, errors

BYTES_MAX = 100 * 1024 * 1024
_PROBLEMS_KEPT = 20
_WAITS = timedelta(minutes=2)
_SWEPT_MAX = 500
_BIRTHS_KEPT = 12


def robot_actor(vendor: Vendor) -> Actor:
    """The vendor's system, as the journal knows it."""
    return Actor(id=f"vendor:{vendor.slug}", name=vendor.name, kind="vendor")


def hear(
    vendor: Vendor, data: bytes, way: str, *, name: str = "", at: datetime | None = None
) -> tuple[OrderMessage, bool]:
    """Keep a vendor's message, and have it read; whether it is new. The same bytes are one message.

    Twenty at once are one: the database's unique index decides. Raises `Refused` for nothing at all
    and for more than `BYTES_MAX`.
    """
    if not data.strip() or len(data) > BYTES_MAX:
        raise Refused(Problem("order_message_size", "message", str(len(data)), f"1-{BYTES_MAX}"))
    at = at or timezone.now()
    digest = hashlib.sha256(data).hexdigest()
    mine = OrderMessage(
        vendor=vendor,
        direction=Direction.IN,
        purpose=Purpose.RESULTS.value,
        way=way,
        state=MessageState.ARRIVED,
        digest=digest,
        name=name[:200],
        came_at=at,
    )
    with transaction.atomic():
        OrderMessage.objects.bulk_create([mine], ignore_conflicts=True)
        theirs = OrderMessage.objects.filter(vendor=vendor, digest=digest, direction=Direction.IN)
        kept = theirs.get()
        if kept.pk != mine.pk:
            theirs.update(copies=F("copies") + 1)
            return kept, False
        made = Examined(
            name or f"{digest[:12]}.xml", data, Taken("application/xml", 1), Standing.CLEAR
        )
        kept.document = keep(robot_actor(vendor), made, at)
        kept.save(update_fields=["document"])
        later("orders.jobs.read_message", id=str(kept.pk))
    return kept, True


def read_due(at: datetime | None = None) -> int:
    """Have messages read that should have been and were not; how many."""
    at = at or timezone.now()
    late = OrderMessage.objects.filter(state=MessageState.ARRIVED, came_at__lt=at - _WAITS)
    due = list(late.order_by("came_at").values_list("pk", flat=True)[:_SWEPT_MAX])
    for pk in due:
        later("orders.jobs.read_message", id=str(pk))
    return len(due)


@dataclass(frozen=True)
class _File:
    """A file of a word, looked at; `examined` is None when it is not taken, and `trouble` says why.

    `births` are the dates that its pages call a date of birth.
    """

    attachment: Attachment
    examined: Examined | None
    trouble: str = ""
    births: tuple[date, ...] = ()


def read_message(message_id: str, at: datetime | None = None) -> OrderMessage | None:
    """Read a message that was kept; None when it is read already. May run twice, also at once."""
    at = at or timezone.now()
    found = OrderMessage.objects.select_related("vendor", "document")
    waiting = found.filter(pk=message_id, state=MessageState.ARRIVED).first()
    if waiting is None or waiting.document is None:
        return None
    answers, problems = read_results(waiting.document.read())
    fatal = errors(problems) if not answers else []
    looked = [
        (answer, said, _looked(said)) for answer in answers for said in answer.said or (None,)
    ]
    with transaction.atomic():
        locked = OrderMessage.objects.select_for_update(of=("self",), no_key=True).select_related(
            "vendor", "document"
        )
        message = locked.filter(pk=message_id, state=MessageState.ARRIVED).first()
        if message is None:
            return None
        message.problems = [_as_data(problem) for problem in problems[:_PROBLEMS_KEPT]]
        message.read_at = at
        if not answers:
            message.state = MessageState.REFUSED
            message.save()
            put_up_unreadable(message, fatal, at)
            return message
        message.state = MessageState.READ
        message.guid = answers[0].guid[:64]
        message.purpose = (Purpose.ANSWER if answers[0].is_answer else Purpose.RESULTS).value
        message.save()
        words: list[OrderWord] = []
        for answer, said, files in looked:
            words += _written(message, answer, said, files, position=len(words), at=at)
        apply_words(message.vendor, words, at)
    return message


def _as_data(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where[:200],
        "found": problem.found[:100],
        "expected": problem.expected[:100],
    }


def _looked(said: Said | None) -> list[_File]:
    """Every file of a word through the one door, before anything is held."""
    found = []
    for number, one in enumerate(said.files if said else (), start=1):
        name = one.name or f"result-{number}"
        try:
            examined = examine(Sent(name, one.content))
        except Refused as refused:
            found.append(_File(one, None, ", ".join(p.code for p in refused.problems)))
        else:
            found.append(_File(one, examined, births=_births(examined)))
    return found


def _births(examined: Examined) -> tuple[date, ...]:
    """What a file's pages call a date of birth; nothing while it may not be read."""
    if examined.standing != Standing.CLEAR:
        return ()
    try:
        facts = apart.look(examined.content, examined.name)
    except Refused:
        return ()
    text = "\n".join(line for page in facts.pages for line in page.lines)
    return tuple(dict.fromkeys(births(text)))[:_BIRTHS_KEPT]


def _written(
    message: OrderMessage,
    answer: Answered,
    said: Said | None,
    files: list[_File],
    *,
    position: int,
    at: datetime,
) -> list[OrderWord]:
    """The words of one requirement as rows, with its files on the word that brings them.

    Results of which a file could not be taken are none: they wait, until they come again or somebody
    says that they will do.
    """
    told = told_in(message.vendor, answer, said, message.came_at)
    found = found_item(
        message.vendor, answer, said, tuple(day for file in files for day in file.births)
    )
    not_taken = [Reason("order_file_not_taken")] if any(not f.examined for f in files) else []
    rows: list[OrderWord] = []
    for one, item in ((one, item) for item in found.items or (None,) for one in told):
        why = [*found.reasons, *(not_taken if one.brings_files else [])]
        reasons = [{"code": r.code, "params": r.params} for r in why]
        word = OrderWord.objects.create(
            message=message,
            position=position + len(rows),
            item=item if not reasons else None,
            event=(Event.NOTE if found.only_notes else one.word.event).value,
            at=one.word.at,
            sequence=one.word.sequence,
            heard_at=at,
            appointment=one.word.appointment,
            fee=one.word.fee,
            detail=one.word.detail[:1_000],
            about=found.about,
            state=WordState.TRAY if reasons else WordState.APPLIED,
            reasons=reasons,
        )
        if one.brings_files:
            _keep_files(message, word, files, at)
        rows.append(word)
    return rows


def _keep_files(message: OrderMessage, word: OrderWord, files: list[_File], at: datetime) -> None:
    for position, file in enumerate(files, start=1):
        document = keep(robot_actor(message.vendor), file.examined, at) if file.examined else None
        OrderFile.objects.create(
            word=word,
            position=position,
            name=(file.attachment.name or f"result-{position}")[:200],
            digest=file.attachment.sha256,
            document=document,
            trouble=file.trouble[:300],
        )
