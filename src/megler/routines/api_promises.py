"""Promises for programs: what is promised, how it was kept, and the clocks of one case."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from msgspec.json import encode
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.routines import measured
from megler.routines.actions.promising import promise
from megler.routines.models.promises import promised
from megler.routines.rules.promises import Standing, Step, Unit

router = Router()


class PromiseIn(Schema):
    """Within how many business hours or days a step is done; without an amount it is not measured."""

    model_config = ConfigDict(extra="forbid")

    step: Step
    amount: Annotated[Decimal, Field(ge=Decimal("0.25"), le=200, decimal_places=2)] | None = None
    unit: Unit = Unit.DAYS


class PromisesIn(Schema):
    """Several steps; those that are not named stay as they are."""

    model_config = ConfigDict(extra="forbid")

    promises: Annotated[list[PromiseIn], Field(min_length=1, max_length=20)]


class PromiseOut(Schema):
    """One promise over twelve months; amounts are decimal text, the median in business seconds."""

    step: Step
    amount: str
    unit: Unit
    ended: int
    kept: int
    median_seconds: int | None
    running: int
    at_risk: int
    broken: int


class PromisesOut(Schema):
    promises: list[PromiseOut]


class ClockOut(Schema):
    """One promise on one case."""

    step: Step
    started_at: datetime
    due_at: datetime
    ended_at: datetime | None
    standing: Standing


class ClocksOut(Schema):
    clocks: list[ClockOut]


def _json(document: object) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json")


@router.get("/promises", auth=api_door(Can.SEE_TODAY), response=PromisesOut, summary="Promises")
def promises(request: HttpRequest) -> HttpResponse:
    """What is promised for each step, and how it was kept over twelve months."""
    api_needs(request, Can.SEE_TODAY)
    return _json(_promises())


def _promises() -> dict[str, Any]:
    standing = promised()
    told = [
        {
            "step": one.step.value,
            "amount": f"{standing[one.step][0].normalize():f}",
            "unit": standing[one.step][1].value,
            "ended": one.whole.count if one.whole else 0,
            "kept": one.whole.kept if one.whole else 0,
            "median_seconds": one.whole.median_seconds if one.whole else None,
            "running": one.running,
            "at_risk": one.at_risk,
            "broken": one.broken,
        }
        for one in measured.measured(timezone.now())
    ]
    return {"promises": told}


@router.post(
    "/promises", auth=api_door(Can.CHANGE_ROUTINES), response=PromisesOut, summary="Promise"
)
def promises_change(request: HttpRequest, given: PromisesIn) -> HttpResponse:
    """Say by when steps are done; it stands for what starts from now on."""
    by = api_needs(request, Can.CHANGE_ROUTINES)
    said = {
        one.step: None if one.amount is None else (one.amount, one.unit) for one in given.promises
    }
    promise(by, said)
    return _json(_promises())


@router.get(
    "/cases/{case_id}/promises",
    auth=api_door(Can.SEE_TODAY),
    response=ClocksOut,
    summary="The promises of a case",
)
def clocks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Those that run first."""
    person = api_needs(request, Can.SEE_TODAY)
    case = get_object_or_404(Case.objects.visible_to(person), pk=case_id)
    told = [
        {
            "step": one.clock.step,
            "started_at": one.clock.started_at,
            "due_at": one.clock.due_at,
            "ended_at": one.clock.ended_at,
            "standing": one.standing.value,
        }
        for one in measured.clocks_of(case.pk, timezone.now())
    ]
    return _json({"clocks": told})
