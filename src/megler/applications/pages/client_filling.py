"""The client fills in their part by a private link: section by section, kept as it is typed."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from megler.accounts.access import for_everyone
from megler.applications.actions.answering import Saved
from megler.applications.actions.filling import finish_filling, open_fill_link
from megler.applications.actions.holding import missing, today
from megler.applications.pages.asking import Theirs, ask
from megler.applications.pages.fill_visits import FillVisit, arrived, closed, who
from megler.applications.pages.saving import (
    Sent,
    redrawn,
    save_what_can_be,
    sent_answers,
    with_version,
)
from megler.applications.pages.words import words
from megler.applications.rules.progress import Progress, progress, together
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import DEMANDED, Question, Section, depending_on
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


@dataclass(frozen=True)
class Step:
    """A section of the client's part, as the overview lists it."""

    key: str
    title: str
    icon: str
    progress: Progress
    here: bool = False


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, token: str) -> HttpResponse:
    """The client's overview: their sections and how far each is; before that, who it is."""
    visit = arrived(request, token)
    if isinstance(visit, HttpResponse):
        return visit
    if not visit.is_known:
        return who(visit)
    if request.method == "POST" and request.POST.get("step") == "done":
        try:
            finish_filling(visit.link, visit.actor)
        except Refused:
            return closed(request, visit.link)
        return redirect("fill", token)
    open_fill_link(visit.link, visit.actor)
    steps = _steps(visit, missing(visit.held, today(None)), None)
    following = next((one for one in steps if not one.progress.is_done), None)
    context = {
        "title": _("Your part of the application"),
        "lead": _("%(product)s from %(carrier)s")
        % {"product": visit.held.product.name, "carrier": visit.held.product.carrier.name},
        "steps": steps,
        "all": together(one.progress for one in steps),
        "following": following,
        "is_done": visit.link.done_at is not None,
    }
    return _page(visit, "fill_overview", context)


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def fill_section(request: HttpRequest, token: str, section: str) -> HttpResponse:
    """One section of the client's part; what is sent is kept, all but what another changed since."""
    visit = arrived(request, token)
    if isinstance(visit, HttpResponse):
        return visit
    if not visit.is_known:
        return redirect("fill", token)
    if request.method == "POST":
        return _answers(visit, section)
    here, questions = _section(visit, section)
    return _page(visit, "fill_section", _context(visit, here, questions, {}))


def _answers(visit: FillVisit, section: str) -> HttpResponse:
    """Keep what was sent of a section."""
    here, _questions = _section(visit, section)
    sent = sent_answers(here.questions_all, visit.request.POST)
    try:
        saved, theirs = save_what_can_be(visit.actor, visit.held, sent)
    except Refused:
        return closed(visit.request, visit.link)
    visit = replace(visit, held=saved.application)
    if visit.request.headers.get("HX-Request"):
        return _saved(visit, here.section, sent, saved, theirs)
    if theirs or (saved.problems and not sent.added):
        questions = _section(visit, section)[1]
        return _page(visit, "fill_section", _context(visit, here, questions, theirs), 422)
    return _go_on(visit, section, sent)


@for_everyone
@never_cache
@require_GET
def fill_changes(request: HttpRequest, token: str, section: str) -> HttpResponse:
    """What others answered since version `since`; 204 when nothing is new."""
    visit = arrived(request, token)
    if isinstance(visit, HttpResponse) or not visit.is_known:
        raise Http404
    since = whole(request.GET.get("since", "")) or 0
    held = visit.held
    if (held.version, held.changed_at.isoformat()) == (since, request.GET.get("at", "")):
        return HttpResponse(status=204)
    here, questions = _section(visit, section)
    changed = frozenset(key for key, one in held.given.items() if one.version > since)
    touched = changed | depending_on(held.questionnaire, changed | {DEMANDED})
    wrong = missing(held, today(None))
    drawn = ask(
        held.questionnaire, [q for q in here.questions_all if q.key in touched], held.given, wrong
    )
    mine = {q.key for q in questions}
    renewed = [
        replace(q, is_fresh=q.key in changed) if q.key in mine else replace(q, is_asked=False)
        for q in drawn
    ]
    return _parts(visit, here.section, wrong, {"renewed": renewed})


