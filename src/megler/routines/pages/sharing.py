"""Teams, rules for new cases, absences and office hours."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.routines.forms.sharing import AbsenceForm, OfficeForm, RuleForm, TeamForm
from megler.ui.problems import add_to_form
from megler.vocabulary.problems import Refused
from megler.work.actions import teams as actions
from megler.work.models import Absence, AssignmentRule, ClosedDay, Team
from megler.work.models.office import office_hours

RulesForm = forms.modelformset_factory(
    AssignmentRule, form=RuleForm, extra=1, can_delete=True, can_order=True, max_num=50
)


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def teams(request: SignedInRequest) -> HttpResponse:
    """Teams with their people, and a new one."""
    form = TeamForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _team_kept(request, form, None):
        return redirect("teams")
    found = Team.objects.prefetch_related("people").order_by("name")
    status = 422 if form.errors else 200
    return render(request, "routines/teams.html", {"teams": found, "form": form}, status=status)


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def team(request: SignedInRequest, team_id: UUID) -> HttpResponse:
    """One team, to be changed."""
    found = get_object_or_404(Team, pk=team_id)
    told = {"name": found.name, "people": found.people.all()}
    form = TeamForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid() and _team_kept(request, form, found):
        return redirect("teams")
    status = 422 if form.errors else 200
    return render(request, "routines/team.html", {"team": found, "form": form}, status=status)


def _team_kept(request: SignedInRequest, form: TeamForm, found: Team | None) -> bool:
    try:
        given = form.cleaned_data
        actions.save_team(request.user, given["name"], given["people"], found)
    except Refused as refused:
        add_to_form(form, refused.problems)
        return False
    messages.success(request, _("The team is kept."))
    return True


@for_those_who_can(Can.CHANGE_ROUTINES)
@require_http_methods(["GET", "POST"])
def assignment_rules(request: SignedInRequest) -> HttpResponse:
    """The rules by which new cases find who looks after them, in their order."""
    rows = RulesForm(request.POST or None, queryset=AssignmentRule.objects.all())
    if request.method == "POST" and rows.is_valid():
        kept = [f for f in rows.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")]
        kept.sort(key=lambda f: f.cleaned_data.get("ORDER") or 999)
        try:
            actions.save_rules(request.user, [_rule(form) for form in kept])
        except Refused as refused:
            place = int(refused.problems[0].where.partition(".")[2] or 0)
            add_to_form(kept[place], refused.problems)
        else:
            messages.success(request, _("The rules are kept. They stand for new cases."))
            return redirect("assignment_rules")
    return render(
        request, "routines/rules.html", {"rows": rows}, status=422 if rows.is_bound else 200
    )


def _rule(form: forms.BaseForm) -> AssignmentRule:
    given = form.cleaned_data
    names = ("name", "carrier", "line", "jurisdiction", "agent", "amount_from", "person", "team")
    return AssignmentRule(**{name: given[name] for name in names})


@for_those_who_can(Can.SEE_TODAY)
@require_http_methods(["GET", "POST"])
def absences(request: SignedInRequest) -> HttpResponse:
    """Who is away and who covers; planning one's own, or with the right to it somebody's."""
    everybody = request.user.may(Can.CHANGE_ROUTINES)
    form = AbsenceForm(request.user, request.POST or None, everybody=everybody)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.plan_absence(
                request.user, given["person"], given["cover"],
                since=given["since"], until=given["until"],
            )  # fmt: skip
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(request, _("The absence is planned."))
            return redirect("absences")
    today = timezone.localdate()
    found = Absence.objects.filter(until__gte=today).select_related("person", "cover")
    context = {
        "form": form,
        "absences": found.order_by("since", "person__name")[:200],
        "today": today,
        "everybody": everybody,
    }
    return render(request, "routines/absences.html", context, status=422 if form.errors else 200)


@for_those_who_can(Can.SEE_TODAY)
@require_POST
def absence_end(request: SignedInRequest, absence_id: UUID) -> HttpResponse:
    """Somebody is back sooner."""
    mine = Q() if request.user.may(Can.CHANGE_ROUTINES) else Q(person=request.user)
    actions.end_absence(request.user, get_object_or_404(Absence, mine, pk=absence_id))
    messages.success(request, _("The absence is over."))
    return redirect("absences")


@for_those_who_can(Can.CHANGE_AGENCY)
@require_http_methods(["GET", "POST"])
def office(request: SignedInRequest) -> HttpResponse:
    """When the office is open."""
    form = OfficeForm(request.POST) if request.method == "POST" else OfficeForm(initial=_office())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.set_office_hours(
                request.user, form.week(), given["closed"],
                keeps_federal_holidays=given["keeps_federal_holidays"],
            )  # fmt: skip
        except Refused as refused:
            add_to_form(form, refused.problems)
        else:
            messages.success(
                request, _("The hours are kept. Promises are counted in them from now on.")
            )
            return redirect("office")
    context = {"form": form, "zone": settings.TIME_ZONE}
    return render(request, "routines/office.html", context, status=422 if form.errors else 200)


def _office() -> dict[str, object]:
    hours = office_hours()
    closed = ClosedDay.objects.order_by("day")
    shown: dict[str, object] = {
        "keeps_federal_holidays": hours.keeps_federal_holidays,
        "closed": "\n".join(f"{one.day} {one.name}" for one in closed),
    }
    for place, span in enumerate(hours.week):
        if span:
            shown |= {f"opens_{place}": span[0], f"closes_{place}": span[1]}
    return shown
