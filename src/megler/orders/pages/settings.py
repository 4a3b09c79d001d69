"""What the agency settles for orders: how long authorisations hold, up to which fee none is asked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.orders.actions.directory import keep_limit, keep_term
from megler.orders.forms import LimitForm, TermForm
from megler.orders.models import AuthorisationTerm, FeeLimit
from megler.orders.rules.authorisations import MONTHS_USUAL


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def order_settings(request: SignedInRequest) -> HttpResponse:
    """Look at both, and change one."""
    which = request.POST.get("which", "")
    data = request.POST if request.method == "POST" else None
    term = TermForm(data if which == "term" else None, prefix="term")
    limit = LimitForm(data if which == "limit" else None, prefix="limit")
    saved = False
    if term.is_bound and term.is_valid():
        keep_term(request.user, term.cleaned_data["jurisdiction"], term.cleaned_data["months"])
        saved = True
    if limit.is_bound and limit.is_valid():
        keep_limit(request.user, limit.cleaned_data["carrier"], limit.cleaned_data["limit"])
        saved = True
    if saved:
        messages.success(request, _("Saved."))
        return redirect("order_settings")
    context = {
        "term_form": term,
        "limit_form": limit,
        "terms": AuthorisationTerm.objects.order_by("jurisdiction"),
        "limits": FeeLimit.objects.select_related("carrier").order_by("carrier__name"),
        "months_usual": MONTHS_USUAL,
    }
    return render(request, "orders/settings.html", context, status=422 if data is not None else 200)
