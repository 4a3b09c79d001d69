"""The signed packet: papers with their signatures drawn on, the evidence behind them, one seal over all.

Making it reads and computes, and keeping it writes: so that nothing is locked while a packet is sealed.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from megler.documents.actions import store
from megler.documents.binding import bind
from megler.documents.models import Document
from megler.forms.actions.papers import typeset
from megler.forms.actions.sealing import seal
from megler.forms.actions.stamping import stamp
from megler.forms.models import Paper, SignatureRequest
from megler.forms.rules.evidence import (
    Event,
    SignatureFacts,
    SignedPaper,
    evidence,
    moment,
    short,
)
from megler.forms.rules.questionnaire import FormSpec, SignerRole
from megler.forms.rules.signing import Method
from megler.forms.rules.stamps import Given, marks_on
from megler.journal.actions import last_seal
from megler.journal.models import Entry
from megler.journal.rules.actors import Actor

REASON = "Signed by everybody named on the last pages"


@dataclass(frozen=True)
class Packet:
    """A packet that is made and not yet kept: the sealed PDF, and each paper with its signatures."""

    sealed: bytes
    stamped: tuple[tuple[Paper, bytes], ...]


def make_packet(
    subject: tuple[str, object],
    reference: str,
    papers: Sequence[Paper],
    signatures: Iterable[SignatureRequest],
    forms: Mapping[str, FormSpec],
) -> Packet:
    """The packet of papers that everybody has signed. Raises `Refused` when it cannot be sealed."""
    signatures = list(signatures)
    stamped = stamped_papers(papers, signatures, forms)
    told = evidence(
        reference,
        [
            SignedPaper(paper.name, paper.edition, paper.sha256, hashlib.sha256(pdf).hexdigest())
            for paper, pdf in zip(papers, stamped, strict=True)
        ],
        [_facts(one) for one in signatures],
        events_of(subject),
        _journal(),
    )
    bound = bind([*stamped, typeset("evidence", told)], f"{reference} signed")
    return Packet(seal(bound, REASON), tuple(zip(papers, stamped, strict=True)))


def keep_packet(
    actor: Actor, reference: str, packet: Packet, at: datetime | None = None
) -> Document:
    """Keep a packet and its papers as they are stamped, in the caller's transaction."""
    at = at or timezone.now()
    for paper, pdf in packet.stamped:
        name = f"{reference} {paper.name} signed.pdf"
        paper.stamped = store(pdf, name, actor, at)
        paper.save(update_fields=["stamped"])
    return store(packet.sealed, f"{reference} signed.pdf", actor, at)


def stamped_papers(
    papers: Sequence[Paper],
    signatures: Sequence[SignatureRequest],
    forms: Mapping[str, FormSpec],
) -> list[bytes]:
    """Each paper with the signatures that cover it."""
    covered = {one.pk: {paper.pk for paper in one.papers.all()} for one in signatures}
    drawn = []
    for paper in papers:
        mine = [_given(one) for one in signatures if paper.pk in covered[one.pk]]
        drawn.append((paper.document.read(), marks_on(forms[paper.form_key], mine)))
    return stamp(drawn)


def _given(one: SignatureRequest) -> Given:
    if one.signed_at is None:
        raise ValueError("not signed")
    is_wet = one.method == Method.WET
    return Given(
        SignerRole(one.role),
        "Signed on paper, see the scan" if is_wet else one.typed_name,
        f"{timezone.localtime(one.signed_at):%m/%d/%Y}",
        f"{moment(one.signed_at)} · {short(str(one.pk))}",
        one.signed_in,
        one.strokes or (),
    )


def _facts(one: SignatureRequest) -> SignatureFacts:
    with override("en"):  # as the papers are, whoever submits
        role = str(one.get_role_display())
    return SignatureFacts(
        id=str(one.pk),
        role=role,
        name=one.name,
        typed_name=one.typed_name,
        method=Method(one.method),
        strokes=one.strokes or (),
        papers=sorted(paper.name for paper in one.papers.all()),
        packet_hash=one.packet_hash,
        consent_version=one.consent_version,
        consent_hash=one.consent_hash,
        checks=_checks(one),
        address=one.address,
        user_agent=one.user_agent,
        signed_in=one.signed_in,
        scans=sorted(one.scans.values_list("sha256", flat=True)),
        language=one.language,
    )


def _checks(one: SignatureRequest) -> list[str]:
    if one.method == Method.WET:
        return ["scan"]
    if one.code_checked_at is None:
        return ["signed_in"]
    return ["code", "birth_date"] if one.born_checked_at else ["code"]


def events_of(subject: tuple[str, object]) -> list[Event]:
    """Everything that the journal knows of the signatures on `subject`, in order."""
    found = Entry.objects.filter(
        subject_type=subject[0], subject_id=str(subject[1]), verb__startswith="signature."
    ).order_by("pk")
    return [_event(entry) for entry in found]


def _event(entry: Entry) -> Event:
    data: dict[str, Any] = entry.data
    return Event(entry.pk, entry.at, entry.verb, entry.actor_name, entry.address, data)


def _journal() -> str:
    head = last_seal()
    return f"{head.number}:{head.hash}"
