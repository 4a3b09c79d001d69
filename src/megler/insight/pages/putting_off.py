"""Putting off a thing of Today's until a day, and having it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.insight.forms import PutOffForm
from megler.insight.parts import part_or_page
from megler.insight.putting_off import named
from megler.insight.rules.urgency import Kind
from megler.insight.telling import LOOKS
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused
from megler.work.actions.snoozing import snooze, wake
from megler.work.models import Snooze
from megler.work.rules.calendar import add_business_days


@for_those_who_can(Can.SEE_TODAY)
@require_http_methods(["GET", "POST"])
def today_put_off(request: SignedInRequest) -> HttpResponse:
    """Put a thing off, with a day and a reason."""
    key = (request.POST if request.method == "POST" else request.GET).get("key", "")[:120]
    thing = named(key, request.user)
    if thing is None:
        raise Http404
    kind, case = thing
    if request.method == "GET":
        day = add_business_days(timezone.localdate(), 1)
        form = PutOffForm(auto_id=f"{key}-%s", initial={"until": day})
        return _shown(request, form, key, thing, 200)
    form = PutOffForm(request.POST, auto_id=f"{key}-%s")
    if form.is_valid():
        given = form.cleaned_data
        try:
            snooze(
                request.user, key, kind.value, ("case", case.pk),
                until=given["until"], reason=given["reason"],
            )  # fmt: skip
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("Put off. It is back on its day by itself."))
            return redirect("today")
    return _shown(request, form, key, thing, 422)


def _shown(
    request: SignedInRequest, form: PutOffForm, key: str, thing: tuple[Kind, Case], status: int
) -> HttpResponse:
    kind, case = thing
    shown = {"form": form, "key": key, "case": case, "look": LOOKS[kind]}
    template = part_or_page(request, "insight/_put_off.html", "insight/put_off.html")
    return render(request, template, shown, status=status)


@for_those_who_can(Can.SEE_TODAY)
@require_POST
def today_wake(request: SignedInRequest, snooze_id: UUID) -> HttpResponse:
    """Have back what was put off."""
    asleep = get_object_or_404(Snooze, pk=snooze_id)
    get_object_or_404(Case.objects.visible_to(request.user), pk=asleep.subject_id)
    wake(request.user, asleep)
    messages.success(request, _("It is back."))
    return redirect("today")
