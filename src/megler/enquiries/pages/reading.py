"""The list of enquiries, one enquiry, its papers, and the panel on the page of its case."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.carriers.names import LINE_NAMES
from megler.cases.models import Case
from megler.documents.serving import document_answer
from megler.documents.typesetting import typeset
from megler.enquiries import names
from megler.enquiries.actions.formal import enquiry_of
from megler.enquiries.actions.knowing import summary_for
from megler.enquiries.actions.papers import paper_data, template
from megler.enquiries.actions.sending import partners_of
from megler.enquiries.forms import CloseForm, EncloseForm, ProductsForm, WantForm
from megler.enquiries.models import Enquiry, EnquiryCarrier, SharedEvidence
from megler.enquiries.names import EnquiryState
from megler.enquiries.rules.asking import State
from megler.enquiries.shown import authorisations, compared, enquiry_children, evidence_shown
from megler.vocabulary.numbers import whole

PAGE_ROWS = 30


def visible_enquiry(person: User, enquiry_id: UUID) -> Enquiry:
    """The enquiry, if this person may see it; otherwise there is nothing here."""
    found = Enquiry.objects.visible_to(person).select_related("agent", "client", "quote", "paper")
    return get_object_or_404(found, pk=enquiry_id)


@for_those_who_can(Can.SEE_CASES)
@require_safe
def enquiries(request: SignedInRequest) -> HttpResponse:
    """Enquiries, newest first; a carrier's own people see what their carrier was asked."""
    if request.user.role == Role.CARRIER:
        return _asked_of_us(request)
    state = request.GET.get("state", "")
    state = state if state in EnquiryState.values else ""
    found = Enquiry.objects.visible_to(request.user).select_related("agent", "client")
    found = found.defer("facts", "purpose", "remarks", "hidden")
    found = found.filter(state=state) if state else found
    before = whole(request.GET.get("before", ""), 9)
    found = found.filter(number__lt=before) if before else found
    rows = list(found.order_by("-number").prefetch_related("carriers")[: PAGE_ROWS + 1])
    more = rows[PAGE_ROWS - 1].number if len(rows) > PAGE_ROWS else None
    context = {
        "rows": [_listed(one) for one in rows[:PAGE_ROWS]],
        "state": state,
        "states": EnquiryState.choices,
        "more": more,
        "may_ask": request.user.may(Can.QUOTE),
    }
    return render(request, "enquiries/enquiries.html", context)


def _listed(one: Enquiry) -> dict[str, Any]:
    asked = list(one.carriers.all())
    return {
        "one": one,
        "line": LINE_NAMES.get(one.line, one.line),
        "tone": names.ENQUIRY_TONES[one.state],
        "asked": sum(child.sent_at is not None for child in asked),
        "carriers": len(asked),
        "answered": sum(child.answer_id is not None for child in asked),
    }


def _asked_of_us(request: SignedInRequest) -> HttpResponse:
    found = EnquiryCarrier.objects.visible_to(request.user)
    found = found.select_related("enquiry", "product", "answer").order_by("-sent_at")
    rows = [
        {"child": child, "state": names.STATE[child.state], "tone": names.TONES[child.state]}
        for child in found[:100]
    ]
    return render(request, "enquiries/asked_of_us.html", {"rows": rows})


@for_those_who_can(Can.QUOTE)
@require_safe
def enquiry(request: SignedInRequest, enquiry_id: UUID) -> HttpResponse:
    """One enquiry: its carriers and offers side by side, its evidence, and what carriers see."""
    held = visible_enquiry(request.user, enquiry_id)
    return render(request, "enquiries/enquiry.html", enquiry_context(held, request.user))


def enquiry_context(held: Enquiry, person: User, **more: Any) -> dict[str, Any]:
    """Everything that the page shows; `more` overrides, as what was refused."""
    today = timezone.localdate()
    found = enquiry_children(held)
    works = person.may(Can.WORK_CASES) and held.is_open
    context = {
        "enquiry": held,
        "line": LINE_NAMES.get(held.line, held.line),
        "tone": names.ENQUIRY_TONES[held.state],
        "compared": compared(person, held, found, today),
        "waiting": sum(child.is_waiting for child in found),
        "summary": summary_for(held),
        "drafts": _drafts(found) if works else [],
        "evidence": evidence_shown(held, today),
        "authorisations": list(authorisations(held)) if works else [],
        "works": works,
        "drafts_only": held.is_open and person.may(Can.QUOTE),
        "products_form": ProductsForm(
            line=held.line, without=[one.product_id for one in found], auto_id="products_%s"
        ),
        "want_form": WantForm(auto_id="want_%s"),
        "enclose_form": EncloseForm(auto_id=False),
        "close_form": CloseForm(auto_id="close_%s"),
        "today": today,
    }
    return context | more


def _drafts(found: list[EnquiryCarrier]) -> list[dict[str, Any]]:
    """Carriers to whom nothing was sent yet, with their own ways."""
    drafts = [one for one in found if one.state == State.DRAFT]
    partners = partners_of(drafts) if drafts else {}
    return [{"child": one, "partner": partners.get(one.pk)} for one in drafts]


@for_those_who_can(Can.QUOTE)
@require_safe
def enquiry_paper(request: SignedInRequest, enquiry_id: UUID) -> HttpResponse:
    """The summary as carriers get it: as it was sent, or as it would be."""
    held = visible_enquiry(request.user, enquiry_id)
    if held.paper is not None:
        return document_answer(request, held.paper, download=False)  # type: ignore[return-value]
    content = typeset(template(), paper_data(held, summary_for(held), timezone.now()))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{held.reference}.pdf"'
    return answer


@for_those_who_can(Can.QUOTE)  # type: ignore[arg-type]
@require_safe
def enquiry_document(
    request: SignedInRequest, enquiry_id: UUID, evidence_id: UUID
) -> HttpResponseBase:
    """A paper that came in for the enquiry."""
    seen = SharedEvidence.objects.visible_to(request.user).select_related("document")
    one = get_object_or_404(seen, pk=evidence_id, enquiry=enquiry_id)
    if one.document is None:
        raise Http404
    return document_answer(request, one.document, bool(request.GET.get("download")))


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_enquiry(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The panel on a case's page: the enquiry that it came from, with the others' answers."""
    person = request.user
    get_object_or_404(Case.objects.visible_to(person), pk=case_id)
    one = enquiry_of(case_id)
    context: dict[str, Any] = {"one": None}
    if one and Enquiry.objects.visible_to(person).filter(pk=one.enquiry_id).exists():
        found = enquiry_children(one.enquiry)
        context = {
            "one": one,
            "compared": compared(person, one.enquiry, found, timezone.localdate()),
        }
    return render(request, "enquiries/_case_enquiry.html", context)
