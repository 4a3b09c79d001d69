"""Changes, agents, alerts, sets, the issued policy and its delivery, for programs."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Router

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.actions import alerts, changes, delivering, people, received, reinstating, sets
from megler.cases.actions.agents import set_split
from megler.cases.models import (
    Case,
    CaseAlert,
    CaseChange,
    CaseDocument,
    IssuedPolicy,
    PolicyDelivery,
    PolicyDifference,
    RequirementSet,
)
from megler.cases.rules.beneficiaries import read_beneficiaries
from megler.cases.rules.changes import Change
from megler.cases.shapes.changes import (
    ActedOut,
    AlertIn,
    AlertOut,
    AlertsOut,
    AskedIn,
    ChangeIn,
    ChangeOut,
    ChangesOut,
    DeliveriesOut,
    DeliveryOut,
    DifferenceOut,
    InsuredIn,
    InsuredOut,
    ParcelIn,
    PolicyIn,
    PolicyOut,
    PreviewOut,
    RaisedOut,
    ReceiptIn,
    SetIn,
    SettleIn,
    SeveralIn,
    SharesOut,
    SplitIn,
    StandingOut,
)
from megler.cases.shapes.told import requirement_json
from megler.clients.rules.people import Known
from megler.licensing.models import Agent
from megler.vocabulary.problems import Problem, Refused

router = Router(tags=["cases"])
LISTED_MAX = 200


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


def _case(request: HttpRequest, case_id: UUID, needs: Can) -> tuple[User, Case]:
    person = api_needs(request, needs)
    seen = Case.objects.visible_to(person).filter(pk=case_id)
    case = seen.select_related("agent", "client", "product__carrier", "carrier").first()
    if case is None:
        raise Http404
    return person, case


def _text(value: Any) -> str | None:
    return (
        None if value is None else value.isoformat() if hasattr(value, "isoformat") else str(value)
    )


def _change(one: CaseChange) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "before": one.before,
        "after": one.after,
        "because": one.because,
        "opened": one.opened,
        "on": _text(one.holds_from),
        "by": one.by_name,
        "at": _text(one.at),
        "tells_carrier": one.tells_carrier,
        "carrier_told_at": _text(one.carrier_told_at),
    }


@router.get(
    "/cases/{case_id}/changes",
    auth=api_door(Can.SEE_CASES),
    response=ChangesOut,
    summary="Changes of a case",
)
def case_changes(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Newest first, with before and after."""
    _person, held = _case(request, case_id, Can.SEE_CASES)
    made = held.changes.order_by("-at")[:LISTED_MAX]
    return _json({"changes": [_change(one) for one in made]})


@router.post(
    "/cases/{case_id}/changes",
    auth=api_door(Can.WORK_CASES),
    response={200: PreviewOut, 201: ChangeOut},
    summary="Change a case",
)
def change_case(request: HttpRequest, case_id: UUID, given: ChangeIn) -> HttpResponse:
    """Answers 201 with the change; with `preview` 200 with what it would open, nothing written."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    wanted = Change(given.kind, given.to, given.because, given.request, given.on)
    if given.preview:
        seen = changes.preview(person, held, wanted)
        return _json(
            {
                "before": dict(seen.before),
                "after": dict(seen.after),
                "opens": [one.value for one in seen.effect.opens],
                "added": [one.value for one in seen.effect.added],
                "kept": [one.value for one in seen.effect.kept],
                "unneeded": list(seen.effect.unneeded),
                "status": seen.status.value,
                "premium": _text(seen.price),
            }
        )
    return _json(_change(changes.change(person, held, wanted, version=given.version)), 201)


@router.post(
    "/cases/{case_id}/changes/{change_id}/told",
    auth=api_door(Can.WORK_CASES),
    response=ChangeOut,
    summary="The carrier was told of a change",
)
def change_told(request: HttpRequest, case_id: UUID, change_id: UUID) -> HttpResponse:
    """Once; a second time changes nothing."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    made = held.changes.filter(pk=change_id).first()
    if made is None:
        raise Http404
    return _json(_change(changes.record_carrier_told(person, made)))


