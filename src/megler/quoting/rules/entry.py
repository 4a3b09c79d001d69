"""What an agent types on the quote page, read into the facts document.

Each field is read as it is meant, or named as a problem with the field it stands in. An empty field
is unknown, never "no".
"""

from collections.abc import Mapping
from datetime import date

from megler.quoting.rules.wanted import wishes
from megler.underwriting.rules.typed import (
    Document,
    Reader,
    Unread,
    amount,
    figure,
    height,
    pressure,
    weight,
    whole_number,
    without_unknown,
)
from megler.vocabulary.problems import Problem

_HISTORY = ("conditions", "medications", "driving", "criminal", "avocations", "travel")
_PLACE = ("jurisdiction", "zip", "county")
CHILDREN_MAX = 12


def facts_from_entry(entry: Mapping[str, str], on: date) -> tuple[Document, list[Problem]]:
    """The facts document of what was typed on day `on`, and every field that could not be read.

    A partner or children make a document of several people; a wish for each, for both on one
    policy, or for the whole family, as was chosen.
    """
    reader = Reader(entry)
    insured = _person(reader, on)
    family = _family_members(reader, insured, on)
    wanted = wishes(reader, [str(one["id"]) for one in family])
    wants: object = wanted[0] if len(wanted) == 1 else wanted
    if not family:
        return {**insured, "wants": wants}, reader.problems
    people = [{"id": "insured", "role": "insured", **insured}, *family]
    return {"people": people, "wants": wants}, reader.problems


def _family_members(reader: Reader, insured: Document, on: date) -> list[Document]:
    """The partner, when there is one, and the children whose ages were typed for a family's wish."""
    place = {key: insured[key] for key in _PLACE if key in insured}
    family: list[Document] = []
    if reader.text("partner"):
        partner = _person(reader.of("partner_"), on)
        family.append({"id": "partner", "role": "spouse", **place, **partner})
    if reader.text("line") == "health":
        ages = reader.read("children", _ages) or []
        family += [
            {"id": f"child-{number}", "role": "child", **place, "age": age}
            for number, age in enumerate(ages, start=1)
        ]
    return family


def _ages(text: str) -> list[int]:
    """Ages with anything but digits between them: 12, 9 and 4."""
    words = text.replace(",", " ").replace(";", " ").split()
    if len(words) > CHILDREN_MAX or not all(w.isascii() and w.isdigit() for w in words):
        raise Unread("ages such as 12, 9, 4")
    return [whole_number(word) for word in words]


def _person(reader: Reader, on: date) -> Document:
    facts: Document = {}
    for name in ("born", "sex", *_PLACE):
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
    if reader.text("history") == "none":
        facts |= {name: [] for name in _HISTORY}
    return without_unknown(facts)


def _in_force(reader: Reader) -> list[Document] | None:
    """Disability income that stands already: the monthly benefit of all of it."""
    benefit = reader.read("benefit_in_force", amount)
    return None if benefit is None else [{"line": "disability", "amount": benefit}]


def _nicotine(reader: Reader, on: date) -> list[Document] | None:
    use = reader.text("nicotine")
    if use in {"", "never"}:
        return [] if use == "never" else None
    product = reader.text("nicotine_product") or "cigarette"
    last = reader.text("nicotine_last_used")
    if use == "now":
        return [{"product": product, "last_used": on.isoformat()}]
    if not last:
        reader.refuse("nicotine_last_used", "", "the month it was last used", "missing")
        return None
    return [{"product": product, "last_used": last}]


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
