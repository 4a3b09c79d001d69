"""Whose results these are: numbers name the item, and nothing about the person may contradict."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.orders.rules.matching import (
    About,
    Candidate,
    Person,
    is_meant,
    mismatches,
    proposals,
    same_name,
)

KARI = Person("Kari", "Hope", born=date(1979, 2, 11), ssn="111-22-3333")


def codes(told: Person, has_files: bool = True) -> list[str]:
    return [reason.code for reason in mismatches(told, KARI, has_files=has_files)]


@pytest.mark.parametrize(
    "told",
    [
        Person("KARI", "HOPE"),
        Person("K", "Hope"),
        Person(full_name="Hope, Kari M."),
        Person("Kari Ann", "Hope", born=date(1979, 2, 11), ssn="3333"),
        Person("Kari", "Hope Jr.", born=date(1979, 2, 11)),
        Person("Kari", "Hope", births=(date(2010, 1, 1), date(1979, 2, 11))),
    ],
)
def test_the_same_person_however_written(told: Person) -> None:
    assert codes(told) == []


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (Person("Carl", "Hope"), ["order_other_name"]),
        (Person("Kari", "Berg"), ["order_other_name"]),
        (Person("Kari", "Hope Jr."), ["order_other_name"]),
        (Person("Kari", "Hope", births=(date(1951, 3, 4),)), ["order_other_birth"]),
        (Person("Kari", "Hope", born=date(1979, 2, 12)), ["order_other_birth"]),
        (Person("Kari", "Hope", ssn="999-99-4444"), ["order_other_ssn"]),
        (Person(), ["order_no_name"]),
        (
            Person("Ola", "Lund", born=date(1950, 1, 1), ssn="4444"),
            ["order_other_name", "order_other_birth", "order_other_ssn"],
        ),
    ],
)
def test_another_person_is_known_with_every_reason(told: Person, found: list[str]) -> None:
    assert codes(told) == found


def test_a_status_without_a_name_is_taken_by_its_numbers() -> None:
    assert codes(Person(), has_files=False) == []


def test_accents_and_signs_make_no_other_name() -> None:
    assert same_name(Person("Jose", "OBrien"), Person("José", "O'Brien"))


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_name_is_compared(first: str, last: str) -> None:
    assert isinstance(same_name(Person(first, last), KARI), bool)


def one(number: int, person: Person = KARI) -> Candidate:
    return Candidate(UUID(int=number), f"R-{number}", f"O-{number}", "", "aps", person)


def test_numbers_name_an_item() -> None:
    assert is_meant(About("R-1"), one(1))
    assert not is_meant(About("R-2", "O-1"), one(1))
    assert is_meant(About("", "O-1", "aps"), one(1))
    assert not is_meant(About("", "O-1", "ecg"), one(1))
    assert not is_meant(About(), one(1))
    assert is_meant(About("", "V-7"), replace(one(1), vendor_number="V-7"))


def test_proposals_come_likeliest_first_with_their_reasons() -> None:
    about = About("R-9", "O-2", "aps", KARI)
    found = proposals(about, [one(1, Person("Ola", "Lund")), one(2), one(3)])
    assert [p.item.int for p in found] == [2, 3]
    assert "order_same_number" in {reason.code for reason in found[0].reasons}
    assert found[0].score > found[1].score
