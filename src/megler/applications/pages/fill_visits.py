"""Somebody at a link to fill in: which link, who they are, and what a dead link says."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from megler.accounts.middleware import current_address
from megler.applications.actions.fill_codes import send_fill_code, take_fill_code
from megler.applications.actions.filling import filler, find_fill_link, note_fill_try
from megler.applications.actions.holding import signed, signers, today
from megler.applications.forms import in_english
from megler.applications.models import Application
from megler.applications.models_filling import FillLink
from megler.applications.pages.identifying import called, hidden_address
from megler.applications.rules.parts import part_of, whose
from megler.applications.rules.signers import answers_all
from megler.forms.rules.answers import read_answer
from megler.forms.rules.identity import KNOWN_FOR
from megler.forms.rules.questionnaire import (
    AnswerType,
    AskedOf,
    Question,
    Section,
    SignerRole,
)
from megler.forms.rules.signing import LinkState
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused

_KNOWN = "filling_known"
_BORN = Question("born", AnswerType.DATE, "", "")


@dataclass(frozen=True)
class FillVisit:
    """Somebody at a link that can be used."""

    request: HttpRequest
    token: str
    link: FillLink
    held: Application
    actor: Actor

    @property
    def role(self) -> SignerRole:
        return SignerRole(self.link.role)

    @cached_property
    def born(self) -> str | None:
        """The birth date that tells the client from others; none is known of a business."""
        person = signers(self.held, today(None)).get(self.role)
        return person.born.isoformat() if person and person.born else None

    @property
    def is_known(self) -> bool:
        """Whether the client has said who they are, in this browser, a short while ago."""
        return _is_fresh(self.request.session.get(_KNOWN, {}).get(str(self.link.pk)))

    @cached_property
    def answers_all(self) -> bool:
        """An owner answers for an insured who does not sign: a child."""
        return answers_all(self.role, signers(self.held, today(None)))

    @cached_property
    def part(self) -> list[tuple[Section, list[Question]]]:
        """What is asked of this client now, by section."""
        made, given = self.held.questionnaire, self.held.given
        return part_of(made, given, self.role, answers_all=self.answers_all)

    def may_answer(self, section: Section) -> list[Question]:
        """Every question of the section that is this client's, asked now or not yet."""
        said = self.held.given.get("owner_is_insured")
        own = said is None or said.value != "no"
        return [
            question
            for question in section.questions
            if question.asked_of is AskedOf.CLIENT
            and not question.locked
            and (self.answers_all or whose(section, question, own) is self.role)
        ]

    def remember(self) -> None:
        """Let this browser go on for a while, in a session that nobody can have prepared."""
        session = self.request.session
        session.cycle_key()
        known = [one for one in session.get(_KNOWN, {}).items() if _is_fresh(one[1])]
        session[_KNOWN] = {**dict(known[-20:]), str(self.link.pk): timezone.now().timestamp()}


def _is_fresh(since: float | None) -> bool:
    return since is not None and timezone.now().timestamp() - since < KNOWN_FOR.total_seconds()


def arrived(request: HttpRequest, token: str) -> FillVisit | HttpResponse:
    """The visit, or what is said at a link that cannot be used."""
    link = find_fill_link(token)
    if link is None:
        return closed(request, None)
    _speak(request, link)
    if link.state(timezone.now()) is not LinkState.OPEN or not link.application.is_open:
        return closed(request, link)
    if request.user.is_authenticated:
        return _somebody_else(request, link)
    if signed(link.application):
        return closed(request, link)
    actor = filler(link, current_address())
    return FillVisit(request, token, link, link.application, actor)


def _speak(request: HttpRequest, link: FillLink) -> None:
    """The first time, in the language in which the client was written to; later as they chose."""
    if link.language and link.opened_at is None:
        translation.activate(link.language)
        request.LANGUAGE_CODE = link.language


