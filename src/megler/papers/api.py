"""Papers for programs: the receipt tray, e-mail, searching, versions of documents."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import File, Router, Schema
from ninja.files import UploadedFile

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.names import DocumentKind
from megler.documents.actions import Sent
from megler.papers.actions.arriving import arrival_of, file_paper, set_aside, take_in
from megler.papers.actions.editing import edit_paper, versions_of
from megler.papers.actions.mail import take_mail
from megler.papers.actions.proposing import proposals_for, readings_of
from megler.papers.actions.searching import find_pages
from megler.papers.models import Arrival, CameBy, State
from megler.vocabulary.problems import Problem, Refused

router = Router(tags=["papers"])
PART = 50
"""Arrivals of one answer."""


class ArrivalProposalOut(Schema):
    """A case that a paper may belong to; `certainty` is sure, likely or barred."""

    case: UUID
    number: str
    certainty: str
    reasons: list[str]
    requirements: list[UUID]


class ArrivalOut(Schema):
    """A file in the receipt tray."""

    id: UUID
    name: str
    state: str
    pages: int
    sha256: str
    came_by: str
    at: str
    kind: str | None
    confidence: float | None
    is_sure: bool
    reasons: list[str]
    parts: list[dict[str, Any]]
    proposals: list[ArrivalProposalOut]
    case: UUID | None
    document: UUID | None


class ArrivalsOut(Schema):
    """Some arrivals, oldest first; `problems` are of files that were not taken."""

    papers: list[ArrivalOut]
    problems: list[dict[str, str]] = []


class FilingIn(Schema):
    """Where an arrival belongs. `kind` is what was read when left out."""

    case: UUID
    requirements: list[UUID] = []
    kind: DocumentKind | None = None
    visible_to_agent: bool = False


class AsideIn(Schema):
    """Why it belongs to no case."""

    reason: str


class PlanPage(Schema):
    """A page of the new version: of which document, turned, with what black on it."""

    paper: UUID
    page: int
    turned: int = 0
    black: list[list[float]] = []


class PlanIn(Schema):
    """The parts that are to be made of a document's pages."""

    parts: list[list[PlanPage]]


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def arrivals_json(arrivals: list[Arrival]) -> list[dict[str, Any]]:
    """Arrivals with what was read in them and what is proposed."""
    readings = readings_of(arrivals)
    waiting = [one for one in arrivals if one.state == State.WAITING]
    proposals = proposals_for(waiting) if waiting else {}
    told = []
    for one in arrivals:
        reading = readings.get(one.document_id)
        found = reading.found if reading else {}
        told.append(
            {
                "id": str(one.pk),
                "name": one.document.name,
                "state": one.state,
                "pages": one.document.pages,
                "sha256": one.document.sha256,
                "came_by": one.came_by,
                "at": one.at.isoformat(),
                "kind": reading.kind if reading else None,
                "confidence": reading.confidence if reading else None,
                "is_sure": bool(reading and reading.is_sure),
                "reasons": found.get("reasons", []),
                "parts": [
                    {key: part[key] for key in ("first", "last", "kind", "sure")}
                    for part in found.get("pieces", [])
                ],
                "proposals": [
                    {
                        "case": str(each.case.pk),
                        "number": each.case.reference,
                        "certainty": each.proposal.certainty.value,
                        "reasons": [why.value for why in each.proposal.reasons],
                        "requirements": [str(r.pk) for r in each.requirements],
                    }
                    for each in proposals.get(one.pk, [])
                ],
                "case": str(one.paper.case_id) if one.paper else None,
                "document": str(one.paper_id) if one.paper_id else None,
            }
        )
    return told


def _problems(found: list[Problem]) -> list[dict[str, str]]:
    return [
        {"code": p.code, "where": p.where, "found": p.found, "expected": p.expected} for p in found
    ]


def _staff(request: HttpRequest) -> User:
    person = api_needs(request, Can.WORK_CASES)
    if not person.is_staff_member:
        raise Http404
    return person


@router.get(
    "/papers", auth=api_door(Can.WORK_CASES), response=ArrivalsOut, summary="The receipt tray"
)
def papers(request: HttpRequest, state: str = "waiting") -> HttpResponse:
    """The first 50 of a state: waiting, filed, split or set_aside."""
    person = _staff(request)
    if state not in State.values:
        raise Refused(Problem("wrong_value", "state", state[:20], ", ".join(State.values)))
    seen = Arrival.objects.visible_to(person).filter(state=state)
    found = list(seen.select_related("document", "paper", "to_case").order_by("at", "pk")[:PART])
    return _json({"papers": arrivals_json(found), "problems": []})


@router.post(
    "/papers",
    auth=api_door(Can.WORK_CASES),
    response={201: ArrivalsOut},
    summary="Put files into the receipt tray",
)
def drop(request: HttpRequest, files: File[list[UploadedFile]]) -> HttpResponse:
    """Multipart; each file for itself. 422 when none of them can be taken."""
    person = _staff(request)
    sent = [Sent(str(file.name), file) for file in files]
    made, problems = take_in(person, sent, CameBy.API)
    if not made:
        raise Refused(problems)
    return _json({"papers": arrivals_json(made), "problems": _problems(problems)}, 201)


