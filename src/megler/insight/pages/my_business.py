"""My business: where an agent begins the day."""

from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can, Role
from megler.insight import business, figures
from megler.insight.forms import QuoteBox
from megler.ui import charts
from megler.ui.templatetags.ui import money


@for_those_who_can(Can.SEE_MY_BUSINESS)
@require_safe
def my_business(request: SignedInRequest) -> HttpResponse:
    """Quote box, what waits for me, my cases, what was placed, what is under way."""
    person, day = request.user, timezone.localdate()
    cases, more = business.my_cases(person)
    agents = business.agents_of(person)
    agent = next((a for a in agents if a.user_id == person.pk), None)
    shown = {
        "quote_box": QuoteBox(
            auto_id="quote-%s", initial=_start(agent.jurisdiction if agent else "")
        ),
        "agents": agents,
        "several": len(agents) > 1,
        "is_assistant": person.role == Role.ASSISTANT,
        "waiting": business.waits_for_me(person),
        "cases": cases,
        "more": more,
        "applications": business.applications_in_progress(person),
        "quotes": business.recent_quotes(person),
        "placed": _placed(figures.placed_by_month(person, day), day),
    }
    return render(request, "insight/my_business.html", shown)


def _start(jurisdiction: str) -> dict[str, str]:
    return {"jurisdiction": jurisdiction, "face_amount": "500k"}


def _placed(months: list[figures.Month], day: date) -> dict[str, object]:
    """What was placed this year, with a chart of the premium a year by month."""
    premium = sum((month.premium_annual for month in months), Decimal(0))
    parts = [
        charts.Part(
            date_format(month.first, "M"),
            float(month.premium_annual),
            shown=f"{money(round(month.premium_annual))} ({month.count})",
        )
        for month in months
    ]
    title = _("Yearly premium placed by month in %(year)d") % {"year": day.year}
    return {
        "year": day.year,
        "count": sum(month.count for month in months),
        "premium": round(premium),
        "chart": charts.line(title, parts) if premium else "",
    }
