"""The list of cases: found by name or number, narrowed by who has them and where they are."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.carriers.models import Carrier
from megler.cases import names
from megler.cases.finding import STATUSES, found, page_of, wanted_of
from megler.cases.pages.shown import holder_shown
from megler.cases.rules.words import Status
from megler.licensing.models import Agent

CHOICES_MAX = 200
"""More agents than this are found by their clients' names, not chosen from a list."""


@for_those_who_can(Can.SEE_CASES)
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    """Cases that this person may see."""
    person = request.user
    wanted = wanted_of(request.GET)
    page = page_of(found(person, wanted), request.GET.get("page", ""), wanted.by_wait)
    for case in page.cases:
        case.tone = names.TONES[Status(case.status)]  # type: ignore[attr-defined]
        case.holder_shown = holder_shown(case.holder, person)  # type: ignore[attr-defined]
    agents = _agents(person)
    context = {
        "page": page,
        "wanted": wanted,
        "statuses": names.choices(names.STATUS, STATUSES),
        "holders": names.choices(names.HOLDER),
        "agents": agents if len(agents) > 1 else [],
        "carriers": Carrier.objects.order_by("name")[:CHOICES_MAX]
        if person.role != Role.CARRIER
        else [],
    }
    template = "cases/_cases.html" if request.htmx else "cases/cases.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _agents(person: User) -> list[Agent]:
    """Agents to choose from; too many to choose from are found by name instead."""
    seen = list(Agent.objects.acted_for_by(person).order_by("name")[: CHOICES_MAX + 1])
    return seen if len(seen) <= CHOICES_MAX else []


def _carriers(person: User) -> list[Carrier]:
    """Carriers to choose from; a carrier's own people see one only."""
    if person.role == Role.CARRIER:
        return []
    return list(Carrier.objects.order_by("name")[:CHOICES_MAX])
