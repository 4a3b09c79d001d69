"""An answer made ready for a page: sorted, filtered, with the premium of the wanted mode.

`table_of` is given the answer as published. What a page shows of each offer comes beside it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from megler.vocabulary.codes import RiskClass

MOST_SHOWN = 50
"""A wish's offers beyond these are shown when they are asked for (`many`)."""
_CLASS_ORDER = {code.value: place for place, code in enumerate(RiskClass)}
Shown = dict[str, Any]


def table_of(answer: Shown, mode: str, choices: Mapping[str, str] | None = None) -> Shown:
    """Offers with what the page shows of each, by wish; refused products grouped by product.

    `choices` are what the page's reader chose: `sort`, `carrier`, `class_`, `term`, `many`. `share` (1 to
    100) is an offer's part of the dearest of its wish and currency, for the bar beside it.
    """
    choices = choices or {}
    offers = [_offer(number, offer, mode) for number, offer in enumerate(answer["offers"])]
    wishes = _wishes(answer["facts"])
    groups = [
        _group(number, wish, [o for o in offers if o["wants"] == number], choices)
        for number, wish in enumerate(wishes)
    ]
    shown = [offer for group in groups for offer in group["offers"]]
    return {
        "offers": shown,
        "every": offers,
        "groups": groups,
        "several": len(groups) > 1,
        "refused": _grouped(answer["not_offered"]),
        "assumptions": answer["assumptions"],
        "problems": answer["problems"],
        "carriers": len({o["carrier"] for o in shown}),
        "filters": _filters(offers),
        "by_budget": any(wish.get("budget") for wish in wishes),
    }


def offer_text(key: Sequence[Any]) -> str:
    """An offer's key as a form sends it.

    >>> offer_text(("fjordgard", "term", 20, None, 0))
    'fjordgard:term:20::0'
    """
    return ":".join("" if part is None else str(part) for part in key)


def offer_key(text: str) -> tuple[str, str, int | None, str | None, int] | None:
    """The key that a form sent; None when it is none.

    >>> offer_key("fjordgard:term:20::0")
    ('fjordgard', 'term', 20, None, 0)
    """
    parts = text.split(":")
    if len(parts) != 5 or not parts[4].isdecimal() or not (parts[2] or "0").isdecimal():
        return None
    carrier, product, term, plan, wish = parts
    return carrier, product, int(term) if term else None, plan or None, int(wish)


def wish_title(facts: Mapping[str, Any], number: int) -> Shown:
    """Whom a wish is for and what it asks: a line, an amount or a budget, a term."""
    wish = _wishes(facts)[number]
    people = wish.get("people") or []
    lives = "family" if len(people) > 2 else "both" if len(people) > 1 else "".join(people)
    asked = wish.get("face_amount") or wish.get("benefit_monthly") or wish.get("premium")
    return {
        "number": number,
        "lives": lives,
        "line": wish.get("line") or "",
        "amount": Decimal(asked) if asked else None,
        "budget": Decimal(wish["budget"]) if wish.get("budget") else None,
        "term_years": wish.get("term_years"),
    }


