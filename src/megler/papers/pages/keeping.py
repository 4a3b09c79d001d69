"""How long papers are kept: rules, legal holds, and what is to be destroyed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.carriers.models import Carrier
from megler.cases.models import Case
from megler.cases.names import DocumentKind
from megler.documents.serving import document_answer
from megler.papers import names
from megler.papers.actions import keeping
from megler.papers.models import Destruction, LegalHold, RetentionRule
from megler.papers.rules.retention import Rule
from megler.vocabulary.codes import JURISDICTIONS
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

YEARS = range(1, 100)
SHOWN = 50


def _context(refused: Refused | None = None) -> dict[str, Any]:
    rules = RetentionRule.objects.filter(ended_at=None).select_related("made_by")
    holds = LegalHold.objects.filter(lifted_at=None).select_related("case__client", "by")
    return {
        "rules": [
            {"rule": rule, "outcome": names.OUTCOMES.get(rule.outcome, "")}
            for rule in rules.order_by("outcome", "kind", "carrier", "jurisdiction")
        ],
        "holds": holds.order_by("since")[:SHOWN],
        "destructions": Destruction.objects.select_related("agreed_by", "approved_by").order_by(
            "-proposed_at"
        )[:SHOWN],
        "kinds": DocumentKind.choices,
        "outcomes": names.OUTCOMES.items(),
        "carriers": Carrier.objects.order_by("name").values_list("slug", "name"),
        "jurisdictions": JURISDICTIONS.items(),
        "refused": refused,
    }


@for_those_who_can(Can.KEEP_PAPERS)
@require_http_methods(["GET", "POST"])
def papers_keeping(request: SignedInRequest) -> HttpResponse:
    """The rules and holds; POST (`do`) makes a rule, ends one, places a hold, lifts one."""
    if request.method == "POST":
        try:
            said = _done(request)
        except Refused as refused:
            return render(request, "papers/keeping.html", _context(refused), status=422)
        messages.success(request, said)
        return redirect("papers_keeping")
    return render(request, "papers/keeping.html", _context())


def _done(request: SignedInRequest) -> str:
    post, person = request.POST, request.user
    match post.get("do", ""):
        case "rule":
            keeping.make_rule(person, _rule(post))
            return _("The rule holds from now on.")
        case "end-rule":
            rule = get_object_or_404(RetentionRule, pk=_key(post.get("rule", "")))
            keeping.end_rule(person, rule)
            return _("The rule has ended.")
        case "hold":
            keeping.place_hold(person, _case(request), post.get("why", ""))
            return _("The hold stands: nothing of it is destroyed.")
        case "lift":
            hold = get_object_or_404(LegalHold, pk=_key(post.get("hold", "")))
            keeping.lift_hold(person, hold)
            return _("The hold is lifted.")
    raise Refused(Problem("wrong_value", "do", post.get("do", "")[:40], "rule, hold"))


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _rule(post: Any) -> Rule:
    years = whole(post.get("years", ""))
    if years is None or years not in YEARS:
        raise Refused(Problem("wrong_value", "years", post.get("years", "")[:20], "1–99"))
    outcome, kind = post.get("outcome", ""), post.get("kind", "")
    jurisdiction = post.get("jurisdiction", "")
    carrier = post.get("carrier", "")
    known = {"", *Carrier.objects.values_list("slug", flat=True)}
    checks = (
        ("outcome", outcome, outcome in {"", *names.OUTCOMES}),
        ("kind", kind, kind in {"", *DocumentKind.values}),
        ("jurisdiction", jurisdiction, jurisdiction in {"", *JURISDICTIONS}),
        ("carrier", carrier, carrier in known),
    )
    if wrong := [Problem("wrong_value", w, found[:40], "") for w, found, ok in checks if not ok]:
        raise Refused(wrong)
    return Rule("", years, outcome, kind, carrier, jurisdiction)


def _case(request: SignedInRequest) -> Case | None:
    typed = request.POST.get("case", "").strip()
    if not typed and "everything" in request.POST:
        return None
    number = whole(typed.upper().removeprefix("C-")) or 0
    found = Case.objects.visible_to(request.user).filter(number=min(number, 2**31 - 1)).first()
    if found is None:
        raise Refused(Problem("wrong_value", "case", typed[:40], "C-10001"))
    return found


def _one(destruction_id: UUID) -> Destruction:
    found = Destruction.objects.select_related("agreed_by", "approved_by", "certificate")
    return get_object_or_404(found, pk=destruction_id)


def _page(
    request: SignedInRequest, found: Destruction, refused: Refused | None = None
) -> HttpResponse:
    lines = found.papers.select_related("case", "rule", "paper").order_by("case__number", "pk")
    context = {"one": found, "lines": lines[:2000], "refused": refused}
    status = 422 if refused else 200
    return render(request, "papers/destruction.html", context, status=status)


@for_those_who_can(Can.KEEP_PAPERS)
@require_safe
def papers_destruction(request: SignedInRequest, destruction_id: UUID) -> HttpResponse:
    """What is to be destroyed or was, by which rules, and who agreed."""
    return _page(request, _one(destruction_id))


_STEPS = {"agree": keeping.agree, "approve": keeping.approve, "refuse": keeping.refuse}


@for_those_who_can(Can.KEEP_PAPERS)
@require_POST
def papers_destruction_step(request: SignedInRequest, destruction_id: UUID) -> HttpResponse:
    """Agree to it, approve it as another person, or refuse it."""
    found = _one(destruction_id)
    step = _STEPS.get(request.POST.get("do", ""))
    try:
        if step is None:
            raise Refused(Problem("wrong_value", "do", "", "agree, approve, refuse"))
        step(request.user, found)
    except Refused as refused:
        return _page(request, _one(destruction_id), refused)
    return redirect("papers_destruction", destruction_id)


@for_those_who_can(Can.KEEP_PAPERS)  # type: ignore[arg-type]
@require_safe
def papers_certificate(request: SignedInRequest, destruction_id: UUID) -> HttpResponseBase:
    """The sealed certificate."""
    found = _one(destruction_id)
    if found.certificate is None:
        return redirect("papers_destruction", destruction_id)
    return document_answer(request, found.certificate, download=True)