@router.post(
    "/papers/mail",
    auth=api_door(Can.WORK_CASES),
    response={201: dict[str, Any]},
    summary="Take in an e-mail with papers",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def mail(request: HttpRequest) -> HttpResponse:
    """The message itself as the body. Into its case when the case's own address and agent say so."""
    _staff(request)
    taken = take_mail(request.body)
    told = {
        "case": taken.case or None,
        "filed": list(taken.filed),
        "waiting": list(taken.waiting),
        "problems": _problems(list(taken.problems)),
    }
    return _json(told, 201)


@router.get("/papers/search", auth=api_door(Can.SEE_CASES), summary="Find pages by their words")
def search(request: HttpRequest, q: str, case: UUID | None = None) -> HttpResponse:
    """Documents that have a page with all the words, newest first, 50 at most."""
    person = api_needs(request, Can.SEE_CASES)
    within = None
    if case is not None:
        within = Case.objects.visible_to(person).filter(pk=case).first()
        if within is None:
            raise Http404
    found = [
        {
            "document": str(hit.paper.pk),
            "name": hit.paper.document.name,
            "case": str(hit.paper.case_id),
            "pages": list(hit.pages),
        }
        for hit in find_pages(person, q, within)
    ]
    return _json({"hits": found})


def _arrival(request: HttpRequest, arrival_id: UUID) -> tuple[User, Arrival]:
    person = _staff(request)
    found = arrival_of(person, arrival_id)
    if found is None:
        raise Http404
    return person, found


@router.get(
    "/papers/{arrival_id}", auth=api_door(Can.WORK_CASES), response=ArrivalOut, summary="One paper"
)
def paper(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """An arrival with its proposals."""
    _person, found = _arrival(request, arrival_id)
    return _json(arrivals_json([found])[0])


@router.post(
    "/papers/{arrival_id}/file",
    auth=api_door(Can.WORK_CASES),
    response=ArrivalOut,
    summary="File a paper into its case",
)
def file(request: HttpRequest, arrival_id: UUID, given: FilingIn) -> HttpResponse:
    """Onto the requirements that it brings; all or nothing."""
    person, found = _arrival(request, arrival_id)
    case = Case.objects.visible_to(person).filter(pk=given.case).first()
    if case is None:
        raise Refused(Problem("paper_no_case", "case", str(given.case)))
    needed = list(Requirement.objects.filter(case=case, pk__in=given.requirements))
    if len(needed) < len(set(given.requirements)):
        raise Refused(Problem("nothing_here", "requirement"))
    kind = given.kind
    file_paper(person, found, case, needed, kind, visible_to_agent=given.visible_to_agent)
    _person, fresh = _arrival(request, arrival_id)
    return _json(arrivals_json([fresh])[0])


@router.post(
    "/papers/{arrival_id}/aside",
    auth=api_door(Can.WORK_CASES),
    response=ArrivalOut,
    summary="Set a paper aside",
)
def aside(request: HttpRequest, arrival_id: UUID, given: AsideIn) -> HttpResponse:
    """It belongs to no case, and why."""
    person, found = _arrival(request, arrival_id)
    set_aside(person, found, given.reason)
    _person, fresh = _arrival(request, arrival_id)
    return _json(arrivals_json([fresh])[0])


def _document(request: HttpRequest, case_id: UUID, paper_id: UUID) -> tuple[User, CaseDocument]:
    person = api_needs(request, Can.SEE_CASES)
    seen = CaseDocument.objects.visible_to(person).select_related("document", "case")
    found = seen.filter(pk=paper_id, case=case_id).first()
    if found is None:
        raise Http404
    return person, found


def _version(one: CaseDocument) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "version": one.version,
        "name": one.document.name,
        "kind": one.kind,
        "pages": one.document.pages,
        "sha256": one.document.sha256,
        "by": one.document.by_name,
        "added_at": one.added_at.isoformat(),
        "replaced_at": one.replaced_at.isoformat() if one.replaced_at else None,
        "sent_at": one.sent_at.isoformat() if one.sent_at else None,
        "changes": one.changes,
    }


@router.get(
    "/cases/{case_id}/documents/{paper_id}/versions",
    auth=api_door(Can.SEE_CASES),
    summary="All versions of a document",
)
def versions(request: HttpRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """Newest first: who made each, what was done, and which the carrier was sent."""
    person, found = _document(request, case_id, paper_id)
    return _json({"versions": [_version(one) for one in versions_of(person, found)]})


@router.post(
    "/cases/{case_id}/documents/{paper_id}/versions",
    auth=api_door(Can.WORK_CASES),
    response={201: dict[str, Any]},
    summary="Make a new version of a document",
)
def make_version(
    request: HttpRequest, case_id: UUID, paper_id: UUID, given: PlanIn
) -> HttpResponse:
    """Turn, move, leave out, blacken pages; cut into parts; put together."""
    api_needs(request, Can.WORK_CASES)
    person, found = _document(request, case_id, paper_id)
    made = edit_paper(person, found, given.model_dump_json())
    return _json({"versions": [_version(one) for one in made]}, 201)
