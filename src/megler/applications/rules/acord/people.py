"""The people of an application as ACORD's parties."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.applications.rules.acord.places import INSURED_CODES, INSURED_TEXTS, OWNER_TEXTS
from megler.exchange.txlife.records import (
    NOTHING,
    Address,
    Coded,
    Email,
    Measure,
    Party,
    Phone,
)
from megler.vocabulary.codes import JURISDICTIONS

Values = Mapping[str, Any]


def coded(value: Any) -> Coded:
    """Our word as a code; whether there is a number for it is the dialect's to say."""
    return Coded(str(value)) if value else NOTHING


def day(value: Any) -> str:
    """A day that is one; otherwise nothing."""
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return ""


def amount(value: Any) -> str:
    """A decimal text that is one; otherwise nothing."""
    try:
        number = Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return ""
    return f"{number:f}" if number is not None and number.is_finite() else ""


def insured_of(values: Values, party_id: str) -> Party:
    """The proposed insured."""
    texts: dict[str, Any] = {field: _text(values, key) for key, field in INSURED_TEXTS.items()}
    codes: dict[str, Any] = {field: coded(values.get(key)) for key, field in INSURED_CODES.items()}
    ssn = _text(values, "insured_ssn")
    state = (values.get("insured_address") or {}).get("state")
    return Party(
        id=party_id,
        kind=Coded("person"),
        government_id=ssn,
        government_id_kind=Coded("ssn") if ssn else NOTHING,
        residence_state=coded(state),
        citizenship=Coded("US") if values.get("insured_citizen") == "yes" else NOTHING,
        birth_state=_birth_state(values.get("insured_birth_place")),
        height=_measure(values.get("height_in")),
        weight=_measure(values.get("weight_lb")),
        job=_text(values, "insured_occupation"),
        addresses=_addresses(values.get("insured_address"), "home"),
        phones=_phones(values.get("insured_phone"), "mobile"),
        emails=_emails(values.get("insured_email")),
        **texts,
        **codes,
    )


def owner_of(values: Values, party_id: str) -> Party | None:
    """The owner; None when it is the insured, or not said."""
    if values.get("owner_is_insured") != "no":
        return None
    kind = values.get("owner_kind")
    ssn, tax_id = _text(values, "owner_ssn"), _text(values, "owner_tax_id")
    is_person = kind in (None, "person")
    texts: dict[str, Any] = {field: _text(values, key) for key, field in OWNER_TEXTS.items()}
    return Party(
        id=party_id,
        kind=Coded("person" if is_person else "organisation") if kind else NOTHING,
        full_name=_text(values, "owner_name"),
        organisation_form=Coded("trust") if kind == "trust" else NOTHING,
        government_id=ssn or tax_id,
        government_id_kind=Coded("ssn" if ssn else "tax_id") if ssn or tax_id else NOTHING,
        addresses=_addresses(values.get("owner_address"), "home" if is_person else "business"),
        phones=_phones(values.get("owner_phone"), "mobile"),
        emails=_emails(values.get("owner_email")),
        **texts,
    )


def doctor_of(values: Values, party_id: str) -> Party | None:
    """The personal doctor or clinic; None when there is none."""
    name = _text(values, "physician_name")
    if not name:
        return None
    place = _text(values, "physician_place")
    return Party(
        id=party_id,
        full_name=name,
        addresses=(Address(kind=Coded("business"), line1=place),) if place else (),
        phones=_phones(values.get("physician_phone"), "business"),
    )


def _text(values: Values, key: str) -> str:
    found = values.get(key)
    return "" if found is None else str(found)


def _birth_state(place: Any) -> Coded:
    """The state somebody was born in, when the place is one."""
    said = str(place or "").strip().casefold()
    names = {name.casefold(): code for code, name in JURISDICTIONS.items()}
    names |= {code.casefold(): code for code in JURISDICTIONS}
    return Coded(names[said]) if said in names else NOTHING


def _measure(value: Any) -> Measure | None:
    return None if value is None else Measure(Coded("us_standard"), str(value))


def _addresses(given: Mapping[str, str] | None, kind: str) -> tuple[Address, ...]:
    if not given:
        return ()
    return (
        Address(
            kind=Coded(kind),
            line1=given.get("street", ""),
            line2=given.get("unit", ""),
            city=given.get("city", ""),
            state_text=given.get("state", ""),
            state=coded(given.get("state")),
            zip=given.get("zip", ""),
            country=Coded("US") if given.get("state") in JURISDICTIONS else NOTHING,
        ),
    )


def _phones(number: Any, kind: str) -> tuple[Phone, ...]:
    return (Phone(kind=Coded(kind), number=str(number)),) if number else ()


def _emails(address: Any) -> tuple[Email, ...]:
    return (Email(kind=Coded("personal"), address=str(address)),) if address else ()
