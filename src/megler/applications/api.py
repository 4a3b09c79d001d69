"""Applications for programs."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Router

from megler.accounts.access import api_door, api_needs
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications import api_uploads
from megler.applications.actions.answering import answer
from megler.applications.actions.beginning import Wanted, start_from_nothing
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import submit
from megler.applications.actions.tickets import Call, start_ticket, submit_ticket
from megler.applications.api_replacing import router as replacing
from megler.applications.api_txlife import router as txlife
from megler.applications.models import Application, State
from megler.applications.models_filling import CompletedBy
from megler.applications.pages.lists import found_by, page_of
from megler.applications.rules.tickets import Cover
from megler.applications.shapes import (
    Answers,
    ApplicationsOut,
    Changed,
    GoodOrder,
    Start,
    Whole,
    good_order,
    in_list,
    whole,
)
from megler.licensing.actions import agent_by_npn
from megler.quoting.models import Quote
from megler.vocabulary.problems import Problem, Refused

own = Router(tags=["applications"])
router = Router()
for _part in (txlife, api_uploads.router, replacing, own):  # words before an application's id
    router.add_router("", _part)

READ_ONLY = api_uploads.READ_ONLY


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


@own.get(
    "/applications",
    auth=api_door(Can.APPLY),
    response=ApplicationsOut,
    summary="Applications, newest first",
)
def applications(
    request: HttpRequest, state: str = "", q: str = "", page: str = ""
) -> HttpResponse:
    """25 at a time; `older` and `newer` are the `page` to ask for next. `q` is a name or number."""
    person = api_needs(request, Can.APPLY)
    found = page_of(found_by(person, q.strip()[:100], state), page)
    listed = [in_list(one) for one in found.rows]
    return _json({"applications": listed, "newer": found.newer, "older": found.older})


@own.get(
    "/applications/{application_id}",
    auth=api_door(Can.APPLY),
    response=Whole,
    summary="One application",
)
def application(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Its answers (secret numbers masked), what is missing, who signs, and its version."""
    return _json(whole(_visible(api_needs(request, Can.APPLY), application_id)))


@own.post(
    "/applications",
    auth=api_door(Can.APPLY),
    response={201: Whole},
    summary="Start an application, from a saved quote or from nothing, or a drop ticket",
)
def start(request: HttpRequest, wanted: Start) -> HttpResponse:
    """Answers 201 with the application, or 422 with every problem by question, and starts nothing."""
    person = api_needs(request, Can.APPLY)
    with transaction.atomic():
        held = (
            _from_quote(person, wanted, wanted.quote)
            if wanted.quote
            else _from_nothing(person, wanted)
        )
    return _json(whole(_visible(person, held.pk)), 201)


def _from_quote(person: User, wanted: Start, quote_id: UUID) -> Application:
    quote = Quote.objects.visible_to(person).filter(pk=quote_id).first()
    if quote is None:
        raise Http404
    if wanted.ticket:
        raise Refused(Problem("ticket_with_quote", "ticket"))
    offer = -1 if wanted.offer is None else wanted.offer
    agent = agent_by_npn(person, wanted.agent)
    held = start_from_quote(person, quote, offer, agent=agent)
    return answer(person, held, wanted.answers, held.version).application


def _from_nothing(person: User, wanted: Start) -> Application:
    asked = Wanted(
        agent=agent_by_npn(person, wanted.agent),
        product=wanted.product,
        jurisdiction=wanted.jurisdiction,
        cover=Cover(wanted.amount, wanted.term_years, wanted.mode),
        answers=wanted.answers,
    )
    if wanted.ticket is None:
        return start_from_nothing(person, asked)
    call_at = wanted.ticket.call_at
    if call_at is not None and timezone.is_naive(call_at):
        call_at = timezone.make_aware(call_at)
    call = Call(CompletedBy(wanted.ticket.completed_by), call_at, wanted.ticket.note)
    return start_ticket(person, asked, call)


@own.get(
    "/applications/{application_id}/good-order",
    auth=api_door(Can.APPLY),
    response=GoodOrder,
    summary="Whether an application is in good order, and what it lacks",
)
def good_order_of(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Each problem with its form, its question, who is asked, and where it is cleared."""
    return _json(good_order(_visible(api_needs(request, Can.APPLY), application_id)))


@own.patch(
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
    return _json({**whole(saved.application), "voided": voided})


@own.post(
    "/applications/{application_id}/submit",
    auth=api_door(Can.APPLY),
    response=Whole,
    summary="Submit an application",
)
def submitted(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """In good order and signed by all, or 422 with everything missing. Again: the same answer.

    A ticket that the carrier completes needs its short list only.
    """
    person = api_needs(request, Can.APPLY)
    held = _visible(person, application_id)
    done = submit_ticket if held.state == State.TICKET else submit
    return _json(whole(done(person, held)))


def _visible(person: User, application_id: UUID) -> Application:
    found = Application.objects.visible_to(person).filter(pk=application_id)
    if one := found.select_related("agent__user", "product__carrier").first():
        return one
    raise Http404
