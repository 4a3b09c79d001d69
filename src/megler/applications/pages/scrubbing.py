"""Scrub a stranger's application: drop the file, see on one page what is not in good order."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.actions.holding import signers, today
from megler.applications.actions.scrubbing import Scrubbed, own_agent, scrub
from megler.applications.actions.starting_from_upload import start_from_upload
from megler.applications.pages.asking import name_of, told
from megler.applications.pages.panel import not_given
from megler.applications.rules.scrubbing import listed
from megler.applications.rules.uploads import Signed
from megler.carriers.models import Product
from megler.documents import apart
from megler.documents.actions import Sent
from megler.documents.sentences import REMOVED
from megler.forms.models import ROLE_NAMES
from megler.forms.rules.good_order import Missing
from megler.forms.rules.questionnaire import SignerRole
from megler.licensing.actions import agent_by_npn
from megler.ui.problems import sentence
from megler.vocabulary.problems import Problem, Refused, Severity

PICTURED_MAX = 60
"""Pages shown as pictures; a longer file is shown from its beginning."""
_WIDTH = 220


@dataclass(frozen=True)
class Line:
    """One thing not in good order."""

    text: str
    is_error: bool


@dataclass(frozen=True)
class FormLine:
    """A form that was found: in which edition, with which pages, signed by whom."""

    name: str
    number: str
    edition: str
    known: str
    is_stale: bool
    pages: str
    is_whole: bool
    signed: list[tuple[str, str]]


@dataclass(frozen=True)
class Picture:
    """A page of the file, and which form's page it is."""

    number: int
    data: str
    label: str
    tone: str


def sent_files(request: SignedInRequest) -> list[Sent]:
    """The files that came with a form."""
    return [Sent(one.name or "", one) for one in request.FILES.getlist("files")]


@for_those_who_can(Can.APPLY)
@require_http_methods(["GET", "POST"])
def applications_scrub(request: SignedInRequest) -> HttpResponse:
    """The place to drop a file; with one, what is not in good order. Nothing of it is kept."""
    context: dict[str, Any] = {"needs_agent": own_agent(request.user) is None}
    status = 200
    if request.method == "POST":
        try:
            agent = agent_by_npn(request.user, request.POST.get("agent_npn", ""))
            context |= shown(scrub(request.user, sent_files(request), agent))
        except Refused as refused:
            context["refused"], status = refused, 422
    page = "_scrubbed" if request.htmx else "scrub"  # type: ignore[attr-defined]
    return render(request, f"applications/{page}.html", context, status=status)


@for_those_who_can(Can.APPLY)
@require_POST
def applications_scrub_start(request: SignedInRequest) -> HttpResponse:
    """Start an application from the file; from here on it is kept."""
    code = request.POST.get("product", "")
    carrier, _slash, product_code = code.partition("/")
    product = Product.objects.filter(carrier__slug=carrier, code=product_code).first()
    try:
        agent = agent_by_npn(request.user, request.POST.get("agent_npn", ""))
        made = start_from_upload(request.user, sent_files(request), agent=agent, product=product)
    except Refused as refused:
        context = {"refused": refused, "needs_agent": own_agent(request.user) is None}
        page = "_scrubbed" if request.htmx else "scrub"  # type: ignore[attr-defined]
        return render(request, f"applications/{page}.html", context, status=422)
    if request.htmx:  # type: ignore[attr-defined]
        answer = HttpResponse(status=204)
        answer.headers["HX-Redirect"] = reverse("application", args=[made.pk])
        return answer
    return redirect("application", made.pk)


def shown(found: Scrubbed) -> dict[str, Any]:
    """What the page says of a file."""
    gaps = [one for one in found.answers_wrong if not_given(one) and one.is_error]
    wrong = [one for one in found.answers_wrong if one not in gaps]
    return {
        "scrubbed": found,
        "name": found.examined.name,
        "page_count": found.examined.taken.pages,
        "removed": [REMOVED[code] for code in found.examined.taken.removed],
        "forms": form_lines(found),
        "pages_wrong": lines(found.pages_wrong),
        "gaps": by_form(found, gaps),
        "answers_wrong": [_answer(found, one) for one in wrong] + lines(found.differ),
        "unsigned": lines(found.unsigned),
        "by_eye": lines(found.by_eye),
        "count": _count(found),
        "pictures": pictures(found),
        "pictured_max": PICTURED_MAX,
        "products": products(found),
        "blank": listed(found.opened.recognition.blank) if found.opened else "",
    }


