"""The box for questions in plain words: what was understood, the answer, and what would decide."""

import json
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import for_those_who_can
from megler.accounts.rules.roles import Can
from megler.underwriting.actions.questions import (
    Asking,
    problem_words,
    published,
    reply,
    who_may_know,
)
from megler.underwriting.actions.rephrasing import is_connected, rephrased_by_model
from megler.underwriting.asked_answers import (
    FEW_CARRIERS,
    asked_text,
    carriers_of,
    intents_of,
    is_of_a_person,
    said_of,
)
from megler.underwriting.asked_chips import chips_of
from megler.underwriting.asked_open import FEW_OPEN, opens_of
from megler.underwriting.rules.asking.answers import AnswerKind
from megler.underwriting.rules.asking.reading import LONGEST

EXAMPLES = (
    "52 male 1.5M term, type 2 diabetic A1c 7.1 on metformin, who is best and what will they need?",
    "does anyone accept cigars at preferred?",
    "how long after a stent?",
    "max age for 30 year term non-smoker",
    "45 f 5'4 175 NS 500k 20 yr, asthma, can she get preferred?",
    "how much without an exam at 45?",
    "BP limit for preferred plus",
    "how long does an APS take?",
)
"""Questions to begin with, in the shorthand of the trade that the reader of questions knows."""
_FACT = "fact:"
_PAGES = {"cases": "cases", "forms": "applications"}
_SILENT = "silent_at"
_QUIET = {AnswerKind.NOT_UNDERSTOOD, AnswerKind.DECLINED}


@for_those_who_can(Can.QUOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest) -> HttpResponse:
    """The box, and by POST the answer: the part to swap in, or the whole page without htmx.

    Questions hold what is private: they are never part of an address.
    """
    told: dict[str, Any] = {"examples": list(enumerate(EXAMPLES))}
    if request.method == "POST":
        asking = _asking(request)
        if asking.text.strip():
            told |= _told(request, asking, timezone.localdate())
        told["asked"] = asking.text[:LONGEST]
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "underwriting/_asked.html", {**told, "part": True})
    if told.get("waits_for_model"):
        told["rephrased"] = rephrased_by_model("", told["published"])
    return render(request, "underwriting/questions.html", told)


@for_those_who_can(Can.QUOTE)
@require_POST
def questions_rephrased(request: HttpRequest) -> HttpResponse:
    """The same answer in a language model's words, which come after it; empty where there are none."""
    asking, on = _asking(request), timezone.localdate()
    said = ""
    if asking.text.strip() and is_connected():
        said = rephrased_by_model("", published(reply(asking, on).answered, on))
    return render(request, "underwriting/_rephrased.html", {"rephrased": said})


def _asking(request: HttpRequest) -> Asking:
    """What was asked: the box, an example, and the fields of what was understood before."""
    sent = request.POST
    example = sent.get("example", "")
    if example.isascii() and example.isdigit() and int(example[:3]) < len(EXAMPLES):
        return Asking(EXAMPLES[int(example[:3])])
    typed = {name.removeprefix(_FACT): sent[name] for name in sent if name.startswith(_FACT)}
    place, answered, value = sent.get("set", "").partition("=")
    if answered:
        typed[place] = value
    dropped = [*sent.getlist("dropped"), *sent.getlist("drop")]
    return Asking(
        text=sent.get("question", "").strip(),
        before=sent.get("before", ""),
        facts=sent.get("facts", ""),
        typed=typed,
        removed=sent.get("remove", ""),
        intents=tuple(sent.getlist("intent")),
        dropped=tuple(dict.fromkeys(dropped)),
    )


def _told(request: HttpRequest, asking: Asking, on: date) -> dict[str, Any]:
    found = reply(asking, on)
    answered = found.answered
    told = published(answered, on)
    carriers, opens = carriers_of(found), opens_of(found, asking, on)
    return {
        "published": told,
        "kind": answered.kind.value,
        "is_quiet": answered.kind in _QUIET,
        "chips": chips_of(found, asking, on, {one.field.place for one in opens if one.field}),
        "asked_for": asked_text(found),
        "intents": intents_of(found),
        "unread": answered.understood.unread,
        "dropped": asking.dropped,
        "problems": told["understood"]["problems"],  # type: ignore[index]
        "refused": [problem_words(problem, found.facts) for problem in found.problems],
        "opens": opens[:FEW_OPEN],
        "more_opens": opens[FEW_OPEN:],
        "summary": [one for one in told["summary"] if one["code"] != _SILENT],  # type: ignore[attr-defined]
        "silent": [one for one in told["summary"] if one["code"] == _SILENT],  # type: ignore[attr-defined]
        "carriers_count": len(carriers),
        "carriers": carriers[:FEW_CARRIERS],
        "more_carriers": carriers[FEW_CARRIERS:],
        "facts_json": json.dumps(found.facts),
        "is_of_a_person": is_of_a_person(found),
        "said": said_of(found, told),
        "know": who_may_know(answered.place, request.user),  # type: ignore[arg-type]
        "handed_on": answered.place == "quote" and bool(told["summary"]),
        "place_page": _PAGES.get(answered.place, ""),
        "waits_for_model": is_connected() and bool(told["summary"] or told["carriers"]),
        "next": _next(request),
    }


def _next(request: HttpRequest) -> str:
    """Where the keyboard goes on: after an answer to what decides, at what is still open."""
    if "set" in request.POST or "tell" in request.POST:
        return "opens"
    return "chips" if {"remove", "drop"} & set(request.POST) else ""
