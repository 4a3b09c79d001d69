"""Quotes for programs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from msgspec.json import encode
from ninja import Field, Router, Schema

from megler.accounts.access import api_door, api_needs
from megler.accounts.rules.roles import Can
from megler.licensing.models import Agent
from megler.quoting import api_links, api_proposals
from megler.quoting.actions import quotes as actions
from megler.quoting.actions import tools
from megler.quoting.actions.answers import answer_to
from megler.quoting.models import Quote
from megler.quoting.rules.answer import quote_schema
from megler.quoting.rules.tools.ladder import Need
from megler.underwriting.rules.shape import facts_schema
from megler.vocabulary.numbers import FIRST_DAY, LAST_DAY

router = Router(tags=["quotes"])

READ_ONLY = {"/quotes", "/quotes/tools"}
"""Operations that are asked by POST but change nothing: they need no Idempotency-Key."""

DOCUMENTS = {"Facts": facts_schema(), "Quote": quote_schema()}
"""The documents to which the operations' description refers."""


def _said(name: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}}


_ANSWERED = {
    "type": "object",
    "required": ["tool", "on", "answer"],
    "properties": {
        "tool": {"type": "string", "enum": list(tools.TOOLS)},
        "on": {"type": "string", "format": "date"},
        "answer": {"type": "array", "items": {"type": "object"}},
    },
}
_QUOTE = {"responses": {200: _said("Quote")}}
_FACTS_TO_QUOTE = {**_QUOTE, "requestBody": {"required": True, **_said("Facts")}}
_TOOLS_ANSWER = {"responses": {200: {"content": {"application/json": {"schema": _ANSWERED}}}}}
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


class ProductNamed(Schema):
    """A product by its codes."""

    carrier: str
    product: str


class OfferNamed(ProductNamed):
    """An offer of an answer by what tells it apart."""

    term_years: int | None = None
    plan: str | None = None


class NeedStep(Schema):
    """An amount (a decimal string) that is needed until `years` from now."""

    amount: Annotated[str, Field(pattern=r"^[0-9]{1,12}(\.[0-9]{1,2})?$")]
    years: Annotated[int, Field(ge=0, le=100)]


class ToolAsked(Schema):
    """A tool and what it is asked (docs/quoting.md); each reads its own part."""

    tool: str
    facts: dict[str, Any]
    on: Day | None = None
    wish: int = 0
    only: Annotated[list[ProductNamed], Field(max_length=200)] | None = None
    offers: Annotated[list[OfferNamed], Field(max_length=200)] = []
    need: Annotated[list[NeedStep], Field(max_length=20)] = []
    around: Annotated[int, Field(ge=0, le=30)] = 5


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
    answer = answer_to(request.body, on or timezone.localdate())
    return HttpResponse(answer, content_type="application/json")


@router.post(
    "/quotes/tools",
    auth=api_door(Can.QUOTE),
    openapi_extra=_TOOLS_ANSWER,
    summary="Ask for other classes, terms, ages and amounts, ladders and comparisons",
)
def tool(request: HttpRequest, asked: ToolAsked) -> HttpResponse:
    """See docs/quoting.md for each tool and its answer; nothing is saved."""
    api_needs(request, Can.QUOTE)
    on = asked.on or timezone.localdate()
    question = tools.Question(
        wish=asked.wish,
        only=None if asked.only is None else tuple((o.carrier, o.product) for o in asked.only),
        offers=tuple((o.carrier, o.product, o.term_years, o.plan, 0) for o in asked.offers),
        need=tuple(Need(Decimal(step.amount), step.years) for step in asked.need),
        around=asked.around,
    )
    answer = tools.ask(asked.tool, asked.facts, on, question)
    return _json({"tool": asked.tool, "on": on.isoformat(), "answer": answer})


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


router.add_router("", api_proposals.router)
router.add_router("", api_links.router)
