"""The client's way by the private link: who it is, what is still asked, reading, signing, done."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from megler.accounts.access import for_everyone
from megler.accounts.middleware import current_address
from megler.applications.actions.answering import answer
from megler.applications.actions.holding import in_hand, papers_for, signers, today
from megler.applications.actions.signing import decline_as_client, sign_as_client
from megler.applications.forms import in_english, typed_answers
from megler.applications.models import Application
from megler.applications.pages.reading import Group, open_questions, summary_of
from megler.applications.rules.signers import forms_signed_by
from megler.documents.serving import document_answer
from megler.forms.actions.signatures import applicant, find_link, note_try, open_link
from megler.forms.models import Paper, SignatureRequest, hash_of
from megler.forms.rules.answers import read_answer
from megler.forms.rules.questionnaire import (
    AnswerType,
    AskedOf,
    Question,
    SignerRole,
)
from megler.forms.rules.signing import CONSENT, LinkState, Signature
from megler.journal.rules.actors import Actor
from megler.vocabulary.problems import Problem, Refused

_KNOWN = "signing_known"
_KNOWN_FOR = timedelta(hours=2)
"""So that who finds the phone or the computer later is asked again."""


@dataclass(frozen=True)
class Visit:
    """Somebody at a link that is open."""

    request: HttpRequest
    token: str
    asked: SignatureRequest
    application: Application
    actor: Actor

    @property
    def role(self) -> SignerRole:
        return SignerRole(self.asked.role)

    @property
    def born(self) -> date | None:
        """The birth date that tells the signer from others; none is known of a business."""
        person = signers(self.application, today(None)).get(self.role)
        return person.born if person else None

    @property
    def is_known(self) -> bool:
        """Whether the signer has said who they are, in this browser."""
        known = self.request.session.get(_KNOWN, {})
        return self.born is None or _is_fresh(known.get(str(self.asked.pk)))


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The private link. What it shows depends on how far the signer is."""
    found = find_link(token)
    if found is None:
        return _closed(request, None, None)
    application = Application.objects.select_related("agent__user", "product__carrier").get(
        pk=found.subject_id
    )
    visit = Visit(request, token, found, application, applicant(found, current_address()))
    state = found.state(timezone.now())
    if state is LinkState.OPEN:
        return _open(visit)
    if state is LinkState.SIGNED and visit.is_known:
        return _done(visit)
    return _closed(request, found, application)


def _open(visit: Visit) -> HttpResponse:
    """At a link that can be signed with."""
    request = visit.request
    if request.user.is_authenticated:
        return _somebody_else(visit)
    if not visit.is_known:
        return _who(visit)
    if request.method == "POST":
        steps = {"answers": _answers, "sign": _sign, "decline": _decline}
        if step := steps.get(request.POST.get("step", "")):
            return step(visit)
    open_link(visit.asked, visit.actor)
    return _next(visit)


def _closed(
    request: HttpRequest, found: SignatureRequest | None, application: Application | None
) -> HttpResponse:
    """A link that is good for nothing: why, in clear words, and whom to ask."""
    if found is None:
        title, text = _("There is no such link"), _("Check that the whole address was copied.")
        return render(
            request, "applications/sign_closed.html", {"title": title, "text": text}, status=404
        )
    texts = {
        LinkState.SIGNED: (
            _("This link has been used"),
            _("You have signed. Nothing more is needed from you here."),
        ),
        LinkState.DECLINED: (
            _("You chose not to sign"),
            _("Your agent has your message and sends a new link when it is put right."),
        ),
        LinkState.VOIDED: (
            _("This link is no longer good"),
            _("The papers changed, or a newer link was sent. Look for a later e-mail."),
        ),
        LinkState.EXPIRED: (
            _("This link has expired"),
            _("Ask your agent for a new one. Nothing that you filled in is lost."),
        ),
    }
    title, text = texts[found.state(timezone.now())]
    agent = application.agent if application else None
    context = {"title": title, "text": text, "agent": agent}
    return render(request, "applications/sign_closed.html", context, status=410)


def _somebody_else(visit: Visit) -> HttpResponse:
    """The agency's own people and agents do not sign for clients."""
    context = {
        "title": _("This page is for %(name)s") % {"name": visit.asked.name},
        "text": _("You are signed in as %(you)s. Clients sign for themselves, signed out.")
        % {"you": visit.request.user},
        "sign_out": True,
    }
    return render(visit.request, "applications/sign_closed.html", context, status=403)


def _page(
    visit: Visit, template: str, context: dict[str, Any], refused: Refused | None = None
) -> HttpResponse:
    wrong = {problem.where for problem in refused.problems} if refused else set()
    context = {"application": visit.application, "refused": refused, "wrong": wrong, **context}
    status = 422 if refused else 200
    return render(visit.request, f"applications/{template}.html", context, status=status)


def _who(visit: Visit) -> HttpResponse:
    """Ask for the birth date before anything is shown."""
    refused = None
    if visit.request.method == "POST" and visit.request.POST.get("step") == "who":
        question = Question("born", AnswerType.DATE, "", "")
        born, _wrong = read_answer(
            question, in_english(question, visit.request.POST.get("born", ""))
        )
        right = visit.born is not None and born == visit.born.isoformat()
        left = note_try(visit.asked, visit.actor, right)
        if left is None:
            _remember(visit)
            return redirect("sign", visit.token)
        if not left:
            visit.asked.refresh_from_db()
            return _closed(visit.request, visit.asked, visit.application)
        refused = Refused(Problem("birth_date_differs", "born", "", str(left)))
    first = visit.asked.name.split()[0] if visit.asked.name else ""
    context = {
        "title": _("Hello, %(name)s") % {"name": first},
        "lead": _("%(agent)s has prepared papers for you to read and sign.")
        % {"agent": visit.application.agent.name},
    }
    return _page(visit, "sign_who", context, refused)


