"""Quick receipt: drop files, see whose they are, file each with one key."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.models import Case, Requirement
from megler.cases.names import DocumentKind
from megler.documents.actions import Sent
from megler.documents.serving import document_answer, preview_answer
from megler.papers import names
from megler.papers.actions.arriving import cut, file_paper, set_aside, take_back, take_in
from megler.papers.actions.proposing import (
    Proposed,
    candidate_of,
    open_requirements,
    proposals_for,
    readings_of,
    with_people,
)
from megler.papers.models import Arrival, Reading, State
from megler.papers.rules.kinds import PaperKind
from megler.papers.rules.matching import Certainty, Proposal, brought
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

SIZE = 20
FOUND_MAX = 8
WIDTHS = {"thumb": 240, "page": 1200}


@dataclass(frozen=True)
class Choice:
    """A case that may be chosen for an arrival."""

    proposed: Proposed
    is_chosen: bool

    @property
    def certainty(self) -> "tuple[str | Promise, str, str]":
        return names.CERTAINTY[self.proposed.proposal.certainty]

    @property
    def is_barred(self) -> bool:
        return self.proposed.proposal.certainty is Certainty.BARRED

    @property
    def reasons(self) -> "list[str | Promise]":
        return [names.WHY[why] for why in self.proposed.proposal.reasons]

    @property
    def brings(self) -> set[UUID]:
        return {one.pk for one in self.proposed.requirements}


@dataclass(frozen=True)
class Card:
    """An arrival with what was read in it and the cases that are proposed."""

    arrival: Arrival
    reading: Reading | None
    choices: list[Choice]

    @property
    def kind(self) -> str:
        return self.reading.kind if self.reading else DocumentKind.OTHER.value

    @property
    def is_sure(self) -> bool:
        """Whether one key files it."""
        return any(one.is_chosen for one in self.choices)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The papers that it seems to hold, when they are several."""
        found: list[dict[str, Any]] = self.reading.found.get("pieces", []) if self.reading else []
        shown = [one | {"name": DocumentKind(one["kind"]).label} for one in found]
        return shown if len(shown) > 1 else []

    @property
    def starts(self) -> str:
        return ",".join(str(one["first"]) for one in self.parts[1:])

    @property
    def reasons(self) -> list[str]:
        return self.reading.found.get("reasons", []) if self.reading else []


def cards(arrivals: list[Arrival]) -> list[Card]:
    """What the tray shows of arrivals; the surest case of each is chosen, when it is sure.

    Nothing is chosen for a scan that seems to hold several papers: it is cut first.
    """
    proposals, readings = proposals_for(arrivals), readings_of(arrivals)
    made = []
    for one in arrivals:
        found, reading = proposals[one.pk], readings.get(one.document_id)
        is_one = reading is not None and len(reading.found.get("pieces", [])) < 2
        choices = [
            Choice(each, at == 0 and is_one and each.proposal.certainty is Certainty.SURE)
            for at, each in enumerate(found)
        ]
        made.append(Card(one, reading, choices))
    return made


def _context(request: SignedInRequest, **more: Any) -> dict[str, Any]:
    state = request.GET.get("state", "")
    state = state if state in State.values else State.WAITING.value
    seen = Arrival.objects.visible_to(request.user).filter(state=state)
    after = whole(request.GET.get("after", "")) or 0
    order = "at" if state == State.WAITING else "-settled_at"
    named = seen.select_related("document", "to_case__client", "paper__case__client", "settled_by")
    found = list(named.order_by(order, "pk")[after : after + SIZE + 1])
    return {
        "cards": cards(found[:SIZE]) if state == State.WAITING else [],
        "settled": found[:SIZE] if state != State.WAITING else [],
        "state": state,
        "states": State.choices,
        "kinds": DocumentKind.choices,
        "may_keep": request.user.may(Can.KEEP_PAPERS),
        "next": after + SIZE if len(found) > SIZE and after < 1000 else None,
        **more,
    }


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def papers(request: SignedInRequest) -> HttpResponse:
    """The receipt tray; POST drops files into it."""
    problems: list[Problem] = []
    if request.method == "POST":
        sent = [Sent(str(file.name), file) for file in request.FILES.getlist("files")]
        made, problems = take_in(request.user, sent)
        if not sent:
            problems = [Problem("document_empty", "files", "0 bytes", "PDF")]
        if made:
            text = ngettext("%(n)d file is in the tray.", "%(n)d files are in the tray.", len(made))
            messages.success(request, text % {"n": len(made)})
        if not request.htmx and not problems:  # type: ignore[attr-defined]
            return redirect("papers")
    refused = Refused(problems) if problems else None
    context = _context(request, refused=refused)
    page = "_tray" if request.htmx else "tray"  # type: ignore[attr-defined]
    status = 422 if problems and not request.htmx else 200  # type: ignore[attr-defined]
    return render(request, f"papers/{page}.html", context, status=status)


def _one(request: SignedInRequest, arrival_id: UUID) -> Arrival:
    seen = Arrival.objects.visible_to(request.user).select_related(
        "document", "to_case__client", "paper__case__client", "settled_by"
    )
    return get_object_or_404(seen, pk=arrival_id)


