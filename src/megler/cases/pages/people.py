"""Alerts on a case, and further insured people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.actions.alerts import end_alert, raise_alert
from megler.cases.actions.people import add_insured
from megler.cases.forms_policy import AlertForm, InsuredForm
from megler.cases.pages.forming import told
from megler.cases.pages.reading import visible_case
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def case_alert(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Raise an alert; every one that ever stood is kept and shown below."""
    case = visible_case(request.user, case_id)
    form = AlertForm(request.POST or None, auto_id="alert_%s")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            raise_alert(
                request.user,
                case,
                given["text"],
                given["severity"],
                until=given["until"],
                for_agent=given["for_agent"],
            )
        except Refused as refused:
            told(form, refused)
        else:
            messages.success(request, _("Everybody who opens the case sees it now."))
            return redirect("case", case.pk)
    context = {"case": case, "form": form, "kept": case.alerts.order_by("-raised_at")[:100]}
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/alerts.html", context, status=status)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_alert_end(request: SignedInRequest, case_id: UUID, alert_id: UUID) -> HttpResponse:
    """End an alert."""
    case = visible_case(request.user, case_id)
    alert = get_object_or_404(case.alerts, pk=alert_id)
    try:
        end_alert(request.user, alert)
    except Refused:
        messages.info(request, _("This alert has ended already."))
    else:
        messages.success(request, _("The alert has ended; it is kept with the case."))
    return redirect("case", case.pk)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def case_insured(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Add another insured, with what the guide calls for of them."""
    case = visible_case(request.user, case_id)
    form = InsuredForm(request.POST or None, auto_id="insured_%s")
    if request.method == "POST" and form.is_valid():
        try:
            add_insured(request.user, case, form.known())
        except Refused as refused:
            told(form, refused)
        else:
            messages.success(request, _("Another insured is in the case."))
            return redirect("case", case.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/insured.html", {"case": case, "form": form}, status=status)
