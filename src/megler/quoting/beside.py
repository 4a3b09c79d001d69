"""What the quote page shows: the offers with their hints, or one of the tools beside them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from megler.carriers.names import MODE_NAMES
from megler.carriers.rules.products import Yields
from megler.quoting.actions import quotes as actions
from megler.quoting.rules.answer import Offer, QuoteAnswer
from megler.quoting.rules.tools.bands import BandBreak, band_breaks
from megler.quoting.rules.tools.charts import Chart, by_age, by_term
from megler.quoting.rules.tools.classes import class_matrices
from megler.quoting.rules.tools.compare import MOST, compare
from megler.quoting.rules.tools.counter import (
    Counter,
    ProductKey,
    key_of,
    mode_of,
    product_of,
    wish_of,
    wishing,
)
from megler.quoting.rules.tools.ladder import MOST_STEPS, Need, check_needs, ladders
from megler.quoting.rules.tools.ranges import PremiumRange, premium_ranges
from megler.quoting.rules.tools.save_age import AgeChange, Ages, SavedAge, ages_of
from megler.quoting.rules.tools.terms import term_tables
from megler.quoting.shown import offer_key, offer_text, table_of
from megler.ui.charts import Curve, curves, scale_of
from megler.ui.templatetags.ui import cents, money
from megler.underwriting.rules.facts import Facts
from megler.underwriting.rules.typed import Reader, amount, whole_number
from megler.vocabulary.codes import Mode

CURVES = 5
CHOICES = ("sort", "carrier", "class_", "term", "many")
NEED = (("500k", "10"), ("300k", "20"), ("100k", "30"))
"""The falling need that a ladder starts from."""


FEATURES = {
    "amount": _lazy("Amount"),
    "term_years": _lazy("Term, years"),
    "plan": _lazy("Plan"),
    "a_year": _lazy("A year, paid so"),
    "total": _lazy("The whole term"),
    "line": _lazy("Line of business"),
    "class": _lazy("Class"),
    "worst_class": _lazy("Could be"),
    "table": _lazy("Table"),
    "age_used": _lazy("Age"),
    "age_changes_on": _lazy("Age changes on"),
    "edition": _lazy("Edition"),
}
"""What the rows of a comparison are called."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed, the facts in it, the quote for them, and where the tools ask for prices."""

    typed: Mapping[str, str]
    facts: Facts
    answer: QuoteAnswer
    counter: Counter

    @property
    def wishes(self) -> int:
        """How many wishes there are."""
        return max(1, len(self.facts.wants))

    @property
    def wish(self) -> int:
        """The wish that a tool is asked about."""
        chosen = self.typed.get("wish", "0")
        return int(chosen) if chosen.isdecimal() and int(chosen) < self.wishes else 0

    @property
    def of_wish(self) -> Facts:
        """The facts with only that wish."""
        return wish_of(self.facts, self.wish)

    @property
    def mode(self) -> Mode:
        """The mode in which premiums are shown."""
        return mode_of(self.of_wish)


def offers(asked: Asked) -> dict[str, Any]:
    """The offers, sorted and filtered, with what stands beside each and above all."""
    choices = {name: asked.typed.get(name, "") for name in CHOICES}
    table = table_of(actions.shown(asked.answer), asked.typed.get("mode", ""), choices)
    every = [key for key in asked.typed.get("compare", "").split(",") if key]
    chosen, table["too_many"] = every[:MOST], len(every) > MOST
    by_key = {offer["key"]: offer for offer in table["every"]}
    table["tray"] = [by_key[key] for key in chosen if key in by_key]
    ranges = _ranges(asked, {offer["key"] for offer in table["offers"]})
    for offer in table["offers"]:
        offer["chosen"] = offer["key"] in chosen
        offer["range"] = ranges.get(offer["key"])
    for number, group in enumerate(table["groups"]):
        group["hint"] = _hints(asked, number, group)
    return {"table": table, "choices": choices}


def _ranges(asked: Asked, keys: Collection[str]) -> dict[str, PremiumRange]:
    """The premium at both ends of each offer shown whose class is open."""
    found: dict[str, PremiumRange] = {}
    for number in range(asked.wishes):
        mine = [
            offer
            for offer in asked.answer.offers
            if offer.wants == number
            and offer.yields is Yields.PREMIUM
            and not offer.lives
            and offer_text(key_of(offer)) in keys
        ]
        facts = wish_of(asked.facts, number)
        ranges = premium_ranges(asked.counter, facts, mine, mode_of(facts))
        found |= {offer_text(key): told for key, told in ranges.items()}
    return found


