"""What a proposal's chart shows: figures, and where they stand in a box one wide and one high."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from megler.quoting.rules.proposals.choice import Offer, sums, yearly

LEVEL = {"term_life", "whole_life", "final_expense"}
"""Lines whose premium stays the same for as long as the policy, or its term, runs."""
PERMANENT_YEARS = 30
"""How far the cost of a policy without a term is drawn."""
TICKS_MAX = 5


class ChartKind(StrEnum):
    """What the chart sets against what."""

    BY_TERM = "by_term"
    COST_OVER_TIME = "cost_over_time"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Series:
    """One line: the place in the choice that it belongs to, and its points (years, amount)."""

    place: int
    points: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Series with the marks of both axes; `currency` is that of every amount."""

    kind: ChartKind
    currency: str
    series: tuple[Series, ...]
    years: tuple[int, ...]
    amounts: tuple[Decimal, ...]

    def across(self, years: int) -> float:
        """Where years stand from the left, 0 to 1; by term the first term stands at the axis."""
        first = self.years[0] if self.kind is ChartKind.BY_TERM else 0
        return (years - first) / max(self.years[-1] - first, 1)

    def up(self, amount: Decimal) -> float:
        """Where an amount stands from below, 0 to 1."""
        return float(amount / self.amounts[-1])


def chart_of(offers: Sequence[Offer], chosen: Sequence[int]) -> Chart | None:
    """Premium by term where the quote has several terms, else cost over time, else a year's cost.

    None where there is nothing to compare: currencies are never drawn together, nor premiums with
    incomes, and a year's cost of one offer alone stands in the table.
    """
    picked = [offers[place] for place in chosen]
    kinds = {(offer["currency"], bool(offer.get("premium"))) for offer in picked}
    if len(kinds) > 1 or not all(sums(offer) for offer in picked):
        return None
    return _by_term(offers, picked) or _over_time(picked) or _yearly(picked)


def _by_term(offers: Sequence[Offer], picked: Sequence[Offer]) -> Chart | None:
    lines: dict[tuple[object, ...], Series] = {}
    for place, offer in enumerate(picked):
        same = _same(offer)
        points = {
            one["term_years"]: yearly(one)
            for one in reversed(offers)
            if one.get("term_years") and _same(one) == same
        }
        if same not in lines:
            lines[same] = Series(place, tuple(sorted(points.items())))
    series = tuple(lines.values())
    terms = tuple(sorted({years for one in series for years, _amount in one.points}))
    if len(terms) < 2 or any(len(one.points) < 2 for one in series):
        return None
    return _chart(ChartKind.BY_TERM, picked, series, terms)


def _same(offer: Offer) -> tuple[object, ...]:
    keys = ("wants", "carrier", "product", "plan", "class", "table", "amount", "currency", "mode")
    return tuple(offer.get(key) for key in keys)


def _over_time(picked: Sequence[Offer]) -> Chart | None:
    if not all(_is_level(offer) for offer in picked):
        return None
    runs = [offer.get("term_years") or PERMANENT_YEARS for offer in picked]
    series = tuple(
        Series(place, ((0, Decimal(0)), (years, yearly(offer) * years)))
        for place, (offer, years) in enumerate(zip(picked, runs, strict=True))
    )
    step = 10 if max(runs) > 15 else 5
    years = tuple(dict.fromkeys([*range(0, max(runs), step), max(runs)]))
    return _chart(ChartKind.COST_OVER_TIME, picked, series, years)


def _is_level(offer: Offer) -> bool:
    return bool(offer.get("line") in LEVEL and offer.get("premium") and not offer.get("later"))


def _yearly(picked: Sequence[Offer]) -> Chart | None:
    if len(picked) < 2:
        return None
    series = tuple(Series(place, ((1, yearly(offer)),)) for place, offer in enumerate(picked))
    return _chart(ChartKind.YEARLY, picked, series, (1,))


def _chart(
    kind: ChartKind, picked: Sequence[Offer], series: tuple[Series, ...], years: tuple[int, ...]
) -> Chart:
    highest = max(amount for one in series for _years, amount in one.points)
    return Chart(kind, picked[0]["currency"], series, years, ticks(highest))


def ticks(highest: Decimal) -> tuple[Decimal, ...]:
    """Round amounts from 0 to the first at or over `highest`, in steps of 1, 2 or 5 times ten^n.

    >>> [str(tick) for tick in ticks(Decimal("312.40"))]
    ['0', '100', '200', '300', '400']
    """
    highest = max(highest, Decimal(1))
    power = Decimal(1).scaleb(highest.adjusted() - 1)
    steps = (power * times for times in (1, 2, 5, 10, 20, 50))
    step = next(step for step in steps if highest <= step * (TICKS_MAX - 1) or step == power * 50)
    count = int((highest / step).to_integral_value(ROUND_CEILING))
    return tuple(Decimal(f"{(step * n).normalize():f}") for n in range(count + 1))
