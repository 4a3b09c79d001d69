"""Days by holder: whose days a case's days were, by carrier, line, agent and month."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from megler.accounts.access import SignedInRequest, for_those_who_can
from megler.accounts.rules.roles import Can
from megler.carriers.models import Product
from megler.cases import names
from megler.cases.rules.spells import ORDER
from megler.insight import held
from megler.insight.drawing import Stack, stacks
from megler.insight.rules.held import Averages
from megler.ui import charts

BY_NAMES = {
    "carrier": gettext_lazy("By carrier"),
    "line": gettext_lazy("By line of business"),
    "agent": gettext_lazy("By agent"),
    "month": gettext_lazy("By month"),
}


@dataclass(frozen=True)
class Tab:
    """A way to look at it."""

    name: object
    url: str
    here: bool


@for_those_who_can(Can.SEE_TODAY)
@require_safe
def days_held(request: SignedInRequest) -> HttpResponse:
    """`?by=` carrier, line, agent or month; `?in=business` counts business days."""
    by = request.GET.get("by", "carrier")
    by = by if by in held.BY else "carrier"
    business = request.GET.get("in") == "business"
    whole, rows = held.days_by(by, business=business)
    holders = [str(names.HOLDER[one]) for one in ORDER]
    drawn = [_stack(_name(by, one), one) for one in rows]
    if whole:
        drawn.insert(0, _stack(_("All cases"), whole))
    context = {
        "whole": whole,
        "whole_picture": _whole(whole),
        "picture": stacks(
            _("Days a case, by who had it"),
            holders,
            drawn,
            against=whole.days_in_all if whole else 0.0,
        ),
        "rows": [(_name(by, one), (*_figures(one), _against(one, whole))) for one in rows],
        "whole_figures": _figures(whole) if whole else None,
        "holders": holders,
        "tabs": [Tab(name, _address(key, business), key == by) for key, name in BY_NAMES.items()],
        "calendar_url": _address(by, False),
        "business_url": _address(by, True),
        "business": business,
    }
    return render(request, "insight/days_held.html", context)


def _address(by: str, business: bool) -> str:
    return f"{reverse('days_held')}?by={by}" + ("&in=business" if business else "")


def _name(by: str, one: Averages) -> str:
    if by == "month":
        return date_format(date.fromisoformat(one.key), "N Y")
    if by == "line":
        return str(dict(Product._meta.get_field("line").flatchoices).get(one.name, one.name))
    return one.name


def _stack(name: str, one: Averages) -> Stack:
    values = [one.days.get(holder.value, 0.0) for holder in ORDER]
    return Stack(name, values, [_days(v) for v in values], _days(one.days_in_all))


def _figures(one: Averages) -> tuple[int, str, list[str]]:
    return one.cases, _days(one.days_in_all), [_days(one.days.get(h.value, 0.0)) for h in ORDER]


def _against(one: Averages, whole: Averages | None) -> str:
    """Days more or fewer than all cases took on average."""
    more = round(one.days_in_all - whole.days_in_all, 1) if whole else 0.0
    return f"{'+' if more > 0 else '−' if more < 0 else ''}{_days(abs(more))}"


def _days(days: float) -> str:
    return number_format(days, 1)


def _whole(whole: Averages | None) -> SafeString:
    if whole is None:
        return SafeString("")
    parts = [
        charts.Part(
            str(names.HOLDER[holder]),
            whole.days.get(holder.value, 0.0),
            shown=_days(whole.days.get(holder.value, 0.0)),
        )
        for holder in ORDER
    ]
    return charts.stacked_bar(_("Days a case, by who had it"), parts)
