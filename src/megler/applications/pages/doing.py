"""What is done to a whole application: start, ask, sign, submit, withdraw."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import papers_for
from megler.applications.actions.signing import ask_client_to_sign, sign_as_agent
from megler.applications.actions.starting import start_from_quote
from megler.applications.actions.submitting import not_in_good_order, submit, withdraw
from megler.applications.models import Application
from megler.applications.pages.asking import relabelled
from megler.applications.pages.sheet import visible
from megler.applications.pages.signatures import signature_in, typed_signature
from megler.forms.models import Paper, hash_of
from megler.forms.rules.questionnaire import SignerRole, forms_needed
from megler.forms.rules.signing import CONSENT, asks_place
from megler.licensing.actions import agent_by_npn
from megler.quoting.actions.quotes import save_quote
from megler.quoting.models import Quote
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused


@for_those_who_can(Can.APPLY)
@require_POST
def application_start(request: SignedInRequest) -> HttpResponse:
    """Start an application from the number of an `offer` of a kept `quote`, or of `facts`.

    Facts (a facts document) are quoted anew and kept first. Staff name the agent by `agent_npn`.
    """
    offer, facts = request.POST.get("offer", ""), request.POST.get("facts", "")
    index = -1 if (number := whole(offer)) is None else number
    try:
        agent = agent_by_npn(request.user, request.POST.get("agent_npn", ""))
        if facts:
            quote = save_quote(request.user, facts, timezone.localdate(), agent=agent)
        else:
            quote = _visible_quote(request, request.POST.get("quote", ""))
        made = start_from_quote(request.user, quote, index, agent=agent)
    except Refused as refused:
        return render(request, "applications/not_started.html", {"refused": refused}, status=422)
    return redirect("application", made.pk)


def _visible_quote(request: SignedInRequest, quote_id: str) -> Quote:
    try:
        wanted = UUID(quote_id)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Quote.objects.visible_to(request.user), pk=wanted)


@for_those_who_can(Can.APPLY)
@require_POST
def application_ask(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Send the client the private link."""
    held = visible(request, application_id)
    try:
        asked = ask_client_to_sign(request.user, held)
    except Refused as refused:
        _tell(request, held, refused.problems)
    else:
        told = {"name": asked.name, "email": asked.email}
        messages.success(request, _("The link is on its way to %(name)s, %(email)s.") % told)
    return redirect("application", held.pk)


@for_those_who_can(Can.APPLY)
@require_POST
def application_submit(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Submit the application; a second click gets the same answer."""
    held = visible(request, application_id)
    try:
        submit(request.user, held)
    except Refused as refused:
        if not_in_good_order(held):
            return redirect(reverse("application", args=[held.pk]) + "?refused=1")
        _tell(request, held, refused.problems)
    else:
        messages.success(request, _("Submitted. The agency has a case for it."))
    return redirect("application", held.pk)


@for_those_who_can(Can.APPLY)
@require_POST
def application_withdraw(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """Withdraw the application."""
    held = visible(request, application_id)
    try:
        withdraw(request.user, held)
    except Refused as refused:
        _tell(request, held, refused.problems)
    else:
        messages.success(request, _("Withdrawn."))
    return redirect("application", held.pk)


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def application_sign(request: SignedInRequest, application_id: UUID) -> HttpResponse:
    """The agent reads and signs; anybody else finds nothing here."""
    held = visible(request, application_id)
    if held.agent.user_id != request.user.pk:
        raise Http404
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        try:
            browser = request.headers.get("User-Agent", "")
            sign_as_agent(request.user, held, signature_in(request), browser)
        except Refused as refused:
            context = {
                "refused": refused,
                "wrong": {problem.where for problem in refused.problems},
                **typed_signature(request),
            }
            status = 422
        else:
            messages.success(request, _("Signed. It is ready to submit."))
            return redirect("application", held.pk)
    papers = papers_for(held, SignerRole.AGENT, request.user.actor())
    context |= {
        "application": held,
        "papers": [_paper(held, paper) for paper in papers],
        "packet_hash": hash_of(papers),
        "consent": [_(line) for line in CONSENT],
        "signer_name": held.agent.name,
        "asks_place": asks_place(forms_needed(held.questionnaire, held.given), SignerRole.AGENT),
        "sign_url": request.path,
    }
    return render(request, "applications/sign_as_agent.html", context, status=status)


def _paper(held: Application, paper: Paper) -> dict[str, Any]:
    url = reverse("application_paper", args=[held.pk, paper.form_key])
    return {
        "name": _(paper.name),
        "edition": paper.edition,
        "pages": paper.document.pages,
        "url": url,
    }


def _tell(request: SignedInRequest, held: Application, problems: tuple[Problem, ...]) -> None:
    """Say on the next page why something was refused, in the words of the questions."""
    texts = [sentence(relabelled(held.questionnaire, problem)) for problem in problems]
    shown = texts[:5]
    if len(texts) > len(shown):
        shown.append(_("And %(more)d more.") % {"more": len(texts) - len(shown)})
    messages.error(request, " ".join(shown))
