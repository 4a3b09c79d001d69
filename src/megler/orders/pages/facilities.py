"""The directory of facilities: found by name, doctor and city; with the days their records take."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.orders.actions.directory import FacilityEntry, found_by, keep_facility
from megler.orders.forms import FacilityForm
from megler.orders.models import Facility
from megler.orders.pages.shown import PAGE_SIZE, Part
from megler.ui.problems import add_to_form
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.WORK_CASES)
@require_safe
def facilities(request: SignedInRequest) -> HttpResponse:
    """Those whose name begins as asked, by name."""
    words, mark = request.GET.get("q", ""), request.GET.get("page", "")
    found = Facility.objects.visible_to(request.user).order_by("words", "pk")
    if words:
        found = found.filter(words__startswith=found_by(words))
    if mark:
        found = found.filter(words__gt=mark)
    rows = list(found[: PAGE_SIZE + 1])
    older = rows[PAGE_SIZE - 1].words if len(rows) > PAGE_SIZE else None
    context = {"page": Part(rows[:PAGE_SIZE], older), "words": words}
    return render(request, "orders/facilities.html", context)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def facility_new(request: SignedInRequest) -> HttpResponse:
    """Put one into the directory."""
    return _kept(request, None)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def facility(request: SignedInRequest, facility_id: UUID) -> HttpResponse:
    """One facility, to be looked at and changed."""
    found = get_object_or_404(Facility.objects.visible_to(request.user), pk=facility_id)
    return _kept(request, found)


def _kept(request: SignedInRequest, found: Facility | None) -> HttpResponse:
    version = whole(request.POST.get("version", "")) or (found.version if found else 0)
    context = {"facility": found, "version": version}
    if request.method != "POST":
        return render(
            request, "orders/facility.html", context | {"form": FacilityForm(instance=found)}
        )
    form = FacilityForm(request.POST)
    if form.is_valid():
        try:
            kept = keep_facility(request.user, FacilityEntry(**form.cleaned_data), found, version)
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("facility", facility_id=kept.pk)
    return render(request, "orders/facility.html", context | {"form": form}, status=422)
