"""What we say to a vendor about an order, in the way that the vendor takes: written, kept and sent."""

import hashlib
import uuid
from dataclasses import replace
from datetime import datetime
from functools import cache
from importlib import resources

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from megler.carriers.models import Carrier
from megler.clients.models import Client
from megler.documents.actions import Examined, keep, store
from megler.documents.models import Document, Standing
from megler.documents.rules.pages import Taken
from megler.documents.typesetting import typeset
from megler.exchange.nailba import orders as nailba
from megler.exchange.nailba.layouts import with_own
from megler.exchange.txlife import codes as acord
from megler.exchange.txlife.orders import INQUIRY, ORDER, File, Ordered, Wanted, Whom, write_order
from megler.exchange.txlife.records import Coded
from megler.journal.rules.actors import Actor
from megler.licensing.models import Agency
from megler.orders import names
from megler.orders.models import Direction, Facility, Order, OrderMessage
from megler.orders.models.messages import MessageState
from megler.orders.rules.words import BY_PARTNER, Format, Purpose
from megler.post.actions.deliveries import deliver
from megler.post.actions.messages import Enclosure, send
from megler.post.models import Message
from megler.vocabulary.problems import Problem, Refused

_MODES = {
    Purpose.ORDER: "original",
    Purpose.CANCEL: "cancel",
    Purpose.CHANGE: "change",
    Purpose.FEE_APPROVED: "fee approved",
    Purpose.FEE_REFUSED: "fee refused",
    Purpose.INQUIRY: "original",
}


@cache
def _template() -> bytes:
    return resources.files("megler.orders").joinpath("typst", "order.typ").read_bytes()


def say(
    actor: Actor, order: Order, purpose: Purpose, at: datetime, words: str = ""
) -> OrderMessage:
    """Write to the order's vendor in the caller's transaction; it goes when that commits.

    `words` are for people: instructions, why it is cancelled, which fee. Raises `Refused` for what
    the vendor's way cannot say: a kind without a code, a record without columns.
    """
    how = Format(order.vendor.format)
    number = order.messages.filter(direction=Direction.OUT).count() + 1
    name = order.reference if number == 1 else f"{order.reference}-{number}"
    guid = order.guid if purpose is Purpose.ORDER else str(uuid.uuid4())
    said = _ordered(order, purpose, at, words, guid)
    files = _files(actor, order, purpose, name, said)
    told = OrderMessage(
        vendor=order.vendor,
        order=order,
        direction=Direction.OUT,
        purpose=purpose.value,
        way="delivery" if how in BY_PARTNER else how.value,
        state=MessageState.SENT,
        document=files[0].document,
        digest=hashlib.sha256(f"{order.pk} {number}".encode()).hexdigest(),
        guid=guid,
        name=files[0].name,
        said_at=at,
        came_at=at,
        read_at=at,
    )
    title = f"{names.PURPOSE[purpose]} {order.reference}"
    if how in BY_PARTNER:
        if order.vendor.partner is None:
            raise Refused(Problem("order_partner_missing", "vendor", order.vendor.name))
        told.delivery = deliver(
            actor, order.vendor.partner, order.subject, files, key=f"order {order.pk} {number}",
            title=title, url=reverse("order", args=[order.pk]), at=at,
        )  # fmt: skip
    elif how is Format.EMAIL:
        told.message = _mailed(order, purpose, files, at)
    told.save()
    return told


def _files(
    actor: Actor, order: Order, purpose: Purpose, name: str, said: Ordered
) -> list[Enclosure]:
    """What goes: the order itself first, then the authorisation where one is needed."""
    how = Format(order.vendor.format)
    permit = order.authorisation if purpose in {Purpose.ORDER, Purpose.CHANGE} else None
    signed = permit.paper.document if permit else None
    inside, at = how is Format.TXLIFE, said.at
    if signed and inside:
        kept = File(signed.name, signed.read(), signed.content_type, "HIPAA authorisation")
        said = replace(said, files=(kept,))
    files: list[Enclosure] = []
    if how is Format.TXLIFE:
        data = write_order(said, {**acord.numbers(), "requirement": _numbers(order)})
        files.append(
            Enclosure(_kept(actor, data, f"{name}.xml", "application/xml", at), f"{name}.xml")
        )
    elif how in BY_PARTNER:
        layout, problems = with_own(order.vendor.layout)
        fixed = how is Format.NAILBA
        data, more = nailba.write_order(said, order.vendor.name, layout if fixed else None)
        if problems or more:
            raise Refused([*problems, *more])
        ending, kind = ("txt", "text/plain") if fixed else ("xml", "application/xml")
        files.append(
            Enclosure(_kept(actor, data, f"{name}.{ending}", kind, at), f"{name}.{ending}")
        )
    else:
        letter = store(_letter(order, purpose, said), f"{name}.pdf", actor, at)
        files.append(Enclosure(letter, f"{name}.pdf"))
    if signed and not inside:
        files.append(Enclosure(signed, f"{name}-authorisation.pdf"))
    return files


def _kept(actor: Actor, data: bytes, name: str, kind: str, at: datetime) -> Document:
    return keep(actor, Examined(name, data, Taken(kind, 1), Standing.CLEAR), at)


