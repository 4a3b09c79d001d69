"""Figures that belong to a pastime: `120 ft, 15 dives a year`, `420 total hours`."""

import re

from megler.underwriting.rules.asking.nicotine import how_often
from megler.underwriting.rules.asking.notes import Json, Notes
from megler.vocabulary.conditions import conditions, wider

_DEPTH = re.compile(
    r"\b(?P<n>\d{2,3})\s*(?:ft|feet|foot|')|\b(?P<m>\d{2,3})\s*(?:m\b|meters?|metres?)"
)
_COUNTED = re.compile(
    r"\b(?P<n>\d{1,5}(?:,\d{3})?)\s*(?P<total>total\s+|logged\s+|lifetime\s+)?(?P<unit>hours?|hrs?"
    r"|jumps?|dives?|flights?|climbs?"
    r"|races?|days?)(?P<each>\s*(?:/|per|an?|each|every)\s*(?:yr|year)|\s+(?:annually|yearly))?"
    r"|\b(?P<feet>\d{3,5}|\d{1,2},\d{3})\s*(?:ft|feet)|\b(?P<bare>\d{1,4})\s*(?:a|per|each|/)\s*(?:yr|year)\b"
)


def details_of(notes: Notes, code: str, end: int, until: int) -> Json:
    """Figures with a unit behind the name, under the guides' keys for that unit."""
    details: Json = {}
    if conditions()[code].listed not in {"avocations", "conditions"}:
        return details
    stop = min(until, end + 70)
    if code == "marijuana":
        return _frequency(notes, end)
    if code == "scuba" and (found := _DEPTH.search(notes.low, end, stop)):
        feet = int(found["n"]) if found["n"] else round(int(found["m"]) * 3.28084)
        details["max_depth_ft"] = feet
        for key in _asked(notes, code, {"ft", "feet"}):
            details[key] = feet
        notes.use(*found.span())
    unit = ""
    for found in _COUNTED.finditer(notes.low, end, stop):
        if not notes.is_free(*found.span()):
            continue
        unit = found["unit"] or ("ft" if found["feet"] else unit)
        keys = _counted_keys(notes, code, found, unit)
        for key in keys:
            details[key] = int((found["n"] or found["feet"] or found["bare"]).replace(",", ""))
        if keys:
            notes.use(*found.span())
    return details


_PERIODS = {
    "per_month": 12,
    "a_month": 12,
    "per_week": 52,
    "a_week": 52,
    "per_year": 1,
    "a_year": 1,
}


def _frequency(notes: Notes, end: int) -> Json:
    """How often something is used, under the guides' keys for it."""
    often = how_often(notes, end, end)
    if often is None:
        return {}
    match, per_year, at = often
    if per_year is None:
        return {}
    details: Json = {}
    for one in notes.asked_of(wider("marijuana")):
        times = next((n for ending, n in _PERIODS.items() if one.key.endswith(ending)), None)
        if one.type == "number" and times:
            details[one.key] = round(per_year / times)
    notes.use(at + match.start(), at + match.end())
    return details


def _counted_keys(notes: Notes, code: str, found: re.Match[str], unit: str) -> list[str]:
    """The guides' keys for a count: `60 a year` after hours is hours a year, `420 total hours` the total."""
    if not unit or conditions()[code].listed != "avocations":
        return []
    word = unit.rstrip("s").replace("hr", "hour")
    named = [
        q.key
        for q in notes.asked_of(wider(code))
        if q.type == "number"
        and (q.unit.rstrip("s") in {word, unit} or f"{word}s" in q.key.split("_"))
    ]
    a_year = [one for one in named if one.endswith(("_a_year", "_per_year"))]
    if found["bare"] or found["each"]:
        return a_year or ([f"{word}s_a_year"] if found["each"] else [])
    if found["total"]:
        return [one for one in named if "total" in one] or ["total_hours"]
    return [
        one for one in named if one not in a_year and "total" not in one and "type" not in one
    ] or ([] if word in {"ft", "day"} else [f"{word}s_a_year"])


def _asked(notes: Notes, code: str, units: set[str]) -> list[str]:
    return [q.key for q in notes.asked_of(wider(code)) if q.type == "number" and q.unit in units]
