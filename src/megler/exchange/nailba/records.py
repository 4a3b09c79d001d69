"""Records to lines of columns and back, and to XML and back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from megler.exchange.nailba.layouts import TYPE, WIDTH, Layout
from megler.exchange.txlife.safe import parsed
from megler.exchange.txlife.writing import escaped
from megler.vocabulary.problems import Problem, Severity

ELEMENTS: Mapping[str, str] = {
    "$$HDR": "Header",
    "$A": "ReportOrderBillingSegment",
    "0A": "ReportOrderInsuranceContractInformationRecord",
    "1A": "ProposedInsured",
    "2A": "ReportOrderServiceRequest",
    "3A": "ReportOrderProposedInsuredResidenceHistory",
    "5A": "ReportOrderMedicalHistoryInformation",
    "99END": "Trailer",
}
"""The XML form's element of each record, as seen in messages."""
_AROUND = {"1A": "ProposedInsureds", "2A": "ReportOrderServiceRequests"}


@dataclass(frozen=True)
class Record:
    """A record's type and its fields as text."""

    type: str
    fields: Mapping[str, str] = field(default_factory=dict)


def write_fixed(records: Iterable[Record], layout: Layout) -> tuple[bytes, list[Problem]]:
    """Records as lines of 250 columns, padded with blanks; nothing when anything does not fit."""
    lines, problems = [], []
    for number, record in enumerate(records, start=1):
        columns = layout.get(record.type)
        if columns is None:
            problems.append(
                Problem("nailba_no_layout", f"record {number}", record.type, record.type)
            )
            continue
        line = [" "] * WIDTH
        known = {column.field for column in columns}
        for name in record.fields:
            if name not in known and record.fields[name]:
                problems.append(Problem("nailba_no_column", f"record {number} {record.type}", name))
        for column in columns:
            text = record.type if column.field == TYPE else record.fields.get(column.field, "")
            problems += _fits(text, column.width, f"record {number} {record.type} {column.field}")
            line[column.start - 1 : column.end] = text[: column.width].ljust(column.width)
        lines.append("".join(line))
    return ("\r\n".join(lines) + "\r\n").encode(
        "ascii", "replace"
    ) if not problems else b"", problems


def _fits(text: str, width: int, where: str) -> Iterator[Problem]:
    if len(text) > width:
        yield Problem("nailba_too_long", where, text[:80], f"{width} characters")
    if not text.isascii() or not (text.isprintable() or not text):
        yield Problem("nailba_not_ascii", where, text[:80], "ASCII")


def read_fixed(data: bytes, layout: Layout) -> tuple[list[Record], list[Problem]]:
    """Lines of columns as records; a record without a layout is kept whole, and told.

    A file that does not end in its trailer was cut on its way, and that is told as well.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError as error:
        return [], [Problem("nailba_not_ascii", f"byte {error.start + 1}", "", "ASCII")]
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        kind = next((k for k in sorted(ELEMENTS, key=len, reverse=True) if line.startswith(k)), "")
        if not kind:
            problems.append(Problem("nailba_record_unknown", f"line {number}", line[:10], "$$HDR"))
            continue
        columns = layout.get(kind)
        if columns is None:
            where = f"line {number}"
            problems.append(Problem("nailba_no_layout", where, kind, kind, Severity.WARNING))
            records.append(Record(kind, {"Whole": line.rstrip()}))
            continue
        told = {c.field: line[c.start - 1 : c.end].strip() for c in columns if c.field != TYPE}
        records.append(Record(kind, {name: value for name, value in told.items() if value}))
    if not problems and (not records or records[0].type != "$$HDR"):
        problems.append(Problem("nailba_record_unknown", "line 1", "", "$$HDR"))
    if records and records[-1].type != "99END":
        where = f"line {len(text.splitlines())}"
        problems.append(Problem("nailba_cut", where, records[-1].type, "99END"))
    return records, problems


def write_xml(records: Sequence[Record]) -> bytes:
    """Records in their XML form: each order is a `Request` between header and trailer."""
    out = ['<?xml version="1.0" encoding="UTF-8"?>\n<XCSData><NAILBA800>']
    is_open, around = False, ""
    for record in records:
        wanted = _AROUND.get(record.type, "")
        if around and around != wanted:
            out.append(f"</{around}>")
            around = ""
        if is_open and record.type in {"$A", "99END"}:
            out.append("</Request>")
            is_open = False
        if record.type == "$A":
            out.append("<Request>")
            is_open = True
        if wanted and not around:
            out.append(f"<{wanted}>")
            around = wanted
        out.append(_element(record))
    out.append("</NAILBA800></XCSData>\n")
    return "".join(out).encode("utf-8", "ignore")


def _element(record: Record) -> str:
    name = ELEMENTS[record.type]
    told = {TYPE: record.type, **record.fields}
    inside = "".join(f"<{key}>{escaped(text)}</{key}>" for key, text in told.items() if text)
    return f"<{name}>{inside}</{name}>"


def read_xml(data: bytes) -> tuple[list[Record], list[Problem]]:
    """The records of an XML form, in their order."""
    root, problems = parsed(data)
    if root is None:
        return [], problems
    found = root if etree.QName(root).localname == "NAILBA800" else root.find("{*}NAILBA800")
    if found is None:
        return [], [Problem("nailba_root", etree.QName(root).localname, "", "NAILBA800")]
    types = {element: kind for kind, element in ELEMENTS.items()}
    records = []
    for element in found.iter("{*}*"):
        kind = types.get(etree.QName(element).localname)
        if kind:
            told = {
                etree.QName(c).localname: (c.text or "").strip()
                for c in element
                if isinstance(c.tag, str)
            }
            told.pop(TYPE, None)
            records.append(Record(kind, {name: text for name, text in told.items() if text}))
    return records, problems
