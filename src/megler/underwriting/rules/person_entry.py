"""One person as typed on a page of quotes or of underwriting, read into the facts document.

Each field is read as it is meant, or named as a problem with the field it stands in. An empty field
is unknown, never "no".
"""

from datetime import date

from megler.underwriting.rules.history_entry import HISTORY, entries_of
from megler.underwriting.rules.typed import (
    Document,
    Reader,
    amount,
    figure,
    height,
    pressure,
    weight,
    whole_number,
    without_unknown,
)

PLACE = ("jurisdiction", "zip", "county")


def person_of_entry(reader: Reader, on: date) -> Document:
    """What is known of a person, from the fields that the reader reads."""
    facts: Document = {}
    for name in ("born", "sex", *PLACE):
        facts[name] = reader.text(name) or None
    facts["age"] = None if facts["born"] else reader.read("age", whole_number)
    facts |= reader.read("height", height) or {}
    facts |= reader.read("weight", weight) or {}
    facts["nicotine"] = _nicotine(reader, on)
    facts["blood_pressure"] = _blood_pressure(reader)
    facts["cholesterol"] = _cholesterol(reader)
    facts["family"] = _family(reader)
    facts["occupation"] = reader.text("occupation") or None
    facts["income_annual"] = reader.read("income_annual", amount)
    facts["part_b_date"] = reader.text("part_b_date") or None
    facts["enrolment_window"] = reader.text("enrolment_window") or None
    facts["in_force"] = _in_force(reader)
    facts |= entries_of(reader)
    if reader.text("history") == "none":
        facts |= {name: [] for name in HISTORY if facts.get(name) is None}
    return without_unknown(facts)


def _in_force(reader: Reader) -> list[Document] | None:
    """Disability income that stands already: the monthly benefit of all of it."""
    benefit = reader.read("benefit_in_force", amount)
    return None if benefit is None else [{"line": "disability", "amount": benefit}]


def _nicotine(reader: Reader, on: date) -> list[Document] | None:
    use = reader.text("nicotine")
    if use in {"", "never"}:
        return [] if use == "never" else None
    told: Document = {"product": reader.text("nicotine_product") or "cigarette"}
    often = reader.read("nicotine_per_year", figure)
    if often is not None:
        told["details"] = {"per_year": often}
    last = reader.text("nicotine_last_used")
    if use == "now":
        return [{**told, "last_used": on.isoformat()}]
    if not last:
        reader.refuse("nicotine_last_used", "", "the month it was last used", "missing")
        return None
    return [{**told, "last_used": last}]


def _treated(reader: Reader, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(reader.text(name))


def _blood_pressure(reader: Reader) -> Document | None:
    read = reader.read("blood_pressure", pressure)
    if read is None:
        return None
    return without_unknown({**read, "treated": _treated(reader, "blood_pressure_treated")})


def _cholesterol(reader: Reader) -> Document | None:
    read = without_unknown(
        {
            "total": reader.read("cholesterol_total", figure),
            "hdl_ratio": reader.read("cholesterol_ratio", figure),
            "treated": _treated(reader, "cholesterol_treated"),
        }
    )
    return read or None


def _family(reader: Reader) -> list[Document] | None:
    known = reader.text("family")
    if known in {"", "none"}:
        return [] if known == "none" else None
    rows = []
    for number in ("1", "2"):
        row = without_unknown(
            {
                "relation": reader.text(f"family_relation_{number}") or None,
                "condition": reader.text(f"family_condition_{number}") or None,
                "onset_age": reader.read(f"family_onset_age_{number}", whole_number),
                "death_age": reader.read(f"family_death_age_{number}", whole_number),
            }
        )
        if row:
            rows.append(row if "death_age" in row else {**row, "alive": True})
    return rows or None
