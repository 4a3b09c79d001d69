"""The sheet: sections of questions saved as they are answered, beside what is not in good order."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.applications.actions.answering import Saved, answer
from megler.applications.actions.holding import missing, papers, signed, today
from megler.applications.forms import raw_answer, typed_answers
from megler.applications.models import Application
from megler.applications.pages.asking import Asked, Theirs, ask
from megler.applications.pages.panel import panel
from megler.documents.serving import document_answer
from megler.forms.rules.questionnaire import Section, depending_on
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


def visible(request: HttpRequest, application_id: UUID) -> Application:
    """The application, if this person may see it."""
    found = Application.objects.visible_to(request.user).select_related(  # type: ignore[arg-type]
        "agent__user", "product__carrier", "client", "packet", "quote"
    )
    return get_object_or_404(found, pk=application_id)


@for_those_who_can(Can.APPLY)
@require_GET
def application(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """One section of the application at a time; `section` names it."""
    held = visible(request, application_id)
    section = chosen_section(held, request.GET.get("section", ""))
    return render(
        request, "applications/application.html", sheet(held, section, request.user, request.GET)
    )


def chosen_section(held: Application, key: str) -> Section:
    """The section asked for; without one the first that lacks something."""
    sections = held.questionnaire.sections
    if found := next((s for s in sections if s.key == key), None):
        return found
    if key:
        raise Http404
    if not held.is_open:
        return sections[0]
    wrong = [one.section for one in missing(held, today(None)) if one.is_error]
    return next((s for s in sections if s.key in wrong), sections[0])


def sheet(
    held: Application, section: Section, person: User, query: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything the sheet shows."""
    wrong = missing(held, today(None))
    valid = signed(held)
    locked = not held.is_open or (bool(valid) and "change" not in query)
    blank = {str(query["add"]): 1} if "add" in query else {}
    sections = held.questionnaire.sections
    place = sections.index(section)
    return {
        **panel(held, person, wrong, valid, section),
        "questions": ask(
            held.questionnaire, section.questions, held.given, wrong, blank_rows=blank
        ),
        "locked": locked,
        "changing": "change" in query,
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
        "forms": held.questionnaire.forms,
    }


