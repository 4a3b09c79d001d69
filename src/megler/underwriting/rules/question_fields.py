"""The fields of the facts that a question told, and what each shows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from megler.carriers.rules.ratings import QuestionType
from megler.underwriting.rules.asked_about import AskedOf
from megler.vocabulary.codes import JURISDICTIONS, Line, RequirementKind

Json = Mapping[str, Any]


class Kind(StrEnum):
    """How a field is typed. `words` are read like a question, for a list that is not known yet."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    AMOUNT = "amount"
    AGE = "age"
    HEIGHT = "height"
    WEIGHT = "weight"
    PRESSURE = "pressure"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Field:
    """A fact as it is typed. `place` is its key of the facts document, or one of `TOGETHER`.

    `value` is what stands there now, as it would be typed; `unit` stands behind it; `choices` are
    codes; `question` is a guide's own.
    """

    place: str
    kind: Kind
    value: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    question: str = ""


TOGETHER: Mapping[str, tuple[str, ...]] = {
    "age": ("age", "born"),
    "height": ("height_in", "height_cm"),
    "weight": ("weight_lb", "weight_kg"),
    "blood_pressure": ("blood_pressure.systolic", "blood_pressure.diastolic"),
}
"""Fields that stand for several keys of the document."""
LISTS = (
    "nicotine", "conditions", "medications", "driving", "criminal", "avocations", "travel", "family",
    "evidence",
)  # fmt: skip
_PRODUCTS = (
    "cigarette", "e_cigarette", "cigar", "cigarillo", "pipe", "chewing_tobacco", "snuff", "snus",
    "nicotine_pouch", "nicotine_gum", "nicotine_patch", "hookah", "other",
)  # fmt: skip
_RELATIONS = ("father", "mother", "brother", "sister")
_LINES = tuple(line.value for line in Line)
_PLAIN: Mapping[str, tuple[Kind, str, tuple[str, ...]]] = {
    "age": (Kind.AGE, "", ()),
    "sex": (Kind.CHOICE, "", ("female", "male")),
    "jurisdiction": (Kind.CHOICE, "", tuple(JURISDICTIONS)),
    "zip": (Kind.TEXT, "", ()),
    "county": (Kind.TEXT, "", ()),
    "citizenship": (Kind.TEXT, "", ()),
    "visa": (Kind.TEXT, "", ()),
    "height": (Kind.HEIGHT, "", ()),
    "weight": (Kind.WEIGHT, "", ()),
    "blood_pressure": (Kind.PRESSURE, "mmHg", ()),
    "blood_pressure.treated": (Kind.FLAG, "", ()),
    "cholesterol.total": (Kind.NUMBER, "mg/dL", ()),
    "cholesterol.hdl": (Kind.NUMBER, "mg/dL", ()),
    "cholesterol.hdl_ratio": (Kind.NUMBER, "", ()),
    "cholesterol.treated": (Kind.FLAG, "", ()),
    "occupation": (Kind.TEXT, "", ()),
    "duties": (Kind.TEXT, "", ()),
    "income_annual": (Kind.AMOUNT, "USD", ()),
    "net_worth": (Kind.AMOUNT, "USD", ()),
    "wants.line": (Kind.CHOICE, "", _LINES),
    "wants.face_amount": (Kind.AMOUNT, "USD", ()),
    "wants.benefit_monthly": (Kind.AMOUNT, "USD", ()),
    "wants.premium": (Kind.AMOUNT, "USD", ()),
    "wants.term_years": (Kind.WHOLE, "", ()),
}
_ENTRIES: Mapping[str, Mapping[str, tuple[Kind, str, tuple[str, ...]]]] = {
    "nicotine": {
        "product": (Kind.CHOICE, "", _PRODUCTS),
        "last_used": (Kind.DAY, "", ()),
        "per_week": (Kind.NUMBER, "", ()),
        "details.per_year": (Kind.NUMBER, "", ()),
    },
    "conditions": {
        "name": (Kind.TEXT, "", ()),
        "since": (Kind.DAY, "", ()),
        "until": (Kind.DAY, "", ()),
    },
    "medications": {"name": (Kind.TEXT, "", ()), "dose": (Kind.TEXT, "", ())},
    "driving": {"event": (Kind.TEXT, "", ()), "on": (Kind.DAY, "", ())},
    "criminal": {
        "event": (Kind.TEXT, "", ()),
        "on": (Kind.DAY, "", ()),
        "ended": (Kind.DAY, "", ()),
    },
    "avocations": {"name": (Kind.TEXT, "", ())},
    "travel": {"country": (Kind.TEXT, "", ()), "days": (Kind.WHOLE, "", ())},
    "family": {
        "relation": (Kind.CHOICE, "", _RELATIONS),
        "condition": (Kind.TEXT, "", ()),
        "onset_age": (Kind.WHOLE, "", ()),
        "death_age": (Kind.WHOLE, "", ()),
        "alive": (Kind.FLAG, "", ()),
    },
    "evidence": {
        "kind": (Kind.CHOICE, "", tuple(kind.value for kind in RequirementKind)),
        "on": (Kind.DAY, "", ()),
    },
}
NAMES = ("name", "event", "product", "country", "relation", "kind")
"""The keys by which an entry of a list is known."""
_ALWAYS = {"conditions": ("since",), "driving": ("on",), "criminal": ("on",), "travel": ("days",)}
_ENTRY = re.compile(r"(?P<list>[a-z_]+)\[(?P<at>\d{1,2})\](?:\.(?P<key>[a-z][a-z0-9_.]*))?")
_TYPES = {
    QuestionType.NUMBER: Kind.NUMBER,
    QuestionType.CHOICE: Kind.CHOICE,
    QuestionType.FLAG: Kind.FLAG,
    QuestionType.DATE: Kind.DAY,
}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together: a figure, or an entry of a list. `place` is what is taken away."""

    place: str
    fields: tuple[Field, ...]


def groups_of(document: Json, asked: Mapping[str, Iterable[AskedOf]]) -> list[Group]:
    """What a facts document of one person tells, each with its fields, in the order of the document.

    `asked` are the guides' questions of an entry, by its place (`conditions[0]`), and of the person,
    by `details`.
    """
    found: list[Group] = []
    for place in _PLAIN:
        if place.endswith(".treated"):
            continue
        value = shown_at(document, place)
        treated = f"{place.partition('.')[0]}.treated" if "." in place else f"{place}.treated"
        if value:
            more = [treated] if treated in _PLAIN and not _has_group(found, treated) else []
            fields = tuple(field_of(document, one) for one in (place, *more))
            found.append(Group(place, tuple(one for one in fields if one)))
    for key in ("blood_pressure.treated", "cholesterol.treated"):
        if shown_at(document, key) and not _has_group(found, key):
            found.append(Group(key, (Field(key, Kind.FLAG, shown_at(document, key)),)))
    questions = {one.key: one for one in asked.get("details", ())}
    for key, value in (document.get("details") or {}).items():
        place = f"details.{key}"
        found.append(Group(place, (_answer_field(place, value, questions.get(key)),)))
    for listed in LISTS:
        entries = document.get(listed)
        if entries == []:
            found.append(Group(listed, ()))
        for at, entry in enumerate(entries if isinstance(entries, list) else ()):
            place = f"{listed}[{at}]"
            found.append(Group(place, tuple(_entry_fields(entry, place, asked.get(place, ())))))
    return found


def _has_group(groups: Iterable[Group], place: str) -> bool:
    return any(one.place == place for group in groups for one in group.fields)


def _entry_fields(entry: Json, place: str, asked: Iterable[AskedOf]) -> Iterator[Field]:
    listed = place.partition("[")[0]
    for key, (kind, unit, choices) in _ENTRIES[listed].items():
        value = shown(kind, at_place(entry, key))
        if value or key in NAMES or key in _ALWAYS.get(listed, ()):
            yield Field(f"{place}.{key}", kind, value, unit, choices)
    questions = {one.key: one for one in asked}
    for key, value in (entry.get("details") or {}).items():
        if f"details.{key}" not in _ENTRIES[listed] and value is not None:
            yield _answer_field(f"{place}.details.{key}", value, questions.get(key))


def _answer_field(place: str, value: object, asked: AskedOf | None) -> Field:
    if asked is None:
        flag = isinstance(value, bool)
        number = isinstance(value, int | float)
        kind = Kind.FLAG if flag else Kind.NUMBER if number else Kind.TEXT
        return Field(place, kind, shown(kind, value))
    kind = _TYPES[asked.type]
    return Field(place, kind, shown(kind, value), asked.unit, asked.values, asked.text)


def field_of(document: Json, fact: str, asked: Iterable[AskedOf] = ()) -> Field | None:
    """The field in which a fact that is asked for would be typed; None where there is none.

    >>> field_of({}, "blood_pressure.systolic").kind, field_of({}, "family").kind
    (<Kind.PRESSURE: 'pressure'>, <Kind.WORDS: 'words'>)
    """
    place = next((one for one, keys in TOGETHER.items() if fact in keys), fact)
    if place in _PLAIN:
        kind, unit, choices = _PLAIN[place]
        return Field(place, kind, shown_at(document, place), unit, choices)
    if place in LISTS or place == "cholesterol":
        return Field(place, Kind.WORDS)
    part = _ENTRY.fullmatch(place)
    listed, key = (part["list"], part["key"] or "") if part else ("", place)
    if key.startswith("details."):
        told = next((one for one in asked if f"details.{one.key}" == key), None)
        if told is not None:
            return _answer_field(place, at_place(document, place), told)
    if key in _ENTRIES.get(listed, {}):
        kind, unit, choices = _ENTRIES[listed][key]
        return Field(place, kind, shown(kind, at_place(document, place)), unit, choices)
    return None


def shown_at(document: Json, place: str) -> str:
    """What a field shows of a document: as it would be typed, empty where nothing is known."""
    keys = TOGETHER.get(place)
    if keys is None:
        kind = _PLAIN[place][0] if place in _PLAIN else Kind.TEXT
        return shown(kind, at_place(document, place))
    values = [at_place(document, key) for key in keys]
    if place == "blood_pressure":
        return "/".join(map(str, values)) if None not in values else ""
    told = next((number for number, value in enumerate(values) if value is not None), None)
    if told is None:
        return ""
    unit = {"height_cm": " cm", "weight_kg": " kg", "weight_lb": " lb"}.get(keys[told], "")
    return f"{_feet(values[told])}" if keys[told] == "height_in" else f"{values[told]}{unit}"


def _feet(inches: object) -> str:
    if not isinstance(inches, int):
        return f"{inches} in"
    return f"{inches // 12}'{inches % 12}"


def shown(kind: Kind, value: object) -> str:
    """A value of the document as it would be typed."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def at_place(document: Any, place: str) -> Any:
    """What stands at a key of the document; None where nothing does."""
    for step in steps(place):
        if isinstance(step, int):
            document = (
                document[step] if isinstance(document, list) and step < len(document) else None
            )
        else:
            document = document.get(step) if isinstance(document, dict) else None
    return document


def steps(place: str) -> list[str | int]:
    """A key of the document in its steps.

    >>> steps("conditions[0].details.a1c")
    ['conditions', 0, 'details', 'a1c']
    """
    found = re.findall(r"\[(\d+)\]|([^.\[\]]+)", place)
    return [int(number) if number else name for number, name in found]
