"""Somebody at a private link: who they are said to be, how far they are, what a dead link says."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from megler.applications.actions.signing import birth_date_of
from megler.applications.models import Application, State
from megler.forms.models import SignatureRequest
from megler.forms.rules.identity import KNOWN_FOR
from megler.forms.rules.questionnaire import SignerRole
from megler.forms.rules.signing import LinkState
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Refused

_KNOWN = "signing_known"


@dataclass(frozen=True)
class Visit:
    """Somebody at a link."""

    request: HttpRequest
    token: str
    asked: SignatureRequest
    application: Application
    actor: Actor

    @property
    def role(self) -> SignerRole:
        return SignerRole(self.asked.role)

    @property
    def asks_birth_date(self) -> bool:
        """Whether a birth date is known; none is of a business."""
        return birth_date_of(self.application, self.role) is not None

    @property
    def is_known(self) -> bool:
        """Whether the signer has said who they are, in this browser."""
        return _is_fresh(self.request.session.get(_KNOWN, {}).get(str(self.asked.pk)))

    def remember(self) -> None:
        """Let this browser go on for a while, in a session that nobody can have prepared."""
        session = self.request.session
        session.cycle_key()
        known = [one for one in session.get(_KNOWN, {}).items() if _is_fresh(one[1])]
        session[_KNOWN] = {**dict(known[-20:]), str(self.asked.pk): timezone.now().timestamp()}

    def forget(self) -> None:
        """Ask this browser again who it is."""
        known = self.request.session.get(_KNOWN, {})
        self.request.session[_KNOWN] = {k: v for k, v in known.items() if k != str(self.asked.pk)}


def _is_fresh(since: float | None) -> bool:
    return since is not None and timezone.now().timestamp() - since < KNOWN_FOR.total_seconds()


def page(
    visit: Visit, template: str, context: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:
    """A page at an open link; with problems it is shown again, status 422."""
    wrong = {problem.where for problem in refused.problems} if refused else set()
    context = {"application": visit.application, "refused": refused, "wrong": wrong, **context}
    status = 422 if refused else 200
    return render(visit.request, f"applications/{template}.html", context, status=status)


def closed(
    request: HttpRequest, found: SignatureRequest | None, application: Application | None
) -> HttpResponse:
    """A link that is good for nothing: why, in clear words, and whom to ask."""
    if found is None:
        title, text = _("There is no such link"), _("Check that the whole address was copied.")
        return render(
            request, "applications/sign_closed.html", {"title": title, "text": text}, status=404
        )
    title, text = _why_closed(found)
    if application is not None and application.state == State.WITHDRAWN:
        title = _("This link is no longer good")
        text = _("The application was withdrawn. There is nothing more to sign.")
    agent = application.agent if application else None
    context = {"title": title, "text": text, "agent": agent}
    return render(request, "applications/sign_closed.html", context, status=410)


def _why_closed(found: SignatureRequest) -> tuple[str, str]:
    state = found.state(timezone.now())
    if state is LinkState.VOIDED:
        return _("This link is no longer good"), _why_void(found)
    return {
        LinkState.SIGNED: (
            _("This link has been used"),
            _("You have signed. Nothing more is needed from you here."),
        ),
        LinkState.DECLINED: (
            _("You chose not to sign"),
            _("Your agent has your message and sends a new link when it is put right."),
        ),
        LinkState.EXPIRED: (
            _("This link has expired"),
            _("Ask your agent for a new one. Nothing that you filled in is lost."),
        ),
    }[state]


def _why_void(found: SignatureRequest) -> str:
    reasons = {
        "answers_changed": _(
            "Answers changed after you signed, so your signature does not count any more. "
            "Your agent sends you a new link."
        ),
        "too_many_tries": _(
            "The date of birth was typed wrong too often. Ask your agent for a new link."
        ),
    }
    usual = _("The papers changed, or a newer link was sent. Look for a later e-mail.")
    return reasons.get(found.void_reason, usual)
