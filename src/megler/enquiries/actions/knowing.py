"""What we know by which a client can be told, and the summary that goes out without it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from megler.clients.models import Client
from megler.clients.rules.people import ClientKind
from megler.enquiries.models import Enquiry
from megler.enquiries.rules.scrubbing import Secrets
from megler.enquiries.rules.summary import Summary, summary_of
from megler.underwriting.actions.answers import facts_of


def secrets_of(enquiry: Enquiry) -> Secrets:
    """Everything by which the client of an enquiry can be told, as far as anybody here knows it."""
    names: list[str] = [str(enquiry.known_as)]
    phrases: list[str] = []
    numbers: list[str] = []
    days: list[date] = []
    if client := enquiry.client:
        is_person = client.kind == ClientKind.PERSON
        (names if is_person else phrases).append(client.name)
        names += [client.first_name, client.middle_name, client.last_name]
        phrases += [*_places(client), client.email]
        numbers += [client.ssn or "", client.phone, client.zip]
        days += [client.born] if client.born else []
    facts = facts_of(enquiry.facts, enquiry.on)
    for person in facts.people:
        days += [person.born.first] if person.born and person.born.is_exact else []
        names += [person.owner.name or ""] if person.owner else []
        names += [one.name or "" for one in person.beneficiaries or ()]
        covers = (*(person.in_force or ()), *(person.pending or ()))
        numbers += [one.policy_number or "" for one in covers]
        numbers += [person.zip or ""]
        phrases += [person.county or ""]
    phrases += [line.strip() for line in str(enquiry.hidden).splitlines()]
    return Secrets(
        tuple(_once(names)),
        tuple(_once(phrases)),
        tuple(_once(numbers)),
        tuple(dict.fromkeys(days)),
    )


def _places(client: Client) -> list[str]:
    return [client.street, f"{client.street} {client.unit}" if client.unit else "", client.city]


def _once(texts: list[str]) -> Iterator[str]:
    return (text for text in dict.fromkeys(texts) if text.strip())


def summary_for(enquiry: Enquiry, secrets: Secrets | None = None) -> Summary:
    """What carriers may see of an enquiry."""
    return summary_of(
        facts_of(enquiry.facts, enquiry.on),
        enquiry.on,
        secrets or secrets_of(enquiry),
        purpose=str(enquiry.purpose),
        words=str(enquiry.remarks),
    )


def line_of(facts: Mapping[str, Any]) -> str:
    """The line of business that a facts document asks for; empty when it says none."""
    wants = facts.get("wants") or {}
    first = wants[0] if isinstance(wants, list) and wants else wants
    return str(first.get("line") or "") if isinstance(first, Mapping) else ""
