"""Who stands in a case beside the insured, as the application tells it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from megler.cases.rules.parties import PartyRole, insureds_told, parties_told, split_name
from megler.clients.rules.people import ClientKind, client_problems

OWNED: dict[str, Any] = {
    "owner_is_insured": "no",
    "owner_kind": "person",
    "owner_name": "Ola Hope",
    "owner_born": "1983-01-20",
    "owner_ssn": "219099999",
    "owner_email": "ola@example.com",
    "owner_address": {"street": "1 Palm Way", "city": "Tampa", "state": "FL", "zip": "33602"},
}
PAID = {
    "payment_payor": "other",
    "payor_full_name": "Siri Nes",
    "payor_born": "1950-02-01",
    "payor_phone": "8135550142",
}


def test_an_owner_is_told_with_what_is_known() -> None:
    (owner,) = parties_told(OWNED)
    assert owner.role is PartyRole.OWNER
    known = owner.known
    assert (known.first_name, known.last_name, known.born) == ("Ola", "Hope", date(1983, 1, 20))
    assert (known.city, known.jurisdiction, known.ssn) == ("Tampa", "FL", "219099999")


@pytest.mark.parametrize("kind", ["trust", "business"])
def test_a_trust_or_a_business_is_an_organisation_without_birth_date(kind: str) -> None:
    (owner,) = parties_told(OWNED | {"owner_kind": kind, "owner_name": "The Hope Family Trust"})
    assert owner.known.kind is ClientKind.ORGANISATION
    assert (owner.known.name, owner.known.born, owner.known.ssn) == (
        "The Hope Family Trust",
        None,
        "",
    )


def test_who_owns_or_pays_themselves_is_told_once() -> None:
    assert parties_told({**OWNED, "owner_is_insured": "yes"}) == []
    assert parties_told({"payment_payor": "owner", "payor_full_name": "Siri Nes"}) == []


def test_somebody_else_who_pays_is_told_beside_the_owner() -> None:
    assert [one.role for one in parties_told({**OWNED, **PAID})] == ["owner", "payor"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ola Hope", ("Ola", "Hope")),
        ("Ola Nordmann Hope III", ("Ola Nordmann", "Hope III")),
        ("Ola Hope, Jr.", ("Ola", "Hope, Jr.")),
        ("Hope", ("", "Hope")),
        ("", ("", "")),
    ],
)
def test_a_name_in_one_field_is_split(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@given(st.text(min_size=1, max_size=60).filter(str.strip))
def test_whatever_the_name_a_record_can_be_kept(name: str) -> None:
    (owner,) = parties_told({**OWNED, "owner_name": name})
    assert list(client_problems(owner.known, date(2026, 1, 1))) == []


def test_who_is_insured_together_is_taken_once_with_what_is_known() -> None:
    people = [{"name": "Ola Hope", "born": "1977-05-04"}, {"name": "Plato"}, {}]
    told = {"care_partner": "yes", "care_partner_name": "ola hope"}
    found = insureds_told(told, people)
    assert [(one.first_name, one.born) for one in found] == [("Ola", date(1977, 5, 4))]
    assert insureds_told({"care_partner": "no", "care_partner_name": "Ola Hope"}) == []
