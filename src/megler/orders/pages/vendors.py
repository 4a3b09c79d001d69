"""Vendors: the list, one of them, its accounts and its key."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.orders.actions.vendors import VendorEntry, keep_account, keep_vendor, new_key
from megler.orders.forms import AccountForm, VendorForm
from megler.orders.models import Vendor
from megler.ui.problems import add_to_form
from megler.underwriting.names import KIND_NAMES
from megler.vocabulary.codes import RequirementKind
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.WORK_CASES)
@require_safe
def vendors(request: SignedInRequest) -> HttpResponse:
    """All vendors by name: an agency has dozens."""
    found = Vendor.objects.visible_to(request.user).select_related("partner").order_by("name")
    rows = [
        {"vendor": one, "kinds": ", ".join(str(KIND_NAMES[RequirementKind(k)]) for k in one.kinds)}
        for one in found
    ]
    return render(request, "orders/vendors.html", {"rows": rows})


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def vendor_new(request: SignedInRequest) -> HttpResponse:
    """Take a vendor on."""
    return _kept(request, None)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_http_methods(["GET", "POST"])
def vendor(request: SignedInRequest, vendor_id: UUID) -> HttpResponse:
    """One vendor, to be looked at and changed."""
    return _kept(request, get_object_or_404(Vendor.objects.visible_to(request.user), pk=vendor_id))


def _kept(request: SignedInRequest, found: Vendor | None, key: str = "") -> HttpResponse:
    version = whole(request.POST.get("version", "")) or (found.version if found else 0)
    context: dict[str, Any] = {
        "vendor": found,
        "version": version,
        "key": key,
        "account_form": AccountForm(),
    }
    if found:
        context["accounts"] = found.accounts.exclude(carrier=None).select_related("carrier")
    if request.method != "POST" or key:
        form = VendorForm.of(found) if found else VendorForm()
        return render(request, "orders/vendor.html", context | {"form": form})
    form = VendorForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["jurisdictions"] = given["jurisdictions"].upper().replace(",", " ").split()
        try:
            kept = keep_vendor(request.user, VendorEntry(**given), found, version)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("vendor", vendor_id=kept.pk)
    return render(request, "orders/vendor.html", context | {"form": form}, status=422)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_POST
def vendor_key(request: SignedInRequest, vendor_id: UUID) -> HttpResponse:
    """A key for its messages to us, shown this once."""
    found = get_object_or_404(Vendor.objects.visible_to(request.user), pk=vendor_id)
    key = new_key(request.user, found)
    return _kept(request, found, key)


@for_those_who_can(Can.CHANGE_PARTNERS)
@require_POST
def vendor_account(request: SignedInRequest, vendor_id: UUID) -> HttpResponse:
    """Our account with it, for one carrier."""
    found = get_object_or_404(Vendor.objects.visible_to(request.user), pk=vendor_id)
    form = AccountForm(request.POST)
    if form.is_valid():
        keep_account(
            request.user, found, form.cleaned_data["carrier"], form.cleaned_data["account"]
        )
        messages.success(request, _("Saved."))
    return redirect("vendor", vendor_id=found.pk)