def _card(
    request: SignedInRequest, arrival: Arrival, refused: Refused | None = None
) -> HttpResponse:
    """One card as it stands now; as a page of its own without htmx."""
    fresh = _one(request, arrival.pk)
    context = {"kinds": DocumentKind.choices, "refused": refused}
    context["card" if fresh.state == State.WAITING else "one"] = (
        cards([fresh])[0] if fresh.state == State.WAITING else fresh  # type: ignore[assignment]
    )
    page = "_one" if request.htmx else "one"  # type: ignore[attr-defined]
    return render(request, f"papers/{page}.html", context, status=422 if refused else 200)


@for_those_who_can(Can.WORK_CASES)
@require_safe
def paper_arrival(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """One arrival, waiting or settled."""
    return _card(request, _one(request, arrival_id))


@for_those_who_can(Can.WORK_CASES)
@require_POST
def paper_file(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """File an arrival into the chosen case, onto the requirements ticked beside it."""
    arrival = _one(request, arrival_id)
    try:
        case = _chosen(request)
        wanted = set(request.POST.getlist(f"brings-{case.pk}"))
        needed = [r for r in case.requirements.all() if str(r.pk) in wanted]
        kind = request.POST.get("kind", "")
        file_paper(
            request.user,
            arrival,
            case,
            needed,
            DocumentKind(kind) if kind in DocumentKind.values else None,
            visible_to_agent="visible_to_agent" in request.POST,
        )
    except Refused as refused:
        return _card(request, arrival, refused)
    return _card(request, arrival)


def _chosen(request: SignedInRequest) -> Case:
    try:
        key = UUID(request.POST.get("case", ""))
    except ValueError:
        raise Refused(Problem("paper_no_case", "case")) from None
    found = Case.objects.visible_to(request.user).filter(pk=key).first()
    if found is None:
        raise Refused(Problem("paper_no_case", "case"))
    return found


@for_those_who_can(Can.WORK_CASES)
@require_POST
def paper_aside(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """Set an arrival aside, saying why."""
    arrival = _one(request, arrival_id)
    try:
        set_aside(request.user, arrival, request.POST.get("reason", ""))
    except Refused as refused:
        return _card(request, arrival, refused)
    return _card(request, arrival)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def paper_back(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """Take back what was set aside."""
    arrival = _one(request, arrival_id)
    take_back(request.user, arrival)
    return _card(request, arrival)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def paper_cut(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """Cut a scan into parts; shows their cards."""
    arrival = _one(request, arrival_id)
    typed = request.POST.get("starts", "").replace(";", ",").split(",")
    starts = [found for one in typed if (found := whole(one.strip())) is not None]
    try:
        parts = cut(request.user, arrival, starts)
    except Refused as refused:
        return _card(request, arrival, refused)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("papers")
    context = {"cards": cards(parts), "kinds": DocumentKind.choices}
    return render(request, "papers/_cards.html", context)


@for_those_who_can(Can.WORK_CASES)
@require_safe
def paper_cases(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """Cases found by name or number, to be chosen for an arrival."""
    arrival = _one(request, arrival_id)
    words = request.GET.get("q", "").strip()[:100]
    seen = Case.objects.visible_to(request.user).named(words) if words else Case.objects.none()
    keys = list(seen.order_by("-number").values_list("pk", flat=True)[:FOUND_MAX])
    reading = readings_of([arrival]).get(arrival.document_id)
    kind = PaperKind(reading.kind) if reading else PaperKind.OTHER
    choices = [Choice(_found(case, kind), is_chosen=False) for case in with_people(keys)]
    context = {"choices": choices, "arrival": arrival, "words": words}
    return render(request, "papers/_found.html", context)


def _found(case: Case, kind: PaperKind) -> Proposed:
    """A case that somebody looked up: what of it this kind of paper brings."""
    brings = set(brought(kind, candidate_of(case)))
    waiting: list[Requirement] = open_requirements(case)
    proposal = Proposal(str(case.pk), Certainty.LIKELY, 0, (), tuple(brings))
    return Proposed(proposal, case, [r for r in waiting if str(r.pk) in brings], waiting)


@for_those_who_can(Can.WORK_CASES)  # type: ignore[arg-type]
@require_safe
def paper_document(request: SignedInRequest, arrival_id: UUID) -> HttpResponseBase:
    """The file itself."""
    return document_answer(request, _one(request, arrival_id).document)


@for_those_who_can(Can.WORK_CASES)
@require_safe
def paper_page(request: SignedInRequest, arrival_id: UUID) -> HttpResponse:
    """A picture of page `page` (from 1), small or to be read (`size=page`)."""
    arrival = _one(request, arrival_id)
    width = WIDTHS.get(request.GET.get("size", "thumb"), WIDTHS["thumb"])
    try:
        page = whole(request.GET.get("page", "1")) or 0
        return preview_answer(request, arrival.document, page, width)
    except Refused:
        raise Http404 from None
