"""Reading more of cases by program: requirements and documents by themselves, files, and history."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Query, Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseDocument, Requirement
from megler.cases.shapes.told import DocumentOut, RequirementOut, document_json, requirement_json
from megler.cases.timeline import told_entries
from megler.documents.serving import document_answer

router = Router(tags=["cases"])
"""What stands at an address that is written to as well, `api` puts up beside the writing."""
PAGE_MAX = 100


class ListedRequirementOut(RequirementOut):
    """A requirement in a list, with its case."""

    case: UUID
    case_number: str


class RequirementsOut(Schema):
    """Some requirements, and the `cursor` of those that follow."""

    requirements: list[ListedRequirementOut]
    next: str | None


class CaseRequirementsOut(Schema):
    """The requirements of a case, the oldest first."""

    requirements: list[RequirementOut]


class CaseDocumentsOut(Schema):
    """The documents of a case, the oldest first."""

    documents: list[DocumentOut]


class HappenedOut(Schema):
    """Something that happened with a case; `data` has ids and codes."""

    position: int
    verb: str
    at: datetime
    by: str
    data: dict[str, Any]


class HistoryOut(Schema):
    """What happened, newest first, and the position before which older ones stand."""

    history: list[HappenedOut]
    next: int | None


def _json(document: object) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json")


def _case(request: HttpRequest, case_id: UUID) -> tuple[User, Case]:
    person = api_needs(request, Can.SEE_CASES)
    case = Case.objects.visible_to(person).filter(pk=case_id).first()
    if case is None:
        raise Http404
    return person, case


def _shown(person: User, requirements: list[Requirement]) -> set[UUID]:
    """The documents of these requirements that the person may see."""
    of = CaseDocument.objects.visible_to(person).filter(requirements__in=requirements)
    return set(of.values_list("pk", flat=True))


@router.get(
    "/case-requirements",
    auth=api_door(Can.SEE_CASES),
    response=RequirementsOut,
    summary="Requirements of all cases, part by part",
)
def requirements(  # noqa: PLR0917 - query parameters
    request: HttpRequest,
    state: Annotated[str, Query(max_length=16)] = "",
    holder: Annotated[str, Query(max_length=8)] = "",
    kind: Annotated[str, Query(max_length=24)] = "",
    due_before: date | None = None,
    cursor: Annotated[str, Query(max_length=36)] = "",
) -> HttpResponse:
    """In the order of their ids; every part costs the same, however deep.

    `due_before` finds those whose follow-up is due by that day.
    """
    person = api_needs(request, Can.SEE_CASES)
    found = Requirement.objects.visible_to(person)
    asked = {"state": state, "holder": holder, "kind": kind}
    found = found.filter(**{name: value for name, value in asked.items() if value})
    if due_before is not None:
        found = found.filter(follow_up_on__lte=due_before, is_live=True)
    if cursor:
        found = found.filter(pk__gt=_key(cursor))
    related = found.select_related("case").prefetch_related("documents")
    listed = list(related.order_by("pk")[: PAGE_MAX + 1])
    more, listed = len(listed) > PAGE_MAX, listed[:PAGE_MAX]
    shown = _shown(person, listed)
    told = [
        requirement_json(one, shown) | {"case": str(one.case_id), "case_number": one.case.reference}
        for one in listed
    ]
    return _json({"requirements": told, "next": str(listed[-1].pk) if more else None})


def _key(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise Http404 from None


def requirements_of(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The oldest first."""
    person, case = _case(request, case_id)
    listed = list(case.requirements.prefetch_related("documents").order_by("raised_at", "kind"))
    shown = _shown(person, listed)
    return _json({"requirements": [requirement_json(one, shown) for one in listed]})


def documents_of(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The oldest first; what is in them is asked for one by one."""
    person, case = _case(request, case_id)
    seen = CaseDocument.objects.listed_for(person).filter(case=case).select_related("document")
    return _json({"documents": [document_json(one) for one in seen.order_by("added_at", "pk")]})


@router.get(
    "/cases/{case_id}/documents/{paper_id}/content",
    auth=api_door(Can.SEE_CASES),
    response={200: None},
    summary="A document itself",
)
def content(request: HttpRequest, case_id: UUID, paper_id: UUID) -> HttpResponse:
    """The file, as it came."""
    person, case = _case(request, case_id)
    seen = CaseDocument.objects.visible_to(person).filter(case=case, pk=paper_id)
    paper = seen.select_related("document").first()
    if paper is None:
        raise Http404
    return document_answer(request, paper.document, True)  # type: ignore[return-value]


@router.get(
    "/cases/{case_id}/history",
    auth=api_door(Can.SEE_CASES),
    response=HistoryOut,
    summary="What happened with a case",
)
def history(
    request: HttpRequest, case_id: UUID, before: Annotated[int, Query(ge=1, le=2**62)] = 2**62
) -> HttpResponse:
    """As far as you may read it, newest first; every change of its status is among it."""
    person, case = _case(request, case_id)
    listed = list(told_entries(case, person).filter(pk__lt=before).order_by("-pk")[: PAGE_MAX + 1])
    more, listed = len(listed) > PAGE_MAX, listed[:PAGE_MAX]
    told = [
        {
            "position": one.pk,
            "verb": one.verb,
            "at": one.at.isoformat(),
            "by": one.actor_name,
            "data": one.data,
        }
        for one in listed
    ]
    return _json({"history": told, "next": listed[-1].pk if more else None})
