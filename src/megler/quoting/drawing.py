"""A proposal's chart in words and places, in the language that is active."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from megler.carriers.names import MODE_NAMES
from megler.quoting.rules.proposals.chart import Chart, ChartKind, Series, chart_of
from megler.quoting.rules.proposals.choice import Offer
from megler.quoting.wording import years_words
from megler.ui.templatetags.ui import cents, money

NEAR = 0.07
"""Ends of lines nearer than this, across and up, would have their numbers on each other."""


def chart_data(offers: Sequence[Offer], chosen: Sequence[int]) -> dict[str, Any] | None:
    """What the typesetter is given to draw; None where nothing may be drawn together."""
    chart = chart_of(offers, chosen)
    if chart is None:
        return None
    picked = [offers[place] for place in chosen]
    title, note = _words(picked, chart)
    years = () if chart.kind is ChartKind.YEARLY else chart.years
    return {
        "title": title,
        "note": note,
        "bars": chart.kind is ChartKind.YEARLY,
        "dots": chart.kind is ChartKind.BY_TERM,
        "up": [{"at": chart.up(a), "label": money(a, chart.currency)} for a in chart.amounts],
        "across": [{"at": chart.across(y), "label": years_words(y)} for y in years],
        "lines": _lines(picked, chart),
    }


def _lines(picked: Sequence[Offer], chart: Chart) -> list[dict[str, Any]]:
    ends: list[tuple[float, float]] = []
    lines = []
    for one in chart.series:
        points = [(chart.across(years), chart.up(amount)) for years, amount in one.points]
        shift = sum(_near(points[-1], end) for end in ends)
        ends.append(points[-1])
        lines.append({**_line(picked[one.place], chart, one), "points": points, "shift": shift})
    return lines


def _near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def _line(offer: Offer, chart: Chart, one: Series) -> dict[str, Any]:
    return {
        "number": one.place + 1,
        "label": f"{offer['carrier_name']}, {offer['product_name']}",
        "told": cents(one.points[-1][1], chart.currency),
    }


def _words(picked: Sequence[Offer], chart: Chart) -> tuple[str, str]:
    told = {"mode": MODE_NAMES[picked[0]["mode"]]}
    if chart.kind is ChartKind.BY_TERM:
        return _("Premium by term"), _("What a year costs, paid %(mode)s.") % told
    if chart.kind is ChartKind.COST_OVER_TIME:
        note = _(
            "Premiums added up, paid %(mode)s. A line ends where the price is fixed no longer."
        )
        return _("Cost over time"), note % told
    if not any(offer.get("premium") for offer in picked):
        return _("Income paid out"), _("What is paid out in the first year.")
    return _("Cost of a year"), _("What the first year costs, paid %(mode)s.") % told