@router.put(
    "/cases/{case_id}/agents",
    auth=api_door(Can.WORK_CASES),
    response=SharesOut,
    summary="Settle the split",
)
def split(request: HttpRequest, case_id: UUID, given: SplitIn) -> HttpResponse:
    """The shares make 100; who comes in sees the case, who goes out no longer does."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    known = {one.npn: one for one in Agent.objects.filter(npn__in=[a.npn for a in given.agents])}
    unknown = [one.npn for one in given.agents if one.npn not in known]
    if unknown:
        raise Refused(Problem("split_unknown_agent", "agents", npn) for npn in unknown)
    shares = [(known[one.npn], one.share) for one in given.agents]
    set_split(person, held, shares, version=given.version)
    rows = held.agents.select_related("agent")
    return _json(
        {
            "agents": [
                {"npn": row.agent.npn, "name": row.agent.name, "share": f"{row.share:f}"}
                for row in rows
            ]
        }
    )


def _alert(one: CaseAlert) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "text": one.text,
        "severity": one.severity,
        "for_agent": one.for_agent,
        "by": one.by_name,
        "raised_at": _text(one.raised_at),
        "until": _text(one.until),
        "ended_at": _text(one.ended_at),
    }


@router.get(
    "/cases/{case_id}/alerts",
    auth=api_door(Can.SEE_CASES),
    response=AlertsOut,
    summary="Alerts of a case",
)
def case_alerts(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All that you may see, also those that have ended."""
    person, held = _case(request, case_id, Can.SEE_CASES)
    seen = CaseAlert.objects.visible_to(person).filter(case=held).order_by("-raised_at")
    return _json({"alerts": [_alert(one) for one in seen[:LISTED_MAX]]})


@router.post(
    "/cases/{case_id}/alerts",
    auth=api_door(Can.WORK_CASES),
    response={201: AlertOut},
    summary="Raise an alert",
)
def alert(request: HttpRequest, case_id: UUID, given: AlertIn) -> HttpResponse:
    """Answers 201 with the alert."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    raised = alerts.raise_alert(
        person, held, given.text, given.severity, until=given.until, for_agent=given.for_agent
    )
    return _json(_alert(raised), 201)


@router.post(
    "/cases/{case_id}/alerts/{alert_id}/end",
    auth=api_door(Can.WORK_CASES),
    response=AlertOut,
    summary="End an alert",
)
def alert_end(request: HttpRequest, case_id: UUID, alert_id: UUID) -> HttpResponse:
    """It is kept with who ended it."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    standing = held.alerts.filter(pk=alert_id).first()
    if standing is None:
        raise Http404
    return _json(_alert(alerts.end_alert(person, standing)))


@router.post(
    "/cases/{case_id}/requirement-sets",
    auth=api_door(Can.WORK_CASES),
    response={201: RaisedOut},
    summary="Raise a set",
)
def raise_set(request: HttpRequest, case_id: UUID, given: SetIn) -> HttpResponse:
    """Answers 201 with the requirements raised; what is open already is skipped."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    wanted = RequirementSet.objects.filter(name=given.name).first()
    if wanted is None:
        raise Refused(Problem("wrong_value", "name", given.name, ""))
    raised = sets.raise_set(person, held, wanted)
    return _json({"requirements": [requirement_json(one, set()) for one in raised]}, 201)


@router.post(
    "/cases/{case_id}/requirement-acts",
    auth=api_door(Can.WORK_CASES),
    response=ActedOut,
    summary="One act with several requirements",
)
def act_on_several(request: HttpRequest, case_id: UUID, given: SeveralIn) -> HttpResponse:
    """Those that cannot be moved stay as they are, and are told in `refused`."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    if given.act not in sets.AT_ONCE:
        raise Refused(Problem("wrong_value", "act", given.act, ", ".join(sets.AT_ONCE)))
    acted = sets.act_on_many(
        person, held, given.requirements, given.act, reason=given.reason, vendor=given.vendor
    )
    return _json(
        {
            "done": [str(one.pk) for one in acted.done],
            "refused": [
                {"code": p.code, "where": p.where, "found": p.found} for p in acted.refused
            ],
        }
    )


@router.post(
    "/cases/{case_id}/insureds",
    auth=api_door(Can.WORK_CASES),
    response={201: InsuredOut},
    summary="Add an insured",
)
def insured(request: HttpRequest, case_id: UUID, given: InsuredIn) -> HttpResponse:
    """Answers 201; with a birth date, the guide's requirements for that person are put up."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    known = Known(first_name=given.first_name, last_name=given.last_name, born=given.born)
    party = people.add_insured(person, held, known)
    return _json({"id": str(party.pk), "role": party.role, "name": party.client.name}, 201)


def _policy(one: IssuedPolicy) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "policy_number": one.policy_number,
        "policy_on": _text(one.policy_on),
        "received_at": _text(one.received_at),
        "differences": [_difference(row) for row in one.differences.all()],
    }


def _difference(row: PolicyDifference) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "part": row.part,
        "expected": row.expected,
        "found": row.found,
        "state": row.state,
        "reason": row.reason,
    }


@router.post(
    "/cases/{case_id}/policy",
    auth=api_door(Can.WORK_CASES),
    response={201: PolicyOut},
    summary="Record the policy",
)
def record_policy(request: HttpRequest, case_id: UUID, given: PolicyIn) -> HttpResponse:
    """Answers 201 with every part that is not as it was to be."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    told = given.dict()
    version, rows = told.pop("version"), told.pop("beneficiaries")
    named, problems = read_beneficiaries(rows) if rows else ([], [])
    if problems:
        raise Refused(problems)
    paper = told.pop("document")
    document = CaseDocument.objects.filter(case=held, pk=paper).first() if paper else None
    if paper and document is None:
        raise Refused(Problem("document_not_here", "document", str(paper)))
    told["mode"] = told["mode"].value if told["mode"] else ""
    read = received.Policy(**told, beneficiaries=tuple(named), document=document)
    return _json(_policy(received.record_policy(person, held, read, version=version)), 201)


