"""Writing records as JSON-ready objects, as the specification wants them: its letters, its lengths."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from megler.exchange.iri.layout import Place, places
from megler.exchange.iri.records import (
    NAME,
    ApplicationStatus,
    DocumentReview,
    Funding,
    Notification,
    Received,
    Reconciliation,
    StatusPage,
    Suitability,
)
from megler.exchange.iri.words import CAN_SELL_IN_STATUS, Event, Section

_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ø": "o",
        "å": "a",
        "Æ": "Ae",
        "Ø": "O",
        "Å": "A",
        "ß": "ss",
        "đ": "d",
        "Đ": "D",
        "ł": "l",
        "Ł": "L",
        "’": "'",
        "–": "-",
    }
)
_SECTIONS = {"can_sell_validations", "document_reviews", "suitability", "fundings"}
_WHOLE_ONLY = {
    "is_action_needed",
    "action_sections",
    "signed_date",
    "received_date",
    "issued_date",
    "effective_date",
    "rate_effective_date",
    "funds_held_until_date",
    "cancellation",
} | _SECTIONS


def plain_name(name: str) -> str:
    """A name in the letters that the specification lets it have; what has no likeness becomes "?".

    >>> plain_name("Åse Bjørnø")
    'Ase Bjorno'
    """
    apart = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter if re.fullmatch(NAME, letter) else "?" for letter in bare)


def status_json(status: ApplicationStatus) -> dict[str, Any]:
    """The whole answer about one application."""
    return _in_status(_object(status))


def policy_json(status: ApplicationStatus) -> dict[str, Any]:
    """The same without the sections and the caller's own id."""
    return _in_status(_object(status, without=_SECTIONS | {"correlation_id"}))


def summary_json(status: ApplicationStatus) -> dict[str, Any]:
    """One of many: no sections, no days of its own."""
    return _object(status, without=_WHOLE_ONLY | {"correlation_id"})


def section_json(section: object) -> dict[str, Any]:
    """One section by itself."""
    return _object(section, without={"action_sections"})


def page_json(page: StatusPage) -> dict[str, Any]:
    """A part of a search; the list that has no records is left out unless both are empty."""
    document = _object(page, without={"application_statuses", "policies"})
    name, found = "applicationStatuses", page.application_statuses
    if page.policies:
        name, found = "policies", page.policies
    return document | {name: [summary_json(one) for one in found]}


def notification_json(sent: Notification) -> dict[str, Any]:
    """A notification as it is pushed; what the specification asks for twice stands twice."""
    document = _object(sent)
    news = _object(sent.news) if sent.news else {}
    if isinstance(sent.news, Funding | DocumentReview | Suitability) and sent.event_type:
        news.setdefault("actionSections", [])
    document["notification"] = news
    if isinstance(sent.news, Received):
        document["cusip"] = sent.news.cusip
    if sent.event_type is Event.SUITABILITY_DECIDED:
        document |= {key: news[key] for key in ("endDate", "isApproved") if key in news}
    return document


def reconciliation_json(found: Reconciliation) -> dict[str, Any]:
    """What was published."""
    return {"totalEvents": found.total_events or 0, "events": [_object(e) for e in found.events]}


def _object(record: object, without: set[str] | None = None) -> dict[str, Any]:
    """A record as an object; what is not said is left out."""
    document: dict[str, Any] = {}
    for place in places(cast(Any, type(record))):
        value = getattr(record, place.attribute)
        if value in (None, "", ()) or (without and place.attribute in without):
            continue
        given = value if isinstance(value, tuple) else (value,)
        written = [_one(place, one) for one in given]
        document[place.name] = written if place.many else written[0]
    return document


def _one(place: Place, value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        fitting = plain_name(value) if place.rules.pattern == NAME else value
        return fitting[: place.rules.most] if place.rules.most else fitting
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    return _object(value)


def _in_status(document: dict[str, Any]) -> dict[str, Any]:
    """With the sections as application status spells them, and each section without its own list."""
    if sections := document.get("actionSections"):
        ours = Section.CAN_SELL.value
        document["actionSections"] = [CAN_SELL_IN_STATUS if s == ours else s for s in sections]
    return document
