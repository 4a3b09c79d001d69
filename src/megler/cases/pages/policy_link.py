"""The owner's private link: their date of birth, the policy, and their name as a receipt."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from megler.accounts.access import for_everyone
from megler.accounts.middleware import current_address
from megler.cases.actions.delivering import (
    files_of,
    find_delivery,
    may_open,
    open_policy,
    sign_receipt,
)
from megler.cases.forms_policy import BornForm, SignForm
from megler.cases.models import PolicyDelivery
from megler.cases.pages.forming import told
from megler.documents.serving import document_answer
from megler.vocabulary.problems import Refused


def _key(delivery: PolicyDelivery) -> str:
    """What the browser's session keeps once the date of birth was right."""
    return f"policy:{delivery.pk}"


@for_everyone
@never_cache
@require_http_methods(["GET", "POST"])
def policy_link(request: HttpRequest, token: str) -> HttpResponse:
    """What it shows depends on how far the owner is. Unknown, expired and ended are alike."""
    if not may_open(current_address()):
        return render(request, "429.html", status=429)
    delivery = find_delivery(token)
    if delivery is None:
        return render(request, "cases/policy_link_closed.html", status=404)
    if not request.session.get(_key(delivery)):
        return _who(request, delivery, token)
    return _read(request, delivery, token)


def _who(request: HttpRequest, delivery: PolicyDelivery, token: str) -> HttpResponse:
    form = BornForm(request.POST or None, auto_id="born_%s")
    if request.method == "POST" and form.is_valid():
        try:
            open_policy(delivery, form.cleaned_data["born"], current_address())
        except Refused as refused:
            told(form, refused)
        else:
            request.session[_key(delivery)] = True
            return redirect("policy_link", token)
    context = {"delivery": delivery, "case": delivery.case, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/policy_link_who.html", context, status=status)


def _read(request: HttpRequest, delivery: PolicyDelivery, token: str) -> HttpResponse:
    form = SignForm(request.POST or None, auto_id="sign_%s")
    if request.method == "POST" and form.is_valid():
        try:
            sign_receipt(
                delivery,
                form.cleaned_data["name"],
                address=current_address(),
                user_agent=request.headers.get("User-Agent", ""),
            )
        except Refused as refused:
            told(form, refused)
        else:
            return redirect("policy_link", token)
    context = {
        "delivery": delivery,
        "case": delivery.case,
        "form": form,
        "token": token,
        "files": files_of(delivery),
    }
    is_wrong = request.method == "POST"
    return render(request, "cases/policy_link.html", context, status=422 if is_wrong else 200)


@for_everyone
@never_cache
@require_GET
def policy_link_file(request: HttpRequest, token: str, paper_id: UUID) -> HttpResponse:
    """One of the files behind the link, for whoever said the right date of birth."""
    delivery = find_delivery(token) if may_open(current_address()) else None
    if delivery is None or not request.session.get(_key(delivery)):
        raise Http404
    paper = get_object_or_404(delivery.documents.select_related("document"), pk=paper_id)
    return cast(HttpResponse, document_answer(request, paper.document, download=False))