def who(visit: FillVisit) -> HttpResponse:
    """Before anything is shown: the birth date, or of a trust or a business a code from the mailbox."""
    return _born(visit) if visit.born else _code(visit)


def _code(visit: FillVisit) -> HttpResponse:
    post, refused = visit.request.POST, None
    step = post.get("step", "") if visit.request.method == "POST" else ""
    try:
        if step == "code":
            problem = take_fill_code(visit.actor, visit.link, post.get("code", "")[:20])
            if problem is None:
                visit.remember()
                return redirect("fill", visit.token)
            refused = Refused(problem)
        else:
            send_fill_code(visit.actor, visit.link, first=step != "new")
    except Refused as problems:
        refused = problems
    told = {"mailbox": hidden_address(visit.link.email), "sent_now": step == "new" and not refused}
    return _asked(visit, "fill_code", told, refused)


def _born(visit: FillVisit) -> HttpResponse:
    refused = None
    if visit.request.method == "POST":
        typed = visit.request.POST.get("born", "")[:40]
        born, _wrong = read_answer(_BORN, in_english(_BORN, typed))
        left = note_fill_try(visit.link, born is not None and born == visit.born)
        if left is None:
            visit.remember()
            return redirect("fill", visit.token)
        if not left:
            visit.link.refresh_from_db()
            return closed(visit.request, visit.link)
        refused = Refused(Problem("birth_date_differs", "born", "", str(left)))
    return _asked(visit, "fill_who", {}, refused)


def _asked(
    visit: FillVisit, template: str, told: dict[str, Any], refused: Refused | None
) -> HttpResponse:
    context = {
        **told,
        "application": visit.held,
        "title": _("Hello, %(name)s") % {"name": called(visit.link.name, visit.born is not None)},
        "lead": _("%(agent)s asks you some questions for your application.")
        % {"agent": visit.held.agent.name},
        "refused": refused,
        "wrong": {problem.where for problem in refused.problems} if refused else set(),
    }
    status = 422 if refused else 200
    return render(visit.request, f"applications/{template}.html", context, status=status)


def closed(request: HttpRequest, link: FillLink | None) -> HttpResponse:
    """A link that cannot be used: why, in clear words, and whom to ask."""
    if link is None:
        title, text = _("There is no such link"), _("Check that the whole address was copied.")
        gone = {"title": title, "text": text}
        return render(request, "applications/sign_closed.html", gone, status=404)
    title, text = _why(link)
    context: dict[str, Any] = {"title": title, "text": text, "agent": link.application.agent}
    return render(request, "applications/sign_closed.html", context, status=410)


def _why(link: FillLink) -> tuple[str, str]:
    if link.closed_why == "too_many_tries":
        return _("This link is no longer good"), _(
            "The date of birth was typed wrong too often. Ask your agent for a new link."
        )
    if link.closed_why == "signer_changed":
        return _("This link is no longer good"), _(
            "The application names another e-mail address now. Look there, or ask your agent."
        )
    if link.closed_at:
        return _("This link is no longer good"), _(
            "A newer link was sent. Look for a later e-mail."
        )
    if link.state(timezone.now()) is LinkState.EXPIRED:
        return _("This link has expired"), _(
            "Ask your agent for a new one. Nothing that you filled in is lost."
        )
    if link.application.is_open:
        return _("The application is being signed"), _(
            "Your answers are kept. To change one, ask your agent."
        )
    return _("This application is closed"), _("Nothing more is needed from you here.")


def _somebody_else(request: HttpRequest, link: FillLink) -> HttpResponse:
    """The agency's own people and agents do not answer as the client."""
    context = {
        "title": _("This page is for %(name)s") % {"name": link.name},
        "text": _("You are signed in as %(you)s. Clients answer for themselves, signed out.")
        % {"you": request.user},
        "sign_out": True,
    }
    return render(request, "applications/sign_closed.html", context, status=403)
