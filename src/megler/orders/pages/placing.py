"""Ordering for a case, and noting an authorisation."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.orders.actions.directory import found_by, keep_authorisation
from megler.orders.actions.placing import Wish, place_order
from megler.orders.forms import AuthorisationForm, PlaceForm, orderable
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused


def _case(request: SignedInRequest, case_id: UUID) -> Case:
    visible = Case.objects.visible_to(request.user).select_related("client", "carrier", "product")
    return get_object_or_404(visible, pk=case_id)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def order_new(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Order requirements of a case from a vendor."""
    case = _case(request, case_id)
    words = request.GET.get("facility_words", "")
    asked = request.GET.get("requirement", "")
    chosen = [str(r.pk) for r in orderable(case) if not asked or str(r.pk) == asked]
    initial = {"requirements": chosen, "facility": request.GET.get("facility", "")}
    data = request.POST if request.method == "POST" else None
    form = PlaceForm(case, data, initial=initial, facility_words=found_by(words) if words else "")
    context = {
        "case": case,
        "form": form,
        "words": words,
        "nothing": not form.fields["requirements"].queryset.exists(),  # type: ignore[attr-defined]
    }
    if request.method == "GET":
        return render(request, "orders/new.html", context)
    if form.is_valid():
        given = form.cleaned_data
        wish = Wish(
            given["vendor"],
            list(given["requirements"]),
            given["facility"],
            given["authorisation"],
            given["details"],
        )
        try:
            order = place_order(request.user, case, wish)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Ordered."))
            return redirect("order", order_id=order.pk)
    return render(request, "orders/new.html", context, status=422)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def authorisation_new(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Note a signed authorisation that is a document of the case."""
    case = _case(request, case_id)
    initial = {"signed_on": timezone.localdate()}
    form = AuthorisationForm(
        case, request.POST if request.method == "POST" else None, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            keep_authorisation(
                request.user,
                case,
                given["paper"],
                given["signed_on"],
                scope=given["scope"],
                expires_on=given["expires_on"],
            )
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("The authorisation is noted."))
            return redirect("order_new", case_id=case.pk)
    status = 200 if request.method == "GET" else 422
    return render(request, "orders/authorisation.html", {"case": case, "form": form}, status=status)