def _hints(asked: Asked, number: int, group: dict[str, Any]) -> dict[str, Any]:
    """What an agent should know before settling: an age about to change, more for less."""
    facts = wish_of(asked.facts, number)
    mine = [
        offer
        for offer in asked.answer.offers
        if offer.wants == number and offer.yields is Yields.PREMIUM
    ]
    ages = ages_of(asked.counter, facts, mine) if mine else Ages()
    by_budget = facts.wants and facts.wants[0].budget is not None
    breaks = () if by_budget else band_breaks(asked.counter, facts, mine)
    beside = {
        "change": _by_key(ages.changes, number),
        "saved": _by_key(ages.saved, number),
        "break_": _by_key(breaks, number),
    }
    for offer in group["offers"]:
        offer |= {name: of.get(offer["key"]) for name, of in beside.items()}
    best = _best_break(breaks)
    told = {
        "number": number,
        "change": min(ages.changes, key=lambda c: c.days_left, default=None),
        "changes": len(ages.changes),
        "saved": max(ages.saved, key=lambda s: s.worth or s.saving_a_year, default=None),
        "saved_count": len(ages.saved),
        "break_": best,
        "break_count": len(breaks),
        "take": f"{best.larger.normalize():f}" if best else "",
    }
    return told if ages.changes or ages.saved or breaks else {}


def _by_key(
    found: Iterable[AgeChange | SavedAge | BandBreak], number: int
) -> dict[str, AgeChange | SavedAge | BandBreak]:
    """Each by its offer's key; a tool was asked of one wish, so its number is put back."""
    return {offer_text((*one.offer[:4], number)): one for one in found}


def _best_break(found: Sequence[BandBreak]) -> BandBreak | None:
    """The break at the cheapest larger premium: the one to tell first."""
    return min(found, key=lambda b: b.premium, default=None)


def terms(asked: Asked) -> dict[str, Any]:
    """Every term of every product."""
    found = asked.counter.offers(wishing(asked.of_wish, term_years=None))
    return {"term_tables": term_tables(found, asked.mode), "now": asked.of_wish.wants[0].term_years}


def classes(asked: Asked) -> dict[str, Any]:
    """Every class and table rating of one product, the cheapest unless one is chosen."""
    every = wishing(asked.of_wish, term_years=None, class_code=None, table=None)
    priced = [offer for offer in asked.counter.offers(every) if offer.class_code]
    products = {product_of(offer): offer for offer in reversed(priced)}
    chosen = _product(asked.typed.get("product", ""))
    if chosen not in products and priced:
        chosen = product_of(priced[0])
    matrices = class_matrices(asked.counter, every, [chosen]) if chosen else ()
    listed = sorted(products.items(), key=lambda one: one[1].carrier_name.casefold())
    return {
        "matrices": matrices,
        "products": [(":".join(key), f"{o.carrier_name}, {o.product_name}") for key, o in listed],
        "product": ":".join(chosen or ()),
        "now": asked.of_wish.wants[0].term_years,
    }


def _product(text: str) -> ProductKey | None:
    carrier, colon, product = text.partition(":")
    return (carrier, product) if colon else None


def ladder(asked: Asked) -> dict[str, Any]:
    """A falling need covered in layers, against one policy."""
    typed = asked.typed
    if not any(name.startswith("need_") for name in typed):
        typed = {f"need_amount_{i}": a for i, (a, _y) in enumerate(NEED)}
        typed |= {f"need_years_{i}": y for i, (_a, y) in enumerate(NEED)}
    reader, steps = Reader(typed), []
    for place in range(MOST_STEPS):
        total = reader.read(f"need_amount_{place}", amount)
        years = reader.read(f"need_years_{place}", whole_number)
        if total is not None or years is not None:
            steps.append(Need(Decimal(total or 0), years or 0))
    rows = [
        (place, reader.text(f"need_amount_{place}"), reader.text(f"need_years_{place}"))
        for place in range(MOST_STEPS)
    ]
    if problems := reader.problems or check_needs(steps):
        return {"rows": rows, "ladder_problems": problems, "ladders": []}
    found = ladders(asked.counter, asked.of_wish, steps)
    told = [{"found": one, "best": one.best, "picture": stairs(one.best)} for one in found]
    return {"rows": rows, "ladders": told}


