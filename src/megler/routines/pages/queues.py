"""Queues: who has how much, what one has, and handing it over."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can
from megler.cases.models import Case
from megler.routines import load
from megler.routines.forms.lists import staff
from megler.ui import charts
from megler.ui.problems import sentence
from megler.vocabulary.problems import Refused
from megler.work.actions.assigning import reassign
from megler.work.models import Team


@for_those_who_can(Can.SEE_TODAY)
@require_safe
def queues(request: SignedInRequest) -> HttpResponse:
    """The load of everybody as a picture; `?of=person:…` or `team:…` shows what one has."""
    today = timezone.localdate()
    people, teams = load.loads(today)
    of = request.GET.get("of", "")[:60]
    cases = load.cases_of(of, request.user) if of else []
    if cases is None:
        raise Http404
    parts = [
        charts.Part(one.name, one.cases, "wait" if one.away else "", _address(one.key))
        for one in [*people, *teams]
        if one.cases
    ]
    context = {
        "people": people,
        "teams": teams,
        "picture": charts.bars(_("Cases looked after"), parts[:30]),
        "of": of,
        "whose": next((one for one in [*people, *teams] if one.key == of), None),
        "cases": cases,
        "more": len(cases) >= load.SHOWN_MAX,
        "works": request.user.may(Can.WORK_CASES),
        "staff": staff(),
        "all_teams": Team.objects.order_by("name"),
    }
    return render(request, "routines/queues.html", context)


def _address(key: str) -> str:
    return f"{reverse('queues')}?of={key}"


@for_those_who_can(Can.WORK_CASES)
@require_POST
def queue_reassign(request: SignedInRequest) -> HttpResponse:
    """Give the chosen cases to a person or a team: all of them, or none."""
    ids = [pk for one in request.POST.getlist("case")[:500] if (pk := _uuid(one))]
    seen = Case.objects.visible_to(request.user).filter(pk__in=ids).values_list("pk", flat=True)
    person, team = to_whom(request.POST.get("to", ""))
    back = request.POST.get("of", "")
    try:
        done = reassign(request.user, [("case", pk) for pk in seen], person=person, team=team)
    except Refused as refused:
        messages.error(request, " ".join(sentence(problem) for problem in refused.problems))
    else:
        said = ngettext("%(n)d case handed over.", "%(n)d cases handed over.", done)
        messages.success(request, said % {"n": done})
    return redirect(_address(back) if load.cases_of(back, request.user) is not None else "queues")


def to_whom(said: str) -> tuple[User | None, Team | None]:
    """The person or team that a choice names; neither when it names none."""
    kind, _colon, rest = said.partition(":")
    pk = _uuid(rest)
    if pk is None:
        return None, None
    if kind == "team":
        return None, Team.objects.filter(pk=pk).first()
    return staff().filter(pk=pk).first(), None


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None


@for_those_who_can(Can.WORK_CASES)
@require_POST
def case_reassign(request: SignedInRequest, case_id: UUID) -> HttpResponse:
    """Say on the case's page who looks after it."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_id)
    person, team = to_whom(request.POST.get("to", ""))
    try:
        reassign(request.user, [("case", case.pk)], person=person, team=team)
    except Refused as refused:
        messages.error(request, " ".join(sentence(problem) for problem in refused.problems))
    return redirect("case", case.pk)
