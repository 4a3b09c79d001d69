"""What the quote already knows, as answers: nothing is asked twice.

A fact that is unknown gives no answer; a list that is complete and empty gives a no.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from megler.applications.rules.prefill_lines import (
    Facts,
    answers_of_line,
    insured_of,
    is_of_kind,
    line_of,
)
from megler.forms.rules.questionnaire import AnswerType, Questionnaire
from megler.vocabulary.ages import add_months
from megler.vocabulary.codes import Line
from megler.vocabulary.conditions import by_icd10, recognised, wider


def answers_from(facts: Facts, offer: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Raw answers by question key, from the facts document and the offer chosen on the day `on`.

    `offer` is what the application keeps of it: `carrier_name`, `product_name`, `face_amount`, …
    """
    person = insured_of(facts, offer)
    found: dict[str, Any] = {
        "signed_in": person.get("signed_in") or person.get("jurisdiction"),
        "insured_born": _exact(person.get("born")),
        "insured_sex": person.get("sex"),
        "insured_address": _address(person),
        "insured_occupation": person.get("occupation"),
        "insured_income": person.get("income_annual"),
        "insured_net_worth": person.get("net_worth"),
        "height_in": _whole(person.get("height_in"), person.get("height_cm"), 2.54),
        "weight_lb": _whole(person.get("weight_lb"), person.get("weight_kg"), 0.45359237),
        "beneficiaries": _beneficiaries(person),
        "cover_carrier": offer.get("carrier_name"),
        "cover_product": offer.get("product_name"),
        "cover_face_amount": offer.get("face_amount"),
        "cover_term_years": offer.get("term_years"),
        "cover_class": offer.get("class_name"),
        "cover_premium": offer.get("premium"),
        "cover_mode": offer.get("mode") if offer.get("yields") in {None, "premium"} else None,
        **_citizenship(person),
        **_owner(person),
        **_nicotine(person, on),
        **_existing(person, line_of(offer)),
        **_vitals(person),
        **_medication(person),
        **_family(person),
        **_said(person, "avocations", "avocations", "name"),
        **_said(person, "driving", "driving", "event"),
        **_said(person, "criminal", "criminal", "event"),
        **_said(person, "travel", "travel", "country"),
        **answers_of_line(facts, person, offer),
    }
    if "group" in str(offer.get("line", "")) or offer.get("line") == "health":
        found |= _user_now(found.get("nicotine"))
    return {key: value for key, value in found.items() if value is not None}


def _exact(day: object) -> str | None:
    """A whole date; a month alone is not one."""
    text = str(day or "")
    return text if len(text) == len("2000-01-31") else None


def _whole(given: Any, metric: Any, factor: float) -> int | None:
    if given is not None:
        return round(float(given))
    return None if metric is None else round(float(metric) / factor)


def _address(person: Facts) -> dict[str, str] | None:
    found = {"state": person.get("jurisdiction"), "zip": person.get("zip")}
    return {key: str(value) for key, value in found.items() if value} or None


def _citizenship(person: Facts) -> dict[str, Any]:
    country = person.get("citizenship")
    if not country:
        return {}
    if country == "US":
        return {"insured_citizen": "yes"}
    told = ", ".join(str(part) for part in (country, person.get("visa")) if part)
    return {"insured_citizen": "no", "insured_visa": told}


def _owner(person: Facts) -> dict[str, Any]:
    owner = person.get("owner")
    return {"owner_is_insured": "no", "owner_name": owner.get("name")} if owner else {}


def _nicotine(person: Facts, on: date) -> dict[str, Any]:
    """Never, in the past, or now: used within the last month."""
    uses = person.get("nicotine")
    if uses is None or person.get("nicotine_complete") is False:
        return {}
    if not uses:
        return {"nicotine": "never"}
    told = "; ".join(text for use in uses if (text := _use(use)))
    days = [str(use.get("last_used") or "") for use in uses]
    found: dict[str, Any] = {"nicotine_product": told or None}
    if not all(days):
        return found
    latest = max(days)
    if latest[:7] >= add_months(on, -1).isoformat()[:7]:
        return found | {"nicotine": "current"}
    return found | {"nicotine": "past", "nicotine_last_used": _exact(latest)}


def _use(use: Facts) -> str:
    product = str(use.get("product") or "").replace("_", " ")
    often = use.get("per_week")
    return f"{product}, {often:g} a week" if product and often is not None else product


