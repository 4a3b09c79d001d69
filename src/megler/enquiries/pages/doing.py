"""Doing something with an enquiry: one address, by the name of the act."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.documents.actions import Sent
from megler.enquiries.actions.answering import Saying, confirm_received, record_answer
from megler.enquiries.actions.enclosing import enclose, leave_out, record_evidence, want_evidence
from megler.enquiries.actions.ending import choose, close_enquiry, thank
from megler.enquiries.actions.making import add_products, drop_carrier
from megler.enquiries.actions.pricing import classes_for
from megler.enquiries.actions.sending import Contact, send_again, send_enquiry
from megler.enquiries.forms import CloseForm, EncloseForm, ProductsForm, RecordForm, WantForm
from megler.enquiries.models import Enquiry, EnquiryCarrier, SharedEvidence
from megler.enquiries.names import AnswerWay
from megler.enquiries.pages.reading import enquiry_context, visible_enquiry
from megler.enquiries.shown import authorisations
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem, Refused

Doing = Callable[[User, Enquiry, SignedInRequest], "str | None"]


def _key(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _child(held: Enquiry, given: QueryDict) -> EnquiryCarrier:
    found = held.carriers.select_related("carrier", "product__carrier")
    return get_object_or_404(found, pk=_key(str(given.get("carrier", ""))))


def _evidence(held: Enquiry, given: QueryDict) -> SharedEvidence:
    return get_object_or_404(held.evidence, pk=_key(str(given.get("evidence", ""))))


def _add(person: User, held: Enquiry, request: SignedInRequest) -> None:
    form = ProductsForm(request.POST, line=held.line)
    if not form.is_valid() or not form.cleaned_data["products"]:
        raise Refused(Problem("enquiry_no_carrier", "carriers"))
    add_products(person, held, form.cleaned_data["products"])


def _drop(person: User, held: Enquiry, request: SignedInRequest) -> None:
    drop_carrier(person, held, _child(held, request.POST))


def _send(person: User, held: Enquiry, request: SignedInRequest) -> None:
    given = request.POST
    to = {
        _key(str(key)): Contact(
            str(given.get(f"email_{key}", "")), str(given.get(f"name_{key}", ""))
        )
        for key in given.getlist("carrier")
    }
    send_enquiry(person, held, to, whole(str(given.get("version", ""))))


def _again(person: User, held: Enquiry, request: SignedInRequest) -> None:
    send_again(person, held, _child(held, request.POST))


def _received(person: User, held: Enquiry, request: SignedInRequest) -> None:
    confirm_received(person, _child(held, request.POST))


def _choose(person: User, held: Enquiry, request: SignedInRequest) -> str:
    others = request.POST.get("others") != "keep"
    return str(choose(person, _child(held, request.POST), thank_others=others).pk)


def _thank(person: User, held: Enquiry, request: SignedInRequest) -> None:
    thank(person, _child(held, request.POST))


def _close(person: User, held: Enquiry, request: SignedInRequest) -> None:
    form = CloseForm(request.POST)
    close_enquiry(person, held, form.cleaned_data["because"] if form.is_valid() else "")


def _want(person: User, held: Enquiry, request: SignedInRequest) -> None:
    form = WantForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused([_wrong(form, name) for name in form.errors])
    given = form.cleaned_data
    if given["done_on"] is None:
        want_evidence(person, held, given["kind"], detail=given["detail"])
        return
    file: UploadedFile[Any] | None = given["file"]
    sent = Sent(str(file.name), file) if file else None
    record_evidence(
        person, held, given["kind"], given["done_on"], detail=given["detail"], file=sent
    )


def _wrong(form: Any, name: str) -> Problem:
    label = str(form.fields[name].label) if name in form.fields else name
    return Problem("wrong_value", label, "", " ".join(form.errors[name]))


def _enclose(person: User, held: Enquiry, request: SignedInRequest) -> None:
    form = EncloseForm(request.POST, allowed=authorisations(held))
    allowed = form.cleaned_data["authorisation"] if form.is_valid() else None
    redacted = request.POST.get("is_redacted") == "on"
    enclose(person, held, _evidence(held, request.POST), allowed, is_redacted=redacted)


def _leave_out(person: User, held: Enquiry, request: SignedInRequest) -> None:
    leave_out(person, held, _evidence(held, request.POST))


ACTS: dict[str, "tuple[Doing, str | Promise]"] = {
    "add": (_add, gettext_lazy("The carriers are on the list; nothing has gone out yet.")),
    "drop": (_drop, gettext_lazy("The carrier is left out.")),
    "send": (_send, gettext_lazy("The enquiry is on its way.")),
    "again": (_again, gettext_lazy("The carrier was written to again, with a new link.")),
    "received": (_received, gettext_lazy("Noted: the carrier looks at it.")),
    "choose": (_choose, gettext_lazy("The application is prepared, with everything known in it.")),
    "thank": (_thank, gettext_lazy("The carrier was thanked.")),
    "close": (_close, gettext_lazy("The enquiry is closed.")),
    "evidence": (_want, gettext_lazy("The evidence is on the list.")),
    "enclose": (_enclose, gettext_lazy("The paper goes along from now on.")),
    "leave_out": (_leave_out, gettext_lazy("The paper goes along no more.")),
}


@for_those_who_can(Can.QUOTE)
@require_POST
def enquiry_act(request: SignedInRequest, enquiry_id: UUID, act: str) -> HttpResponse:
    """Do an act with an enquiry; what was refused stands at the page's top."""
    if act not in ACTS:
        raise Http404
    held = visible_enquiry(request.user, enquiry_id)
    do, said = ACTS[act]
    try:
        made = do(request.user, held, request)
    except Refused as refused:
        fresh = visible_enquiry(request.user, enquiry_id)
        context = enquiry_context(fresh, request.user, refused=refused)
        return render(request, "enquiries/enquiry.html", context, status=422)
    messages.success(request, str(said))
    return redirect("application", made) if made else redirect("enquiry", held.pk)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def enquiry_record(request: SignedInRequest, enquiry_id: UUID, carrier_id: UUID) -> HttpResponse:
    """Write down what a carrier answered."""
    held = visible_enquiry(request.user, enquiry_id)
    found = held.carriers.select_related("carrier", "product__carrier", "answer")
    child = get_object_or_404(found, pk=carrier_id)
    saving = request.method == "POST"
    classes = classes_for(child.product, held.on)
    form = RecordForm(request.POST if saving else None, classes=classes)
    if saving and form.is_valid():
        given = form.cleaned_data
        try:
            saying = Saying(AnswerWay(given["way"]), given["by_name"])
            record_answer(request.user, child, form.answer(), saying)
        except Refused as refused:
            put_to_form(form, refused)
        else:
            said = _("The answer of %(carrier)s is recorded.") % {"carrier": child.carrier.name}
            messages.success(request, said)
            return redirect("enquiry", held.pk)
    context = {"enquiry": held, "child": child, "form": form}
    return render(request, "enquiries/record.html", context, status=422 if saving else 200)


def put_to_form(form: Any, refused: Refused) -> None:
    """What an action refused, at the form's fields or at its top."""
    for problem in refused.problems:
        field = problem.where if problem.where in form.fields else None
        form.add_error(field, sentence(problem))
