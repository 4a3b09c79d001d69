"""Vendors' messages read, 121 and 1122, beside lxml that parses the same bytes.

Bare, lxml parses and looks at nothing; used, it looks at every element's name, text and attributes,
and what stands in base64 is decoded as a program that wants the pages must.
Megler makes of the bytes what a vendor says of which order: codes as words, files decoded, and
everything that it does not understand listed. What is read must be what was written.
"""

import random
from binascii import a2b_base64
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from lxml import etree

from benchmarks.report import Line, Report, duration, goal, times
from benchmarks.txlife import _in_turns, _seen
from megler.exchange.txlife.orders import (
    File,
    Ordered,
    Reported,
    Wanted,
    Whom,
    attachment,
    read_results,
    write_order,
    write_report,
)
from megler.exchange.txlife.records import Coded, Requirement, StatusEvent

_GOAL = 3.0
_AT = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
_KARI = Whom(
    first_name="Kari", last_name="Hope", born="1985-06-14", sex="female", ssn="078-05-1121",
    street="1 Oak St", city="Addison", jurisdiction="TX", zip="75001", phone="5125550142",
)  # fmt: skip
_CLINIC = Whom(organisation="Hillside Family Medicine", city="Austin", jurisdiction="TX")
_KINDS = ("paramedical_exam", "blood_profile", "urine", "ecg", "aps")


def full() -> Iterator[Report]:
    """An order with five things, five results with their pages, and a morning's statuses."""
    yield from _reports(rounds=200, pages=400_000, many=400)


def quick() -> Iterator[Report]:
    """The same in small."""
    yield from _reports(rounds=3, pages=20_000, many=10)


def _reports(*, rounds: int, pages: int, many: int) -> Iterator[Report]:
    yield _report("An order (121) of five", _order(), 5, rounds)
    yield _report("A status (1122) of one", _told(1, events=1), 1, rounds)
    yield _report("Statuses (1122) of a morning", _told(many, events=3), many, max(3, rounds // 40))
    files = _told(5, events=2, pages=pages)
    yield _report("Results (1122) of five, with their pages", files, 5, max(3, rounds // 10))


def _report(title: str, data: bytes, said: int, rounds: int) -> Report:
    answers, problems = read_results(data)
    if problems or sum(len(one.said) for one in answers) != said:
        raise SystemExit(f"{title}: what was written is not read again: {problems}")
    root = _parsed(data)
    files = [one.text or "" for one in root.iter("{*}AttachmentData")]
    timed: dict[str, Callable[[], object]] = {
        "lxml parses": partial(_parsed, data),
        "lxml looks at every element": partial(_seen, root),
        "files are decoded": lambda: [a2b_base64(text) for text in files],
        "Megler reads": partial(read_results, data),
    }
    took = _in_turns(timed, rounds)
    bare, ours = took["lxml parses"], took["Megler reads"]
    used = bare + took["lxml looks at every element"] + took["files are decoded"]
    lines = [
        Line("lxml, bare", duration(bare), times(bare / ours)),
        Line("lxml, used", duration(used), times(used / ours)),
        Line("Megler", duration(ours)),
    ]
    goals = [
        goal(f"read within {_GOAL:.0f} times lxml, {name}", _GOAL * one / ours, 1)
        for name, one in (("bare", bare), ("used", used))
    ]
    elements = sum(1 for _ in root.iter())
    return Report(f"{title}: {elements} elements, {len(data):,} bytes", lines, goals)


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))


def _order() -> bytes:
    wanted = tuple(Wanted(f"O-1-{n}", Coded(kind)) for n, kind in enumerate(_KINDS))
    return write_order(
        Ordered(
            guid="0c86e6a9-b001-4f7e-9a51-6f1d2f0a9d2f", at=_AT, number="O-1", insured=_KARI,
            wanted=wanted, agency="Berg & Sønn", carrier_name="Fjord Life", face_amount="500000",
            agent="Anna Berg", facility=_CLINIC,
        )
    )  # fmt: skip


def _told(requirements: int, *, events: int, pages: int = 0) -> bytes:
    chance = random.Random(1122)  # noqa: S311 - only so that files differ
    told = tuple(
        Requirement(
            id=f"Requirement_{number}",
            party_id="Party_Insured",
            unique_id=f"O-1-{number}",
            order_number=f"V-{number}",
            events=tuple(_event(number, hour) for hour in range(events)),
            attachments=(attachment(File(f"{number}.pdf", chance.randbytes(pages))),)
            if pages
            else (),
        )
        for number in range(1, requirements + 1)
    )
    guid = "1c86e6a9-b001-4f7e-9a51-6f1d2f0a9d2f"
    return write_report(Reported(guid, _AT, "Swift Exams", "O-1", _KARI, told))


def _event(number: int, hour: int) -> StatusEvent:
    at = _AT + timedelta(hours=hour)
    return StatusEvent(
        code=Coded("other", "Others"),
        provider_code=f"S{number % 7}",
        on=f"{at:%Y-%m-%d}",
        at=f"{at:%H:%M:%S}+00:00",
        detail="Appointment made with the client at home",
    )
