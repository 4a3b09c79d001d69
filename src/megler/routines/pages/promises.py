"""Promises: how they are kept, what is promised, and the clocks of one case."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.routines import measured, names
from megler.routines.actions.promising import promise
from megler.routines.forms.lists import staff
from megler.routines.forms.sharing import PromisesForm
from megler.routines.models import Acted
from megler.routines.models.promises import promised
from megler.ui import charts
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused
from megler.work.actions.assigning import looked_after_by
from megler.work.models import Team


@for_those_who_can(Can.SEE_TODAY)
@require_safe
def promises(request: SignedInRequest) -> HttpResponse:
    """Each step: kept, broken, at risk, median, by month, and with which carriers it is hardest."""
    now = timezone.now()
    standing = promised()
    rows = [
        {
            "measured": one,
            "name": names.STEP[one.step],
            "from": names.STEP_FROM[one.step],
            "within": f"{standing[one.step][0].normalize():f} {names.UNIT[standing[one.step][1]]}",
            "median": hours(one.whole.median_seconds) if one.whole else "–",
            "trend": charts.sparkline(
                _("Kept in each of twelve months, in per cent"),
                [percent for percent, _m in _drawn(one)],
            ),
            "months": _months(one),
            "carriers": [(f, hours(f.median_seconds)) for f in one.carriers],
        }
        for one in measured.measured(now)
    ]
    risks = [
        (one, names.STEP[one.clock.step], names.STANDING[one.standing], names.TONES[one.standing])
        for one in measured.next_to_break(now)
    ]
    context = {"rows": rows, "risks": risks, "may_change": request.user.may(Can.CHANGE_ROUTINES)}
    return render(request, "routines/promises.html", context)


def _drawn(one: measured.Measured) -> list[tuple[int, measured.Figure]]:
    """The months from the first that has a figure; one without goes on where the line was."""
    drawn: list[tuple[int, measured.Figure]] = []
    for month in one.months:
        if month.count:
            drawn.append((month.percent, month))
        elif drawn:
            drawn.append((drawn[-1][0], month))
    return drawn


def _months(one: measured.Measured) -> str:
    parts = [
        charts.Part(date_format(date.fromisoformat(m.name), "M"), percent, shown=_shown(m))
        for percent, m in _drawn(one)
    ]
    return charts.line(_("Kept by month, in per cent"), parts) if one.whole else ""


def _shown(month: measured.Figure) -> str:
    return f"{month.percent} % ({month.kept}/{month.count})" if month.count else "–"


def hours(seconds: int) -> str:
    """Business hours, as people read them."""
    return _("%(n)s h") % {"n": number_format(seconds / 3600, 1)}


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def promises_change(request: SignedInRequest) -> HttpResponse:
    """Say by when each step is done."""
    form = PromisesForm(promised(), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            promise(request.user, form.said())
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(
                request, _("The promises are kept. They stand for what starts from now on.")
            )
            return redirect("promises")
    status = 422 if form.errors else 200
    return render(request, "routines/promises_change.html", {"form": form}, status=status)


@for_those_who_can(Can.SEE_CASES)
@require_safe
def case_work(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Who looks after a case, how its promises stand, and which routines acted: for staff alone."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    if not request.user.is_staff_member:
        return HttpResponse()
    clocks = [
        (
            one.clock,
            names.STEP[one.clock.step],
            names.STANDING[one.standing],
            names.TONES[one.standing],
        )
        for one in measured.clocks_of(case.pk, timezone.now())
    ]
    acted = Acted.objects.filter(case=case).select_related("routine").order_by("-at")
    context = {
        "case": case,
        "looks_after": looked_after_by(("case", case.pk)),
        "clocks": clocks[:8],
        "acted": acted[:5],
        "works": request.user.may(Can.WORK_CASES),
        "staff": staff(),
        "teams": Team.objects.order_by("name"),
    }
    return render(request, "routines/_case_work.html", context)
