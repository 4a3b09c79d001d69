"""Cases for programs: what the pages show and do."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import File, Form, Router
from ninja.files import UploadedFile

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases import api_reading
from megler.cases.actions import carrier, papers, policy, requirements, review
from megler.cases.api_changes import router as changes
from megler.cases.api_links import router as links
from megler.cases.finding import found, page_of, wanted_of
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.shapes.given import (
    ArrivalIn,
    Because,
    CloseIn,
    DecisionIn,
    DocumentIn,
    IssueIn,
    NoteIn,
    OnIn,
    ReasonIn,
    RequirementIn,
    Versioned,
)
from megler.cases.shapes.told import (
    CasesOut,
    DocumentOut,
    NoteOut,
    RequirementOut,
    WholeOut,
    case_json,
    document_json,
    note_json,
    requirement_json,
    whole_json,
)

router = Router(tags=["cases"])
router.add_router("", links)
router.add_router("", changes)
router.add_router("", api_reading.router)
router.get(
    "/cases/{case_id}/requirements",
    auth=api_door(Can.SEE_CASES),
    response=api_reading.CaseRequirementsOut,
    summary="The requirements of a case",
)(api_reading.requirements_of)
router.get(
    "/cases/{case_id}/documents",
    auth=api_door(Can.SEE_CASES),
    response=api_reading.CaseDocumentsOut,
    summary="The documents of a case",
)(api_reading.documents_of)


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def _case(request: HttpRequest, case_id: UUID, needs: Can) -> tuple[User, Case]:
    """Who asks, and the case; nothing is here for those who may not."""
    person = api_needs(request, needs)
    seen = Case.objects.visible_to(person).filter(pk=case_id)
    case = seen.select_related("agent", "client", "product", "carrier").first()
    if case is None:
        raise Http404
    return person, case


@router.get(
    "/cases", auth=api_door(Can.SEE_CASES), response=CasesOut, summary="Cases, part by part"
)
def cases(  # noqa: PLR0917 - query parameters
    request: HttpRequest,
    q: str = "",
    status: str = "",
    holder: str = "",
    agent: str = "",
    carrier: str = "",
    cursor: str = "",
) -> HttpResponse:
    """Newest first; `next` is the cursor of the part that follows, null at the end.

    `q` finds by number, client or policy; `status` may be "open" or "stale".
    """
    person = api_needs(request, Can.SEE_CASES)
    wanted = wanted_of(
        {"q": q, "status": status, "holder": holder, "agent": agent, "carrier": carrier}
    )
    page = page_of(found(person, wanted), cursor)
    return _json({"cases": [case_json(case) for case in page.cases], "next": page.older})


@router.get("/cases/{case_id}", auth=api_door(Can.SEE_CASES), response=WholeOut, summary="One case")
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """With its requirements, documents and notes, as far as you may see them."""
    person, found_case = _case(request, case_id, Can.SEE_CASES)
    return _json(whole_json(found_case, person))


@router.post(
    "/cases/{case_id}/notes",
    auth=api_door(Can.ADD_TO_CASE),
    response={201: NoteOut},
    summary="Write a note",
)
def note(request: HttpRequest, case_id: UUID, given: NoteIn) -> HttpResponse:
    """Answers 201 with the note."""
    person, held = _case(request, case_id, Can.ADD_TO_CASE)
    return _json(note_json(papers.add_note(person, held, given.text, given.for_agent)), 201)


@router.post(
    "/cases/{case_id}/documents",
    auth=api_door(Can.ADD_TO_CASE),
    response={201: DocumentOut},
    summary="Put a file into a case",
)
def document(
    request: HttpRequest,
    case_id: UUID,
    given: Form[DocumentIn],
    file: File[UploadedFile],
) -> HttpResponse:
    """Multipart; answers 201 with the document."""
    person, held = _case(request, case_id, Can.ADD_TO_CASE)
    paper = papers.add_document(
        person,
        held,
        file,
        str(file.name),
        given.kind,
        visible_to_agent=given.visible_to_agent,
    )
    return _json(document_json(paper), 201)


def _done(request: HttpRequest, person: User, case_id: UUID) -> HttpResponse:
    """The case as it is after something was done."""
    _person, fresh = _case(request, case_id, Can.SEE_CASES)
    return _json(whole_json(fresh, person))


_STEPS = {
    "review": review.start_review,
    "good-order": review.confirm_good_order,
    "resubmission": review.resubmit,
    "sending": review.send_to_carrier,
    "receipt": carrier.record_received_by_carrier,
    "underwriting": carrier.record_in_underwriting,
    "acceptance": carrier.accept_offer,
    "refusal": carrier.refuse_offer,
}


@router.post(
    "/cases/{case_id}/steps/{step}",
    auth=api_door(Can.SEE_CASES),
    response=WholeOut,
    summary="A step that needs no more to be told",
)
def take_step(request: HttpRequest, case_id: UUID, step: str, given: Versioned) -> HttpResponse:
    """One of: review, good-order, resubmission, sending, receipt, underwriting, acceptance, refusal.

    Receipt and underwriting are the carrier's; acceptance and refusal are of its counter-offer.
    """
    person, held = _case(request, case_id, Can.ADD_TO_CASE)
    if step not in _STEPS:
        raise Http404
    _STEPS[step](person, held, given.version)
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/return",
    auth=api_door(Can.WORK_CASES),
    response=WholeOut,
    summary="Return the application to the agent",
)
def give_back(request: HttpRequest, case_id: UUID, given: Because) -> HttpResponse:
    """With what it lacks."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    review.return_to_agent(person, held, given.because, given.version)
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/decision",
    auth=api_door(Can.DECIDE_FOR_CARRIER),
    response=WholeOut,
    summary="Record the carrier's decision",
)
def decide(request: HttpRequest, case_id: UUID, given: DecisionIn) -> HttpResponse:
    """What the carrier leaves out of its offer is as applied for."""
    person, held = _case(request, case_id, Can.DECIDE_FOR_CARRIER)
    carrier.record_decision(
        person,
        held,
        given.decision,
        offer=carrier.Offer(
            given.class_approved, given.premium_approved, given.face_amount_approved
        ),
        words=given.words,
        channel=given.channel,
        said_at=given.said_at,
        version=given.version,
    )
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/issue",
    auth=api_door(Can.WORK_CASES),
    response=WholeOut,
    summary="Record the issue of the policy",
)
def issue(request: HttpRequest, case_id: UUID, given: IssueIn) -> HttpResponse:
    """Raises what must come in at delivery."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    policy.record_issue(person, held, given.policy_number, given.version)
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/delivery",
    auth=api_door(Can.WORK_CASES),
    response=WholeOut,
    summary="Record the delivery of the policy",
)
def deliver(request: HttpRequest, case_id: UUID, given: OnIn) -> HttpResponse:
    """Puts the policy in force when nothing lacks."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    policy.record_delivery(person, held, given.on, given.version)
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/first-premium",
    auth=api_door(Can.WORK_CASES),
    response=WholeOut,
    summary="Record the first premium",
)
def first_premium(request: HttpRequest, case_id: UUID, given: OnIn) -> HttpResponse:
    """Puts the policy in force when nothing lacks."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    policy.record_first_premium(person, held, given.on, given.version)
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/close",
    auth=api_door(Can.WORK_CASES),
    response=WholeOut,
    summary="Close a case",
)
def close(request: HttpRequest, case_id: UUID, given: CloseIn) -> HttpResponse:
    """Saying what became of it, and why."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    policy.close(person, held, given.closing, given.because, version=given.version)
    return _done(request, person, case_id)


