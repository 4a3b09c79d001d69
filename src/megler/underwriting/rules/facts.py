"""A facts document read: shape, then sense, then typed `Facts`; every problem at once.

The document's shape is facts.schema.json, described in docs/facts.md.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from megler.underwriting.rules.people import (
    Beneficiary,
    BloodPressure,
    Cholesterol,
    Cover,
    Day,
    Entry,
    Evidence,
    Facts,
    NicotineUse,
    Owner,
    Person,
    Relative,
    Trip,
)
from megler.underwriting.rules.sense import (
    CM_PER_INCH,
    KG_PER_LB,
    Raw,
    senseless,
)
from megler.underwriting.rules.shape import days_of, shape_problems, shown
from megler.underwriting.rules.wishes import Wants, read_wants, senseless_wants
from megler.vocabulary.codes import Line, RequirementKind, Sex
from megler.vocabulary.problems import Problem, errors

__all__ = ["Facts", "Person", "Wants", "read_facts"]

_DOCUMENT_KEYS = {"people", "wants"}
TOO_DEEP = Problem("facts_too_deep", "facts", "…", "a facts document")
MOST_PARTS = 20_000
MOST_TOLD = 200
"""A document has at most so many keys and entries; so many of its problems are told."""
_T = TypeVar("_T")


def read_facts(document: object, on: date) -> tuple[Facts | None, list[Problem]]:
    """The facts in `document` as known on `on`, and everything wrong with it.

    Facts are None when a problem is an error; warnings come beside facts.
    """
    if _is_too_large(document):
        found, expected = f"more than {MOST_PARTS}", f"at most {MOST_PARTS}"
        return None, [Problem("facts_too_large", "facts", found, expected)]
    try:
        problems, clean = shape_problems(document)
    except RecursionError:
        return None, [TOO_DEEP]
    if not isinstance(clean, dict) or not isinstance(document, dict):
        return None, problems
    problems += _sense_problems(clean, on)
    if errors(problems):
        return None, _told(problems)
    people = clean.get("people") or [clean]
    facts = Facts(
        people=tuple(_person(raw, on) for raw in people),
        wants=tuple(read_wants(raw) for raw, _ in _wishes(clean)),
        document=document,
        warnings=tuple(problems),
    )
    return facts, problems


def _is_too_large(document: object) -> bool:
    """Whether a document has more keys and entries than can be checked at once."""
    parts, open_parts = 0, [document]
    while open_parts and parts <= MOST_PARTS:
        part = open_parts.pop()
        inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        open_parts.extend(inside)
        parts += len(inside)
    return parts > MOST_PARTS


def _told(problems: list[Problem]) -> list[Problem]:
    """The first problems, and one more that counts the rest."""
    rest = len(problems) - MOST_TOLD
    more = [Problem("facts_and_more", "facts", str(rest))] if rest > 0 else []
    return problems[:MOST_TOLD] + more


def _sense_problems(document: Raw, on: date) -> list[Problem]:
    people = document.get("people")
    if not people:
        problems = senseless(document, "", on)
    else:
        problems = [p for i, one in enumerate(people) for p in senseless(one, f"people[{i}].", on)]
        problems += [
            Problem("facts_both_people_and_top", key, shown(document[key]), f"people[].{key}")
            for key in sorted(document.keys() - _DOCUMENT_KEYS)
            if document[key] is not None
        ]
    ids = [one.get("id") for one in people or []]
    problems += [
        Problem("facts_duplicate_person", f"people[{i}].id", shown(one), "an id of its own")
        for i, one in enumerate(ids)
        if one is not None and one in ids[:i]
    ]
    for wants, at in _wishes(document):
        problems += senseless_wants(wants, at)
        problems += [
            Problem(
                "facts_unknown_person",
                f"{at}people[{i}]",
                shown(one),
                ", ".join(map(str, ids)) or "people with ids",
            )
            for i, one in enumerate(wants.get("people") or [])
            if one and one not in ids
        ]
    return problems


def _wishes(document: Raw) -> Iterator[tuple[Raw, str]]:
    wants = document.get("wants")
    if isinstance(wants, list):
        yield from ((one or {}, f"wants[{i}].") for i, one in enumerate(wants))
    elif wants is not None:
        yield wants, "wants."


def _person(raw: Raw, on: date) -> Person:
    lists = {key[: -len("_complete")] for key in raw if key.endswith("_complete")}

    def entry(one: Raw) -> Entry:
        return _entry(one, on)

    return Person(
        id=raw.get("id") or "",
        role=raw.get("role") or "insured",
        born=_day(raw, "born", on),
        age=raw.get("age"),
        sex=_maybe(raw, "sex", Sex),
        height_in=_inches(raw),
        weight_lb=_pounds(raw),
        owner=_maybe(raw, "owner", lambda o: Owner(o.get("name"), o.get("jurisdiction"))),
        nicotine=_list(raw, "nicotine", lambda e: _nicotine(e, on)),
        blood_pressure=_maybe(raw, "blood_pressure", lambda p: _pressure(p, on)),
        cholesterol=_maybe(raw, "cholesterol", lambda c: _cholesterol(c, on)),
        family=_list(raw, "family", _relative),
        conditions=_list(raw, "conditions", entry),
        medications=_list(raw, "medications", entry),
        driving=_list(raw, "driving", entry),
        criminal=_list(raw, "criminal", entry),
        avocations=_list(raw, "avocations", entry),
        travel=_list(raw, "travel", _trip),
        income_annual=_number(raw, "income_annual"),
        net_worth=_number(raw, "net_worth"),
        in_force=_list(raw, "in_force", lambda c: _cover(c, on)),
        pending=_list(raw, "pending", lambda c: _cover(c, on)),
        beneficiaries=_list(raw, "beneficiaries", _beneficiary),
        evidence=_list(raw, "evidence", lambda e: _evidence(e, on)),
        part_b_date=_day(raw, "part_b_date", None),
        details=raw.get("details") or {},
        incomplete=frozenset(key for key in lists if raw[f"{key}_complete"] is False),
        **{key: raw.get(key) for key in _PLAIN_KEYS},
    )


_PLAIN_KEYS = (
    "jurisdiction", "zip", "county", "signed_in", "delivered_in", "citizenship", "visa",
    "occupation", "duties", "enrolment_window",
)  # fmt: skip


def _inches(raw: Raw) -> Decimal | None:
    if raw.get("height_in") is not None or raw.get("height_cm") is None:
        return _number(raw, "height_in")
    return Decimal(str(raw["height_cm"])) / CM_PER_INCH


def _pounds(raw: Raw) -> Decimal | None:
    if raw.get("weight_lb") is not None or raw.get("weight_kg") is None:
        return _number(raw, "weight_lb")
    return Decimal(str(raw["weight_kg"])) / KG_PER_LB


def _nicotine(raw: Raw, on: date) -> NicotineUse:
    return NicotineUse(
        raw.get("product"),
        _day(raw, "last_used", on),
        _number(raw, "per_week"),
        raw.get("details") or {},
    )


def _pressure(raw: Raw, on: date) -> BloodPressure:
    return BloodPressure(
        raw.get("systolic"),
        raw.get("diastolic"),
        raw.get("treated"),
        _day(raw, "measured", on),
    )


def _cholesterol(raw: Raw, on: date) -> Cholesterol:
    total, hdl, ratio = (_number(raw, key) for key in ("total", "hdl", "hdl_ratio"))
    if ratio is None and total is not None and hdl is not None:
        ratio = total / hdl
    return Cholesterol(total, ratio, raw.get("treated"), _day(raw, "measured", on))


def _relative(raw: Raw) -> Relative:
    return Relative(
        raw.get("relation"),
        raw.get("condition"),
        raw.get("onset_age"),
        raw.get("death_age"),
        raw.get("alive"),
    )


def _entry(raw: Raw, on: date) -> Entry:
    return Entry(
        name=raw.get("name") or raw.get("event"),
        icd10=raw.get("icd10"),
        dose=raw.get("dose"),
        since=_day(raw, "since", on) or _day(raw, "on", on),
        until=_day(raw, "until", on) or _day(raw, "ended", None),
        details=raw.get("details") or {},
    )


def _trip(raw: Raw) -> Trip:
    return Trip(
        raw.get("country"), raw.get("days"), _day(raw, "from", None), raw.get("details") or {}
    )


def _cover(raw: Raw, on: date) -> Cover:
    return Cover(
        carrier=raw.get("carrier"),
        line=_maybe(raw, "line", Line),
        amount=_number(raw, "amount"),
        issued=_day(raw, "issued", on),
        replace=raw.get("replace"),
        policy_number=raw.get("policy_number"),
    )


def _evidence(raw: Raw, on: date) -> Evidence:
    return Evidence(RequirementKind(raw["kind"]), _day(raw, "on", on), raw.get("carrier"))


def _beneficiary(raw: Raw) -> Beneficiary:
    return Beneficiary(
        raw.get("name"), raw.get("relation"), _number(raw, "share_percent"), raw.get("contingent")
    )


def _day(raw: Raw, key: str, on: date | None) -> Day | None:
    """The day under `key`; what has happened by `on` ends at the latest on that day."""
    if raw.get(key) is None:
        return None
    first, last = days_of(raw[key])
    return Day(first, last if on is None else max(first, min(last, on)))


def _number(raw: Raw, key: str) -> Decimal | None:
    value = raw.get(key)
    return None if value is None else Decimal(str(value))


def _maybe(raw: Raw, key: str, read: Callable[[Any], _T]) -> _T | None:
    value = raw.get(key)
    return None if value is None else read(value)


def _list(raw: Raw, key: str, read: Callable[[Any], _T]) -> tuple[_T, ...] | None:
    """A list read; an entry of null says nothing and is left out."""
    value = raw.get(key)
    return None if value is None else tuple(read(entry) for entry in value if entry is not None)
