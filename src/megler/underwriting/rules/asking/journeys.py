"""Journeys: the country, and how many days a year."""

import re

from megler.underwriting.rules.asking.notes import NUMBER, NUMBER_WORDS, Json, Notes
from megler.vocabulary.countries import countries_named, peoples

_DAYS = re.compile(
    rf"\b(?P<n>{NUMBER})\s*-?\s*(?P<unit>days?|weeks?|months?)\b"
    r"(?:\s*(?:/|per|a|each)\s*(?:yr|year))?"
)
_TRAVEL = re.compile(
    r"\b(?:foreign\s+)?(?:travel(?:s|ing|ling|led)?|trips?|visit(?:s|ing)?|going|goes"
    r"|vacation(?:s|ing)?|mission(?:s|ary)? (?:trips?|work)|assignment|business|moving"
    r"|relocating|fly(?:ing)?|living|lives?)(?:\s+(?:is|trip|planned|regularly"
    r"|often))*\s+(?:to|in|out of)?\s*"
)
_FROM_THERE = re.compile(
    r"\b(?:nationals?|citizens?|citizenship|native|passport)\s+(?:from|of|in|is)?\s*$"
)


_ORIGIN = re.compile(r"\b(?:originally\s+)?from\s+(?:the\s+)?$|\bborn in\s+$")
_HOME = re.compile(
    r"\b(?:travels?|goes|flies|visits?|returns?|trips?)\s+(?:back\s+)?(?:home|there)\b"
)
_JOURNEY = re.compile(
    r"\b(?:travel\w*|trips?|visit\w*|going|goes|go|vacation\w*|mission\w*|mov\w+|relocat\w+|liv\w+"
    r"|work\w*|fly\w*|foreign"
    r"|citizens?|nationals?|resident\w*|days?|weeks?|months?|visa|ok|okay|allowed|accepted)\b"
)
_PEOPLE = re.compile(
    r"\b(?P<who>" + "|".join(sorted(map(re.escape, peoples()), key=len, reverse=True)) + r")s?\b"
    r"(?P<as>\s+(?:citizens?|nationals?|passport|immigrant|expat|born|here|living|residing"
    r"|on (?:an?\s+)?(?:h-?1b|l-?1|visa|green)"
    r"|with (?:an?\s+)?(?:green|visa)|male|female|man|woman|guy|client|m\b|f\b))?"
)
_US = re.compile(
    r"\b(?:u\.?s\.?a?\.?|american)\s+citizens?\b|\b(?P<not>non[- ]?(?:u\.?s\.?\s+)citizens?)\b"
)
_NOT_PEOPLE = re.compile(r"\b(?:african|native|mexican|asian|latin|italian)[- ]$")
_ALONE_SAYS = re.compile(r"(?:^|[,;]\s*|\b(?:is|a|an|client|he|she|hes|shes)\s+)$")


def names_a_journey(notes: Notes) -> bool:
    """Whether a country is named as where somebody goes or is from."""
    return bool(_JOURNEY.search(notes.low))


def _read_citizenship(notes: Notes) -> None:
    for found in list(notes.find(_US)):
        if found["not"] is None:
            notes.facts["citizenship"] = "US"
            notes.chip("citizenship", found.span(), "US", "citizenship")
    for found in list(notes.find(_PEOPLE)):
        before = notes.low[: found.start()]
        if _NOT_PEOPLE.search(before) or not (found["as"] or _ALONE_SAYS.search(before)):
            continue
        if found["who"] == "american" and not (found["as"] or "").strip().startswith(
            ("citizen", "national")
        ):
            continue
        code = peoples()[found["who"]]
        notes.facts.setdefault("citizenship", code)
        span = (
            found.span("who")
            if (found["as"] or "").strip() in {"m", "f", "male", "female", "man", "woman", "guy"}
            else found.span()
        )
        notes.chip("citizenship", span, code, "citizenship")
        return


def read_travel(notes: Notes) -> None:
    """Citizenship and journeys: the country, and how many days a year."""
    _read_citizenship(notes)
    text = notes.text
    for code, start, end in countries_named(text):
        if not notes.is_free(start, end):
            continue
        before = list(_TRAVEL.finditer(notes.low[max(0, start - 60) : start]))
        spelled = text[start:end]
        if not before and spelled.lower() in {"turkey", "chad", "guinea", "georgia"}:
            continue
        if _FROM_THERE.search(notes.low[:start]) and "citizenship" not in notes.facts:
            notes.facts["citizenship"] = code
            notes.chip("citizenship", (start, end), code, "citizenship")
            continue
        if not before and _ORIGIN.search(notes.low[:start]):
            _read_origin(notes, code, (start, end))
            continue
        if before:
            offset = max(0, start - 60)
            notes.use(offset + before[-1].start(), offset + before[-1].end())
        _note_trip(notes, code, (start, end), end)


def _read_origin(notes: Notes, code: str, span: tuple[int, int]) -> None:
    """Where somebody is from: no journey, unless they travel home; with a visa, the citizenship."""
    place = "citizenship" if notes.facts.get("visa") else ""
    if place:
        notes.facts.setdefault("citizenship", code)
    if home := _HOME.search(notes.low):
        _note_trip(notes, code, span, home.end())
    else:
        notes.chip("origin", span, code, place)


def _note_trip(notes: Notes, code: str, span: tuple[int, int], after: int) -> None:
    """A journey to a country, with the days told behind it or before it."""
    entry: Json = {"country": code}
    days = next(iter(_DAYS.finditer(notes.low[after : after + 40])), None)
    at = after
    if days is None:
        at = max(0, span[0] - 40)
        days = next(iter(_DAYS.finditer(notes.low[at : span[0]])), None)
    if days and notes.is_free(at + days.start(), at + days.end()):
        many = NUMBER_WORDS.get(days["n"]) or int(float(days["n"]))
        each = {"d": 1, "w": 7, "m": 30}[days["unit"][0]]
        entry["days"] = min(many * each, 366)
        notes.use(at + days.start(), at + days.end())
    notes.entries("travel").append(entry)
    place = f"travel[{len(notes.entries('travel')) - 1}]"
    notes.chip("travel", span, code, place)
