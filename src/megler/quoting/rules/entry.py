"""What an agent types on the quote page, read into the facts document.

Each field is read as it is meant, or named as a problem with the field it stands in. An empty field
is unknown, never "no".
"""

from collections.abc import Mapping
from datetime import date

from megler.quoting.rules.wanted import wishes
from megler.underwriting.rules.person_entry import PLACE, person_of_entry
from megler.underwriting.rules.typed import Document, Reader, Unread, whole_number
from megler.vocabulary.problems import Problem

CHILDREN_MAX = 12


def facts_from_entry(entry: Mapping[str, str], on: date) -> tuple[Document, list[Problem]]:
    """The facts document of what was typed on day `on`, and every field that could not be read.

    A partner or children make a document of several people; a wish for each, for both on one
    policy, or for the whole family, as was chosen.
    """
    reader = Reader(entry)
    insured = person_of_entry(reader, on)
    family = _family_members(reader, insured, on)
    wanted = wishes(reader, [str(one["id"]) for one in family])
    wants: object = wanted[0] if len(wanted) == 1 else wanted
    if not family:
        return {**insured, "wants": wants}, reader.problems
    people = [{"id": "insured", "role": "insured", **insured}, *family]
    return {"people": people, "wants": wants}, reader.problems


def _family_members(reader: Reader, insured: Document, on: date) -> list[Document]:
    """The partner, when there is one, and the children whose ages were typed for a family's wish."""
    place = {key: insured[key] for key in PLACE if key in insured}
    family: list[Document] = []
    if reader.text("partner"):
        partner = person_of_entry(reader.of("partner_"), on)
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