def _remember(visit: Visit) -> None:
    """Let this browser go on for a while, in a session that nobody can have prepared."""
    session = visit.request.session
    session.cycle_key()
    known = [one for one in session.get(_KNOWN, {}).items() if _is_fresh(one[1])]
    session[_KNOWN] = {**dict(known[-20:]), str(visit.asked.pk): timezone.now().timestamp()}


def _is_fresh(since: float | None) -> bool:
    return since is not None and timezone.now().timestamp() - since < _KNOWN_FOR.total_seconds()


def _next(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The questions still open for the client, or the papers when there are none."""
    groups = open_questions(visit.application, visit.role)
    if groups and not (refused and _about_papers(refused)):
        return _page(visit, "sign_questions", _questions_context(visit, groups), refused)
    return _review(visit, refused)


def _about_papers(refused: Refused) -> bool:
    return any(p.where in {"typed_name", "consent", "papers", "reason"} for p in refused.problems)


def _questions_context(visit: Visit, groups: list[Group]) -> dict[str, Any]:
    return {
        "title": _("A few questions first"),
        "lead": _("Your answers go straight into the application."),
        "groups": groups,
        "step_number": 1,
        "step_count": 2,
    }


def _answers(visit: Visit) -> HttpResponse:
    """Save the client's answers; what cannot be read is shown again as it was typed."""
    held = visit.application
    forms = forms_signed_by(held.questionnaire, held.given, visit.role)
    mine = [
        question
        for section, question in held.questionnaire.questions()
        if section.form in forms and question.asked_of is AskedOf.CLIENT
    ]
    raws, seen = typed_answers(mine, visit.request.POST)
    try:
        saved = answer(visit.actor, held, raws, seen, keep_unreadable=True)
    except Refused as refused:
        held.refresh_from_db()
        return _next(visit, refused)
    groups = open_questions(saved.application, visit.role)
    if groups and saved.problems:
        return _page(visit, "sign_questions", _questions_context(visit, groups))
    return redirect("sign", visit.token)


def _review(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    with transaction.atomic():
        held = in_hand(visit.application.pk)
        papers = papers_for(held, visit.role, visit.actor)
    context = {
        "title": _("Read and sign"),
        "lead": _("%(product)s from %(carrier)s")
        % {"product": held.product.name, "carrier": held.product.carrier.name},
        "summary": summary_of(held, visit.role),
        "papers": [_paper(visit, paper) for paper in papers],
        "packet_hash": hash_of(papers),
        "consent": [_(line) for line in CONSENT],
        "signer_name": visit.asked.name,
        "typed_name": visit.request.POST.get("typed_name", ""),
        "ticked": visit.request.POST.get("consent") == "yes",
        "sign_url": visit.request.path,
        "step_number": 2,
        "step_count": 2,
    }
    return _page(visit, "sign_review", context, refused)


def _paper(visit: Visit, paper: Paper) -> dict[str, Any]:
    return {
        "name": _(paper.name),
        "edition": paper.edition,
        "pages": paper.document.pages,
        "url": reverse("sign_paper", args=[visit.token, paper.pk]),
    }


def _sign(visit: Visit) -> HttpResponse:
    post = visit.request.POST
    given = Signature(
        post.get("typed_name", ""), post.get("consent") == "yes", post.get("seen", "")
    )
    try:
        sign_as_client(visit.actor, visit.asked, given, visit.request.headers.get("User-Agent", ""))
    except Refused as refused:
        return _next(visit, refused)
    return redirect("sign", visit.token)


def _decline(visit: Visit) -> HttpResponse:
    try:
        decline_as_client(visit.actor, visit.asked, visit.request.POST.get("reason", ""))
    except Refused as refused:
        return _next(visit, refused)
    return redirect("sign", visit.token)


def _done(visit: Visit) -> HttpResponse:
    """Signed: thanks, what happens next, and a copy."""
    signed = list(visit.asked.papers.select_related("document").order_by("name"))
    context = {
        "title": _("Thank you, you have signed"),
        "lead": _("%(product)s from %(carrier)s")
        % {
            "product": visit.application.product.name,
            "carrier": visit.application.product.carrier.name,
        },
        "text": _("%(agent)s signs next and sends the application. You will hear from them.")
        % {"agent": visit.application.agent.name},
        "done_icon": "check",
        "papers": [_paper(visit, paper) for paper in signed],
    }
    return _page(visit, "sign_done", context)


@for_everyone
@never_cache
@require_GET
def sign_paper(request: HttpRequest, token: str, paper_id: str) -> HttpResponse:
    """A paper that the signer may read: one of those on the forms they sign."""
    found = find_link(token)
    if found is None or found.state(timezone.now()) not in {LinkState.OPEN, LinkState.SIGNED}:
        raise Http404
    application = Application.objects.select_related("agent", "product__carrier").get(
        pk=found.subject_id
    )
    visit = Visit(request, token, found, application, applicant(found, current_address()))
    if not visit.is_known or request.user.is_authenticated:
        raise Http404
    forms = forms_signed_by(application.questionnaire, application.given, visit.role)
    paper = Paper.objects.about(found.subject).filter(pk=paper_id, form_key__in=forms).first()
    if paper is None:
        raise Http404
    return cast(HttpResponse, document_answer(request, paper.document))
