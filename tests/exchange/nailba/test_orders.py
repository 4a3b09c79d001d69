"""NAILBA 800: by columns where they are known, as XML otherwise; never a guessed column."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from megler.exchange.nailba.layouts import WIDTH, published, read_layout, with_own
from megler.exchange.nailba.orders import read_orders, write_order
from megler.exchange.nailba.records import Record, read_fixed, write_fixed
from megler.exchange.txlife.orders import Ordered, Wanted, Whom
from megler.exchange.txlife.records import Coded

AT = datetime(2026, 3, 2, 15, tzinfo=UTC)
KARI = Whom(
    "Kari", "M", "Hope", born="1979-02-11", sex="female", ssn="111-22-3333", street="1 Way",
    city="Austin", jurisdiction="TX", zip="78701", phone="205-444-1900",
)  # fmt: skip
ORDER = Ordered(
    "g", AT, "O-10001", KARI, (Wanted("1", Coded("paramedical_exam"), "x " * 90),), "Berg"
)
OWN = """\
3A,RecordType,1,2
3A,TransactionSequenceNumber,3,7
3A,AddressLine1,8,37
3A,City,38,62
3A,State,63,64
3A,PostalCode,65,73
99END,RecordType,1,5
99END,RecordLength,6,9
99END,NCSSPStandardNumber,10,12
99END,NCSSPVersionNumber,13,16
99END,DateSent,17,22
99END,TimeSent,23,31
99END,SenderName,32,56
99END,TargetName,57,81
99END,TotalRecordCount,82,91
"""
PRINTED = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)


def test_as_xml_an_order_comes_back() -> None:
    data, problems = write_order(ORDER, "Swift", None)
    assert problems == []
    ((found,), told) = read_orders(data)
    assert told == []
    assert (found.number, found.insured.last_name, found.insured.born) == (
        "O-10001",
        "Hope",
        KARI.born,
    )
    assert found.services[0][0] == "PARA"
    assert found.services[0][1].replace(" ", "") == "x" * 90


def test_by_columns_too_where_the_vendor_has_told_its_own() -> None:
    layout, problems = with_own(OWN)
    assert problems == []
    data, more = write_order(ORDER, "Swift", layout)
    assert more == []
    lines = data.decode().splitlines()
    assert {len(line) for line in lines} == {WIDTH}
    assert lines[-1].startswith("99END0250800")
    ((found,), _told) = read_orders(data, layout)
    assert (found.number, found.insured.ssn) == ("O-10001", "111223333")


def test_a_file_cut_anywhere_is_told() -> None:
    layout, _problems = with_own(OWN)
    for chosen in (layout, None):
        data, _more = write_order(ORDER, "Swift", chosen)
        assert read_orders(data, chosen)[1] == []
        for end in range(1, len(data) - WIDTH, 97):
            assert read_orders(data[:end], chosen)[1], data[:end][-60:]


def test_without_its_columns_nothing_is_written() -> None:
    data, problems = write_order(ORDER, "Swift", published())
    assert data == b""
    assert {p.found for p in problems} == {"3A", "99END"}
    assert {p.code for p in problems} == {"nailba_no_layout"}


def test_what_does_not_fit_is_told_and_not_cut() -> None:
    long = replace(ORDER, insured=replace(KARI, last_name="Å" * 30))
    layout, _problems = with_own(OWN)
    data, problems = write_order(long, "Swift", layout)
    assert data == b""
    assert {p.code for p in problems} == {"nailba_too_long", "nailba_not_ascii"}


def test_a_service_without_a_code_is_told() -> None:
    unknown = replace(ORDER, wanted=(Wanted("1", Coded("ecg")),))
    _data, problems = write_order(unknown, "Swift", None)
    assert [p.code for p in problems] == ["order_code_missing"]


def test_every_wrong_line_of_a_layout_is_told() -> None:
    _layout, problems = read_layout("3A,City,1\n9Z,City,1,2\n3A,City,9,2\n3A,A,1,5\n3A,B,4,6")
    assert [p.code for p in problems] == [
        "nailba_layout_line", "nailba_layout_line", "nailba_layout_columns", "nailba_layout_overlap",
    ]  # fmt: skip


@given(PRINTED, PRINTED)
def test_a_record_comes_back_as_it_was(last: str, first: str) -> None:
    told = {"LastName": last[:25], "FirstName": first[:15]}
    data, problems = write_fixed([Record("$$HDR"), Record("1A", told)], published())
    assert problems == []
    records, _told = read_fixed(data, published())
    assert records[1].fields == {name: text for name, text in told.items() if text}


@given(st.binary(max_size=300))
def test_any_bytes_are_read(data: bytes) -> None:
    for layout in (None, published()):
        _orders, problems = read_orders(data, layout)
        assert problems
