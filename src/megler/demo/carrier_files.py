"""A carrier that tells how its cases stand, in files of its own making: three layouts and TXLife.

It knows only what a carrier knows. `say` puts words into its mouth; without them it says of each
case what stands here, so that nothing differs.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

import openpyxl

from megler.cases.models import Case
from megler.cases.rules.words import Status, acord_polstat

Words = Mapping[str, str]
"""What the carrier says of a case, by the case's reference."""

_SAID = {
    Status.SENT_TO_CARRIER: "Logged In",
    Status.RECEIVED_BY_CARRIER: "Received",
    Status.IN_UNDERWRITING: "UW Review",
    Status.DECIDED: "Approved",
    Status.ISSUED: "Issued",
    Status.DELIVERED: "Issued",
    Status.IN_FORCE: "In Force",
}


def cases_told(carrier: str, most: int = 60) -> list[Case]:
    """The carrier's newest cases that it has."""
    theirs = Case.objects.filter(carrier__slug=carrier, sent_at__isnull=False)
    return list(theirs.select_related("client", "product", "agent").order_by("-number")[:most])


def said_of(case: Case, words: Words) -> str:
    """The carrier's word for where a case stands."""
    return words.get(case.reference) or _SAID.get(Status(case.status), "Closed")


def plain_sheet(cases: Iterable[Case], on: date, words: Words) -> bytes:
    """CSV with one row of headings, ISO days."""
    head = "Our Ref,Policy Number,Insured Name,Date of Birth,Product,Status,Status Date,Face Amount"
    rows = [
        [
            case.reference, case.policy_number, case.client.name, str(case.client.born or ""),
            case.product.name, said_of(case, words), on.isoformat(),
            str(case.face_amount_applied or ""),
        ]
        for case in cases
    ]  # fmt: skip
    return _csv([head.replace("Our Ref", "Agency Reference").split(","), *rows], ",", "utf-8")


def report_sheet(cases: Iterable[Case], on: date, words: Words) -> bytes:
    """Semicolons and windows-1252, a title, headings over two rows, LAST, FIRST, a totals row."""
    rows: list[list[str]] = [
        ["PENDING BUSINESS REPORT"],
        [f"As of {on:%m/%d/%Y}"],
        ["Case", "Insured", "", "Plan", "Current", "Requirement", ""],
        ["Reference", "Name", "DOB", "Desc", "Status", "Description", "Status"],
    ]
    count = 0
    for case in cases:
        count += 1
        client = case.client
        name = f"{client.last_name.upper()}, {client.first_name.upper()} {client.middle_name[:1]}"
        born = f"{client.born:%m/%d/%Y}" if client.born else ""
        told = [case.reference, name.strip(), born, case.product.name, said_of(case, words)]
        asked = [str(r.get_kind_display()) for r in case.requirements.all() if r.holder]
        rows += [[*told, kind, "Outstanding"] for kind in asked[:4]] or [[*told, "", ""]]
    rows.append(["Total", str(count)])
    return _csv(rows, ";", "cp1252")


def workbook(cases: Iterable[Case], on: date, words: Words) -> bytes:
    """Excel with days as days and amounts as numbers."""
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.append(["Case Status Export", None, on])
    sheet.append(["Your Reference", "Pol Nbr", "First Name", "Last Name", "DOB", "Plan", "Stat", "Face"])  # fmt: skip
    for case in cases:
        client, amount = case.client, case.face_amount_applied
        sheet.append(
            [
                case.reference, case.policy_number, client.first_name, client.last_name,
                client.born, case.product.name, said_of(case, words),
                float(amount) if amount else None,
            ]
        )  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def txlife_1125(cases: Iterable[Case], on: date, words: Words) -> bytes:
    """One TXLife 1125 of all of them; words of its own stand as text under ACORD's "other"."""
    parts = []
    for i, case in enumerate(cases, 1):
        said = words.get(case.reference, "")
        code = None if said else acord_polstat(Status(case.status))
        status = (
            f'<PolicyStatus tc="{code or 2147483647}">{escape(said_of(case, words))}</PolicyStatus>'
        )
        client = case.client
        parts.append(
            f'<Holding id="H{i}"><HoldingTypeCode tc="2">Policy</HoldingTypeCode><Policy>'
            f"<PolNumber>{escape(case.policy_number)}</PolNumber>"
            f"<PlanName>{escape(case.product.name)}</PlanName>{status}"
            f"<ApplicationInfo><TrackingID>{case.reference}</TrackingID></ApplicationInfo>"
            f'</Policy></Holding><Party id="P{i}"><PartyTypeCode tc="1">Person</PartyTypeCode>'
            f"<Person><FirstName>{escape(client.first_name)}</FirstName>"
            f"<LastName>{escape(client.last_name)}</LastName></Person></Party>"
            f'<Relation id="R{i}" OriginatingObjectID="H{i}" RelatedObjectID="P{i}">'
            '<RelationRoleCode tc="32">Insured</RelationRoleCode></Relation>'
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><TXLife xmlns="http://ACORD.org/Standards/Life/2">'
        f"<TXLifeResponse><TransRefGUID>status-{on}</TransRefGUID>"
        '<TransType tc="1125">Case status</TransType>'
        f"<TransExeDate>{on}</TransExeDate><OLifE>{''.join(parts)}</OLifE>"
        "</TXLifeResponse></TXLife>"
    ).encode()


LAYOUTS: dict[str, Callable[[Iterable[Case], date, Words], bytes]] = {
    "plain.csv": plain_sheet,
    "report.csv": report_sheet,
    "status.xlsx": workbook,
    "status.xml": txlife_1125,
}
"""The forms that the simulated carriers use, by a file's name."""


def _csv(rows: Iterable[Iterable[str]], separator: str, encoding: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding, "replace")