@dataclass(frozen=True)
class Here:
    """The section shown, and every question of it that may be the client's."""

    section: Section
    questions_all: list[Question]


def _section(visit: FillVisit, key: str) -> tuple[Here, list[Question]]:
    found = next((one for one in visit.part if one[0].key == key), None)
    if found is None:
        raise Http404
    section, questions = found
    return Here(section, visit.may_answer(section)), questions


def _steps(visit: FillVisit, wrong: list[Missing], here: Section | None) -> list[Step]:
    return [
        Step(
            section.key,
            words(visit.held.questionnaire, section.title),
            section.icon,
            progress(questions, wrong),
            section is here,
        )
        for section, questions in visit.part
    ]


def _context(
    visit: FillVisit, here: Here, questions: list[Question], theirs: dict[str, Theirs]
) -> dict[str, Any]:
    held, request = visit.held, visit.request
    wrong = missing(held, today(None))
    mine = {q.key for q in questions}
    sections = [section.key for section, _questions in visit.part]
    place = sections.index(here.section.key)
    added = request.GET.get("add", "")
    fields = ask(
        held.questionnaire, here.questions_all, held.given, wrong,
        theirs=theirs, blank_rows={added: 1} if added else {},
    )  # fmt: skip
    return {
        **_beside(visit, here.section, wrong),
        "title": words(held.questionnaire, here.section.title),
        "lead": words(held.questionnaire, here.section.intro),
        "section": here.section,
        "questions": [q if q.key in mine else replace(q, is_asked=False) for q in fields],
        "before": sections[place - 1] if place else "",
        "after": sections[place + 1] if place + 1 < len(sections) else "",
        "number": place + 1,
        "count": len(sections),
    }


def _beside(visit: FillVisit, section: Section, wrong: list[Missing]) -> dict[str, Any]:
    steps = _steps(visit, wrong, section)
    return {
        "steps": steps,
        "all": together(one.progress for one in steps),
        "saved_at": visit.held.changed_at,
        "answers_url": reverse("fill_section", args=[visit.token, section.key]),
        "changes_url": reverse("fill_changes", args=[visit.token, section.key]),
        "locked": False,
    }


def _saved(
    visit: FillVisit, section: Section, sent: Sent, saved: Saved, theirs: dict[str, Theirs]
) -> HttpResponse:
    here = visit.may_answer(section)
    mine = {q.key for s, questions in visit.part if s is section for q in questions}
    parts = redrawn(here, sent, saved, theirs)
    renewed = [q if q.key in mine else replace(q, is_asked=False) for q in parts.renewed]
    feedback = [q for q in parts.feedback if q.key in mine]
    return _parts(visit, section, parts.wrong, {"renewed": renewed, "feedback": feedback})


def _parts(
    visit: FillVisit, section: Section, wrong: list[Missing], context: dict[str, Any]
) -> HttpResponse:
    context = {"application": visit.held, **_beside(visit, section, wrong), **context}
    answer = render(visit.request, "applications/fill_saved.html", context)
    return with_version(answer, visit.held)


def _go_on(visit: FillVisit, section: str, sent: Sent) -> HttpResponse:
    """After a section was sent without a script: the next one, or the overview after the last."""
    if sent.added or sent.removed or sent.taken or sent.data.get("keep"):
        address = reverse("fill_section", args=[visit.token, section])
        return redirect(f"{address}?add={sent.added}#q-{sent.added}" if sent.added else address)
    sections = [one.key for one, _questions in visit.part]
    place = sections.index(section) if section in sections else len(sections)
    if place + 1 < len(sections):
        return redirect("fill_section", visit.token, sections[place + 1])
    return redirect("fill", visit.token)


def _page(
    visit: FillVisit, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    known = {"application": visit.held, "link": visit.link, "token": visit.token}
    return render(
        visit.request, f"applications/{template}.html", {**known, **context}, status=status
    )