@router.post(
    "/cases/{case_id}/reopen",
    auth=api_door(Can.WORK_CASES),
    response=WholeOut,
    summary="Reopen a closed case",
)
def reopen(request: HttpRequest, case_id: UUID, given: Because) -> HttpResponse:
    """A decision against it is undone."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    policy.reopen(person, held, given.because, version=given.version)
    return _done(request, person, case_id)


def _one(held: Case, requirement_id: UUID) -> Requirement:
    found_one = held.requirements.filter(pk=requirement_id).first()
    if found_one is None:
        raise Http404
    return found_one


def _answer(requirement: Requirement, person: User, status: int = 200) -> HttpResponse:
    fresh = Requirement.objects.get(pk=requirement.pk)
    seen = CaseDocument.objects.visible_to(person).filter(case=fresh.case_id)
    return _json(requirement_json(fresh, set(seen.values_list("pk", flat=True))), status)


@router.post(
    "/cases/{case_id}/requirements",
    auth=api_door(Can.WORK_CASES),
    response={201: RequirementOut},
    summary="Add a requirement",
)
def add_requirement(request: HttpRequest, case_id: UUID, given: RequirementIn) -> HttpResponse:
    """Answers 201 with the requirement."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    added = requirements.add_requirement(person, held, given.kind, detail=given.detail)
    return _answer(added, person, 201)


@router.post(
    "/cases/{case_id}/requirements/{requirement_id}/arrival",
    auth=api_door(Can.ADD_TO_CASE),
    response=RequirementOut,
    summary="A requirement came in",
)
def arrival(
    request: HttpRequest, case_id: UUID, requirement_id: UUID, given: ArrivalIn
) -> HttpResponse:
    """With documents that are in the case."""
    person, held = _case(request, case_id, Can.ADD_TO_CASE)
    wanted = CaseDocument.objects.visible_to(person).filter(case=held, pk__in=given.documents)
    came = list(wanted)
    if len(came) != len(set(given.documents)):
        raise Http404
    one = _one(held, requirement_id)
    return _answer(requirements.record_arrival(person, one, came, given.seen), person)


_SETTLING = {
    "waive": requirements.waive_requirement,
    "reject": requirements.reject_requirement,
    "cancel": requirements.cancel_requirement,
}


@router.post(
    "/cases/{case_id}/requirements/{requirement_id}/{act}",
    auth=api_door(Can.WORK_CASES),
    response=RequirementOut,
    summary="Waive, reject or cancel a requirement",
)
def settle(
    request: HttpRequest, case_id: UUID, requirement_id: UUID, act: str, given: ReasonIn
) -> HttpResponse:
    """`act` is waive, reject or cancel; always with the reason."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    if act not in _SETTLING:
        raise Http404
    one = _one(held, requirement_id)
    return _answer(_SETTLING[act](person, one, given.reason, given.seen), person)
