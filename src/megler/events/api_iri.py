"""The status API of the Insured Retirement Institute, as its specifications have it.

Application status 3.1.0 stands under `/api/v1/iri/v3`, push notifications 1.1.0 under
`/api/v1/iri/v1`. A total is told up to `COUNTED_MAX`; beyond, it is left out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Query, Router, Schema
from pydantic import ConfigDict, Field, StringConstraints

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, CaseParty, CaseQuerySet
from megler.cases.rules.words import Status
from megler.events import iri_status
from megler.events.models import Event
from megler.exchange.iri.records import Published, Reconciliation, StatusPage
from megler.exchange.iri.writing import (
    notification_json,
    page_json,
    policy_json,
    reconciliation_json,
    section_json,
    status_json,
)
from megler.licensing.models import Agency

router = Router(tags=["IRI application status"])
SEARCH = "/iri/v3/application-statuses/searches"
READ_ONLY = {SEARCH}
COUNTED_MAX = 1000
RECONCILED_MAX = 10_000
_STATUS = "/iri/v3/application-statuses"

Text = Annotated[str, StringConstraints(max_length=65)]


class Wanted(Schema):
    """What a search asks for; the names are the specification's."""

    model_config = ConfigDict(extra="forbid")

    policyNumber: Annotated[str, StringConstraints(min_length=1, max_length=30)] | None = None  # noqa: N815
    associatedFirmId: Text | None = None  # noqa: N815
    cusip: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}[A-Z0-9]{5}[0-9]$")] | None = None
    producerNumber: Annotated[str, StringConstraints(max_length=30)] | None = None  # noqa: N815
    npn: Annotated[str, StringConstraints(max_length=10)] | None = None
    commissionSplitPercent: Annotated[float, Field(ge=0, le=100)] | None = None  # noqa: N815
    crdNumber: Annotated[str, StringConstraints(max_length=10)] | None = None  # noqa: N815
    partyTaxId: Annotated[str, StringConstraints(max_length=9)] | None = None  # noqa: N815
    applicationOriginId: str | None = None  # noqa: N815
    trackingNumber: Text | None = None  # noqa: N815
    finishedCutoffDays: Annotated[int, Field(ge=0, le=36_500)] = 7  # noqa: N815


class Paging(Schema):
    """Which part of what was found, in which order; `start` counts from 1."""

    finishedCutoffDays: Annotated[int, Field(ge=0, le=36_500)] | None = None  # noqa: N815
    orderBy: Literal["policyNumber", "status", "statusDate"] = "statusDate"  # noqa: N815
    sortOrder: Literal["asc", "desc"] = "desc"  # noqa: N815
    start: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


def _correlation(request: HttpRequest) -> str:
    """The caller's own id of the request, given back as it came."""
    return str(request.headers.get("correlationId", ""))[:200]


def _json(document: object) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json")


def _seen(person: User) -> CaseQuerySet:
    return Case.objects.visible_to(person).select_related("client", "product", "carrier")


def _one(request: HttpRequest, number: str) -> Case:
    """The case by its policy number, or by its own where the policy has none yet."""
    person = api_needs(request, Can.SEE_CASES)
    own = number.removeprefix("C-")
    by = Q(policy_number=number)
    if number.startswith("C-") and own.isascii() and own.isdecimal() and len(own) < 10:
        by |= Q(number=int(own))
    found = _seen(person).filter(by).prefetch_related("agents__agent").order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _found(person: User, wanted: Wanted, cutoff: int) -> CaseQuerySet:
    """The cases that fit; what we keep nothing of finds nothing."""
    cases = _seen(person)
    unknown = (wanted.producerNumber, wanted.crdNumber, wanted.partyTaxId, wanted.trackingNumber)
    if (
        any(unknown)
        or wanted.associatedFirmId
        or (wanted.cusip or iri_status.NO_CUSIP) != iri_status.NO_CUSIP
    ):
        return cases.none()
    finished_after = timezone.now() - timedelta(days=cutoff)
    cases = cases.filter(
        ~Q(status__in=[Status.CLOSED, Status.IN_FORCE]) | Q(status_since__gte=finished_after)
    )
    if wanted.policyNumber:
        own = wanted.policyNumber.removeprefix("C-")
        by = Q(policy_number=wanted.policyNumber)
        if (
            wanted.policyNumber.startswith("C-")
            and own.isascii()
            and own.isdecimal()
            and len(own) < 10
        ):
            by |= Q(number=int(own))
        cases = cases.filter(by)
    if wanted.npn:
        cases = cases.filter(agents__agent__npn=wanted.npn)
    if wanted.commissionSplitPercent is not None:
        cases = cases.filter(agents__share=Decimal(str(wanted.commissionSplitPercent)))
    if wanted.applicationOriginId:
        try:
            cases = cases.filter(application=UUID(wanted.applicationOriginId))
        except ValueError:
            return cases.none()
    return cases


_ORDERS = {"policyNumber": "policy_number", "status": "status", "statusDate": "status_since"}


def _page(
    person: User, wanted: Wanted, paging: Paging, correlation: str, *, policies: bool
) -> HttpResponse:
    cutoff = paging.finishedCutoffDays
    found = _found(person, wanted, wanted.finishedCutoffDays if cutoff is None else cutoff)
    sign = "-" if paging.sortOrder == "desc" else ""
    order = [f"{sign}{_ORDERS[paging.orderBy]}", f"{sign}number"]
    first = paging.start - 1
    ordered = found.order_by(*order).prefetch_related("agents__agent")
    cases = list(ordered[first : first + paging.limit])
    counted = found.values("pk")[: COUNTED_MAX + 1].count()
    parties = _parties_of(cases)
    ours = Agency.ours().name
    told = tuple(iri_status.summary(case, parties.get(case.pk, ()), ours) for case in cases)
    page = StatusPage(
        correlation_id="" if policies else correlation,
        start_index=first,
        items_count=len(cases),
        total_items_count=counted if counted <= COUNTED_MAX else None,
        application_statuses=() if policies else told,
        policies=told if policies else (),
    )
    document = page_json(page)
    if policies and not told:
        document = {**document, "policies": document.pop("applicationStatuses", [])}
        document.pop("applicationStatuses", None)
    return _json(document)


