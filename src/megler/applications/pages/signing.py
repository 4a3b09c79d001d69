"""The client's way by the private link: who it is, what is still asked, reading, signing, done."""

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
from megler.applications.actions.holding import in_hand, papers_for, today, whose_turn
from megler.applications.actions.signing import decline_as_client, sign_as_client
from megler.applications.forms import typed_answers
from megler.applications.models import Application, State
from megler.applications.pages.identifying import who
from megler.applications.pages.reading import Group, open_questions, summary_of
from megler.applications.pages.signatures import signature_in, typed_signature
from megler.applications.pages.visits import Visit, closed, page
from megler.applications.rules.signers import CLIENT_ROLES, forms_signed_by
from megler.documents.actions import preview_png
from megler.documents.serving import document_answer
from megler.forms.actions.signatures import applicant, find_link, open_link
from megler.forms.models import Paper, hash_of
from megler.forms.rules.questionnaire import AskedOf, SignerRole, forms_needed
from megler.forms.rules.signing import CONSENT, LinkState, asks_place
from megler.forms.rules.strokes import svg_path
from megler.vocabulary.problems import Refused


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """The private link. What it shows depends on how far the signer is."""
    found = find_link(token)
    if found is None:
        return closed(request, None, None)
    application = Application.objects.select_related("agent__user", "product__carrier").get(
        pk=found.subject_id
    )
    visit = Visit(request, token, found, application, applicant(found, current_address()))
    state = found.state(timezone.now())
    if state is LinkState.OPEN:
        return _open(visit)
    if state is LinkState.SIGNED and visit.is_known:
        return _done(visit)
    return closed(request, found, application)


def _open(visit: Visit) -> HttpResponse:
    """At a link that can be signed with."""
    request = visit.request
    if request.user.is_authenticated:
        return _somebody_else(visit)
    if not visit.is_known:
        return who(visit)
    if request.method == "POST":
        steps = {"answers": _answers, "sign": _sign, "decline": _decline}
        if step := steps.get(request.POST.get("step", "")):
            return step(visit)
    open_link(visit.asked, visit.actor)
    return _next(visit)


def _somebody_else(visit: Visit) -> HttpResponse:
    """The agency's own people and agents do not sign for clients."""
    context = {
        "title": _("This page is for %(name)s") % {"name": visit.asked.name},
        "text": _("You are signed in as %(you)s. Clients sign for themselves, signed out.")
        % {"you": visit.request.user},
        "sign_out": True,
    }
    return render(visit.request, "applications/sign_closed.html", context, status=403)


def _next(visit: Visit, refused: Refused | None = None) -> HttpResponse:
    """The questions still open for the client, or the papers when there are none."""
    groups = open_questions(visit.application, visit.role)
    if groups and not (refused and _about_papers(refused)):
        return page(visit, "sign_questions", _questions_context(visit, groups), refused)
    return _review(visit, refused)


def _about_papers(refused: Refused) -> bool:
    return any(p.where in _OF_SIGNING for p in refused.problems)


_OF_SIGNING = {"typed_name", "strokes", "signed_in", "consent", "papers", "reason"}


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
        return page(visit, "sign_questions", _questions_context(visit, groups))
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
        "sign_url": visit.request.path,
        "asks_place": asks_place(forms_needed(held.questionnaire, held.given), visit.role),
        **typed_signature(visit.request, _home_of(held, visit.role)),
        "step_number": 2,
        "step_count": 2,
    }
    return page(visit, "sign_review", context, refused)


def _paper(visit: Visit, paper: Paper) -> dict[str, Any]:
    pages = paper.document.pages
    return {
        "name": _(paper.name),
        "edition": paper.edition,
        "pages": pages,
        "url": reverse("sign_paper", args=[visit.token, paper.pk]),
        "pictures": [
            reverse("sign_page", args=[visit.token, paper.pk, page])
            for page in range(1, min(pages, PICTURES_MAX) + 1)
        ],
    }


def _home_of(held: Application, role: SignerRole) -> Any:
    """The address of who signs, as it was answered; None while unknown."""
    key = "owner_address" if role is SignerRole.OWNER else "insured_address"
    found = held.given.get(key)
    return found.value if found else None


PICTURES_MAX = 20
"""Pages of one paper that are shown as pictures; the PDF itself is a link away."""


def _sign(visit: Visit) -> HttpResponse:
    browser = visit.request.headers.get("User-Agent", "")
    try:
        sign_as_client(visit.actor, visit.asked, signature_in(visit.request), browser)
    except Refused as refused:
        return _refused(visit, refused)
    return redirect("sign", visit.token)


def _refused(visit: Visit, refused: Refused) -> HttpResponse:
    """Show again what was refused; a link that was used meanwhile, in another tab, says what became of it."""
    codes = {problem.code for problem in refused.problems}
    if "not_identified" in codes:
        visit.forget()
    if "not_identified" in codes or any(code.startswith("link_") for code in codes):
        return redirect("sign", visit.token)
    return _next(visit, refused)


def _decline(visit: Visit) -> HttpResponse:
    try:
        decline_as_client(visit.actor, visit.asked, visit.request.POST.get("reason", ""))
    except Refused as refused:
        return _refused(visit, refused)
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
        "text": _what_is_next(visit),
        "done_icon": "check",
        "signature": visit.asked,
        "drawn": svg_path(visit.asked.strokes) if visit.asked.strokes else "",
        "papers": [_paper(visit, paper) for paper in signed],
    }
    return page(visit, "sign_done", context)


def _what_is_next(visit: Visit) -> str:
    held, told = visit.application, {"agent": visit.application.agent.name}
    if held.state == State.SUBMITTED:
        return _("%(agent)s has signed and sent the application.") % told
    turn = whose_turn(held, today(None))
    if turn in CLIENT_ROLES:
        return _("Somebody else signs next. %(agent)s signs last and sends the application.") % told
    return _("%(agent)s signs next and sends the application. You will hear from them.") % told


@for_everyone
@never_cache
@require_GET
def sign_paper(request: HttpRequest, token: str, paper_id: str) -> HttpResponse:
    """A paper that the signer may read: one of those on the forms they sign."""
    paper = _readable(request, token, paper_id)
    return cast(HttpResponse, document_answer(request, paper.document))


@for_everyone
@never_cache
@require_GET
def sign_page(request: HttpRequest, token: str, paper_id: str, page: int) -> HttpResponse:
    """A picture of one page of it, for phones that do not show PDF files in place."""
    paper = _readable(request, token, paper_id)
    try:
        return HttpResponse(preview_png(paper.document, page, 1000), content_type="image/png")
    except Refused:
        raise Http404 from None


def _readable(request: HttpRequest, token: str, paper_id: str) -> Paper:
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
    return paper