@for_those_who_can(Can.APPLY)
@require_POST
def application_answers(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Save what was typed in a section: all that changed, or, in parts, what nobody else changed."""
    held = visible(request, application_id)
    section = chosen_section(held, request.POST.get("section", ""))
    raws, seen = typed_answers(section.questions, request.POST)
    taken, kept = request.POST.get("take", ""), request.POST.get("keep", "")
    raws.pop(taken, None)
    if kept:
        seen.pop(kept, None)
    if removed := request.POST.get("remove", ""):
        raws |= _without(section, removed, request)
    try:
        saved, theirs = save_what_can_be(request.user, held, raws, seen)
    except Refused as refused:
        return _refused(request, held, section, refused)
    if request.htmx:  # type: ignore[attr-defined]
        return _saved(request, saved, section, theirs, {taken, removed.split(".")[0]})
    if theirs:
        context = sheet(saved.application, section, request.user, {})
        context["questions"] = _in_section(saved.application, section, theirs, {}, raws)
        return render(request, "applications/application.html", context, status=422)
    return _go_on(request, saved, section)


def save_what_can_be(
    person: User, held: Application, raws: dict[str, Any], seen: dict[str, int]
) -> tuple[Saved, dict[str, Theirs]]:
    """Save all but what somebody else changed since; those are returned with both answers."""
    theirs: dict[str, Theirs] = {}
    while True:
        try:
            return answer(person, held, raws, seen, keep_unreadable=True), theirs
        except Refused as refused:
            between = [p for p in refused.problems if p.code == "changed_meanwhile"]
            if not between or len(between) != len(refused.problems):
                raise
            held.refresh_from_db()
            for problem in between:
                raws.pop(problem.where)
                by = held.given[problem.where].by
                theirs[problem.where] = Theirs(by, problem.found, problem.expected)


def _without(section: Section, removed: str, request: HttpRequest) -> dict[str, Any]:
    """The list without the item `key.number`."""
    key, _dot, number = removed.rpartition(".")
    question = next((q for q in section.questions if q.key == key and q.fields), None)
    if question is None or whole(number) is None:
        raise Http404
    items = raw_answer(question, request.POST) or []
    sent = sorted(
        {
            found
            for n in request.POST
            if n.startswith(f"{key}.") and (found := whole(n.split(".")[1])) is not None
        }
    )
    filled = [
        n
        for n in sent
        if any(request.POST.get(f"{key}.{n}.{f.key}", "").strip() for f in question.fields)
    ]
    return {key: [item for n, item in zip(filled, items, strict=False) if n != int(number)]}


def _refused(
    request: SignedInRequest, held: Application, section: Section, refused: Refused
) -> HttpResponse:
    """Nothing could be saved: it is submitted or withdrawn, or a question is not for this page."""
    if request.htmx:  # type: ignore[attr-defined]
        html = render_to_string("applications/_refused.html", {"refused": refused}, request)
        return HttpResponse(html, status=422)
    context = {**sheet(held, section, request.user, {}), "refused": refused}
    return render(request, "applications/application.html", context, status=422)


def _in_section(
    held: Application,
    section: Section,
    theirs: Mapping[str, Theirs],
    blank: Mapping[str, int],
    typed: Mapping[str, Any] | None = None,
) -> list[Asked]:
    wrong = missing(held, today(None))
    return ask(
        held.questionnaire,
        section.questions,
        held.given,
        wrong,
        blank_rows=blank,
        theirs=theirs,
        typed=typed,
    )


def _saved(
    request: SignedInRequest,
    saved: Saved,
    section: Section,
    theirs: Mapping[str, Theirs],
    renew: set[str],
) -> HttpResponse:
    """The parts of the page that saving changed; fields that somebody may be typing in are left."""
    held = saved.application
    wrong, valid = missing(held, today(None)), signed(held)
    added = request.POST.get("add", "")
    questions = _in_section(held, section, theirs, {added: 1})
    renewed = depending_on(held.questionnaire, saved.changed) | renew | {added}
    context = panel(held, request.user, wrong, valid, section) | {
        "renewed": [q for q in questions if q.key in renewed],
        "feedback": [
            q for q in questions if q.key not in renewed and q.is_asked and not q.question.locked
        ],
        "voided": saved.voided,
        "locked": False,
    }
    return render(request, "applications/_saved.html", context)


def _go_on(request: SignedInRequest, saved: Saved, section: Section) -> HttpResponse:
    """After a whole section was sent: the next one, or the same when an item was added."""
    if saved.voided:
        names = ", ".join(one.name for one in saved.voided)
        messages.warning(
            request, _("The signature of %(names)s no longer counts.") % {"names": names}
        )
    address = reverse("application", args=[saved.application.pk])
    query = "&change=1" if request.POST.get("change") else ""
    if added := request.POST.get("add", ""):
        return redirect(f"{address}?section={section.key}&add={added}{query}#q-{added}")
    if request.POST.get("remove") or request.POST.get("take") or request.POST.get("keep"):
        return redirect(f"{address}?section={section.key}{query}")
    sections = saved.application.questionnaire.sections
    place = sections.index(section)
    following = sections[min(place + 1, len(sections) - 1)]
    return redirect(f"{address}?section={following.key}{query}")


@for_those_who_can(Can.APPLY)
@require_GET
def application_paper(
    request: SignedInRequest, application_id: UUID, form_key: str
) -> HttpResponse:
    """A form as it stands now, as PDF."""
    held = visible(request, application_id)
    made = {paper.form_key: paper for paper in papers(held, request.user.actor())}
    if form_key not in made:
        raise Http404
    return cast(HttpResponse, document_answer(request, made[form_key].document))


@for_those_who_can(Can.APPLY)
@require_GET
def application_packet(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The signed packet with its evidence, once submitted."""
    held = visible(request, application_id)
    if held.packet is None:
        raise Http404
    return cast(HttpResponse, document_answer(request, held.packet, download=True))