def _user_now(nicotine: object) -> dict[str, Any]:
    """The one nicotine question of group and health forms."""
    said = {"never": "no", "current": "yes"}.get(str(nicotine))
    return {"group_smoker": said, "household_tobacco": said if said == "no" else None}


def _beneficiaries(person: Facts) -> list[dict[str, Any]] | None:
    listed = person.get("beneficiaries")
    if not listed:
        return None
    return [
        {
            "name": one.get("name"),
            "relationship": one.get("relation"),
            "class": "contingent" if one.get("contingent") else "primary",
            "share": one.get("share_percent"),
        }
        for one in listed
    ]


def _existing(person: Facts, line: Line | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    covers = person.get("in_force")
    if covers is not None and person.get("in_force_complete") is not False:
        covers = [cover for cover in covers if is_of_kind(cover, line)]
        found["has_existing"] = "yes" if covers else "no"
        found["existing_cover"] = [_cover(cover) for cover in covers] or None
        known = [cover.get("replace") for cover in covers]
        if None not in known:
            found["replacing"] = "yes" if any(known) else "no"
    pending = person.get("pending")
    if pending is not None and person.get("pending_complete") is not False:
        found["has_pending"] = "yes" if pending else "no"
        told = "; ".join(
            ", ".join(str(p) for p in (one.get("carrier"), one.get("amount")) if p)
            for one in pending
        )
        found["has_pending_details"] = told or None
    return found


def _cover(cover: Facts) -> dict[str, Any]:
    replaced = cover.get("replace")
    year = str(cover.get("issued") or "")[:4]
    return {
        "company": cover.get("carrier"),
        "policy_number": cover.get("policy_number"),
        "amount": cover.get("amount"),
        "year_issued": year or None,
        "replace": None if replaced is None else "yes" if replaced else "no",
    }


def _vitals(person: Facts) -> dict[str, Any]:
    """Treated pressure or cholesterol is a yes; the untreated is left to be asked."""
    told = []
    pressure, cholesterol = person.get("blood_pressure") or {}, person.get("cholesterol") or {}
    if pressure.get("treated"):
        told.append(f"Treated; last {pressure.get('systolic')}/{pressure.get('diastolic')} mmHg")
    if cholesterol.get("treated"):
        told.append(f"Treated; last total cholesterol {cholesterol.get('total')} mg/dL")
    return {"med_pressure": "yes", "med_pressure_details": "; ".join(told)} if told else {}


def _medication(person: Facts) -> dict[str, Any]:
    listed = person.get("medications")
    if listed is None or person.get("medications_complete") is False:
        return {}
    items = [{"name": one.get("name"), "dose": one.get("dose")} for one in listed]
    return {"takes_medication": "yes" if items else "no", "medications": items or None}


def _family(person: Facts) -> dict[str, Any]:
    listed = person.get("family")
    if listed is None or person.get("family_complete") is False:
        return {}
    keys = ("relation", "condition", "onset_age", "death_age")
    items = [{key: one.get(key) for key in keys} for one in listed]
    return {"family_history": "yes" if items else "no", "family": items or None}


def _said(person: Facts, fact: str, question: str, name: str) -> dict[str, Any]:
    """A list of events as yes with details, or no when there are none."""
    listed = person.get(fact)
    if listed is None or person.get(f"{fact}_complete") is False:
        return {}
    told = "; ".join(
        ", ".join(str(one[key]) for key in (name, "on", "days") if one.get(key)) for one in listed
    )
    if not listed:
        return {question: "no"}
    return {question: "yes", f"{question}_details": told.replace("_", " ") or None}


def conditions_told(
    questionnaire: Questionnaire, facts: Facts, offer: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Yes to each question that asks for a condition that the facts tell of, with what they say of it.

    A condition that no question asks for, and one not told, answers nothing: only a person says no.
    """
    person = insured_of(facts, offer)
    told: list[tuple[frozenset[str], str]] = []
    for one in person.get("conditions") or []:
        name = str(one.get("name") or "")
        codes = {code for found in recognised(name) for code in (found, *wider(found))}
        by_code = by_icd10(str(one.get("icd10") or ""))
        codes |= {by_code, *wider(by_code)} if by_code else set()
        since = str(one.get("since") or "")
        told.append((frozenset(codes), f"{name}, since {since}" if since else name))
    found: dict[str, Any] = {}
    for _, question in questionnaire.questions():
        mine = [text for codes, text in told if not codes.isdisjoint(question.conditions)]
        if mine and question.type is AnswerType.YES_NO:
            found |= {question.key: "yes", f"{question.key}_details": "; ".join(mine)}
    return found
