"""Links between cases for programs."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions.links import dismiss_link, link_cases, links_of, proposed_links
from megler.cases.models import Case
from megler.cases.rules.links import LinkKind

router = Router(tags=["cases"])


class LinkIn(Schema):
    """The other case by its id, and how this one stands to it."""

    other: UUID
    kind: LinkKind


class LinkOut(Schema):
    """A case that belongs to this one. Of `replaces`, `is_back`: the other replaces this one."""

    case: UUID
    number: str
    kind: LinkKind
    is_back: bool = False


class ProposedOut(Schema):
    """A case that probably belongs to this one, and the code of the sign."""

    case: UUID
    number: str
    kind: LinkKind
    reason: str


class LinksOut(Schema):
    """What a case is linked with, and what is proposed to those who may link."""

    links: list[LinkOut]
    proposed: list[ProposedOut]


def _case(request: HttpRequest, case_id: UUID, needs: Can) -> tuple[User, Case]:
    person = api_needs(request, needs)
    found = Case.objects.visible_to(person).select_related("client").filter(pk=case_id).first()
    if found is None:
        raise Http404
    return person, found


def _told(person: User, case: Case) -> HttpResponse:
    proposed = proposed_links(person, case) if person.may(Can.WORK_CASES) else []
    told: dict[str, list[dict[str, Any]]] = {
        "links": [
            {
                "case": str((other := link.other_than(case)).pk),
                "number": other.reference,
                "kind": link.kind,
                "is_back": link.case_id != case.pk,
            }
            for link in links_of(person, case)
        ],
        "proposed": [
            {
                "case": str(other.pk),
                "number": other.reference,
                "kind": likely.kind.value,
                "reason": likely.reason.code,
            }
            for other, likely in proposed
        ],
    }
    return HttpResponse(encode(told), content_type="application/json")


@router.get(
    "/cases/{case_id}/links",
    auth=api_door(Can.SEE_CASES),
    response=LinksOut,
    summary="What a case is linked with",
)
def links(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Only cases that you may see."""
    return _told(*_case(request, case_id, Can.SEE_CASES))


@router.post(
    "/cases/{case_id}/links",
    auth=api_door(Can.WORK_CASES),
    response=LinksOut,
    summary="Link a case with another",
)
def link(request: HttpRequest, case_id: UUID, given: LinkIn) -> HttpResponse:
    """Said again of the same two, it changes how they belong together."""
    person, case = _case(request, case_id, Can.WORK_CASES)
    link_cases(person, case, _case(request, given.other, Can.WORK_CASES)[1], given.kind)
    return _told(person, case)


@router.post(
    "/cases/{case_id}/links/dismiss",
    auth=api_door(Can.WORK_CASES),
    response=LinksOut,
    summary="Say that two cases do not belong together",
)
def dismiss(request: HttpRequest, case_id: UUID, given: LinkIn) -> HttpResponse:
    """Ends a link or a proposal; it is not proposed again."""
    person, case = _case(request, case_id, Can.WORK_CASES)
    dismiss_link(person, case, _case(request, given.other, Can.WORK_CASES)[1], given.kind)
    return _told(person, case)
