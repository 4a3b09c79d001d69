"""Quotes for programs."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Field, Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.licensing.models import Agent
from megler.quoting.actions import quotes as actions
from megler.quoting.models import Quote
from megler.quoting.rules.answer import quote_schema
from megler.underwriting.rules.shape import facts_schema
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

router = Router(tags=["quotes"])

READ_ONLY = {"/quotes"}
"""Operations that are asked by POST but change nothing: they need no Idempotency-Key."""

DOCUMENTS = {"Facts": facts_schema(), "Quote": quote_schema()}
"""The documents to which the operations' description refers."""


def _said(name: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


_QUOTE = {"responses": {200: _said("Quote")}}
_FACTS_TO_QUOTE = {**_QUOTE, "requestBody": {"required": True, **_said("Facts")}}
_SCHEMA = {"responses": {200: {"content": {"application/json": {"schema": {"type": "object"}}}}}}


Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


class SavedQuote(Schema):
    """What to save: the facts document, the day (default today), for which agent, and its title."""

    facts: dict[str, Any]
    on: Day | None = None
    agent: UUID | None = None
    title: str = ""


class Kept(Schema):
    """A quote as it was saved; its answer is the document of /schemas/quote.json."""

    id: UUID
    title: str
    agent: UUID | None
    made_at: datetime
    on: date
    editions: list[UUID]
    answer: dict[str, Any]


def _json(document: object, status: int = 200) -> HttpResponse:
    return HttpResponse(encode(document), content_type="application/json", status=status)


@router.post(
    "/quotes",
    auth=api_door(Can.QUOTE),
    openapi_extra=_FACTS_TO_QUOTE,
    summary="Price everything for a facts document",
)
def quotes(request: HttpRequest, on: Day | None = None) -> HttpResponse:
    """The body is the facts document (see /schemas/facts.json); nothing is saved."""
    api_needs(request, Can.QUOTE)
    answer = actions.quote(request.body, on or timezone.localdate())
    return _json(actions.shown(answer))


@router.post(
    "/saved-quotes",
    auth=api_door(Can.QUOTE),
    response={201: Kept},
    summary="Price and keep a quote",
)
def save(request: HttpRequest, wanted: SavedQuote) -> HttpResponse:
    """Keeps the facts, the answer and the editions; answers 201 with the quote."""
    person = api_needs(request, Can.QUOTE)
    agent = None
    if wanted.agent is not None:
        agent = Agent.objects.acted_for_by(person).filter(pk=wanted.agent).first()
        if agent is None:
            raise Http404
    on = wanted.on or timezone.localdate()
    kept = actions.save_quote(person, wanted.facts, on, agent=agent, title=wanted.title)
    return _json(_saved(kept), 201)


@router.get(
    "/saved-quotes/{quote_id}",
    auth=api_door(Can.QUOTE),
    response=Kept,
    summary="A saved quote",
)
def saved(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """The quote as it was saved."""
    return _json(_saved(_visible(request, quote_id)))


@router.get(
    "/saved-quotes/{quote_id}/replay",
    auth=api_door(Can.QUOTE),
    openapi_extra=_QUOTE,
    summary="A saved quote priced anew",
)
def replayed(request: HttpRequest, quote_id: UUID) -> HttpResponse:
    """Priced anew from the saved facts and editions: the same cents as when it was saved."""
    return _json(actions.replay(_visible(request, quote_id)))


@router.get(
    "/schemas/facts.json",
    openapi_extra=_SCHEMA,
    summary="The JSON Schema of the facts document",
)
def facts_document(request: HttpRequest) -> HttpResponse:
    """Published so that programs can check what they send."""
    return _json(facts_schema())


@router.get("/schemas/quote.json", openapi_extra=_SCHEMA, summary="The JSON Schema of a quote")
def quote_document(request: HttpRequest) -> HttpResponse:
    """Published so that programs can rely on what they get."""
    return _json(quote_schema())


def _visible(request: HttpRequest, quote_id: UUID) -> Quote:
    person = api_needs(request, Can.QUOTE)
    kept = Quote.objects.visible_to(person).filter(pk=quote_id).first()
    if kept is None:
        raise Http404
    return kept


def _saved(kept: Quote) -> dict[str, Any]:
    return {
        "id": str(kept.pk),
        "title": kept.title,
        "agent": str(kept.agent_id) if kept.agent_id else None,
        "made_at": kept.made_at.isoformat(),
        "on": kept.on.isoformat(),
        "editions": kept.editions,
        "answer": kept.answer,
    }
