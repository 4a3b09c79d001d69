"""What is typed on the assessment page, read into the facts document and back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from megler.underwriting.rules.history_entry import fields_of, rows_of
from megler.underwriting.rules.person_entry import person_of_entry
from megler.underwriting.rules.typed import (
    Document,
    Reader,
    amount,
    whole_number,
    without_unknown,
)
from megler.vocabulary.problems import Problem


def facts_of_entry(entry: Mapping[str, str], on: date) -> tuple[Document, list[Problem]]:
    """The facts document of what was typed on day `on`, and every field that could not be read."""
    reader = Reader(entry)
    person = person_of_entry(reader, on)
    person |= without_unknown({"net_worth": reader.read("net_worth", amount)})
    wants = without_unknown(
        {
            "line": reader.text("line") or None,
            "face_amount": reader.read("face_amount", amount),
            "term_years": reader.read("term_years", whole_number),
        }
    )
    return ({**person, "wants": wants} if wants else person), reader.problems


_PLAIN = (
    "born", "age", "sex", "jurisdiction", "zip", "county", "occupation", "income_annual", "net_worth",
)  # fmt: skip
_YES_NO = {True: "yes", False: "no", None: ""}


def insured_of(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document of one person: of several, the first who is insured, with the wishes."""
    people = document.get("people")
    if not people:
        return document
    chosen = next((p for p in people if p.get("role") in {None, "insured"}), people[0])
    return {**chosen, "wants": document.get("wants")}


def entry_of_facts(document: Mapping[str, Any], on: date) -> dict[str, str]:
    """The fields that would be typed for a facts document of one person."""
    found = {key: str(document[key]) for key in _PLAIN if document.get(key) is not None}
    for key, metric, unit in (("height", "height_cm", "cm"), ("weight", "weight_kg", "kg")):
        imperial = {"height": "height_in", "weight": "weight_lb"}[key]
        if document.get(imperial) is not None:
            found[key] = str(document[imperial])
        elif document.get(metric) is not None:
            found[key] = f"{document[metric]} {unit}"
    found |= _vitals(document) | _nicotine(document, on) | _family(document)
    wants = document.get("wants") or {}
    wish = wants[0] if isinstance(wants, list) and wants else wants
    for key in ("line", "face_amount", "term_years"):
        if isinstance(wish, dict) and wish.get(key) is not None:
            found[key] = str(wish[key])
    return found | fields_of(rows_of(document))


def _vitals(document: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    pressure = document.get("blood_pressure") or {}
    if pressure.get("systolic") is not None and pressure.get("diastolic") is not None:
        found["blood_pressure"] = f"{pressure['systolic']}/{pressure['diastolic']}"
    lipids = document.get("cholesterol") or {}
    for key, field in (("total", "cholesterol_total"), ("hdl_ratio", "cholesterol_ratio")):
        if lipids.get(key) is not None:
            found[field] = str(lipids[key])
    found["blood_pressure_treated"] = _YES_NO[pressure.get("treated")]
    found["cholesterol_treated"] = _YES_NO[lipids.get("treated")]
    return {key: text for key, text in found.items() if text}


def _nicotine(document: Mapping[str, Any], on: date) -> dict[str, str]:
    uses = document.get("nicotine")
    if uses is None:
        return {}
    if not uses:
        return {"nicotine": "never"}
    latest = max(uses, key=lambda use: str(use.get("last_used") or ""))
    last = str(latest.get("last_used") or "")
    found = {"nicotine_product": str(latest.get("product") or "cigarette")}
    often = (latest.get("details") or {}).get("per_year")
    if often is None and latest.get("per_week") is not None:
        often = round(float(latest["per_week"]) * 52)
    found |= {"nicotine_per_year": str(often)} if often is not None else {}
    if last[:7] == on.isoformat()[:7] or not last:
        return {**found, "nicotine": "now"}
    return {**found, "nicotine": "stopped", "nicotine_last_used": last[:7]}


def _family(document: Mapping[str, Any]) -> dict[str, str]:
    relatives = document.get("family")
    if relatives is None:
        return {}
    if not relatives:
        return {"family": "none"}
    found = {"family": "some"}
    for number, relative in enumerate(relatives[:2], start=1):
        for key in ("relation", "condition", "onset_age", "death_age"):
            if relative.get(key) is not None:
                found[f"family_{key}_{number}"] = str(relative[key])
    return found
