"""The sheet: sections of questions saved as they are answered, beside what is not in good order."""

from collections.abc import Mapping
from dataclasses import replace
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
from megler.applications.actions.answering import Saved
from megler.applications.actions.holding import missing, papers, signed, today
from megler.applications.models import Application
from megler.applications.pages.asking import Theirs, ask
from megler.applications.pages.obstacles import obstacles
from megler.applications.pages.panel import ask_dialogs, panel
from megler.applications.pages.saving import (
    Sent,
    redrawn,
    save_what_can_be,
    sent_answers,
    with_version,
)
from megler.documents.serving import document_answer
from megler.forms.rules.questionnaire import DEMANDED, Section, asked, depending_on, forms_needed
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


def open_sections(held: Application, here: Section) -> list[Section]:
    """The sections in which something is asked now, and the one that is open."""
    made, given = held.questionnaire, held.given
    return [
        section
        for section in made.sections
        if section is here or any(asked(made, question, given) for question in section.questions)
    ]


def sheet(
    held: Application, section: Section, person: User, query: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything the sheet shows."""
    wrong = missing(held, today(None))
    valid = signed(held)
    locked = not held.is_open or (bool(valid) and "change" not in query)
    blank = {str(query["add"]): 1} if "add" in query else {}
    sections = open_sections(held, section)
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
        "forms": forms_needed(held.questionnaire, held.given),
        "ask_dialogs": ask_dialogs(held) if held.is_open else [],
        "obstacles": obstacles(held, person, wrong) if held.is_open and "refused" in query else [],
    }


@for_those_who_can(Can.APPLY)
@require_POST
def application_answers(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Save what was typed in a section: all that changed, or, in parts, what nobody else changed."""
    held = visible(request, application_id)
    section = chosen_section(held, request.POST.get("section", ""))
    sent = sent_answers(section.questions, request.POST)
    try:
        saved, theirs = save_what_can_be(request.user, held, sent)
    except Refused as refused:
        return _refused(request, held, section, refused)
    if request.htmx:  # type: ignore[attr-defined]
        return _saved(request, saved, section, sent, theirs)
    if theirs:
        context = sheet(saved.application, section, request.user, {})
        context["questions"] = ask(
            saved.application.questionnaire,
            section.questions,
            saved.application.given,
            missing(saved.application, today(None)),
            theirs=theirs,
            typed={key: sent.raws[key] for key in theirs},
        )
        return render(request, "applications/application.html", context, status=422)
    return _go_on(request, saved, section)


@for_those_who_can(Can.APPLY)
@require_GET
def application_changes(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """What others answered since version `since`, as parts of the page; 204 when nothing is new."""
    mine = Application.objects.visible_to(request.user).filter(pk=application_id)
    since = whole(request.GET.get("since", "")) or 0
    found = mine.values_list("version", "changed_at").first()
    if found is None:
        raise Http404
    if (found[0], found[1].isoformat()) == (since, request.GET.get("at", "")):
        return HttpResponse(status=204)
    held = visible(request, application_id)
    section = chosen_section(held, request.GET.get("section", ""))
    return _changed(request, held, section, since)


def _changed(
    request: SignedInRequest, held: Application, section: Section, since: int
) -> HttpResponse:
    changed = frozenset(key for key, one in held.given.items() if one.version > since)
    opened = depending_on(held.questionnaire, changed | {DEMANDED})
    wrong, valid = missing(held, today(None)), signed(held)
    mine = [q for q in section.questions if q.key in changed | opened]
    drawn = ask(held.questionnaire, mine, held.given, wrong)
    context = panel(held, request.user, wrong, valid, section) | {
        "renewed": [replace(q, is_fresh=q.key in changed) for q in drawn],
        "locked": not held.is_open or (bool(valid) and not request.GET.get("change")),
        "ended": not held.is_open,
        "ask_dialogs": ask_dialogs(held) if held.is_open else [],
    }
    return with_version(render(request, "applications/_saved.html", context), held)


def _refused(
    request: SignedInRequest, held: Application, section: Section, refused: Refused
) -> HttpResponse:
    """Nothing could be saved: it is submitted or withdrawn, or a question is not for this page."""
    if request.htmx:  # type: ignore[attr-defined]
        html = render_to_string("applications/_refused.html", {"refused": refused}, request)
        return HttpResponse(html, status=422)
    context = {**sheet(held, section, request.user, {}), "refused": refused}
    return render(request, "applications/application.html", context, status=422)


def _saved(
    request: SignedInRequest,
    saved: Saved,
    section: Section,
    sent: Sent,
    theirs: Mapping[str, Theirs],
) -> HttpResponse:
    """The parts of the page that saving changed."""
    held = saved.application
    parts = redrawn(section.questions, sent, saved, theirs)
    context = panel(held, request.user, parts.wrong, signed(held), section) | {
        "renewed": parts.renewed,
        "feedback": parts.feedback,
        "voided": saved.voided,
        "locked": False,
        "ask_dialogs": ask_dialogs(held),
    }
    return with_version(render(request, "applications/_saved.html", context), held)


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
    sections = open_sections(saved.application, section)
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
