"""What the words around a condition answer of the guides' questions: `copd, 66, mild, no oxygen`.

A choice or a flag is answered by the entry's own words, which every guide reads for itself: what is found
beside the name is put to it. Figures and days stand under the guides' keys.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import cast

from megler.carriers.rules.ratings import Question, QuestionType
from megler.underwriting.rules.asking.dates import when_in
from megler.underwriting.rules.asking.notes import NUMBER, Json, Notes, figure
from megler.underwriting.rules.worded import answer_in_words
from megler.vocabulary.conditions import drugs_named, recognised, wider
from megler.vocabulary.conditions import plain as plainly

plain = lru_cache(maxsize=20_000)(plainly)
_SAYS_LITTLE = {
    "none", "normal", "never", "good", "other", "yes", "average", "usual", "known", "positive", "negative", "one",
    "two", "three", "past", "recent", "now", "high", "low", "new", "poor", "fair", "minor", "regular", "family",
    "light",
    "unknown", "small", "large", "work", "full", "partial", "current", "first", "second", "excellent", "no treatment",
    "within 1 year", "over 1 year", "heavy", "all", "both", "several", "some", "any", "male", "female", "term",
    "carrier", "short", "long", "home", "natural", "living", "single", "class", "rates", "stopped", "started", "open",
}  # fmt: skip
_FLAGS = set(map(plain, {
    "oxygen", "insulin", "surgery", "complications", "symptoms", "seizures", "recurrence", "ulcers", "hospitalized",
    "hospitalised", "metastatic", "transplant", "pacemaker", "cirrhosis", "fibrosis", "treated", "stable", "cured",
    "resolved", "controlled", "relapses", "residuals", "deficits", "ablated", "operated", "invasive", "recurrent",
    "disabled", "growing", "undetectable", "amyloidosis", "dependent", "kidneys", "rupture", "embolism", "recovered",
    "deep diving", "cave diving", "ice diving", "solo diving",
}))  # fmt: skip
_ENDS = re.compile(
    r"[.;?!]\s|\n|\b(?:wants?|looking|needs?|who\b|which\b|what\b|best\b|term\b|face\b)"
)
_YEARS_OF = re.compile(
    rf"\b(?P<what>stable|sober|clean|dry|abstinent|seizure[- ]free|flare[- ]free|symptom[- ]free"
    rf"|event[- ]free|in remission"
    rf"|remission|cancer[- ]free|cured|well controlled)\s*(?:for|since|x|over|about|now|the (?:last"
    rf"|past))*\s*(?P<n>{NUMBER})\+?\s*"
    r"(?P<unit>years?|yrs?|yr|y|months?|mos?)\b"
    rf"|\b(?P<n2>{NUMBER})\+?\s*(?P<unit2>years?|yrs?|yr|months?|mos?)\s*(?:of\s+)?(?P<what2>stable"
    rf"|sober|sobriety|clean|dry"
    r"|abstinent|seizure[- ]free|flare[- ]free|symptom[- ]free|in remission|remission|cancer[- ]free)\b"
)
_KEYS_OF = {
    "stable": ("stable", "years_stable"), "sober": ("sober", "abstinent"), "clean": ("sober", "abstinent"),
    "dry": ("sober", "abstinent"), "abstinent": ("abstinent", "sober"), "sobriety": ("sober", "abstinent"),
    "seizure": ("seizure_free",), "remission": ("remission", "stable"), "in": ("remission", "stable"),
    "cured": ("cure",), "well": ("stable",), "symptom": ("stable",), "flare": ("stable",),
}  # fmt: skip
_LAST = re.compile(
    r"\blast\s+(?P<what>flare|attack|episode|seizure|drink|use|used|relapse|hospitali[sz]ation"
    r"|hospitali[sz]ed|hospital stay"
    r"|surgery|overdose|drank|smoked|crisis|stent|event)\w*\s*(?:was|in|on|about|around|:|at)*\s*"
    r"|\b(?P<since>sober|clean|dry|abstinent|recovery)\s+since\s+"
)
_LAST_KEYS = {
    "flare": "last_flare", "attack": "last_flare", "episode": "last_flare", "seizure": "last_seizure",
    "drink": "last_use", "use": "last_use", "used": "last_use", "drank": "last_use", "relapse": "last_use",
    "surgery": "last_surgery", "overdose": "last_overdose", "hospital stay": "last_hospitalized",
}  # fmt: skip
_OTHER_WORDS = tuple(
    (re.compile(rf"\b(?:{words})\b"), other)
    for words, other in (
        ("ablation", "ablated"), ("in situ", "stage 0"), ("trad", "traditional"), ("hospitalised", "hospitalized"),
        ("gi|gastro", "gastrointestinal"), ("uncontrolled", "poor"), ("stage iv", "stage 4"), ("stage iii", "stage 3"),
        ("stage ii", "stage 2"), ("stage i", "stage 1"),
    )
)  # fmt: skip
"""The field's words for what guides' answers say in others."""
_REACH = 90


def read_clause(
    notes: Notes, codes: Sequence[str], place: tuple[str, int], span: tuple[int, int]
) -> None:
    """Add to an entry what the words behind its name, up to `span`'s end, answer."""
    start, until = span
    entry = notes.entries(place[0])[place[1]]
    clause = notes.low[start : min(until, start + _REACH)]
    if end := _ENDS.search(clause):
        clause = clause[: end.start()]
    for words, other in _OTHER_WORDS:
        clause = words.sub(rf"\g<0> {other}", clause)
    asked = notes.asked_of(one for code in codes for one in wider(code))
    key = "event" if "event" in entry else "name"
    added = _worded(asked, clause, str(entry[key]))
    if added:
        entry[key] = " ".join([str(entry[key]), *added])
        _use_words(notes, added, start, start + len(clause))


