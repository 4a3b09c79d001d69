"""The words of orders."""

from enum import StrEnum

from megler.cases.rules.kinds import USUAL
from megler.cases.rules.words import Holder
from megler.vocabulary.codes import RequirementKind


class Event(StrEnum):
    """What a vendor's word says of an item."""

    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    MISSED = "missed"
    WORKING = "working"
    FEE_ASKED = "fee_asked"
    PARTIAL = "partial"
    RESULT = "result"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    NOTE = "note"


class ItemState(StrEnum):
    """How one requirement of an order stands."""

    ORDERED = "ordered"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    WORKING = "working"
    PARTLY = "partly"
    RECEIVED = "received"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({ItemState.RECEIVED, ItemState.FAILED, ItemState.CANCELLED})
"""The vendor owes nothing more."""


class OrderState(StrEnum):
    """How a whole order stands."""

    ORDERED = "ordered"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    WORKING = "working"
    PARTLY = "partly"
    RECEIVED = "received"
    FAILED = "failed"
    CANCELLED = "cancelled"


OPEN_ORDERS = frozenset(OrderState) - {
    OrderState.RECEIVED,
    OrderState.FAILED,
    OrderState.CANCELLED,
}


class FeeState(StrEnum):
    """Whether what a vendor or facility asks is paid."""

    NONE = ""
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"


class Format(StrEnum):
    """How a vendor takes orders."""

    TXLIFE = "txlife_121"
    NAILBA = "nailba_800"
    NAILBA_XML = "nailba_800_xml"
    EMAIL = "email"
    LETTER = "letter"


BY_PARTNER = frozenset({Format.TXLIFE, Format.NAILBA, Format.NAILBA_XML})
"""Delivered to a trading partner as a file."""


class Purpose(StrEnum):
    """What a message of ours is for, or what one of theirs is."""

    ORDER = "order"
    CANCEL = "cancel"
    CHANGE = "change"
    FEE_APPROVED = "fee_approved"
    FEE_REFUSED = "fee_refused"
    INQUIRY = "inquiry"
    RESULTS = "results"
    ANSWER = "answer"


class ProviderClass(StrEnum):
    """Who holds records; an authorisation names the classes that it covers."""

    PHYSICIAN = "physician"
    HOSPITAL = "hospital"
    CLINIC = "clinic"
    LABORATORY = "laboratory"
    PHARMACY = "pharmacy"
    MENTAL_HEALTH = "mental_health"
    SUBSTANCE_USE = "substance_use"


ORDINARY = (
    ProviderClass.PHYSICIAN,
    ProviderClass.HOSPITAL,
    ProviderClass.CLINIC,
    ProviderClass.LABORATORY,
    ProviderClass.PHARMACY,
)
"""What a general authorisation covers; mental health and substance use need naming (45 CFR 164.508
for psychotherapy notes, 42 CFR part 2 for substance-use records)."""

ORDERED_HERE = frozenset(kind for kind, usual in USUAL.items() if usual.brought_by is Holder.VENDOR)
"""What a vendor brings; the rest is the client's, the agent's or the carrier's own."""

NEEDS_FACILITY = frozenset({RequirementKind.APS})
"""Records of somebody else: from whom must be said, and an authorisation enclosed."""
