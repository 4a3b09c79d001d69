"""Evidence of an enquiry: what it serves, and whether it may go out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from megler.enquiries.rules.evidence import Enclosing, Gathered, enclosing_problems, serving
from megler.vocabulary.codes import RequirementKind

ON = date(2026, 3, 2)
EXAM = RequirementKind.PARAMEDICAL_EXAM
APS = RequirementKind.APS


def test_the_newest_piece_that_is_not_too_old_serves() -> None:
    old = Gathered("1", EXAM, date(2024, 1, 1))
    older, newer = Gathered("2", EXAM, date(2026, 1, 1)), Gathered("3", EXAM, date(2026, 2, 1))
    assert serving(EXAM, "", [old, newer, older], ON) == newer
    assert serving(EXAM, "", [old], ON) is None
    assert serving(APS, "", [newer], ON) is None


def test_a_carrier_that_takes_evidence_for_less_long_is_not_served_by_it() -> None:
    exam = Gathered("1", EXAM, date(2026, 1, 1))
    assert serving(EXAM, "", [exam], ON, valid_days=90) == exam
    assert serving(EXAM, "", [exam], ON, valid_days=30) is None


def test_records_of_another_doctor_do_not_serve() -> None:
    records = Gathered("1", APS, date(2026, 1, 1), "Dr. By, Tampa")
    assert serving(APS, "dr. by,  tampa", [records], ON) == records
    assert serving(APS, "Dr. Lie", [records], ON) is None
    assert serving(APS, "", [records], ON) == records


@given(st.integers(0, 2000))
def test_what_serves_is_never_past_its_day(days: int) -> None:
    one = Gathered("1", EXAM, ON - timedelta(days=days))
    until = one.serves_until()
    assert until is not None
    assert one.serves_on(ON) == (until > ON)


def test_nothing_of_the_future_serves() -> None:
    assert not Gathered("1", APS, ON + timedelta(days=1)).serves_on(ON)


def test_a_paper_goes_out_only_redacted_nameless_and_authorised() -> None:
    good = Enclosing("APS", True, True, False, True, ON + timedelta(days=1))
    assert enclosing_problems([good], ON) == []
    bad = Enclosing("APS", False, False, True, False)
    over = Enclosing("labs", True, True, False, True, ON)
    assert [p.code for p in enclosing_problems([bad, over], ON)] == [
        "enquiry_no_document",
        "enquiry_not_redacted",
        "enquiry_names_client",
        "enquiry_no_authorisation",
        "enquiry_authorisation_over",
    ]