def _numbers(order: Order) -> dict[str, int]:
    """The vendor's numbers for our kinds over ACORD's."""
    own = {
        kind: int(code) for kind, code in order.vendor.requirement_codes.items() if code.isdecimal()
    }
    return {**acord.numbers()["requirement"], **own}


def code_problems(order_format: Format, known: dict[str, str], kinds: list[str]) -> list[Problem]:
    """Kinds for which the vendor's way of ordering has no code: never guessed, to be entered."""
    if order_format not in BY_PARTNER:
        return []
    usual = acord.numbers()["requirement"] if order_format is Format.TXLIFE else nailba.SERVICES
    has = {
        kind
        for kind, code in known.items()
        if order_format is not Format.TXLIFE or code.isdecimal()
    }
    missing = [kind for kind in kinds if kind not in usual and kind not in has]
    return [Problem("order_code_missing", "requirements", kind, "231") for kind in missing]


def _ordered(order: Order, purpose: Purpose, at: datetime, words: str, guid: str) -> Ordered:
    case, how = order.case, Format(order.vendor.format)
    details = "\n".join(part for part in (order.details, words) if part)
    own = order.vendor.requirement_codes if how in {Format.NAILBA, Format.NAILBA_XML} else {}
    items = order.items.select_related("requirement").order_by("position")
    wanted = tuple(
        Wanted(
            item.unique_id,
            Coded(item.requirement.kind, own.get(item.requirement.kind, "")),
            "\n".join(part for part in (item.requirement.detail or "", details) if part),
        )
        for item in items
    )
    carrier: Carrier = case.carrier
    face = case.face_amount_applied
    return Ordered(
        guid=guid,
        at=timezone.localtime(at),
        number=order.reference,
        insured=_client(case.client),
        wanted=wanted,
        agency=Agency.ours().name or "Megler",
        mode=_MODES[purpose],
        type=INQUIRY if purpose is Purpose.INQUIRY else ORDER,
        account=order.account,
        carrier_code=carrier.slug,
        carrier_name=carrier.name,
        policy_number=case.policy_number,
        face_amount=f"{face:f}" if face else "",
        agent=case.agent.name,
        facility=_facility(order.facility) if order.facility else None,
        vendor_code=order.vendor.vendor_code,
        login=order.vendor.vendor_code,
    )


def _client(client: Client) -> Whom:
    return Whom(
        first_name=client.first_name,
        middle_name=client.middle_name,
        last_name=client.last_name,
        organisation="" if client.last_name else client.name,
        born=client.born.isoformat() if client.born else "",
        sex=client.sex,
        ssn=client.ssn or "",
        street=" ".join(part for part in (client.street, client.unit) if part),
        city=client.city,
        jurisdiction=client.jurisdiction,
        zip=client.zip,
        phone=client.phone,
        email=client.email,
    )


def _facility(facility: Facility) -> Whom:
    return Whom(
        organisation=str(facility),
        street=facility.street,
        city=facility.city,
        jurisdiction=facility.jurisdiction,
        zip=facility.zip,
        phone=facility.phone,
        fax=facility.fax,
    )


def _letter(order: Order, purpose: Purpose, said: Ordered) -> bytes:
    """The order as a letter that anybody can read, and print."""
    agency = Agency.ours()
    with override(settings.LANGUAGE_CODE):
        title = f"{names.PURPOSE[purpose]} {order.reference}"
        whom = said.insured
        facts = [
            (_("About"), order.case.client.name),
            (_("Born"), whom.born),
            (_("Address"), ", ".join(p for p in (whom.street, whom.city, whom.jurisdiction, whom.zip) if p)),
            (_("Telephone"), whom.phone),
            (_("Carrier"), said.carrier_name),
            (_("Account"), said.account),
            (_("Wanted"), ", ".join(str(i.requirement) for i in order.items.select_related("requirement"))),
            (_("Records of"), _place(order.facility) if order.facility else ""),
        ]  # fmt: skip
        ask = _("Please name %(number)s in everything you send.") % {"number": order.reference}
    data = {
        "title": title,
        "reference": order.reference,
        "day": said.at.date().isoformat(),
        "from": [agency.name or "Megler", agency.address, agency.phone, agency.email],
        "to": [order.vendor.name, order.vendor.address],
        "facts": [[str(key), value] for key, value in facts if value],
        "paragraphs": [*(one.details for one in said.wanted if one.details), ask],
    }
    return typeset(_template(), data)


def _place(facility: Facility) -> str:
    parts = (
        str(facility),
        facility.street,
        facility.city,
        facility.jurisdiction,
        facility.zip,
        facility.phone,
    )
    return ", ".join(part for part in parts if part)


def _mailed(order: Order, purpose: Purpose, files: list[Enclosure], at: datetime) -> Message:
    """By e-mail: the letter and the authorisation enclosed; the text itself names nobody."""
    with override(settings.LANGUAGE_CODE):
        subject = f"{names.PURPOSE[purpose]} {order.reference}"
        text = _("The papers of %(number)s are enclosed.") % {"number": order.reference}
        return send(
            order.vendor.email, subject, text, order.subject, to_name=order.vendor.name,
            enclosed=files, at=at,
        )  # fmt: skip
