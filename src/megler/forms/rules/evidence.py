"""The evidence behind a signed packet as plain data: what was signed, by whom, and what happened when.

Every event is a line of the journal, under the journal's own number; times are in UTC to the second.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from megler.forms.rules.signing import CONSENTS, Method, consent_hash


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A paper: its hash as the signers saw it, and with the signatures drawn on it."""

    name: str
    edition: str
    seen: str
    stamped: str


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the journal about a signature."""

    number: int
    at: datetime
    verb: str
    who: str
    address: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """A signature that counts, as it was given."""

    id: str
    role: str
    name: str
    typed_name: str
    method: Method
    strokes: Sequence[Sequence[Sequence[int]]]
    papers: Sequence[str]
    packet_hash: str
    consent_version: str
    consent_hash: str
    checks: Sequence[str]
    address: str
    user_agent: str
    signed_in: str
    scans: Sequence[str]
    language: str = ""


def moment(at: datetime) -> str:
    """A time as the evidence writes it.

    >>> moment(datetime(2026, 3, 1, 14, 3, 9, tzinfo=UTC))
    '2026-03-01 14:03:09 UTC'
    """
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def short(id: str) -> str:
    """The beginning of an id, as it stands beside a signature."""
    return id.replace("-", "")[:8]


def evidence(
    reference: str,
    papers: Iterable[SignedPaper],
    signatures: Iterable[SignatureFacts],
    events: Iterable[Event],
    journal: str,
) -> dict[str, Any]:
    """What the evidence page shows. `journal` names the journal's last seal before it was made."""
    signatures = list(signatures)
    versions = {one.consent_version for one in signatures} & CONSENTS.keys()
    return {
        "reference": reference,
        "papers": [
            {"name": p.name, "edition": p.edition, "seen": p.seen, "stamped": p.stamped}
            for p in papers
        ],
        "signatures": [_signature(one) for one in signatures],
        "events": [_event(one) for one in events],
        "journal": journal,
        "consents": [
            {"version": one, "hash": consent_hash(one), "lines": list(CONSENTS[one])}
            for one in sorted(versions)
        ],
    }


_METHODS = {
    Method.TYPED: "name typed",
    Method.DRAWN: "drawn",
    Method.WET: "written on paper and scanned",
}
_CHECKS = {
    "code": "code sent to the mailbox",
    "birth_date": "date of birth",
    "signed_in": "signed in with their own account",
    "scan": "none; a scan of the paper is kept",
}


_LANGUAGES = {"en": "English", "nb": "Norwegian bokmål; the papers in English"}


def _signature(one: SignatureFacts) -> dict[str, Any]:
    rows = [
        ("Signature", short(one.id)),
        ("Method", _METHODS[one.method]),
        ("Told from others by", ", ".join(_CHECKS[check] for check in one.checks)),
        ("Address", one.address),
        ("Browser", one.user_agent),
        ("Signed in", one.signed_in),
        ("Read in", _LANGUAGES.get(one.language, one.language)),
        ("Consent", f"version {one.consent_version}" if one.consent_version else ""),
        ("Consent, SHA-256", one.consent_hash),
        ("Documents", ", ".join(one.papers)),
        ("Documents together, SHA-256", one.packet_hash),
        ("Scans, SHA-256", ", ".join(one.scans)),
    ]
    return {
        "id": short(one.id),
        "typed_name": one.typed_name,
        "strokes": [[list(point) for point in line] for line in one.strokes],
        "name": one.name,
        "role": one.role,
        "rows": [[label, value] for label, value in rows if value],
    }


def _event(one: Event) -> list[str]:
    return [str(one.number), moment(one.at), _what(one), one.who, one.address or "–"]


def _what(one: Event) -> str:
    """What happened, in words, with what tells one event from another."""
    data = one.data
    signature = short(str(data.get("request", "")))
    said = {
        "signature.requested": "asked for signature",
        "signature.code_sent": "code sent, for signature",
        "signature.mistaken": f"not recognised ({_CHECKS.get(str(data.get('check')), 'wrong')}), for",
        "signature.identified": "recognised ("
        + ", ".join(_CHECKS.get(str(check), str(check)) for check in data.get("checks", ()))
        + "), for",
        "signature.opened": "opened the documents of",
        "signature.given": f"signed ({_METHODS.get(data.get('method', ''), 'signed')}):",
        "signature.declined": "did not sign",
        "signature.voided": f"ended ({str(data.get('reason', '')).replace('_', ' ')}):",
        "signature.reminded": "reminded of",
        "signature.expired": "link expired of",
    }.get(one.verb, one.verb)
    return f"{said} {signature}".strip()
