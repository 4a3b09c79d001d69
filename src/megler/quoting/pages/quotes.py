"""Saved quotes."""

import json
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.quoting.actions import quotes as actions
from megler.quoting.models import Quote
from megler.quoting.shown import table_of
from megler.vocabulary.problems import Problem, Refused

PAGE_ROWS = 30


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
        "facts_json": json.dumps(kept.facts),
        "table": table_of(kept.answer, mode or "", {"many": request.GET.get("many", "")}),
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
