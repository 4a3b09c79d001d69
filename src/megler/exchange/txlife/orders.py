"""Orders to vendors (121), questions about them (123), and what vendors answer (121 response, 1122).

Layouts differ between vendors. What is written follows the messages seen: a policy with its tracking
id, one `RequirementInfo` for each thing ordered with our own unique id, the parties that it names.
Everything is read that any of them says; what a status means is for the vendor's own table to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from megler.exchange.txlife.codes import OTHER
from megler.exchange.txlife.reading import read
from megler.exchange.txlife.records import (
    NOTHING,
    Address,
    Appointment,
    Attachment,
    Coded,
    Email,
    Holding,
    Message,
    Party,
    Phone,
    Relation,
    Request,
    Requirement,
)
from megler.exchange.txlife.writing import write
from megler.vocabulary.problems import Problem

RESULTS, ORDER, INQUIRY = "requirement_result", "requirement_order", "requirement_inquiry"
MIME = {
    "application/pdf": "application/pdf",
    "image/tiff": "image/tiff",
    "image/jpeg": "image/jpeg",
}


@dataclass(frozen=True)
class Whom:
    """A person or organisation of an order, as far as it is known."""

    first_name: str = ""
    middle_name: str = ""
    last_name: str = ""
    organisation: str = ""
    born: str = ""
    sex: str = ""
    ssn: str = field(default="", repr=False)
    street: str = ""
    city: str = ""
    jurisdiction: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""


@dataclass(frozen=True)
class Wanted:
    """One thing ordered: our unique id of it, its code by word or the vendor's number, what to do."""

    unique_id: str
    code: Coded
    details: str = ""


@dataclass(frozen=True)
class File:
    """A file that goes along."""

    name: str
    content: bytes = field(repr=False)
    content_type: str = "application/pdf"
    kind: str = ""


@dataclass(frozen=True)
class Ordered:
    """An order as it is written: `mode` is `original`, or what is done with one sent before."""

    guid: str
    at: datetime
    number: str
    insured: Whom
    wanted: tuple[Wanted, ...]
    agency: str
    mode: str = "original"
    type: str = ORDER
    account: str = ""
    carrier_code: str = ""
    carrier_name: str = ""
    policy_number: str = ""
    face_amount: str = ""
    agent: str = ""
    facility: Whom | None = None
    files: tuple[File, ...] = ()
    vendor_code: str = ""
    login: str = ""


def write_order(order: Ordered, codes: Mapping[str, Mapping[str, int]] | None = None) -> bytes:
    """The order as a TXLife message. `codes` are the vendor's numbers for our words, by list."""
    parties = [_party("Party_Insured", order.insured), _organisation("Party_Agency", order.agency)]
    relations = [Relation("Relation_Insured", "Holding_1", "Party_Insured", role=Coded("insured"))]
    if order.agent:
        parties.append(Party(id="Party_Agent", kind=Coded("person"), full_name=order.agent))
        relations.append(
            Relation("Relation_Agent", "Holding_1", "Party_Agent", role=Coded("agent"))
        )
    if order.carrier_name:
        parties.append(_organisation("Party_Carrier", order.carrier_name, order.carrier_code))
    if order.facility:
        parties.append(_party("Party_Physician", order.facility))
        to = Relation(
            "Relation_Physician", "Party_Insured", "Party_Physician", role=Coded("physician")
        )
        relations.append(to)
    holding = Holding(
        id="Holding_1",
        kind=Coded("policy"),
        number=order.policy_number,
        carrier_id="Party_Carrier" if order.carrier_name else "",
        carrier_code=order.carrier_code,
        face_amount=order.face_amount,
        tracking_id=order.number,
        requirements=tuple(_requirement(order, n, one) for n, one in enumerate(order.wanted, 1)),
    )
    request = Request(
        guid=order.guid,
        type=Coded(order.type),
        executed_on=f"{order.at:%Y-%m-%d}",
        executed_at=_time(order.at),
        mode=Coded("original") if order.mode == "original" else Coded(OTHER, order.mode),
        holdings=(holding,),
        parties=tuple(parties),
        relations=tuple(relations),
    )
    message = Message(
        version="2.37",
        login=order.login,
        vendor=order.agency,
        vendor_code=order.vendor_code,
        app="Megler",
        requests=(request,),
    )
    return write(message, codes)


def _requirement(order: Ordered, number: int, one: Wanted) -> Requirement:
    files = order.files if number == 1 else ()
    return Requirement(
        id=f"Requirement_{number}",
        party_id="Party_Insured",
        requester_id="Party_Agency",
        code=one.code,
        unique_id=one.unique_id,
        details=one.details,
        requested_on=f"{order.at:%Y-%m-%d}",
        account=order.account,
        attachments=tuple(attachment(file) for file in files),
    )


def attachment(file: File) -> Attachment:
    """A file as it stands in a message."""
    return Attachment(
        content=file.content,
        name=file.name,
        description=file.kind,
        basic=Coded("image"),
        mime=Coded(MIME.get(file.content_type, "application/octet-stream")),
        encoding="base64",
    )


def _time(at: datetime) -> str:
    return at.isoformat(timespec="seconds").partition("T")[2]