def stairs(ladder_: Any) -> list[dict[str, Any]]:
    """The layers as boxes of a drawing 100 wide and 100 high: years across, amounts upwards."""
    years = max(layer.years for layer in ladder_.layers)
    total = sum(layer.amount for layer in ladder_.layers)
    boxes, below = [], Decimal(0)
    for place, layer in enumerate(ladder_.layers):
        high = layer.amount / total * 100
        boxes.append(
            {
                "layer": layer,
                "hue": place % 8,
                "width": f"{Decimal(layer.years) / years * 100:.2f}",
                "height": f"{high:.2f}",
                "y": f"{100 - below - high:.2f}",
            }
        )
        below += high
    return boxes


def charts(asked: Asked) -> dict[str, Any]:
    """Premium by term and by age at start, of the cheapest offers or of those chosen."""
    mine = [o for o in asked.answer.offers if o.wants == asked.wish and o.yields is Yields.PREMIUM]
    picked = _picked(asked, mine) or _one_a_carrier(mine)
    every = asked.counter.offers(
        wishing(asked.of_wish, term_years=None), list(dict.fromkeys(map(product_of, picked)))
    )
    now = asked.of_wish.wants[0].term_years
    mode = str(MODE_NAMES[asked.mode])
    years = _("%(n)s y")
    terms_ = _drawn(
        _("Premium by term, %(mode)s") % {"mode": mode}, by_term(every, asked.mode, now), years
    )
    ages = by_age(asked.counter, asked.of_wish, picked, asked.mode)
    ages_ = _drawn(_("Premium by age at start, %(mode)s") % {"mode": mode}, ages, "%(n)s")
    return {"drawings": [drawing for drawing in (terms_, ages_) if drawing[1]]}


def _picked(asked: Asked, mine: list[Offer]) -> list[Offer]:
    keys = [offer_key(text) for text in asked.typed.get("compare", "").split(",") if text]
    return [offer for offer in mine if key_of(offer) in keys]


def _one_a_carrier(mine: list[Offer]) -> list[Offer]:
    """The cheapest offer of each of the cheapest carriers, in one currency."""
    first: dict[str, Offer] = {}
    for offer in mine:
        if offer.currency == mine[0].currency:
            first.setdefault(offer.carrier, offer)
    return list(first.values())[:CURVES]


def _drawn(title: str, chart: Chart, place: str) -> tuple[str, Any]:
    """A chart as a picture; empty where there is nothing to compare."""
    kept = [c for c in chart.curves if any(p is not None for p in c.premiums)][:CURVES]
    known = [p for curve in kept for p in curve.premiums if p is not None]
    if not known:
        return title, ""
    currency = kept[0].currency
    drawn = [
        Curve(
            curve.carrier_name,
            [None if p is None else float(p) for p in curve.premiums],
            [cents(p, currency) for p in curve.premiums],
        )
        for curve in kept
        if curve.currency == currency
    ]
    marks = [money(Decimal(str(mark)), currency) for mark in scale_of(float(max(known)))]
    places = [place % {"n": n} for n in chart.places]
    now = chart.places.index(chart.now) if chart.now in chart.places else -1
    return title, curves(title, places, drawn, marks, now)


def compared(asked: Asked) -> dict[str, Any]:
    """Up to four offers side by side."""
    keys = [offer_key(text) for text in asked.typed.get("compare", "").split(",") if text][:MOST]
    by_key = {key_of(offer): offer for offer in asked.answer.offers}
    chosen = [by_key[key] for key in keys if key in by_key]
    table = table_of(actions.shown(asked.answer), asked.typed.get("mode", ""))
    shown = {offer["key"]: offer for offer in table["every"]}
    found = compare(chosen, asked.mode)
    return {
        "comparison": found,
        "compared": [shown[offer_text(key)] for key in found.offers],
        "cells": [
            (
                row,
                FEATURES.get(row.name) or str(MODE_NAMES.get(row.name, row.name)).capitalize(),
                list(zip(row.values, found.currencies, _marked(row.best), strict=False)),
            )
            for row in found.rows
        ],
    }


def _marked(best: Sequence[int]) -> list[bool]:
    return [place in best for place in range(MOST)]