@router.post(
    "/cases/{case_id}/policy/differences/{difference_id}",
    auth=api_door(Can.WORK_CASES),
    response=DifferenceOut,
    summary="Accept a difference, or send the policy back",
)
def settle(
    request: HttpRequest, case_id: UUID, difference_id: UUID, given: SettleIn
) -> HttpResponse:
    """Always with the reason; once."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    rows = PolicyDifference.objects.filter(policy__case=held).select_related("policy__case")
    row = rows.filter(pk=difference_id).first()
    if row is None:
        raise Http404
    return _json(_difference(received.settle_difference(person, row, given.to, given.reason)))


def _delivery(one: PolicyDelivery) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "way": one.way,
        "to": one.to_name,
        "tracking": one.tracking or None,
        "sent_at": _text(one.sent_at),
        "shown": one.shown,
        "opened_at": _text(one.opened_at),
        "received_on": _text(one.received_on),
        "receipt_by": one.receipt_name or None,
        "ended_at": _text(one.ended_at),
    }


@router.get(
    "/cases/{case_id}/policy-deliveries",
    auth=api_door(Can.WORK_CASES),
    response=DeliveriesOut,
    summary="How the policy went to its owner",
)
def policy_deliveries(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Newest first."""
    _person, held = _case(request, case_id, Can.WORK_CASES)
    return _json({"deliveries": [_delivery(one) for one in held.deliveries.all()[:LISTED_MAX]]})


@router.post(
    "/cases/{case_id}/policy-deliveries",
    auth=api_door(Can.WORK_CASES),
    response={201: DeliveryOut},
    summary="Send the policy",
)
def send_policy(request: HttpRequest, case_id: UUID, given: ParcelIn) -> HttpResponse:
    """Answers 201; the link itself goes to the owner only."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    told = given.dict()
    wanted = set(told.pop("documents"))
    documents = tuple(CaseDocument.objects.filter(case=held, pk__in=wanted))
    if len(documents) != len(wanted):
        raise Http404
    parcel = delivering.Parcel(**told, documents=documents)
    made, _token = delivering.send_policy(person, held, parcel)
    return _json(_delivery(made), 201)


@router.post(
    "/cases/{case_id}/policy-deliveries/{delivery_id}/receipt",
    auth=api_door(Can.WORK_CASES),
    response=DeliveryOut,
    summary="The receipt is here",
)
def receipt(
    request: HttpRequest, case_id: UUID, delivery_id: UUID, given: ReceiptIn
) -> HttpResponse:
    """Delivers the policy on that day."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    made = held.deliveries.filter(pk=delivery_id).first()
    if made is None:
        raise Http404
    return _json(_delivery(delivering.record_receipt(person, made, given.name, given.on)))


def _standing(case: Case) -> HttpResponse:
    lapsed: date | None = case.lapsed_on
    return _json(
        {
            "status": case.status,
            "outcome": case.outcome or None,
            "lapsed_on": _text(lapsed),
            "reinstatement_asked_on": _text(case.reinstatement_asked_on),
            "reinstated_on": _text(case.reinstated_on),
        }
    )


@router.post(
    "/cases/{case_id}/reinstatement",
    auth=api_door(Can.WORK_CASES),
    response=StandingOut,
    summary="Ask for the reinstatement of a lapsed policy",
)
def ask_reinstatement(request: HttpRequest, case_id: UUID, given: AskedIn) -> HttpResponse:
    """The carrier decides anew; what it usually asks is put up."""
    person, held = _case(request, case_id, Can.WORK_CASES)
    return _standing(
        reinstating.ask_reinstatement(
            person, held, given.because, on=given.on, version=given.version
        )
    )
