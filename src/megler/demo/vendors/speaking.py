"""A vendor's sayings as messages: TXLife 1122 with the pages as PDF, and the answer to a 121."""

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from django.utils import timezone

from megler.demo.vendors.script import Saying, Seen
from megler.documents.typesetting import typeset
from megler.exchange.txlife.orders import (
    File,
    Reported,
    attachment,
    read_results,
    write_report,
)
from megler.exchange.txlife.records import Coded, Requirement, StatusEvent

_NAMES = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
_PAGE = b"""#let d = json(bytes(sys.inputs.data))
#set page(paper: "us-letter", margin: 2cm)
#set text(size: 11pt)
#for line in d.lines [#line \\ ]
"""


def seen_in(data: bytes) -> list[Seen]:
    """The orders in a 121; nothing for anything else, as a cancellation, which needs no script."""
    answers, _problems = read_results(data)
    found = []
    for answer in answers:
        if answer.is_answer or not answer.said or b'<TransMode tc="2">' not in data:
            continue
        first = answer.said[0]
        at = _moment(answer.executed_on, answer.executed_at)
        found.append(Seen(answer.guid, first.tracking_id, first.person, answer.said, at))
    return found


def _moment(on: str, at: str) -> datetime:
    try:
        moment = datetime.combine(date.fromisoformat(on), time.fromisoformat(at))
    except ValueError:
        return timezone.now()
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def message(vendor: str, order: Seen, saying: Saying) -> bytes:
    """One saying as an 1122; the same saying is the same bytes."""
    at = timezone.localtime(saying.at)
    event = StatusEvent(
        code=Coded("other", "Others"),
        provider_code=saying.code,
        on=f"{at:%Y-%m-%d}",
        at=at.isoformat(timespec="seconds").partition("T")[2],
        detail=saying.detail,
    )
    files = (pdf(saying.pages),) if saying.pages else ()
    told = Requirement(
        id="Requirement_1",
        party_id="Party_Insured",
        unique_id=saying.unique_id,
        order_number=f"V-{order.number}",
        events=(event,),
        attachments=tuple(attachment(File(f"{saying.unique_id}.pdf", one)) for one in files),
    )
    name = f"{order.guid} {saying.unique_id} {saying.code} {saying.at.isoformat()} {saying.person.last_name}"
    report = Reported(
        str(uuid.uuid5(_NAMES, name)), at, vendor, order.number, saying.person, (told,)
    )
    return write_report(report)


def pdf(lines: Sequence[str]) -> bytes:
    """A page with these lines."""
    return typeset(_PAGE, {"lines": list(lines)})


def answer(vendor: str, guid: str, at: datetime, taken: bool = True) -> bytes:
    """The answer to a message of ours."""
    text = "Success" if taken else "Failure"
    return write_report(
        Reported(guid, timezone.localtime(at), vendor, is_answer=True, result=Coded("other", text))
    )
