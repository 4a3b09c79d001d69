"""An answer made ready for a page: the premium of the wanted mode, and what is not possible by why."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any


def table_of(answer: dict[str, Any], mode: str) -> dict[str, Any]:
    """Offers with what the page shows of each; refused products grouped by product.

    `share` (1 to 100) is the premium's part of the dearest offer's, for the bar beside it.
    """
    offers = [_offer(number, offer, mode) for number, offer in enumerate(answer["offers"])]
    dearest = max((o["annualised"] for o in offers), default=Decimal(1)) or Decimal(1)
    for offer in offers:
        offer["share"] = max(1, int(offer["annualised"] / dearest * 100))
    refused = _grouped(answer["not_offered"])
    return {
        "offers": offers,
        "refused": refused,
        "assumptions": answer["assumptions"],
        "problems": answer["problems"],
        "carriers": len({o["carrier"] for o in offers}),
    }


def _offer(number: int, offer: dict[str, Any], mode: str) -> dict[str, Any]:
    premium = offer["premium"]
    main = mode if mode in premium else offer["mode"]
    low, high = offer["class_range"] or (None, None)
    changes = offer["age_changes_on"]
    return {
        **offer,
        "number": number,
        "main_mode": main,
        "main": Decimal(premium[main]),
        "annual": Decimal(premium["annual"]) if "annual" in premium else None,
        "annualised": Decimal(offer["annualised"]),
        "face": Decimal(offer["amount"]) if offer["amount"] else None,
        "open": low != high,
        "age_changes_day": date.fromisoformat(changes) if changes else None,
        "main_steps": [_step(s) for s in offer["steps"] if s["mode"] in {main, _period(offer)}],
    }


def _step(taken: dict[str, Any]) -> dict[str, Any]:
    """A step with its figures as numbers, so that the page writes them as its reader does."""
    return {**taken, **{key: _number(taken[key]) for key in ("figure", "amount")}}


def _number(figure: str) -> Decimal | str:
    """A figure as a number; what a step looked up may be a word."""
    try:
        return Decimal(figure)
    except InvalidOperation:
        return figure


def _period(offer: dict[str, Any]) -> str:
    """The period that the first step reckons in."""
    return str(offer["steps"][0]["mode"]) if offer["steps"] else ""


def _grouped(refused: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a product; reasons that hold for a term alone name it."""
    products: dict[tuple[str, str], dict[str, Any]] = {}
    for one in refused:
        key = (one["carrier"], one["product"])
        entry = products.setdefault(key, {**one, "why": []})
        for reason in one["reasons"]:
            line = {"text": reason["text"], "term_years": one["term_years"]}
            if line not in entry["why"]:
                entry["why"].append(line)
    return list(products.values())
