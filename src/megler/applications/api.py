"""Applications for programs."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from msgspec.json import encode
from ninja import Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications import api_uploads
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import missing, signers, today
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import not_in_good_order, submit
from megler.applications.api_replacing import router as replacing
from megler.applications.api_txlife import router as txlife
from megler.applications.models import Application, State
from megler.applications.pages.lists import found_by, page_of
from megler.forms.rules.questionnaire import MASKED
from megler.forms.rules.shown import shown_answer
from megler.quoting.models import Quote
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem

router = Router(tags=["applications"])
router.add_router("", replacing)
router.add_router("", api_uploads.router)
router.add_router("", txlife)

READ_ONLY = api_uploads.READ_ONLY


class FromQuote(Schema):
    """Which offer (counted from 0) of which saved quote to apply for."""

    quote: UUID
    offer: int


class Answers(Schema):
    """Answers by question key, and the `version` of the application in which they were seen."""

    version: int
    answers: dict[str, Any]


class Listed(Schema):
    """An application in a list."""

    id: UUID
    number: str
    state: str
    insured: str
    agent: str
    carrier: str
    product: str
    offer: dict[str, Any]
    started_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


class Part(Schema):
    """Some applications, and the `page` of the newer and of the older ones."""

    applications: list[Listed]
    newer: str | None
    older: str | None


class Given(Schema):
    """An answer as it stands; numbers that identify somebody are masked."""

    value: Any
    by: str
    at: str
    origin: str
    version: int


class Lacking(Schema):
    """What is not in good order, where, and who is asked."""

    code: str
    where: str
    found: str
    expected: str
    severity: str
    text: str
    form: str
    asked_of: str


class Unsigned(Schema):
    """A form that somebody has not signed."""

    form: str
    role: str


class Named(Schema):
    """Somebody in a role."""

    role: str
    name: str


class Whole(Listed):
    """An application with its answers and with what it lacks."""

    version: int
    answers: dict[str, Given]
    missing: list[Lacking]
    not_signed: list[Unsigned]
    signers: list[Named]


class Changed(Whole):
    """The application after answers were saved, and the signatures that no longer count."""

    voided: list[Named]


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


@router.get(
    "/applications",
    auth=api_door(Can.APPLY),
    response=Part,
    summary="Applications, newest first",
)
def applications(
    request: HttpRequest, state: str = "", q: str = "", page: str = ""
) -> HttpResponse:
    """25 at a time; `older` and `newer` are the `page` to ask for next. `q` is a name or number."""
    person = api_needs(request, Can.APPLY)
    found = page_of(found_by(person, q.strip()[:100], state), page)
    listed = [_in_list(one) for one in found.rows]
    return _json({"applications": listed, "newer": found.newer, "older": found.older})


@router.get(
    "/applications/{uuid:application_id}",
    auth=api_door(Can.APPLY),
    response=Whole,
    summary="One application",
)
def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Its answers (secret numbers masked), what is missing, who signs, and its version."""
    return _json(_whole(_visible(api_needs(request, Can.APPLY), application_id)))


@router.post(
    "/applications",
    auth=api_door(Can.APPLY),
    response={201: Whole},
    summary="Start an application from a saved quote",
)
def start(request: HttpRequest, wanted: FromQuote) -> HttpResponse:
    """Everything the quote knows is filled in; answers 201 with the application."""
    person = api_needs(request, Can.APPLY)
    quote = Quote.objects.visible_to(person).filter(pk=wanted.quote).first()
    if quote is None:
        raise Http404
    return _json(_whole(start_from_quote(person, quote, wanted.offer)), 201)


@router.patch(
    "/applications/{application_id}/answers",
    auth=api_door(Can.APPLY),
    response=Changed,
    summary="Answer questions",
)
def answers(request: HttpRequest, application_id: UUID, given: Answers) -> HttpResponse:
    """All or nothing. An answer changed by somebody else since `version` is refused with theirs."""
    person = api_needs(request, Can.APPLY)
    held = _visible(person, application_id)
    saved = answer(person, held, given.answers, given.version)
    voided = [{"role": one.role, "name": one.name} for one in saved.voided]
    return _json({**_whole(saved.application), "voided": voided})


@router.post(
    "/applications/{application_id}/submit",
    auth=api_door(Can.APPLY),
    response=Whole,
    summary="Submit an application",
)
def submitted(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """In good order and signed by all, or 422 with everything missing. Again: the same answer."""
    person = api_needs(request, Can.APPLY)
    return _json(_whole(submit(person, _visible(person, application_id))))


def _visible(person: User, application_id: UUID) -> Application:
    found = Application.objects.visible_to(person).filter(pk=application_id)
    if one := found.select_related("agent__user", "product__carrier").first():
        return one
    raise Http404


def _in_list(one: Application) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "number": one.reference,
        "state": one.state,
        "insured": one.insured_name,
        "agent": one.agent.name,
        "carrier": one.product.carrier.slug,
        "product": one.product.code,
        "offer": one.offer,
        "started_at": one.started_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "submitted_at": one.submitted_at.isoformat() if one.submitted_at else None,
    }


def _whole(one: Application) -> dict[str, Any]:
    by_key, given = one.questionnaire.by_key, one.given
    on = today(None)
    return {
        **_in_list(one),
        "version": one.version,
        "answers": {
            key: {
                "value": shown_answer(by_key[key], found.value)
                if by_key[key].type in MASKED
                else found.value,
                "by": found.by,
                "at": found.at,
                "origin": found.origin,
                "version": found.version,
            }
            for key, found in given.items()
            if key in by_key
        },
        "missing": [
            {**_told(m.problem), "form": m.form, "asked_of": m.asked_of.value}
            for m in missing(one, on)
        ],
        "not_signed": [
            {"form": p.where, "role": p.found}
            for p in not_in_good_order(one)
            if p.code == "signature_missing"
        ]
        if one.state != State.SUBMITTED
        else [],
        "signers": [
            {"role": role.value, "name": person.name} for role, person in signers(one, on).items()
        ],
    }


def _told(problem: Problem) -> dict[str, str]:
    return {
        "code": problem.code,
        "where": problem.where,
        "found": problem.found,
        "expected": problem.expected,
        "severity": problem.severity.value,
        "text": sentence(problem),
    }
