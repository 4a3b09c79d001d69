"""The quote page, live while the agent types: offers, and the tools beside them."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.licensing.actions import agent_by_npn
from megler.quoting import beside
from megler.quoting.actions import quotes as actions
from megler.quoting.actions.tools import counter_on, sold_on
from megler.quoting.beside import Asked
from megler.quoting.forms import QuoteForm
from megler.quoting.rules.entry import facts_from_entry
from megler.quoting.shown import wish_title
from megler.underwriting.actions.answers import facts_of
from megler.underwriting.history_shown import HistoryForm, history_told, typed_history
from megler.underwriting.rules.assess_entry import entry_of_facts
from megler.vocabulary.problems import Problem, Refused, errors

START = {
    "line": "term_life",
    "term_years": "20",
    "face_amount": "500k",
    "mode": "monthly",
    "by": "amount",
}
HISTORY = HistoryForm("quote-form", "quote-history", "quote_history", "quote_offers")
VIEWS: dict[str, Callable[[Asked], dict[str, Any]]] = {
    "offers": beside.offers,
    "terms": beside.terms,
    "classes": beside.classes,
    "ladder": beside.ladder,
    "charts": beside.charts,
    "compare": beside.compared,
}
LIFE = {"", "term_life", "whole_life", "universal_life", "final_expense"}
VIEWS_OF = {"terms": {"", "term_life"}, "classes": LIFE, "ladder": {"term_life"}, "charts": LIFE}
"""The tools that only some lines have."""


def _typed(request: HttpRequest) -> dict[str, str]:
    """What was sent, several choices of one field joined by commas."""
    typed = typed_history(request)
    if taken := typed.pop("take_amount", ""):
        typed |= {"face_amount": taken, "by": "amount"}
    if view := typed.pop("take_view", ""):
        typed["view"], colon, product = view.partition(":")
        typed["taken_view"] = typed["view"]
        typed |= {"product": product} if colon else {}
    return typed


def _answer(request: HttpRequest, typed: dict[str, str], on: date) -> dict[str, Any]:
    """What the page shows for what is typed: offers or a tool, or what is wrong with it."""
    document, problems = facts_from_entry(typed, on)
    if errors(problems):
        return {"problems": problems}
    person = cast(User, request.user)
    view = typed.get("view", "")
    open_views = [
        v for v in VIEWS if typed.get("line", "") in VIEWS_OF.get(v, {typed.get("line", "")})
    ]
    if view not in open_views:
        view = "offers"
    try:
        facts, counter = facts_of(document, on), counter_on(on).remembering()
        answer = actions.quote_at(counter, facts)
        asked = Asked(typed, facts, answer, counter)
        told = VIEWS[view](asked)
    except Refused as refused:
        return {"problems": refused.problems}
    return {
        **told,
        "view": view,
        "typed": typed,
        "wishes": [wish_title(answer.facts, n) for n in range(asked.wishes)],
        "wish": asked.wish,
        "document_json": json.dumps(document),
        "may_apply": person.may(Can.APPLY),
        "agent_npn": typed.get("agent_npn", ""),
        "counties": _counties(answer.problems),
        "live": True,
        "chosen": [key for key in typed.get("compare", "").split(",") if key],
    }


def _counties(problems: tuple[Problem, ...]) -> list[str]:
    """The counties to choose among, where the ZIP code lies in several rating areas."""
    asked = (p for p in problems if p.code == "quote_several_areas" and p.where.endswith("county"))
    return next((p.expected.split(", ") for p in asked), [])


def _page(request: HttpRequest, typed: dict[str, str], shown: dict[str, Any], on: date) -> Any:
    form = QuoteForm(sold_on(on), initial=_initial(typed))
    if shown.get("counties"):
        form.counties(shown["counties"])
    told = history_told(typed, on, HISTORY)
    return {**shown, **told, "form": form, "answered": True}


def _initial(typed: dict[str, str]) -> dict[str, Any]:
    """What was typed, several choices as a list."""
    return {
        name: value.split(",") if name.startswith("riders_") else value
        for name, value in typed.items()
    }


@for_those_who_can(Can.QUOTE)
def quote_new(request: HttpRequest) -> HttpResponse:
    """The page; htmx posts what is typed to `quote_offers`. A query prefills fields."""
    sold = sold_on(timezone.localdate())
    start = START if "term_life" in sold else {**START, "line": ""}
    known = QuoteForm(sold).fields
    given = {key: value for key, value in request.GET.items() if key in known}
    form = QuoteForm(sold, initial={**start, **given})
    told = history_told({}, timezone.localdate(), HISTORY)
    return render(request, "quoting/new.html", {"form": form, "ready": bool(given), **told})


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_from_facts(request: HttpRequest) -> HttpResponse:
    """The page for the facts document of another page, such as an assessment, and its offers."""
    on = timezone.localdate()
    try:
        document = json.loads(request.POST.get("facts", ""))
    except ValueError:
        document = None
    given = entry_of_facts(document, on) if isinstance(document, dict) else {}
    typed = {**START, **given}
    return render(
        request, "quoting/new.html", _page(request, typed, _answer(request, typed, on), on)
    )


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_history(request: HttpRequest) -> HttpResponse:
    """The rows of the history with the guides' questions, one more or one less."""
    told = history_told(_typed(request), timezone.localdate(), HISTORY)
    told["taken_away"] = "remove" in request.POST
    return render(request, "underwriting/_history.html", told)


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_offers(request: HttpRequest) -> HttpResponse:
    """The offers for what is typed: the part that the page swaps in, or the whole page without htmx."""
    on, typed = timezone.localdate(), _typed(request)
    shown = _answer(request, typed, on)
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "quoting/new.html", _page(request, typed, shown, on))
    if counties := shown.get("counties"):
        form = QuoteForm(sold_on(on), initial=typed)
        form.counties(counties)
        shown["county_field"] = form["county"]
    return render(request, "quoting/_offers.html", {**shown, "part": True})


@for_those_who_can(Can.QUOTE)
@require_POST
def quote_save(request: HttpRequest) -> HttpResponse:
    """Keep what is typed as a quote."""
    today, typed = timezone.localdate(), _typed(request)
    person = cast(User, request.user)
    document, problems = facts_from_entry(typed, today)
    try:
        if errors(problems):
            raise Refused(problems)
        agent = agent_by_npn(person, typed.get("agent_npn", ""))
        kept = actions.save_quote(person, document, today, agent=agent)
    except Refused as refused:
        told = _page(request, typed, {"problems": refused.problems}, today)
        return render(request, "quoting/new.html", told, status=422)
    messages.success(request, _("The quote is saved."))
    return redirect("quote", quote_id=kept.pk)
