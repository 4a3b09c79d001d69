"""What records tell, with page, day and how sure it is; what is denied or another's is left."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from megler.orders.rules.aps import DIAGNOSIS, DRUG, READING, VISIT, Entry, Page, entries

RECORDS = [
    Page(
        1,
        (
            "Hill Clinic      Patient: Kari Hope   DOB 02/11/1979",
            "Office visit 03/05/2024",
            "BP 138/88 mmHg  Pulse 72  Wt 182 lb  BMI 29.4",
            "Assessment: type 2 diabetes mellitus (E11.9), hypertension. No stroke.",
            "Metformin 500 mg twice daily",
            "HbA1c 7.1 % reported 02/20/2024",
        ),
    ),
    Page(
        2,
        (
            "Mother had a heart attack at 58",
            "Total cholesterol 212 mg/dL; LDL 131; HDL 44",
            "Account 120/80 page 2/7",
        ),
    ),
]


def told(kind: str, code: str) -> list[Entry]:
    return [e for e in entries(RECORDS) if (e.kind, e.code) == (kind, code)]


def test_readings_come_with_day_page_and_unit() -> None:
    (pressure,) = told(READING, "blood_pressure")
    assert (pressure.value, pressure.second, pressure.unit) == (Decimal(138), Decimal(88), "mmHg")
    assert (pressure.on, pressure.page, pressure.line) == (date(2024, 3, 5), 1, 3)
    (a1c,) = told(READING, "a1c")
    assert (a1c.value, a1c.on) == (Decimal("7.1"), date(2024, 2, 20))
    assert a1c.confidence > pressure.confidence


def test_a_day_of_the_page_before_is_less_sure() -> None:
    (ldl,) = told(READING, "ldl")
    (weight,) = told(READING, "weight")
    assert (ldl.page, ldl.on) == (2, date(2024, 3, 5))
    assert ldl.confidence < weight.confidence


def test_diagnoses_and_drugs_are_the_fields_words() -> None:
    assert told(DIAGNOSIS, "diabetes_type_2") != []
    assert told(DIAGNOSIS, "hypertension") != []
    assert told(DRUG, "metformin") != []


def test_the_denied_and_the_familys_are_left() -> None:
    found = {e.code for e in entries(RECORDS) if e.kind == DIAGNOSIS}
    assert not found & {"stroke", "myocardial_infarction"}


def test_a_visit_is_dated_and_a_birth_is_none() -> None:
    assert [e.on for e in told(VISIT, VISIT)] == [date(2024, 3, 5)]


def test_numbers_without_a_label_are_no_pressure() -> None:
    assert len(told(READING, "blood_pressure")) == 1


def test_what_is_said_twice_on_a_page_stands_once() -> None:
    page = Page(1, ("Seen 03/05/2024", "BP 120/80", "BP 120/80"))
    assert len([e for e in entries([page]) if e.kind == READING]) == 1


MANY_HANDS = [
    Page(
        1, ("Fax date 11/02/2026", "Re: Kari Hope  DOB: 02/11/1979", "Records 01/01/2020 requested")
    ),
    Page(
        2,
        (
            "OFFICE VISIT",
            "Oct. 3, 2025",
            "No hx of MI. FHx: father MI at 54",
            "BMI 34.5 Wt 95.3 kg",
        ),
    ),
    Page(
        3, ("12-Sep-2024", "Family History:", "Heart disease", "Assessment: HTN", "RTC 01/13/2027")
    ),
    Page(4, ("PSYCHIATRY   May 9th, 2025   M. Rao", "MDD improving", "Next appt 06/09/2025")),
    Page(5, ("MEDICATIONS", "Metformin 1000 mg", "Printed 11/02/2026")),
]


def test_records_of_many_hands_tell_each_its_own_day_and_nobody_elses() -> None:
    found = entries(MANY_HANDS, date(2026, 11, 3))
    told = {(e.page, e.kind, e.code, e.on.isoformat() if e.on else "") for e in found}
    assert told == {
        (2, VISIT, VISIT, "2025-10-03"),
        (2, READING, "bmi", "2025-10-03"),
        (2, READING, "weight", "2025-10-03"),
        (3, DIAGNOSIS, "hypertension", "2024-09-12"),
        (4, DIAGNOSIS, "depression", "2025-05-09"),
        (5, DRUG, "metformin", ""),
    }


def test_nothing_has_happened_that_is_later_than_the_records() -> None:
    page = Page(1, ("Office visit 03/05/2030", "BP 130/80"))
    assert {e.on for e in entries([page], date(2026, 11, 3))} == {None}
    assert {e.on for e in entries([page])} == {date(2030, 3, 5)}


@settings(max_examples=40)
@given(st.lists(st.text(max_size=120), max_size=8))
def test_any_page_is_read(lines: list[str]) -> None:
    for one in entries([Page(1, tuple(lines))]):
        assert 0 < one.confidence <= 100
        assert one.words == lines[one.line - 1][:300]