def _wishes(facts: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    wants = facts.get("wants") or {}
    return list(wants) if isinstance(wants, list) else [wants]


def _group(
    number: int, wish: Mapping[str, Any], offers: list[Shown], choices: Mapping[str, str]
) -> Shown:
    """The offers of a wish that the choices let through, in the order chosen, by currency."""
    weight = "face" if wish.get("budget") else "weight"
    for kind in {(o["currency"], o["yields"]) for o in offers}:
        alike = [o for o in offers if (o["currency"], o["yields"]) == kind]
        most = max((o[weight] or Decimal(0) for o in alike), default=Decimal(1)) or Decimal(1)
        for offer in alike:
            offer["share"] = max(1, int((offer[weight] or Decimal(0)) / most * 100))
    kept = [offer for offer in offers if _passes(offer, choices)]
    kept = _sorted(kept, choices.get("sort", "price"))
    currencies = list(dict.fromkeys(offer["currency"] for offer in kept))
    kept = [offer for currency in currencies for offer in kept if offer["currency"] == currency]
    shown = kept if choices.get("many") else kept[:MOST_SHOWN]
    return {
        **wish_title({"wants": [wish]}, 0),
        "number": number,
        "offers": shown,
        "count": len(kept),
        "hidden": len(offers) - len(kept),
        "currencies": currencies,
        "carriers": len({offer["carrier"] for offer in kept}),
        "income": any(offer["yields"] != "premium" for offer in kept),
    }


def _passes(offer: Shown, choices: Mapping[str, str]) -> bool:
    asked = {
        "carrier": offer["carrier"],
        "class_": offer["class"] or "",
        "term": str(offer["term_years"] or ""),
    }
    return all(choices.get(name) in (None, "", value) for name, value in asked.items())


def _sorted(offers: list[Shown], by: str) -> list[Shown]:
    """In the order chosen; the answer's own order, cheapest first, breaks ties."""
    if by == "carrier":
        return sorted(offers, key=lambda o: o["carrier_name"].casefold())
    if by == "class":
        return sorted(offers, key=lambda o: _CLASS_ORDER.get(o["class"] or "", 99))
    if by == "term":
        return sorted(offers, key=lambda o: o["term_years"] or 0)
    return offers


def _filters(offers: list[Shown]) -> Shown:
    """What can be chosen among: carriers, classes and terms that are offered."""
    carriers = {o["carrier"]: o["carrier_name"] for o in offers}
    classes = {o["class"]: o["class_name"] for o in offers if o["class"]}
    return {
        "carriers": sorted(carriers.items(), key=lambda one: one[1].casefold()),
        "classes": sorted(classes.items(), key=lambda one: _CLASS_ORDER.get(one[0], 99)),
        "terms": sorted({o["term_years"] for o in offers if o["term_years"]}),
    }


def _offer(number: int, offer: Shown, mode: str) -> Shown:
    yields = offer.get("yields", "premium")
    by_mode = offer.get(yields) if yields in {"premium", "income"} else None
    by_mode = by_mode or {}
    main_mode = mode if mode in by_mode else offer["mode"]
    value = offer.get("value") or {}
    main = Decimal(by_mode[main_mode] if by_mode else value["amount"])
    low, high = offer["class_range"] or (None, None)
    changes = offer["age_changes_on"]
    key = (offer["carrier"], offer["product"], offer["term_years"], offer["plan"], offer["wants"])
    return {
        **offer,
        "number": number,
        "key": offer_text(key),
        "yields": yields,
        "main_mode": main_mode,
        "main": main,
        "annual": Decimal(by_mode["annual"]) if "annual" in by_mode else None,
        "modes": [(name, Decimal(amount)) for name, amount in by_mode.items()],
        "weight": Decimal(offer["annualised"]) if offer["annualised"] else main,
        "face": Decimal(offer["amount"]) if offer["amount"] else None,
        "value_years": value.get("years"),
        "open": low != high,
        "age_changes_day": date.fromisoformat(changes) if changes else None,
        "main_steps": [_step(taken) for taken in _steps_to(offer["steps"], main_mode)],
        "riders": [_rider(rider) for rider in offer.get("riders", ())],
        "lives": offer.get("lives", ()),
    }


def _rider(rider: Shown) -> Shown:
    return {**rider, "amount": Decimal(rider["amount"]) if rider["amount"] else None}


def _step(taken: Shown) -> Shown:
    """A step with its figures as numbers, so that the page writes them as its reader does."""
    return {**taken, **{key: _number(taken[key]) for key in ("figure", "amount")}}


def _number(figure: str) -> Decimal | str:
    """A figure as a number; what a step looked up may be a word."""
    try:
        return Decimal(figure)
    except InvalidOperation:
        return figure


def _steps_to(steps: list[Shown], mode: str) -> list[Shown]:
    """The steps that lead to the premium in `mode`: those before modes are made, then its own."""
    period = steps[0]["mode"] if steps else mode
    kept, is_modal = [], False
    for taken in steps:
        is_modal = is_modal or taken["do"] == "mode"
        if taken["mode"] == mode or (not is_modal and taken["mode"] == period):
            kept.append(taken)
    return kept


def _grouped(refused: list[Shown]) -> list[Shown]:
    """One entry a product; reasons that hold for a term alone name it."""
    products: dict[tuple[str, str], Shown] = {}
    for one in refused:
        key = (one["carrier"], one["product"])
        entry = products.setdefault(key, {**one, "why": []})
        for reason in one["reasons"]:
            line = {"text": reason["text"], "term_years": one["term_years"]}
            if line not in entry["why"]:
                entry["why"].append(line)
    return list(products.values())
