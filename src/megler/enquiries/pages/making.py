"""A new enquiry: from a saved quote, from facts that another page sends, or from what is typed here."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.clients.models import Client
from megler.enquiries.actions.making import Draft, change_enquiry, start_enquiry
from megler.enquiries.forms import DraftForm, FactsForm
from megler.enquiries.pages.reading import visible_enquiry
from megler.enquiries.rules.scrubbing import Secrets
from megler.enquiries.rules.summary import Summary, summary_of
from megler.licensing.models import Agent
from megler.quoting.models import Quote
from megler.underwriting.actions.answers import facts_of
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused

AGENTS_MAX = 500


def _agents(person: User) -> list[Agent]:
    return list(Agent.objects.acted_for_by(person).order_by("name")[:AGENTS_MAX])


def _quote(person: User, given: str) -> Quote | None:
    return Quote.objects.visible_to(person).filter(pk=key).first() if (key := _key(given)) else None


def _client(person: User, given: str) -> Client | None:
    found = Client.objects.visible_to(person)
    return found.filter(pk=key).first() if (key := _key(given)) else None


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@for_those_who_can(Can.QUOTE)
@require_http_methods(["GET", "POST"])
def enquiry_new(request: SignedInRequest) -> HttpResponse:
    """The form of a new enquiry. POST with `facts` alone opens it with them; `save` makes it."""
    person, given = request.user, request.POST if request.method == "POST" else request.GET
    quote, client = _quote(person, given.get("quote", "")), _client(person, given.get("client", ""))
    facts = given.get("facts", "")
    if not facts and quote is not None:
        facts = json.dumps(quote.facts)
    saving = request.method == "POST" and "save" in given
    agents = _agents(person)
    first = {"agent": quote.agent if quote else None, "known_as": client.name if client else ""}
    draft_form = DraftForm(given if saving else None, agents=agents, initial=first)
    facts_form = None if facts else FactsForm(given if saving else None)
    refused = None
    if saving and draft_form.is_valid():
        try:
            agent = draft_form.cleaned_data.get("agent") or (agents[0] if agents else None)
            document = facts or _typed(facts_form)
            said = _said(draft_form)
            draft = Draft(agent, document, client=client, quote=quote, **said)
            return redirect("enquiry", start_enquiry(person, draft).pk)
        except Refused as problems:
            refused = problems
    context: dict[str, Any] = {
        "draft_form": draft_form,
        "facts_form": facts_form,
        "facts": facts,
        "told": _told(facts),
        "quote": quote,
        "client": client,
        "refused": refused,
    }
    status = 422 if saving else 200
    return render(request, "enquiries/new.html", context, status=status)


def _typed(form: FactsForm | None) -> dict[str, Any]:
    """The facts document that was typed. Raises `Refused` with every field that could not be read."""
    if form is None:
        return {}
    document, problems = form.document(timezone.localdate())
    if problems:
        raise Refused(problems)
    return document


def _said(form: DraftForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("known_as", "purpose", "remarks", "hidden")}


def _told(facts: str) -> Summary | None:
    """What carriers would read of facts that another page sent; None where they are none."""
    if not facts:
        return None
    on = timezone.localdate()
    try:
        return summary_of(facts_of(facts, on), on, Secrets())
    except Refused:
        return None


@for_those_who_can(Can.QUOTE)
@require_http_methods(["GET", "POST"])
def enquiry_change(request: SignedInRequest, enquiry_id: UUID) -> HttpResponse:
    """Change what an enquiry says, while nothing of it has gone out."""
    held = visible_enquiry(request.user, enquiry_id)
    saving = request.method == "POST"
    known = {name: getattr(held, name) for name in ("purpose", "remarks", "hidden")}
    known |= {"agent": held.agent, "known_as": held.known_as or held.called}
    form = DraftForm(request.POST if saving else None, agents=_agents(request.user), initial=known)
    refused = None
    if saving and form.is_valid():
        agent = form.cleaned_data.get("agent") or held.agent
        draft = Draft(agent, held.facts, client=held.client, quote=held.quote, **_said(form))
        try:
            change_enquiry(request.user, held, draft, whole(request.POST.get("version", "")))
            return redirect("enquiry", held.pk)
        except Refused as problems:
            refused = problems
    context = {"enquiry": held, "draft_form": form, "refused": refused}
    return render(request, "enquiries/change.html", context, status=422 if saving else 200)