def _party(given: str, whom: Whom) -> Party:
    person = bool(whom.last_name)
    address = Address(
        line1=whom.street, city=whom.city, state=Coded(whom.jurisdiction) if whom.jurisdiction else NOTHING,
        zip=whom.zip,
    )  # fmt: skip
    numbers = [Phone(number=whom.phone)] if whom.phone else []
    if whom.fax:
        numbers.append(Phone(kind=Coded("fax"), number=whom.fax))
    return Party(
        id=given,
        kind=Coded("person" if person else "organisation"),
        full_name=whom.organisation,
        government_id=whom.ssn.replace("-", ""),
        first_name=whom.first_name,
        middle_name=whom.middle_name,
        last_name=whom.last_name,
        gender=Coded(whom.sex) if whom.sex else NOTHING,
        born=whom.born,
        addresses=(address,) if whom.street or whom.city or whom.jurisdiction else (),
        phones=tuple(numbers),
        emails=(Email(address=whom.email),) if whom.email else (),
    )


def _organisation(given: str, name: str, code: str = "") -> Party:
    appointments = (Appointment(carrier_code=code),) if code and given == "Party_Agency" else ()
    return Party(id=given, kind=Coded("organisation"), full_name=name, appointments=appointments)


@dataclass(frozen=True)
class Happened:
    """A status event as the vendor tells it."""

    code: str = ""
    text: str = ""
    on: str = ""
    at: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Said:
    """What a message says of one requirement, with whom it says it is about."""

    unique_id: str = ""
    tracking_id: str = ""
    vendor_number: str = ""
    code: Coded = NOTHING
    status: Coded = NOTHING
    status_on: str = ""
    details: str = ""
    person: Whom = Whom()
    events: tuple[Happened, ...] = ()
    files: tuple[Attachment, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Answered:
    """One transaction of a vendor's: an answer to a message of ours by its GUID, or results."""

    guid: str
    is_answer: bool
    result: Coded = NOTHING
    executed_on: str = ""
    executed_at: str = ""
    said: tuple[Said, ...] = ()


def read_results(
    data: bytes, codes: Mapping[str, Mapping[int, str]] | None = None
) -> tuple[list[Answered], list[Problem]]:
    """Every transaction of a vendor's message; all problems at once, none of them final by itself.

    Other transactions than 121, 123 and 1122 are a problem of their own.
    """
    found, problems = read(data, codes)
    if found is None:
        return [], problems
    answers: list[Answered] = []
    for number, request in enumerate(found.message.requests, start=1):
        name = "TXLifeResponse" if request.is_response else "TXLifeRequest"
        if request.type.word not in {RESULTS, ORDER, INQUIRY}:
            where = f"TXLife/{name}[{number}]/TransType"
            problems.append(Problem("order_message_other", where, request.type.shown, "121, 1122"))
            continue
        answers.append(_answered(request))
    if not found.message.requests:
        problems.append(Problem("order_message_empty", "TXLife", "", "TXLifeRequest"))
    return answers, problems


def _answered(request: Request) -> Answered:
    people = {party.id: party for party in request.parties}
    insured = next(
        (people[i] for r in request.relations if r.role.word == "insured" for i in (r.to_id, r.from_id) if i in people),
        None,
    )  # fmt: skip
    said = [
        _said(one, holding.tracking_id, people.get(one.party_id) or insured)
        for holding in request.holdings
        for one in holding.requirements
    ]
    return Answered(
        guid=request.guid,
        is_answer=request.is_response,
        result=request.result,
        executed_on=request.executed_on,
        executed_at=request.executed_at,
        said=tuple(said),
    )


def _said(one: Requirement, tracking_id: str, party: Party | None) -> Said:
    events = tuple(
        Happened(event.provider_code, event.code.text, event.on, event.at, event.detail)
        for event in one.events
    )
    return Said(
        unique_id=one.unique_id,
        tracking_id=tracking_id,
        vendor_number=one.order_number,
        code=one.code,
        status=one.status,
        status_on=one.status_on or one.received_on,
        details=one.details,
        person=_whom(party) if party else Whom(),
        events=events,
        files=one.attachments,
        where=one.id or one.unique_id,
    )


def _whom(party: Party) -> Whom:
    return Whom(
        first_name=party.first_name,
        middle_name=party.middle_name,
        last_name=party.last_name,
        organisation=party.full_name if not party.last_name else "",
        born=party.born,
        sex=party.gender.word,
        ssn=party.government_id,
    )


@dataclass(frozen=True)
class Reported:
    """What somebody answers: for writing 1122s and 121 responses, as vendors do."""

    guid: str
    at: datetime
    vendor: str
    tracking_id: str = ""
    person: Whom = Whom()
    requirements: tuple[Requirement, ...] = ()
    is_answer: bool = False
    result: Coded = NOTHING


def write_report(report: Reported, codes: Mapping[str, Mapping[str, int]] | None = None) -> bytes:
    """A vendor's 1122, or its response to a 121."""
    holding = Holding(
        id="Holding_1",
        kind=Coded("policy"),
        tracking_id=report.tracking_id,
        requirements=report.requirements,
    )
    parties: Iterable[Party] = (_party("Party_Insured", report.person),)
    relation = Relation("Relation_Insured", "Holding_1", "Party_Insured", role=Coded("insured"))
    request = Request(
        is_response=report.is_answer,
        guid=report.guid,
        type=Coded(ORDER if report.is_answer else RESULTS),
        executed_on=f"{report.at:%Y-%m-%d}",
        executed_at=_time(report.at),
        result=report.result,
        holdings=(holding,) if report.requirements else (),
        parties=tuple(parties) if report.requirements else (),
        relations=(relation,) if report.requirements else (),
    )
    return write(Message(vendor=report.vendor, requests=(request,)), codes)
