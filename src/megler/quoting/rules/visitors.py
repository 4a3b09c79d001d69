"""What a visitor of a quote link tells, and which offers they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from megler.quoting.rules.entry import facts_from_entry
from megler.vocabulary.codes import Line, RiskClass
from megler.vocabulary.problems import Problem

LINES = (Line.TERM_LIFE, Line.WHOLE_LIFE, Line.UNIVERSAL_LIFE, Line.FINAL_EXPENSE)
"""Lines that a visitor may ask for: those priced by an amount, without more of health."""
FIELDS = ("born", "age", "sex", "jurisdiction", "nicotine", "line", "face_amount", "term_years")
HEALTH = "health"
LENGTH_MAX = 40
OFFERS_MAX = 20
Entry = Mapping[str, str]

_LADDER = (
    RiskClass.PREFERRED_PLUS,
    RiskClass.PREFERRED,
    RiskClass.STANDARD_PLUS,
    RiskClass.STANDARD,
)
_TOBACCO_LADDER = (RiskClass.PREFERRED_TOBACCO, RiskClass.STANDARD_TOBACCO)
GUESSES = {"excellent": 0, "good": 1, "average": 3}
"""How visitors judge their own health, and the best class that it stands for."""


def is_asking(entry: Entry) -> bool:
    """Whether enough is told to price anything: an age or birth date, and an amount."""
    return bool((entry.get("age") or entry.get("born")) and entry.get("face_amount"))


def visitor_entry(told: Entry, lines: Sequence[str]) -> dict[str, str]:
    """What counts of what was sent: known fields only, and a line that the link offers."""
    entry = {name: told.get(name, "").strip()[:LENGTH_MAX] for name in (*FIELDS, HEALTH)}
    if entry["line"] not in lines and lines:
        entry["line"] = lines[0]
    if entry["line"] != Line.TERM_LIFE:
        entry["term_years"] = ""
    if entry[HEALTH] not in GUESSES:
        entry[HEALTH] = ""
    return entry


def classes_for(guess: str, nicotine: str) -> tuple[RiskClass, ...]:
    """Classes to ask for, best first: the one guessed, then worse ones for who does not sell it.

    >>> [c.value for c in classes_for("good", "never")]
    ['preferred', 'standard_plus', 'standard']
    """
    place = GUESSES.get(guess, GUESSES["average"])
    if nicotine == "now":
        return _TOBACCO_LADDER if place < GUESSES["average"] else _TOBACCO_LADDER[1:]
    return _LADDER[place:]


def visitor_facts(entry: Entry, on: date) -> tuple[dict[str, Any], list[Problem]]:
    """The facts document with a wish a class, and every field that could not be read."""
    typed = {**{name: entry[name] for name in FIELDS}, "mode": "monthly"}
    document, problems = facts_from_entry(typed, on)
    wish = document["wants"]
    wants = [{**wish, "class": c.value} for c in classes_for(entry[HEALTH], entry["nicotine"])]  # type: ignore[dict-item]
    return {**document, "wants": wants}, problems


def shown_to_visitor(
    offers: Iterable[Mapping[str, Any]], hidden: Iterable[str]
) -> list[Mapping[str, Any]]:
    """Each product and term once, in the best class asked for, cheapest first, without `hidden`."""
    hidden = set(hidden)
    best: dict[tuple[object, ...], Mapping[str, Any]] = {}
    for offer in offers:
        if offer["carrier"] in hidden or not offer.get("premium"):
            continue
        key = tuple(offer.get(k) for k in ("carrier", "product", "term_years", "plan", "currency"))
        if key not in best or offer["wants"] < best[key]["wants"]:
            best[key] = offer
    ordered = sorted(best.values(), key=lambda o: (o["currency"], Decimal(o["annualised"])))
    return ordered[:OFFERS_MAX]
