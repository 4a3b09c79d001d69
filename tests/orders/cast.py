"""Vendors, facilities and their messages for the tests of orders."""

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from megler.accounts.models import User
from megler.cases.actions import papers
from megler.cases.actions.requirements import add_requirement
from megler.cases.models import Case, Requirement
from megler.documents.typesetting import typeset
from megler.exchange.txlife.orders import File, Reported, Whom, attachment, write_report
from megler.exchange.txlife.records import Coded, StatusEvent
from megler.exchange.txlife.records import Requirement as Info
from megler.orders.actions.directory import FacilityEntry, keep_authorisation, keep_facility
from megler.orders.actions.hearing import hear, read_message
from megler.orders.actions.placing import Wish, place_order
from megler.orders.models import (
    Authorisation,
    Facility,
    Order,
    OrderMessage,
    OrderWord,
    Vendor,
)
from megler.orders.rules.words import ORDINARY
from megler.post.models import TradingPartner
from megler.vocabulary.codes import RequirementKind as Kind
from tests.cases import cast
from tests.cases.cast import AT

KARI = Whom(first_name="Kari", last_name="Hope", born="1979-02-11")
STATUSES = {
    "event acc": "accepted", "event sch": "scheduled", "event mis": "missed", "event wrk": "working",
    "event fee": "fee_asked", "event par": "partial", "event res": "result", "event fai": "failed",
    "event can": "cancelled", "answer success": "accepted", "answer failure": "refused",
}  # fmt: skip
LAB = (Kind.PARAMEDICAL_EXAM, Kind.BLOOD_PROFILE, Kind.URINE, Kind.ECG)


def a_partner(slug: str = "swift", **given: Any) -> TradingPartner:
    usual = {
        "slug": slug, "name": slug.title(), "channel": "https", "address": "https://127.0.0.1:9/",
        "shape": "raw", "changed_at": AT,
    }  # fmt: skip
    return TradingPartner.objects.create(**(usual | given))


def a_vendor(slug: str = "swift", **given: Any) -> Vendor:
    """A vendor that does everything by TXLife, unless told otherwise."""
    partner = given.pop("partner", None) or a_partner(slug)
    usual = {
        "slug": slug, "name": f"{slug.title()} Records", "kinds": [k.value for k in (*LAB, Kind.APS)],
        "format": "txlife_121", "partner": partner, "status_codes": STATUSES, "changed_at": AT,
        "requirement_codes": {k.value: str(9000 + n) for n, k in enumerate(LAB)},
    }  # fmt: skip
    return Vendor.objects.create(**(usual | given))


def a_facility(person: User, **given: Any) -> Facility:
    entry = {"name": "Hill Clinic", "doctor": "Dr. Lie", "city": "Austin", "jurisdiction": "TX"}
    return keep_facility(person, FacilityEntry(**(entry | given)), at=AT)


def signed(person: User, case: Case, signed_on: date = date(2026, 2, 20)) -> Authorisation:
    paper = papers.add_document(person, case, cast.pdf(1), "authorisation.pdf", at=AT)
    scope = [one.value for one in ORDINARY]
    return keep_authorisation(person, case, paper, signed_on, scope=scope, at=AT)


def needed(person: User, case: Case, *kinds: Kind) -> list[Requirement]:
    return [add_requirement(person, case, kind, at=AT) for kind in kinds]


def records(*lines: str) -> bytes:
    """A PDF with these lines of text on one page."""
    template = b"#let d = json(bytes(sys.inputs.data))\n#for line in d.lines [#line #linebreak()]"
    return typeset(template, {"lines": list(lines)})


def event(code: str, hour: int, detail: str = "") -> StatusEvent:
    at = timezone.localtime(AT + timedelta(hours=hour))
    return StatusEvent(
        Coded("other", "Others"), code, f"{at:%Y-%m-%d}",
        at.isoformat(timespec="seconds").partition("T")[2], detail,
    )  # fmt: skip


def report(
    order: Order,
    number: int,
    *events: StatusEvent,
    person: Whom = KARI,
    files: tuple[bytes, ...] = (),
    unique_id: str | None = None,
    guid: str = "",
) -> bytes:
    """A vendor's 1122 about one item of an order."""
    item = order.items.get(position=number)
    info = Info(
        id="R1",
        party_id="Party_Insured",
        unique_id=item.unique_id if unique_id is None else unique_id,
        code=Coded(item.requirement.kind, tc=None) if item.requirement.kind == "aps" else Coded(),
        events=events,
        attachments=tuple(attachment(File(f"r{n}.pdf", one)) for n, one in enumerate(files, 1)),
    )
    at = AT + timedelta(hours=1)
    said = Reported(
        guid or str(uuid.uuid4()), timezone.localtime(at), "Swift", order.reference, person, (info,)
    )
    return write_report(said)


def heard(vendor: Vendor, data: bytes, at: datetime = AT + timedelta(hours=2)) -> OrderMessage:
    """A message that was pushed, kept and read."""
    message, _new = hear(vendor, data, "push", at=at)
    return read_message(str(message.pk), at) or OrderMessage.objects.get(pk=message.pk)


def order_objects(staff: User, case: Case) -> dict[str, str]:
    """One record of each kind, by the parameters of addresses that name them."""
    vendor = a_vendor("walked")
    requirements = needed(staff, case, Kind.URINE)
    order = place_order(staff, case, Wish(vendor, requirements), at=AT)
    heard(vendor, report(order, 1, event("RES", 5), unique_id="X", files=(records("urine"),)))
    word = OrderWord.objects.get(state="tray")
    file = word.files.get()
    return {
        "order_id": str(order.pk),
        "word_id": str(word.pk),
        "order_file.file_id": str(file.pk),
        "order_message.message_id": str(word.message_id),
        "vendor_id": str(vendor.pk),
        "facility_id": str(a_facility(staff).pk),
        "order_act.act": "cancel",
    }