def _parties_of(cases: Iterable[Case]) -> dict[UUID, list[CaseParty]]:
    found: dict[UUID, list[CaseParty]] = {}
    rows = CaseParty.objects.filter(case__in=[case.pk for case in cases]).select_related("client")
    for one in rows.order_by("role"):
        found.setdefault(one.case_id, []).append(one)
    return found


@router.post(
    SEARCH, auth=api_door(Can.SEE_CASES), response=dict[str, Any], summary="Search statuses"
)
def search(
    request: HttpRequest,
    given: Wanted,
    paging: Query[Paging],
) -> HttpResponse:
    """Short statuses of the cases that you may see."""
    person = api_needs(request, Can.SEE_CASES)
    return _page(person, given, paging, _correlation(request), policies=False)


@router.get(
    f"{_STATUS}/policies", auth=api_door(Can.SEE_CASES), response=dict[str, Any], summary="Policies"
)
def policies(
    request: HttpRequest,
    paging: Query[Paging],
    npn: Annotated[str, Query(max_length=10)] = "",
    cusip: Annotated[str, Query(max_length=9)] = "",
    applicationOriginId: str = "",  # noqa: N803 - the specification's
) -> HttpResponse:
    """The same without criteria but these."""
    person = api_needs(request, Can.SEE_CASES)
    wanted = Wanted.model_construct(
        npn=npn or None, cusip=cusip or None, applicationOriginId=applicationOriginId or None
    )
    return _page(person, wanted, paging, "", policies=True)


def _whole(case: Case) -> Any:
    requirements = case.requirements.unsettled()[:200]
    return iri_status.whole(case, CaseParty.objects.of(case), requirements)


@router.get(
    f"{_STATUS}/policies/{{policy_number}}",
    auth=api_door(Can.SEE_CASES),
    response=dict[str, Any],
    summary="One policy",
)
def policy(request: HttpRequest, policy_number: str) -> HttpResponse:
    """Without its sections."""
    return _json(policy_json(_whole(_one(request, policy_number))))


@router.get(
    f"{_STATUS}/policies/{{policy_number}}/{{section}}",
    auth=api_door(Can.SEE_CASES),
    response=dict[str, Any],
    summary="One section of a policy",
)
def section(request: HttpRequest, policy_number: str, section: str) -> HttpResponse:
    """document-reviews, fundings, suitability or can-sell-validations.

    Of the last three nothing is kept here yet: suitability is not applicable, the others are done.
    """
    whole = _whole(_one(request, policy_number))
    if section == "document-reviews":
        return _json(section_json(whole.document_reviews))
    done = {"status": "completed", "isActionNeeded": False}
    known: dict[str, dict[str, Any]] = {
        "fundings": done,
        "can-sell-validations": done,
        "suitability": {"status": "notApplicable", "isActionNeeded": False},
    }
    if section not in known:
        raise Http404
    return _json(known[section])


@router.get(
    f"{_STATUS}/{{policy_number}}",
    auth=api_door(Can.SEE_CASES),
    response=dict[str, Any],
    summary="One application with everything",
)
def status(
    request: HttpRequest,
    policy_number: str,
) -> HttpResponse:
    """By policy number, or by the case's own number before there is one."""
    document = status_json(_whole(_one(request, policy_number)))
    correlation = _correlation(request)
    return _json({"correlationId": correlation, **document} if correlation else document)


_NOTIFICATIONS = "/iri/v1/application-notifications"


@router.get(
    f"{_NOTIFICATIONS}/reconciliation",
    auth=api_door(Can.SEE_CASES),
    response=dict[str, Any],
    summary="What was published between two times",
)
def reconciliation(
    request: HttpRequest,
    start: Annotated[datetime, Query(alias="startTime")],
    end: Annotated[datetime, Query(alias="endTime")],
) -> HttpResponse:
    """At most ten thousand events, the oldest first."""
    person = api_needs(request, Can.SEE_CASES)
    begins, ends = _aware(start), _aware(end)
    found = Event.objects.visible_to(person).filter(
        at__gte=begins, at__lte=ends, verb__in=iri_status.TOLD_VERBS, staff_only=False
    )
    events = [
        Published(
            str(one.key),
            one.policy_number[:30] or one.case.reference,
            iri_status.origin_of(one.case),
            iri_status.status_of(one.status),
            one.case.reference,
        )
        for one in found.select_related("case").order_by("id")[:RECONCILED_MAX]
    ]
    return _json(reconciliation_json(Reconciliation(len(events), tuple(events))))


def _aware(moment: datetime) -> datetime:
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


@router.get(
    f"{_NOTIFICATIONS}/{{event_id}}",
    auth=api_door(Can.SEE_CASES),
    response=dict[str, Any],
    summary="One notification again",
)
def notification(request: HttpRequest, event_id: str) -> HttpResponse:
    """As it was pushed, with the case as it is now."""
    person = api_needs(request, Can.SEE_CASES)
    try:
        key = UUID(event_id)
    except ValueError:
        raise Http404 from None
    seen = Event.objects.visible_to(person).select_related("case__client", "case__product")
    event = seen.filter(key=key).first()
    told = iri_status.notification_of(event) if event else None
    if told is None:
        raise Http404
    return _json(notification_json(told))
