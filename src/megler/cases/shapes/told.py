"""What programs get about cases. Money is decimal text; times are ISO 8601."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from typing_extensions import TypedDict

from megler.accounts.models import User
from megler.accounts.rules.roles import Role
from megler.cases.models import Case, CaseDocument, CaseParty, Note, Requirement
from megler.cases.names import DocumentKind
from megler.cases.rules.kinds import Stage, Wanter
from megler.cases.rules.parties import PartyRole
from megler.cases.rules.requirements import IN, State
from megler.cases.rules.standing import NextStep
from megler.cases.rules.words import Channel, Decision, Holder, Outcome, Status, acord_polstat
from megler.vocabulary.codes import RequirementKind

Offered = TypedDict(
    "Offered",
    {
        "class": str | None,
        "premium": str | None,
        "face_amount": str | None,
        "mode": str | None,
        "term_years": int | None,
    },
)
"""What was applied for, or what the carrier offers."""


class AgentOut(Schema):
    """The agent of a case."""

    id: UUID
    name: str
    npn: str


class ClientOut(Schema):
    """The client of a case."""

    id: UUID
    name: str


class PartyOut(Schema):
    """Somebody in a role of a case."""

    role: PartyRole
    client: ClientOut


class SharedOut(Schema):
    """An agent's share in per cent, decimal text; the first is the agent of record."""

    npn: str
    name: str
    share: str


class BeneficiaryOut(Schema):
    """Who gets what share, decimal text."""

    name: str
    relationship: str
    is_contingent: bool
    share: str | None


class CaseOut(Schema):
    """A case in a list. Money is decimal text; times are ISO 8601."""

    id: UUID
    number: str
    status: Status
    decision: Decision | None
    outcome: Outcome | None
    holder: Holder | None
    holder_since: datetime | None
    next_step: NextStep
    agent: AgentOut
    client: ClientOut
    carrier: str
    product: str
    currency: str
    applied: Offered
    policy_number: str | None
    opened_at: datetime
    changed_at: datetime
    version: int


class CasesOut(Schema):
    """Some cases, and the `cursor` of those that follow."""

    cases: list[CaseOut]
    next: str | None


class SaidOut(Schema):
    """What the carrier said, in its own words."""

    words: str | None
    at: datetime | None
    channel: Channel | None


class RequirementOut(Schema):
    """A requirement, with the ids of its documents that you may see."""

    id: UUID
    kind: RequirementKind
    stage: Stage
    state: State
    detail: str | None
    party: UUID | None
    wanted_by: Wanter
    raised_by: dict[str, Any]
    holder: Holder | None
    since: datetime
    follow_up_on: date | None
    received_at: datetime | None
    expires_on: date | None
    reason: str | None
    documents: list[UUID]


class DocumentOut(Schema):
    """A document of a case."""

    id: UUID
    name: str
    kind: DocumentKind
    content_type: str
    size: int
    pages: int
    sha256: str
    visible_to_agent: bool
    added_at: datetime
    sent_at: datetime | None
    version: int
    replaced_at: datetime | None


class NoteOut(Schema):
    """A note."""

    id: UUID
    text: str
    by: str
    at: datetime
    for_agent: bool


class WholeOut(CaseOut):
    """A case with everything that you may see of it."""

    acord_polstat: int | str | None
    parties: list[PartyOut]
    agents: list[SharedOut]
    beneficiaries: list[BeneficiaryOut]
    free_look_ends_on: date | None
    approved: Offered
    carrier_said: SaidOut
    delivered_on: date | None
    first_premium_on: date | None
    in_force_on: date | None
    closed_at: datetime | None
    requirements: list[RequirementOut]
    documents: list[DocumentOut]
    notes: list[NoteOut]


def _text(value: Any) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _offer(case: Case, which: str) -> dict[str, Any]:
    parts = ("class", "premium", "face_amount", "mode", "term_years")
    values = {part: getattr(case, f"{part}_{which}") for part in parts}
    years = values.pop("term_years")
    return {k: _text(v) if v != "" else None for k, v in values.items()} | {"term_years": years}


