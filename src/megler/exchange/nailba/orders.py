"""An order as NAILBA 800 records, and such records as orders."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from megler.exchange.nailba.layouts import Layout
from megler.exchange.nailba.records import Record, read_fixed, read_xml, write_fixed, write_xml
from megler.exchange.txlife.orders import Ordered, Whom
from megler.vocabulary.problems import Problem

SERVICES: Mapping[str, str] = {"aps": "APS", "paramedical_exam": "PARA"}
"""The services seen in messages; each vendor's table has its others."""
STANDARD, VERSION, LENGTH = "800", "01.0", "0250"
_SAID = 78
"""Characters of instructions that one service record holds; longer ones go on in the next."""


def records_of(order: Ordered, target: str) -> list[Record]:
    """An order as records: each wanted thing is a service, its instructions in as many as they need."""
    at = order.at
    head = {
        "RecordLength": LENGTH,
        "NCSSPStandardNumber": STANDARD,
        "NCSSPVersionNumber": VERSION,
        "DateSent": f"{at:%y%m%d}",
        "TimeSent": f"{at:%H%M%S}",
        "SenderName": order.agency[:25],
        "TargetName": target[:25],
    }
    body = list(_numbered(_body(order)))
    total = {"TotalRecordCount": f"{len(body) + 2:010d}"}
    return [Record("$$HDR", head), *body, Record("99END", head | total)]


def _numbered(records: Iterator[Record]) -> Iterator[Record]:
    for number, one in enumerate(records, start=1):
        yield Record(one.type, {"TransactionSequenceNumber": f"{number:05d}", **one.fields})


def _body(order: Ordered) -> Iterator[Record]:
    yield Record(
        "$A",
        {
            "OrderOriginatorCode": "G",
            "ServiceProviderVendorID": order.vendor_code[:5],
            "BillToVendorAccountNumber": order.account[:10],
            "OrderOriginatorBusinessContact": order.login[:30],
            "InsuranceCarrierNameForReportDelivery": order.carrier_name[:30],
            "ManagingGeneralAgencyName": order.agency[:30],
        },
    )
    yield Record(
        "0A",
        {
            "OrderRequestDate": f"{order.at:%Y%m%d}",
            "OrderRequestTime": f"{order.at:%H%M%S}",
            "OrderType": "I",
            "OrderOriginatorQuotebackNumber": order.number,
            "ProposedInsuredGACaseReferenceID": order.number[:15],
            "InsuranceAmountOfCoverageAppliedFor": order.face_amount.partition(".")[0].rjust(
                10, "0"
            )
            if order.face_amount
            else "",
            "LifeOrDisabilityFlag": "L",
        },
    )
    yield _insured(order.insured)
    for wanted in order.wanted:
        service = wanted.code.text or SERVICES.get(wanted.code.word, "")
        pieces = [wanted.details[i : i + _SAID] for i in range(0, len(wanted.details), _SAID)] or [
            ""
        ]
        for number, piece in enumerate(pieces):
            first = {"ServiceRequested": service} if number == 0 else {}
            yield Record("2A", first | {"SpecialInstructionsToProvider": piece})
    yield _address(order.insured)
    if order.facility:
        yield _doctor(order.facility)


def _insured(whom: Whom) -> Record:
    told = {
        "LastName": whom.last_name,
        "FirstName": whom.first_name,
        "MiddleInitial": whom.middle_name[:1],
        "DateOfBirth": whom.born.replace("-", ""),
        "Gender": {"female": "F", "male": "M"}.get(whom.sex, ""),
        "HomePhoneNumber": _digits(whom.phone)[-10:],
    }
    if whom.ssn:
        told |= {"GovernmentIDType": "S", "GovernmentID": _digits(whom.ssn)}
    return Record("1A", told)


def _address(whom: Whom) -> Record:
    told = {
        "AddressLine1": whom.street, "City": whom.city, "State": whom.jurisdiction,
        "PostalCode": whom.zip,
    }  # fmt: skip
    return Record("3A", told)


def _doctor(whom: Whom) -> Record:
    return Record(
        "5A",
        {
            "DoctorOrOther": "D",
            "PhysicianName": whom.organisation or f"{whom.first_name} {whom.last_name}".strip(),
            "PhysicianAddressLine1": whom.street,
            "PhysicianCity": whom.city,
            "PhysicianState": whom.jurisdiction,
            "PhysicianPostalCode": whom.zip,
            "PhysicianPhoneNumber": _digits(whom.phone)[-10:],
        },
    )


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def write_order(order: Ordered, target: str, layout: Layout | None) -> tuple[bytes, list[Problem]]:
    """An order as a file: by columns with a layout, as XML without."""
    problems = [
        Problem("order_code_missing", "requirement_codes", one.code.word, "APS")
        for one in order.wanted
        if not (one.code.text or one.code.word in SERVICES)
    ]
    records = records_of(order, target)
    if problems:
        return b"", problems
    return write_fixed(records, layout) if layout is not None else (write_xml(records), [])


@dataclass(frozen=True)
class Request800:
    """One order of a file: its quote-back number, the insured, services with their instructions."""

    number: str
    insured: Whom
    services: tuple[tuple[str, str], ...]
    account: str = ""
    doctor: str = ""


def read_orders(
    data: bytes, layout: Layout | None = None
) -> tuple[list[Request800], list[Problem]]:
    """The orders in a file, by columns with a layout, as XML without."""
    records, problems = read_fixed(data, layout) if layout is not None else read_xml(data)
    groups: list[list[Record]] = []
    for one in records:
        if one.type == "$A":
            groups.append([])
        if groups and one.type not in {"$$HDR", "99END"}:
            groups[-1].append(one)
    return [_request(group) for group in groups], problems


def _request(records: Sequence[Record]) -> Request800:
    first = {one.type: one.fields for one in reversed(records)}
    insured, contract = first.get("1A", {}), first.get("0A", {})
    born = insured.get("DateOfBirth", "")
    services: list[tuple[str, str]] = []
    for one in records:
        if one.type != "2A":
            continue
        service, said = (
            one.fields.get(n, "") for n in ("ServiceRequested", "SpecialInstructionsToProvider")
        )
        if service or not services:
            services.append((service, said))
        else:
            services[-1] = (services[-1][0], services[-1][1] + said)
    return Request800(
        number=contract.get("OrderOriginatorQuotebackNumber", ""),
        insured=Whom(
            first_name=insured.get("FirstName", ""),
            middle_name=insured.get("MiddleInitial", ""),
            last_name=insured.get("LastName", ""),
            born=_day(born),
            sex={"F": "female", "M": "male"}.get(insured.get("Gender", ""), ""),
            ssn=insured.get("GovernmentID", ""),
        ),
        services=tuple(services),
        account=first.get("$A", {}).get("BillToVendorAccountNumber", ""),
        doctor=first.get("5A", {}).get("PhysicianName", ""),
    )


def _day(text: str) -> str:
    try:
        return datetime.strptime(text, "%Y%m%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return ""
