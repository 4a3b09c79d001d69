"""Drugs: each once, with its dose and what it is said to be taken for."""

import re

from megler.underwriting.rules.asking.fillers import FILLERS
from megler.underwriting.rules.asking.notes import Json, Notes
from megler.vocabulary.conditions import drugs_named, is_word_of_the_field, medications, named
from megler.vocabulary.words import everyday

_DOSE = re.compile(
    r"\s*(?P<dose>\d+(?:\.\d+)?\s*(?:mg|mcg|units?|ml))\b(?:/day|\s*(?:daily|bid|qd))?"
)
_TAKEN_FOR = re.compile(
    r"[^.;?!\n]{0,35}?\b(?:for|it'?s|just|as|is)\s+(?:for\s+|just\s+)?"
    r"(?P<why>that\b|it\b|this\b|(?:wt|weight)(?:\s+loss|\s+management)?|prep|prevention|prophyla\w+"
    r"|sleep|acne|hair(?: loss)?"
    r"|hot flashes|surgery|dental|motion sickness|stage fright|public speaking)\b"
)


def read_drugs(notes: Notes) -> None:
    """Medications; a class of drugs counts as one."""
    things = named(notes.text)
    for one in drugs_named(notes.text):
        if one.negated or not notes.is_free(one.start, one.end):
            continue
        if any(n.start <= one.start and one.end <= n.end for n in things):
            continue
        if (
            notes.text[one.start : one.end].lower() in {"iron", "soma", "steroids"}
            and "medications" not in notes.facts
        ):
            continue
        entries = notes.entries("medications")
        if any(entry["name"] == one.code for entry in entries):
            notes.use(one.start, one.end)
            continue
        entry: Json = {"name": one.code}
        end = one.end
        if dose := _DOSE.match(notes.low, end):
            entry["dose"] = dose["dose"]
            end = dose.end()
        if reason := _TAKEN_FOR.match(notes.low, end):
            entry["details"] = {"taken_for": reason["why"]}
            notes.use(*reason.span("why"))
        entries.append(entry)
        notes.chip("medications", (one.start, end), one.code, f"medications[{len(entries) - 1}]")
    _read_shortened(notes)


_SHORTENED = re.compile(r"\b(?P<word>[a-z]{5,})\b(?=\s*\d{1,4}\b|\s*(?:[,+&/]|and\b|$))")


def _read_shortened(notes: Notes) -> None:
    """A drug by the beginning of its name: `atorva 10`."""
    for found in list(notes.find(_SHORTENED)):
        word = found["word"]
        if word in everyday() or word in FILLERS or is_word_of_the_field(word):
            continue
        meant = {name for name in medications() if name.startswith(word)}
        if len(meant) == 1:
            entries = notes.entries("medications")
            name = next(iter(meant))
            if all(entry["name"] != name for entry in entries):
                entries.append({"name": name})
            notes.chip("medications", found.span(), name, f"medications[{len(entries) - 1}]")


def treat_by_drugs(notes: Notes) -> None:
    """A told hypertension with a drug for it is a treated one; so is high cholesterol."""
    taken = notes.facts.get("medications")
    likely = {
        c
        for entry in (taken if isinstance(taken, list) else [])
        for c in medications()[entry["name"]].likely
    }
    for code, key in (("hypertension", "blood_pressure"), ("hyperlipidemia", "cholesterol")):
        if code in likely and (code in notes.codes or key in notes.facts):
            notes.part(key).setdefault("treated", True)
