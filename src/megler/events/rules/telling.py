"""What a webhook says: small, with ids, the verb and words of the status; the rest is asked for by API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

TOLD = (
    "kind",
    "requirement",
    "document",
    "note",
    "question",
    "request",
    "change",
    "decision",
    "closing",
    "outcome",
    "holder",
    "policy_number",
)
"""Keys of what the journal tells that may leave the house: ids and codes, never words of people."""


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as it is told. `number` counts the events of its case, from 1."""

    key: str
    verb: str
    at: datetime
    number: int
    case_id: str
    case_number: str
    status: str
    decision: str
    holder: str
    next_step: str
    policy_number: str
    told: Mapping[str, Any]


def payload(event: Happened, link: str) -> dict[str, Any]:
    """The body of a webhook, as Standard Webhooks shapes it: type, timestamp, data."""
    about = {key: event.told[key] for key in TOLD if isinstance(event.told.get(key), str)}
    return {
        "type": event.verb,
        "timestamp": event.at.isoformat(),
        "data": {
            "event": event.key,
            "sequence": event.number,
            "case": {
                "id": event.case_id,
                "number": event.case_number,
                "status": event.status,
                "decision": event.decision or None,
                "holder": event.holder or None,
                "next_step": event.next_step,
                "policy_number": event.policy_number or None,
            },
            "about": about,
            "link": link,
        },
    }


def wants(kinds: Iterable[str], verb: str) -> bool:
    """Whether somebody who wants these kinds wants the verb: itself, its noun, or everything.

    >>> wants(["requirement"], "requirement.received"), wants([], "case.opened")
    (True, True)
    """
    wanted = set(kinds)
    return not wanted or verb in wanted or verb.partition(".")[0] in wanted
