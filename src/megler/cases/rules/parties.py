"""Who stands in a case beside the proposed insured, as the application tells it: owner and payor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from megler.clients.rules.people import ClientKind, Known

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "esq"})


class PartyRole(StrEnum):
    """What somebody is to the policy."""

    INSURED = "insured"
    JOINT_INSURED = "joint_insured"
    OWNER = "owner"
    PAYOR = "payor"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a role, and what the application tells of them."""

    role: PartyRole
    known: Known


def parties_told(values: Mapping[str, Any]) -> list[Party]:
    """The owner where another owns the policy, and the payor where somebody else pays.

    `values` are the application's answers by question. Who is not named is left out; the proposed
    insured is the case's client and not told here.

    >>> [one.role.value for one in parties_told({"owner_is_insured": "yes"})]
    []
    """
    found = []
    if values.get("owner_is_insured") == "no" and values.get("owner_name"):
        is_person = values.get("owner_kind", "person") == "person"
        found.append(
            Party(PartyRole.OWNER, _known(values, "owner", values["owner_name"], is_person))
        )
    if values.get("payment_payor") == "other" and (payor := _payor(values)):
        found.append(Party(PartyRole.PAYOR, _known(values, "payor", payor, True)))
    return found


def insureds_told(
    values: Mapping[str, Any], people: Sequence[Mapping[str, Any]] = ()
) -> list[Known]:
    """Those insured together with the first: of the quote's `people` by name, and a partner for care.

    `people` are the others whom the offer is for, as the facts document tells them. Who has no full
    name is left out.

    >>> told = {"care_partner": "yes", "care_partner_name": "Ola Hope"}
    >>> [one.first_name for one in insureds_told(told)]
    ['Ola']
    """
    rows = [dict(one) for one in people]
    if values.get("care_partner") == "yes":
        rows.append({"name": values.get("care_partner_name")})
    found: dict[tuple[str, str], Known] = {}
    for row in rows:
        first, last = split_name(str(row.get("name") or ""))
        if not (first and last):
            continue
        born = _day(row.get("born"))
        key = (first.casefold(), last.casefold())
        if key not in found or found[key].born is None:
            found[key] = Known(first_name=first, last_name=last, born=born)
    return list(found.values())


def _day(told: object) -> date | None:
    try:
        return date.fromisoformat(str(told))
    except ValueError:
        return None


def _payor(values: Mapping[str, Any]) -> str:
    """The payor's name; general forms ask for name and relationship in one field."""
    alone = values.get("payor_full_name") or ""
    with_relationship = values.get("payment_payor_name") or ""
    return (alone or with_relationship.partition(",")[0]).strip()


def _known(values: Mapping[str, Any], of: str, name: str, is_person: bool) -> Known:
    address = values.get(f"{of}_address") or {}
    born = values.get(f"{of}_born") if is_person else None
    first, last = split_name(name) if is_person else ("", "")
    is_person = bool(first and last)
    return Known(
        kind=ClientKind.PERSON if is_person else ClientKind.ORGANISATION,
        name="" if is_person else name.strip(),
        first_name=first if is_person else "",
        last_name=last if is_person else "",
        born=date.fromisoformat(born) if born else None,
        ssn=(values.get(f"{of}_ssn") or "") if is_person else "",
        email=values.get(f"{of}_email") or "",
        phone=values.get(f"{of}_phone") or "",
        street=address.get("street", ""),
        unit=address.get("unit", ""),
        city=address.get("city", ""),
        zip=address.get("zip", ""),
        jurisdiction=address.get("state", ""),
    )


def split_name(name: str) -> tuple[str, str]:
    """First names and last name of a name in one field; a suffix stays with the last name.

    >>> split_name("Ola Nordmann Hope Jr.")
    ('Ola Nordmann', 'Hope Jr.')
    >>> split_name("Plato")
    ('', 'Plato')
    """
    words = name.split()
    cut = len(words) - 1
    while cut > 1 and words[cut].strip(".,").casefold() in _SUFFIXES:
        cut -= 1
    return " ".join(words[:cut]).rstrip(","), " ".join(words[cut:])
