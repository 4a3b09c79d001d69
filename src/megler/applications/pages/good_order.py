"""How often applications are not in good order, and what they lack."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.applications.models_filling import GoodOrderCheck
from megler.applications.pages.rates import (
    PERIODS,
    Wanted,
    by_agent,
    by_form,
    by_question,
    checks_of,
    first_tries,
    latest,
    over_time,
)
from megler.licensing.models import Agent
from megler.ui.charts import bars, line
from megler.vocabulary.numbers import whole


@for_those_who_can(Can.APPLY)
@require_GET
def good_order_rates(request: SignedInRequest) -> HttpResponse:
    """Rates of a period by agent, form and question; everybody sees what they may see."""
    wanted = _wanted(request)
    seen = GoodOrderCheck.objects.visible_to(request.user)
    checks = checks_of(seen, wanted, timezone.now())
    agents = by_agent(checks, wanted)
    forms, questions = by_form(checks, wanted), by_question(checks, wanted)
    context = {
        "wanted": wanted,
        "periods": [(days, Wanted(days).address()) for days in PERIODS],
        "tries": first_tries(checks),
        "looks": checks.count(),
        "chart": line(_("First submissions in good order"), over_time(checks, wanted.days)),
        "agents": bars(_("By agent"), [one.part for one in agents if one.refused]),
        "many_agents": len(agents) > 1 or request.user.is_staff_member,
        "forms": bars(_("By form"), [one.part for one in forms if one.refused]),
        "questions": bars(_("By question"), [one.part for one in questions]),
        "latest": latest(checks, wanted),
        "chosen": _chosen(wanted, request),
    }
    return render(request, "applications/good_order.html", context)


def _wanted(request: SignedInRequest) -> Wanted:
    days = whole(request.GET.get("days", "")) or PERIODS[1]
    agent = request.GET.get("agent", "")
    try:
        agent = str(UUID(agent)) if agent else ""
    except ValueError:
        agent = ""
    return Wanted(
        days if days in PERIODS else PERIODS[1],
        agent,
        request.GET.get("form", "")[:64],
        request.GET.get("question", "")[:100],
    )


def _chosen(wanted: Wanted, request: SignedInRequest) -> list[tuple[str, str]]:
    """What was chosen, in words, and the page without it."""
    found = []
    if wanted.agent:
        mine = Agent.objects.acted_for_by(request.user).filter(pk=wanted.agent)
        name = mine.values_list("name", flat=True).first() or "–"
        found.append((name, wanted.address(agent="")))
    if wanted.form:
        found.append((_("Form: %(form)s") % {"form": wanted.form}, wanted.address(form="")))
    if wanted.question:
        told = _("Question: %(question)s") % {"question": wanted.question}
        found.append((told, wanted.address(question="")))
    return found
