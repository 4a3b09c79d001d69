"""The policy of a case: checked against what was to be issued, and on its way to its owner."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.actions.delivering import record_receipt, send_policy
from megler.cases.actions.received import expected_of, record_policy, settle_difference
from megler.cases.forms_policy import DifferenceForm, ParcelForm, PolicyForm, ReceiptForm
from megler.cases.models import Case, PolicyDifference
from megler.cases.pages.forming import told
from megler.cases.pages.reading import visible_case
from megler.ui.problems import sentence
from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Refused


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def case_policy(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """The policy as it came: differences one by one, deliveries, and the form to record it."""
    case = visible_case(request.user, case_id)
    form = PolicyForm(request.POST or None, case=case, auto_id="policy_%s")
    if request.method == "POST" and form.is_valid():
        version = whole(request.POST.get("version", ""))
        try:
            kept = record_policy(request.user, case, form.policy(), version=version)
        except Refused as refused:
            told(form, refused)
        else:
            count = kept.differences.count()
            said = _("The policy is as it was to be.")
            if count:
                said = _("Recorded. %(n)d points are not as they were to be.") % {"n": count}
            messages.success(request, said)
            return redirect("case_policy", case.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/policy.html", _context(case, form), status=status)


def _context(case: Case, form: PolicyForm) -> dict[str, object]:
    last = case.policies.select_related("document__document").first()
    return {
        "case": case,
        "form": form,
        "last": last,
        "expected": expected_of(case),
        "differences": list(last.differences.all()) if last else [],
        "deliveries": list(case.deliveries.all()[:20]),
        "can_record": case.status in {"issued", "delivered"},
        "can_send": case.status in {"issued", "delivered"}
        and not case.differences_open + case.differences_returned,
        "receipt_form": ReceiptForm(auto_id="receipt_%s"),
    }


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_difference(request: SignedInRequest, case_id: UUID, difference_id: UUID) -> HttpResponse:
    """Accept a difference, or send the policy back because of it."""
    case = visible_case(request.user, case_id)
    found = PolicyDifference.objects.filter(policy__case=case).select_related("policy__case")
    difference = get_object_or_404(found, pk=difference_id)
    form = DifferenceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why: the reason stays with the case."))
        return redirect("case_policy", case.pk)
    try:
        settle_difference(
            request.user, difference, form.cleaned_data["to"], form.cleaned_data["reason"]
        )
    except Refused as refused:
        messages.error(request, " ".join(str(sentence(one)) for one in refused.problems))
    else:
        messages.success(request, _("Settled."))
    return redirect("case_policy", case.pk)


@for_those_who_can(Can.WORK_CASES)
@require_http_methods(["GET", "POST"])
def case_policy_send(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Send the policy to its owner, by e-mail, courier or hand."""
    case = visible_case(request.user, case_id)
    form = ParcelForm(request.POST or None, case=case, auto_id="parcel_%s")
    if request.method == "POST" and form.is_valid():
        try:
            send_policy(request.user, case, form.parcel())
        except Refused as refused:
            told(form, refused)
        else:
            messages.success(request, _("The policy is on its way."))
            return redirect("case_policy", case.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "cases/policy_send.html", {"case": case, "form": form}, status=status)


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_receipt(request: SignedInRequest, case_id: UUID, delivery_id: UUID) -> HttpResponse:
    """The receipt of a courier, or on paper, is here."""
    case = visible_case(request.user, case_id)
    delivery = get_object_or_404(case.deliveries, pk=delivery_id)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say who signed for it, and on which day."))
        return redirect("case_policy", case.pk)
    try:
        record_receipt(request.user, delivery, form.cleaned_data["name"], form.cleaned_data["on"])
    except Refused as refused:
        messages.error(request, " ".join(str(sentence(one)) for one in refused.problems))
    else:
        messages.success(request, _("The receipt is recorded."))
    return redirect("case_policy", case.pk)
