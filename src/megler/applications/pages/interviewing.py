"""The interview on the telephone: one question at a time, by keyboard."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import missing, signers, today
from megler.applications.actions.interviewing import (
    begin_interview,
    end_interview,
    note_turn,
    said_in,
)
from megler.applications.models import Application
from megler.applications.models_filling import FILLING_ROLES, Interview
from megler.applications.pages.asking import Theirs, ask
from megler.applications.pages.saving import save_what_can_be, sent_answers
from megler.applications.pages.sheet import visible
from megler.applications.pages.words import words
from megler.applications.rules.interview import Turn, next_key, open_keys, script
from megler.forms.rules.questionnaire import SignerRole
from megler.vocabulary.problems import Refused


@dataclass(frozen=True)
class Talk:
    """Somebody on the telephone, and where the interview is."""

    request: SignedInRequest
    held: Application
    interview: Interview

    @cached_property
    def turns(self) -> list[Turn]:
        """Everything that is asked in this interview, as things stand."""
        role = SignerRole(self.interview.role)
        alone = role is SignerRole.OWNER and SignerRole.INSURED not in signers(
            self.held, today(None)
        )
        made, given = self.held.questionnaire, self.held.given
        return script(made, given, role, answers_all=alone)

    @cached_property
    def open_now(self) -> list[str]:
        return open_keys(self.turns, self.held.given, missing(self.held, today(None)))

    def following(self, after: str = "", skipped: list[str] | None = None) -> str | None:
        """The question to ask next."""
        order = [turn.question.key for turn in self.turns]
        later = self.interview.skipped if skipped is None else skipped
        return next_key(order, self.open_now, later, after)

    def turn(self, key: str) -> Turn | None:
        return next((one for one in self.turns if one.question.key == key), None)

    def url(self, key: str = "") -> str:
        address = reverse("application_interview", args=[self.held.pk])
        return f"{address}?q={key}" if key else address


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def application_interview(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Begin an interview, or go on with one's own."""
    held = visible(request, application_id)
    if not held.is_open:
        return redirect("application", held.pk)
    found = Interview.objects.filter(application=held, by=request.user, ended_at=None).first()
    if request.method == "POST" and request.POST.get("step") == "begin":
        return _begin(request, held)
    if found is None:
        return _before(request, held)
    talk = Talk(request, held, found)
    if request.method == "POST":
        return _step(talk)
    return _ask(talk, request.GET.get("q", ""))


def _before(
    request: SignedInRequest, held: Application, refused: Refused | None = None
) -> HttpResponse:
    """Whom one is on the telephone with."""
    people = signers(held, today(None))
    ticket = getattr(held, "ticket", None)
    context = {
        "application": held,
        "refused": refused,
        "ticket": ticket,
        "roles": [
            {"value": role.value, "label": FILLING_ROLES[role.value], "name": person.name}
            for role, person in people.items()
            if role.value in FILLING_ROLES
        ],
        "whom": request.POST.get("whom", held.insured_name),
        "phone": _phone(held),
    }
    status = 422 if refused else 200
    return render(request, "applications/interview_begin.html", context, status=status)


def _phone(held: Application) -> str:
    found = held.given.get("insured_phone")
    return str(found.value) if found and found.value else ""


def _begin(request: SignedInRequest, held: Application) -> HttpResponse:
    role, whom = request.POST.get("role", ""), request.POST.get("whom", "")
    try:
        begin_interview(request.user, held, role, whom)
    except Refused as refused:
        return _before(request, held, refused)
    return redirect("application_interview", held.pk)


def _step(talk: Talk) -> HttpResponse:
    """What was pressed: save and go on, skip, or end."""
    step, key = talk.request.POST.get("step", ""), talk.request.POST.get("q", "")
    if step == "end":
        end_interview(talk.request.user, talk.interview)
        return redirect("application", talk.held.pk)
    turn = talk.turn(key)
    if turn is None:
        return redirect(talk.url())
    if step == "skip":
        kept = note_turn(talk.request.user, talk.interview, key, skipped=True)
        return redirect(talk.url(talk.following(key, kept.skipped) or ""))
    return _answer(talk, turn)


def _answer(talk: Talk, turn: Turn) -> HttpResponse:
    key = turn.question.key
    sent = sent_answers([turn.question], talk.request.POST)
    try:
        saved, theirs = save_what_can_be(
            talk.request.user, talk.held, sent, said_in(talk.interview)
        )
    except Refused as refused:
        return _ask(talk, key, refused=refused)
    after = Talk(talk.request, saved.application, talk.interview)
    if sent.added or sent.removed:
        return redirect(f"{talk.url(key)}&add={sent.added}" if sent.added else talk.url(key))
    if theirs or saved.problems:
        return _ask(after, key, theirs=theirs)
    left_open = key in after.open_now
    kept = note_turn(talk.request.user, talk.interview, key, skipped=left_open)
    following = after.following(key, kept.skipped)
    return redirect(talk.url(following or ""))


def _ask(
    talk: Talk,
    wanted: str,
    *,
    theirs: dict[str, Theirs] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """One question, big; without one to ask, what is left to say."""
    key = wanted or talk.following()
    turn = talk.turn(key) if key else None
    if wanted and turn is None:
        raise Http404
    context: dict[str, Any] = {
        "application": talk.held,
        "interview": talk.interview,
        "answered": len(talk.turns) - len(talk.open_now),
        "count": len(talk.turns),
        "left": len(talk.open_now),
        "skipped": [
            one for one in talk.turns if one.question.key in talk.interview.skipped
            and one.question.key in talk.open_now
        ],
        "refused": refused,
        "locked": False,
        "answers_url": talk.url(),
    }  # fmt: skip
    if turn is not None:
        context |= _of_turn(talk, turn, theirs or {})
    is_wrong = bool(refused or theirs or (context.get("q") and context["q"].wrong))
    status = 422 if is_wrong and talk.request.method == "POST" else 200
    return render(talk.request, "applications/interview.html", context, status=status)


def _of_turn(talk: Talk, turn: Turn, theirs: dict[str, Theirs]) -> dict[str, Any]:
    held, key = talk.held, turn.question.key
    added = talk.request.GET.get("add", "")
    (question,) = ask(
        held.questionnaire, [turn.question], held.given, missing(held, today(None)),
        theirs=theirs, blank_rows={added: 1} if added == key else {},
    )  # fmt: skip
    place = [one.question.key for one in talk.turns].index(key)
    is_first = not place or talk.turns[place - 1].section is not turn.section
    return {
        "q": question,
        "section_title": words(held.questionnaire, turn.section.title),
        "section_intro": words(held.questionnaire, turn.section.intro) if is_first else "",
        "number": place + 1,
        "before": talk.url(talk.turns[place - 1].question.key) if place else "",
    }