def case_json(case: Case) -> dict[str, Any]:
    """A case in a list. Money is decimal text; times are ISO 8601."""
    return {
        "id": str(case.pk),
        "number": case.reference,
        "status": case.status,
        "decision": case.decision or None,
        "outcome": case.outcome or None,
        "holder": case.holder or None,
        "holder_since": _text(case.holder_since) if case.holder else None,
        "next_step": case.next_step,
        "agent": {"id": str(case.agent_id), "name": case.agent.name, "npn": case.agent.npn},
        "client": {"id": str(case.client_id), "name": case.client.name},
        "carrier": case.carrier.slug,
        "product": case.product.code,
        "currency": case.currency,
        "applied": _offer(case, "applied"),
        "policy_number": case.policy_number or None,
        "opened_at": _text(case.opened_at),
        "changed_at": _text(case.changed_at),
        "version": case.version,
    }


def whole_json(case: Case, person: User) -> dict[str, Any]:
    """A case with everything that this person may see of it."""
    asked = list(case.requirements.prefetch_related("documents").order_by("raised_at", "kind"))
    delivery = sum(r.is_delivery and r.state not in IN for r in asked)
    seen = CaseDocument.objects.listed_for(person).filter(case=case).select_related("document")
    notes = Note.objects.visible_to(person).filter(case=case).select_related("written_by")
    documents = list(seen.order_by("added_at"))
    shown = {paper.pk for paper in documents}
    status = Status(case.status)
    decision = Decision(case.decision) if case.decision else None
    outcome = Outcome(case.outcome) if case.outcome else None
    return case_json(case) | {
        "acord_polstat": acord_polstat(status, decision, outcome, delivery),
        "parties": [
            {"role": one.role, "client": {"id": str(one.client_id), "name": one.client.name}}
            for one in CaseParty.objects.of(case)
        ],
        "agents": [
            {"npn": one.agent.npn, "name": one.agent.name, "share": f"{one.share:f}"}
            for one in case.agents.select_related("agent")
        ],
        "beneficiaries": [] if person.role == Role.CARRIER else _beneficiaries(case),
        "free_look_ends_on": _text(case.free_look_ends_on),
        "approved": _offer(case, "approved"),
        "carrier_said": {
            "words": case.carrier_words,
            "at": _text(case.carrier_said_at),
            "channel": case.carrier_channel or None,
        },
        "delivered_on": _text(case.delivered_on),
        "first_premium_on": _text(case.first_premium_on),
        "in_force_on": _text(case.in_force_on),
        "closed_at": _text(case.closed_at),
        "requirements": [requirement_json(r, shown) for r in asked],
        "documents": [document_json(paper) for paper in documents],
        "notes": [note_json(note) for note in notes.order_by("written_at")],
    }


def _beneficiaries(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "relationship": one.relationship,
            "is_contingent": one.is_contingent,
            "share": _text(one.share),
        }
        for one in case.beneficiaries.all()
    ]


def requirement_json(r: Requirement, shown: set[UUID]) -> dict[str, Any]:
    return {
        "id": str(r.pk),
        "kind": r.kind,
        "stage": r.stage,
        "state": r.state,
        "detail": r.detail,
        "party": str(r.party_id) if r.party_id else None,
        "wanted_by": r.wanted_by,
        "raised_by": r.raised_by,
        "holder": r.holder or None,
        "since": _text(r.since),
        "follow_up_on": _text(r.follow_up_on),
        "received_at": _text(r.received_at),
        "expires_on": _text(r.expires_on),
        "reason": r.reason,
        "documents": [str(paper.pk) for paper in r.documents.all() if paper.pk in shown],
    }


def document_json(paper: CaseDocument) -> dict[str, Any]:
    document = paper.document
    return {
        "id": str(paper.pk),
        "name": document.name,
        "kind": paper.kind,
        "content_type": document.content_type,
        "size": document.size,
        "pages": document.pages,
        "sha256": document.sha256,
        "visible_to_agent": paper.visible_to_agent,
        "added_at": _text(paper.added_at),
        "sent_at": _text(paper.sent_at),
        "version": paper.version,
        "replaced_at": _text(paper.replaced_at),
    }


def note_json(note: Note) -> dict[str, Any]:
    return {
        "id": str(note.pk),
        "text": note.text,
        "by": note.author,
        "at": _text(note.written_at),
        "for_agent": note.for_agent,
    }
