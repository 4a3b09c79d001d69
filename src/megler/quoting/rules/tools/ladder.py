"""Ladders: two or three terms that follow a falling need, priced against one policy.

A need is a list of steps, "500,000 for 10 years, 300,000 for 20, 100,000 for 30". A ladder covers
it with layers that end one after another. Steps may share a layer: then the layer is as large as
the first of them and runs as long as the last. One policy for everything is the ladder of one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise

from megler.quoting.rules.answer import Offer
from megler.quoting.rules.tools.counter import Counter, a_year, mode_of, paid, wishing
from megler.underwriting.rules.facts import Facts
from megler.vocabulary.codes import Line, Mode
from megler.vocabulary.problems import Problem

MOST_STEPS = 5
LAYERS_MAX = 3


@dataclass(frozen=True, slots=True)
class Need:
    """An amount that is needed until `years` from now."""

    amount: Decimal
    years: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A policy of a ladder, kept `years` (its own term may be longer)."""

    amount: Decimal
    years: int
    offer: Offer
    premium: Decimal
    a_year: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Ladder:
    """Layers, longest first. `first_year` and `total` are what they cost together."""

    layers: tuple[Layer, ...]
    premium: Decimal
    first_year: Decimal
    total: Decimal
    by_year: tuple[Decimal, ...]
    cover: tuple[Decimal, ...]

    @property
    def carriers(self) -> int:
        """How many carriers take part."""
        return len({layer.offer.carrier for layer in self.layers})


@dataclass(frozen=True, slots=True)
class Ladders:
    """What covers the need in one currency, cheapest in total first.

    `one` is the cheapest single policy for the whole need, `best` the cheapest of all, and
    `best_of_one_carrier` the cheapest whose layers all come from one carrier. `saving` is what
    `best` costs less than `one` over the years.
    """

    needs: tuple[Need, ...]
    currency: str
    mode: Mode
    one: Ladder | None
    best: Ladder
    best_of_one_carrier: Ladder | None
    ladders: tuple[Ladder, ...]

    @property
    def saving(self) -> Decimal | None:
        """What the best ladder costs less than one policy; None without one policy."""
        return None if self.one is None else self.one.total - self.best.total


def check_needs(needs: Sequence[Need]) -> list[Problem]:
    """Why these steps are not a falling need."""
    problems = []
    if not 1 <= len(needs) <= MOST_STEPS:
        problems.append(Problem("ladder_steps", "need", str(len(needs)), f"1–{MOST_STEPS}"))
    for i, need in enumerate(needs):
        if need.amount <= 0 or need.years <= 0:
            found = f"{need.amount:f}, {need.years}"
            problems.append(Problem("ladder_nothing", f"need[{i}]", found, "more than 0"))
    for i, (before, after) in enumerate(pairwise(needs), start=1):
        if after.years <= before.years:
            expected = f"more than {before.years}"
            problems.append(
                Problem("ladder_not_falling", f"need[{i}].years", str(after.years), expected)
            )
        if after.amount >= before.amount:
            expected = f"less than {before.amount:f}"
            problems.append(
                Problem("ladder_not_falling", f"need[{i}].amount", f"{after.amount:f}", expected)
            )
    return problems


def ladders(counter: Counter, facts: Facts, needs: Sequence[Need]) -> tuple[Ladders, ...]:
    """The ways to cover the needs (checked by `check_needs`), for each currency they are sold in.

    `facts` is one wish; only its people, mode and class count. Each layer takes the offer that
    costs least over the years it is kept, of terms at least as long.
    """
    mode = mode_of(facts)
    plans = list(_plans(needs))
    wanted = sorted({(amount, years) for plan in plans for amount, years in plan})
    priced: dict[Decimal, tuple[Offer, ...]] = {}
    for amount, _years in wanted:
        if amount not in priced:
            changed = wishing(facts, line=Line.TERM_LIFE, face_amount=amount, term_years=None)
            priced[amount] = counter.offers(changed)
    every = [offer for offers in priced.values() for offer in offers]
    found = []
    for currency in dict.fromkeys(offer.currency for offer in every):
        of = {a: [o for o in offers if o.currency == currency] for a, offers in priced.items()}
        made = _in_currency(tuple(needs), plans, of, currency, mode)
        found += [made] if made else []
    return tuple(found)


