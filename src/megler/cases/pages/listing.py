"""The list of cases: found by name or number, narrowed by who has them and where they are."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.models import User
from megler.accounts.rules.roles import Can, Role
from megler.carriers.models import Carrier
from megler.cases import names
from megler.cases.finding import STATUSES, found, page_of, silent_since, wanted_of
from megler.cases.models import Case, CaseAlert
from megler.cases.pages.shown import holder_shown
from megler.cases.rules.alerts import GRAVEST_FIRST, Severity
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
    alerted = _alerted(person, page.cases)
    now, is_carrier = timezone.now(), person.role == Role.CARRIER
    for case in page.cases:
        case.silent_since = None if is_carrier else silent_since(case, now)  # type: ignore[attr-defined]
        case.alerted = alerted.get(case.pk)  # type: ignore[attr-defined]
        case.tone = names.TONES[Status(case.status)]  # type: ignore[attr-defined]
        case.holder_shown = holder_shown(case.holder, person)  # type: ignore[attr-defined]
    agents = _agents(person)
    context = {
        "works": person.may(Can.WORK_CASES),
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


def _alerted(person: User, cases: list[Case]) -> dict[UUID, str]:
    """The gravest alert that stands on each of these cases for this person."""
    found = CaseAlert.objects.visible_to(person).filter(case__in=[case.pk for case in cases])
    gravest: dict[UUID, str] = {}
    rows = found.standing(timezone.localdate()).values_list("case", "severity")
    for pk, severity in sorted(rows, key=lambda row: -GRAVEST_FIRST.index(Severity(row[1]))):
        gravest[pk] = str(names.SEVERITY[severity])
    return gravest


def _agents(person: User) -> list[Agent]:
    """Agents to choose from; too many to choose from are found by name instead."""
    seen = Agent.objects.acted_for_by(person)
    few = seen.values("pk")[: CHOICES_MAX + 1].count() <= CHOICES_MAX
    return list(seen.order_by("name")) if few else []


def _carriers(person: User) -> list[Carrier]:
    """Carriers to choose from; a carrier's own people see one only."""
    if person.role == Role.CARRIER:
        return []
    return list(Carrier.objects.order_by("name")[:CHOICES_MAX])