def read_spans(notes: Notes, code: str, number: int, span: tuple[int, int]) -> None:
    """Add how long somebody has been stable or sober, and when the last attack was, under the guides' keys."""
    entry = notes.entries("conditions")[number]
    asked = notes.asked_of(wider(code))
    for found in list(_YEARS_OF.finditer(notes.low, *span)):
        _note_years(notes, entry, asked, found)
    for found in list(_LAST.finditer(notes.low, *span)):
        _note_last(notes, entry, asked, found)


def _worded(asked: Iterable[Question], clause: str, name: str) -> list[str]:
    """The values of choices, and the flags, that stand in a clause and not yet in the name."""
    said, told = f" {plain(clause)} ", f" {plain(name)} "
    found: dict[str, None] = {}
    for one in asked:
        if one.type is QuestionType.CHOICE:
            for value in one.values:
                words = plain(value.replace("_", " "))
                if words in _SAYS_LITTLE or f" {words} " in told:
                    continue
                if len(words) <= 2:
                    words = f"{plain(one.key.replace('_', ' '))} {words}"
                if (
                    f" {words} " in said
                    and not drugs_named(words)
                    and answer_in_words(one, clause) is not None
                ):
                    found[words] = None
        elif one.type is QuestionType.FLAG:
            words = plain(one.key.replace("_", " "))
            answer = (
                answer_in_words(one, clause) if words in _FLAGS and f" {words} " in said else None
            )
            if answer is not None and f" {words} " not in told:
                found[words if answer else f"no {words}"] = None
    own = {one for code in recognised(name) for one in wider(code)}
    return [
        one
        for one in found
        if not any(one != other and one in other for other in found)
        and set(recognised(one, "conditions")) <= own
    ]


def _use_words(notes: Notes, added: Iterable[str], start: int, until: int) -> None:
    for words in added:
        for word in words.split():
            match = re.compile(rf"\b{re.escape(word)}\w*").search(notes.low, start, until)
            if match and notes.is_free(*match.span()):
                notes.use(*match.span())


def _note_years(notes: Notes, entry: Json, asked: Iterable[Question], found: re.Match[str]) -> None:
    what = (found["what"] or found["what2"]).split("-")[0].split()[0]
    unit = (found["unit"] or found["unit2"])[0]
    many = figure(found["n"] or found["n2"])
    keys = [
        q.key
        for q in asked
        if q.type is QuestionType.NUMBER
        and q.unit.startswith("year" if unit == "y" else "month")
        and any(part in q.key for part in _KEYS_OF.get(what, ()))
    ]
    if keys and notes.is_free(*found.span()):
        details = cast(Json, entry.setdefault("details", {}))
        for one in keys:
            details[one] = int(many) if many == int(many) else float(many)
        notes.chip("detail", found.span(), f"{keys[0]} {many}", "")


def _note_last(notes: Notes, entry: Json, asked: Iterable[Question], found: re.Match[str]) -> None:
    told = when_in(notes.low[found.end() : found.end() + 22], notes.on, notes.age)
    if told is None or told[0].start() > 1:
        return
    what = (found["what"] or "use").rstrip()
    wanted = _LAST_KEYS.get(what, "last_hospitalized" if what.startswith("hosp") else "")
    keys = [q.key for q in asked if q.type is QuestionType.DATE and q.key == wanted]
    if not keys or not notes.is_free(*found.span()):
        return
    cast(Json, entry.setdefault("details", {}))[keys[0]] = told[1]
    notes.chip("detail", (found.start(), found.end() + told[0].end()), f"{keys[0]} {told[1]}", "")