def ladders_json(found: Ladders) -> dict[str, object]:
    """The answer as published: each layer with what tells its offer, figures as they are."""
    ways = {
        "one": found.one,
        "best": found.best,
        "best_of_one_carrier": found.best_of_one_carrier,
    }
    return {
        "needs": found.needs,
        "currency": found.currency,
        "mode": found.mode,
        "saving": found.saving,
        **{name: None if way is None else _ladder_json(way) for name, way in ways.items()},
        "ladders": [_ladder_json(ladder) for ladder in found.ladders],
    }


def _ladder_json(ladder: Ladder) -> dict[str, object]:
    return {
        "layers": [
            {
                "amount": layer.amount,
                "years": layer.years,
                "carrier": layer.offer.carrier,
                "carrier_name": layer.offer.carrier_name,
                "product": layer.offer.product,
                "product_name": layer.offer.product_name,
                "edition": layer.offer.edition,
                "term_years": layer.offer.term_years,
                "class": layer.offer.class_code,
                "premium": layer.premium,
                "a_year": layer.a_year,
                "total": layer.total,
            }
            for layer in ladder.layers
        ],
        "premium": ladder.premium,
        "first_year": ladder.first_year,
        "total": ladder.total,
        "by_year": ladder.by_year,
        "cover": ladder.cover,
    }


def _plans(needs: Sequence[Need]) -> Iterator[list[tuple[Decimal, int]]]:
    """Every way to cut the steps into at most `LAYERS_MAX` layers, as (amount, years) each."""
    inner = range(1, len(needs))
    for cuts in range(min(LAYERS_MAX, len(needs))):
        for chosen in combinations(inner, cuts):
            starts, ends = (0, *chosen), (*chosen, len(needs))
            covers = [needs[start].amount for start in starts]
            below = [*covers[1:], Decimal(0)]
            yield [
                (cover - under, needs[end - 1].years)
                for cover, under, end in zip(covers, below, ends, strict=True)
            ]


def _in_currency(
    needs: tuple[Need, ...],
    plans: Sequence[list[tuple[Decimal, int]]],
    priced: dict[Decimal, list[Offer]],
    currency: str,
    mode: Mode,
) -> Ladders | None:
    ways: list[Ladder] = []
    of_one_carrier: list[Ladder] = []
    for plan in plans:
        if cheapest := _ladder(plan, priced, mode, needs[-1].years, None):
            ways.append(cheapest)
        carriers = sorted({offer.carrier for amount, _ in plan for offer in priced[amount]})
        same = (_ladder(plan, priced, mode, needs[-1].years, carrier) for carrier in carriers)
        of_one_carrier += [ladder for ladder in same if ladder is not None]
    if not ways:
        return None
    ways.sort(key=lambda ladder: (ladder.total, len(ladder.layers)))
    return Ladders(
        needs=needs,
        currency=currency,
        mode=mode,
        one=next((ladder for ladder in ways if len(ladder.layers) == 1), None),
        best=ways[0],
        best_of_one_carrier=min(of_one_carrier, key=lambda ladder: ladder.total, default=None),
        ladders=tuple(ways),
    )


def _ladder(
    plan: Sequence[tuple[Decimal, int]],
    priced: dict[Decimal, list[Offer]],
    mode: Mode,
    years: int,
    carrier: str | None,
) -> Ladder | None:
    """The plan with the cheapest offer for each layer, of one carrier if named."""
    layers = []
    for amount, needed in plan:
        fitting = [
            offer
            for offer in priced[amount]
            if (offer.term_years or 0) >= needed and carrier in (None, offer.carrier)
        ]
        if not fitting:
            return None
        offer = min(fitting, key=lambda o: (a_year(o, mode), o.term_years or 0, o.carrier))
        a_year_ = a_year(offer, mode)
        layers.append(Layer(amount, needed, offer, paid(offer, mode), a_year_, a_year_ * needed))
    layers.sort(key=lambda layer: -layer.years)
    of_year = [[layer for layer in layers if layer.years > year] for year in range(years)]
    return Ladder(
        layers=tuple(layers),
        premium=sum((layer.premium for layer in layers), Decimal(0)),
        first_year=sum((layer.a_year for layer in layers), Decimal(0)),
        total=sum((layer.total for layer in layers), Decimal(0)),
        by_year=tuple(sum((one.a_year for one in kept), Decimal(0)) for kept in of_year),
        cover=tuple(sum((one.amount for one in kept), Decimal(0)) for kept in of_year),
    )
