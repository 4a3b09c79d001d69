"""A carrier's words for a case as they are kept, and the snapshot by which a change is undone."""

from collections.abc import Mapping
from typing import Any

from megler.cases.rules.status import Act
from megler.feeds.rules.feeding import Difference
from megler.feeds.rules.records import Record
from megler.feeds.rules.words import Field, Told

STATUS_FIELDS = (
    "status", "status_since", "decision", "outcome", "closed_from", "decided_at", "issued_at",
    "carrier_words", "carrier_said_at", "carrier_channel",
)  # fmt: skip
OFFER_FIELDS = tuple(f.value for f in (Field.CLASS, Field.FACE_AMOUNT, Field.PREMIUM, Field.MODE))
SETS: dict[str, tuple[str, ...]] = {
    Told.STATUS: (*STATUS_FIELDS, *OFFER_FIELDS, "term_years_approved"),
    Told.POLICY_NUMBER: ("policy_number",),
    Told.COMMENT: ("carrier_words", "carrier_said_at", "carrier_channel"),
    Told.OFFER: OFFER_FIELDS,
}
"""The case's fields that a difference of each kind sets, so those that its undoing restores."""

STANDS_ON = {
    Told.STATUS: ("status", "decision", "outcome"),
    Told.POLICY_NUMBER: ("policy_number",),
    Told.COMMENT: ("carrier_words",),
    Told.OFFER: OFFER_FIELDS,
}
"""The fields that must still be as the change left them for it to be undone."""


def said_whole(record: Record) -> str:
    """The carrier's own words: its status, and its remarks after it.

    >>> from megler.feeds.rules.records import Keys
    >>> said_whole(Record(1, Keys(), status="UW-Rev", comment="APS due"))
    'UW-Rev: APS due'
    """
    return ": ".join(part for part in (record.status, record.comment) if part)[:4000]


def issues(difference: Difference) -> bool:
    """Whether a difference issues the policy, and so sets its number too."""
    return any(step.act is Act.RECORD_ISSUE for step in difference.steps)


def told_terms(text: str) -> dict[str, str]:
    """The parts of what is offered, from how a difference names them.

    >>> told_terms("face_amount_approved=250000.00|mode_approved=monthly")
    {'face_amount_approved': '250000.00', 'mode_approved': 'monthly'}
    """
    parts = (part.partition("=") for part in text.split("|") if part)
    return {name: value for name, _sign, value in parts}


def is_as_left(told: str, after: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The fields that are no longer as a change left them; none when it can be undone.

    >>> is_as_left("policy_number", {"policy_number": "N1"}, {"policy_number": "N2"})
    ['policy_number']
    """
    return [
        name
        for name in STANDS_ON.get(Told(told), ())
        if name in after and str(after[name] or "") != str(now.get(name) or "")
    ]
