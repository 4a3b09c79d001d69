"""The quote page, live while the agent types; saved quotes."""

import json
from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.licensing.actions import agent_by_npn
from megler.quoting.actions import quotes as actions
from megler.quoting.forms import QuoteForm
from megler.quoting.models import Quote
from megler.quoting.rules.entry import facts_from_entry
from megler.quoting.shown import table_of
from megler.vocabulary.problems import Problem, Refused, errors

START = {"line": "term_life", "term_years": "20", "face_amount": "500k", "mode": "monthly"}
PAGE_ROWS = 30


def _answer(request: HttpRequest) -> dict[str, Any]:
    """What the page shows for what is typed: offers, or what is wrong with it."""
    today = timezone.localdate()
    typed = {key: str(value) for key, value in request.POST.items()}
    document, problems = facts_from_entry(typed, today)
    if errors(problems):
        return {"problems": problems}
    try:
        answer = actions.shown(actions.quote(document, today))
    except Refused as refused:
        return {"problems": refused.problems}
    return {
        "table": table_of(answer, typed.get("mode", "")),
        "document_json": json.dumps(document),
        "may_apply": cast(User, request.user).may(Can.APPLY),
        "agent_npn": typed.get("agent_npn", ""),
    }


@for_those_who_can(Can.QUOTE)
def quote_new(request: HttpRequest) -> HttpResponse:
    """The page; htmx posts what is typed to `quote_offers`. A query prefills fields."""
    given = {key: value for key, value in request.GET.items() if key in QuoteForm.base_fields}
    form = QuoteForm(initial={**START, **given})
    return render(request, "quoting/new.html", {"form": form, "ready": bool(given)})


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_offers(request: HttpRequest) -> HttpResponse:
    """The offers for what is typed: the part that the page swaps in, or the whole page without htmx."""
    shown = _answer(request)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "quoting/_offers.html", shown)
    form = QuoteForm(request.POST)
    return render(request, "quoting/new.html", {**shown, "form": form, "answered": True})


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed as a quote."""
    today = timezone.localdate()
    person = cast(User, request.user)
    document, problems = facts_from_entry({k: str(v) for k, v in request.POST.items()}, today)
    try:
        if errors(problems):
            raise Refused(problems)
        agent = agent_by_npn(person, request.POST.get("agent_npn", ""))
        kept = actions.save_quote(person, document, today, agent=agent)
    except Refused as refused:
        told = {"form": QuoteForm(request.POST), "problems": refused.problems, "answered": True}
        return render(request, "quoting/new.html", told, status=422)
    messages.success(request, _("The quote is saved."))
    return redirect("quote", quote_id=kept.pk)


@for_those_who_can(Can.QUOTE)
def quotes(request: HttpRequest) -> HttpResponse:
    """Saved quotes, newest first."""
    visible = Quote.objects.visible_to(cast(User, request.user)).defer("facts", "answer")
    page = Paginator(visible.select_related("agent", "made_by").order_by("-made_at"), PAGE_ROWS)
    return render(request, "quoting/quotes.html", {"page": page.get_page(request.GET.get("page"))})


@for_those_who_can(Can.QUOTE)
def quote(request: HttpRequest, quote_id: str) -> HttpResponse:
    """A saved quote, as it was given."""
    person = cast(User, request.user)
    visible = Quote.objects.visible_to(person).select_related("agent", "made_by")
    kept = get_object_or_404(visible, pk=quote_id)
    wants = kept.facts.get("wants")
    mode = wants.get("mode", "") if isinstance(wants, dict) else ""
    shown = {
        "quote": kept,
        "table": table_of(kept.answer, mode or ""),
        "may_apply": person.may(Can.APPLY),
    }
    return render(request, "quoting/quote.html", shown)


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_replay(request: HttpRequest, quote_id: str) -> HttpResponse:
    """Price a saved quote anew from its own editions, and say whether every cent is the same."""
    visible = Quote.objects.visible_to(cast(User, request.user))
    kept = get_object_or_404(visible, pk=quote_id)
    same = actions.premiums_of(actions.replay(kept)) == actions.premiums_of(kept.answer)
    if same:
        messages.success(
            request, _("Priced anew from the same editions: every premium is the same.")
        )
    else:
        problem = Problem("replay_differs", str(kept.pk))
        messages.error(request, str(Refused(problem)))
    return redirect("quote", quote_id=kept.pk)