def _count(found: Scrubbed) -> int:
    """How many things stop it."""
    told = (*found.pages_wrong, *found.differ, *found.unsigned)
    stops = [one for one in told if one.severity is Severity.ERROR]
    return len(stops) + sum(one.is_error for one in found.answers_wrong)


def lines(problems: Iterable[Problem]) -> list[Line]:
    return [Line(sentence(_named(one)), one.severity is Severity.ERROR) for one in problems]


def _named(problem: Problem) -> Problem:
    """With the role as people say it."""
    if problem.code not in {"scrub_unsigned", "scrub_signature_unjudged"}:
        return problem
    role = str(ROLE_NAMES[SignerRole(problem.found)])
    return Problem(problem.code, _(problem.where), role, problem.expected, problem.severity)


def _answer(found: Scrubbed, one: Missing) -> Line:
    asked = found.application.questionnaire if found.application else None
    return Line(told(asked, one) if asked else sentence(one.problem), one.is_error)


def by_form(found: Scrubbed, gaps: Iterable[Missing]) -> list[tuple[str, list[str]]]:
    """The names of what is not answered, by the form on which it stands."""
    if found.application is None:
        return []
    names = {form.key: form.name for form in found.application.questionnaire.forms}
    grouped: dict[str, list[str]] = {}
    for one in gaps:
        grouped.setdefault(_(names.get(one.form, one.form)), []).append(name_of(one))
    return list(grouped.items())


def form_lines(found: Scrubbed) -> list[FormLine]:
    """The forms that were recognised, in the order in which they stand."""
    if found.opened is None:
        return []
    who = signers(found.application, today(None)) if found.application else {}
    return [
        FormLine(
            name=_(one.form.spec.name),
            number=one.piece.number,
            edition=one.piece.edition,
            known=one.piece.known,
            is_stale=one.piece.is_stale,
            pages=f"{len(one.piece.at)}/{one.piece.pages}",
            is_whole=one.piece.is_whole,
            signed=[
                (str(ROLE_NAMES[SignerRole(role)]), shows.value)
                for role, shows in one.signed.items()
                if SignerRole(role) in who or shows is Signed.SIGNED
            ],
        )
        for one in found.opened.pieces
    ]


def pictures(found: Scrubbed) -> list[Picture]:
    """The pages as small pictures inside the answer itself, as nothing is kept to be asked for."""
    labels: dict[int, tuple[str, str]] = {}
    if found.opened:
        for piece in found.opened.recognition.pieces:
            tone = "attention" if piece.is_stale or not piece.key else "good"
            for page, place in piece.at.items():
                labels[place] = (f"{piece.number} {page}/{piece.pages}", tone)
            labels |= {place: (_("Again"), "attention") for place in piece.doubled}
        labels |= {place: (_("Blank"), "quiet") for place in found.opened.recognition.blank}
    count = min(found.examined.taken.pages, PICTURED_MAX)
    drawn = apart.page_jpegs(found.examined.content, list(range(1, count + 1)), _WIDTH)
    return [
        Picture(
            number,
            "data:image/jpeg;base64," + base64.b64encode(jpeg).decode() if jpeg else "",
            *labels.get(number, (_("Not recognised"), "wait")),
        )
        for number, jpeg in enumerate(drawn, start=1)
    ]


def products(found: Scrubbed) -> list[tuple[str, str]]:
    """What may be chosen when the file names no product."""
    if found.known is None or found.product is not None:
        return []
    listed_ = Product.objects.filter(carrier__slug=found.known.carrier).order_by("name")
    fits = [p for p in listed_ if p.code in found.known.products or p.line in found.known.lines]
    return [(f"{found.known.carrier}/{one.code}", one.name) for one in fits]
