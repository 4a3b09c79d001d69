"""A facts document taken apart into single facts, so that two of them can be compared.

An atom is a path and a value: `("age", "52")`, `("condition", "diabetes_type_2")`. Other words for the same
thing, other units and other keys of details come to the same atom.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from megler.vocabulary.conditions import by_icd10, conditions, drug, recognised, wider

Atom = tuple[str, ...]
_SCALARS = ("age", "sex", "jurisdiction", "citizenship", "zip")
_EVENTS = (
    ("conditions", "name"),
    ("driving", "event"),
    ("criminal", "event"),
    ("avocations", "name"),
)
_CM, _KG = Decimal("2.54"), Decimal("0.45359237")


def atoms(facts: Mapping[str, Any], on: date) -> list[Atom]:
    """Every single fact of a document, several times where it is told several times."""
    found: list[Atom] = [(key, str(facts[key])) for key in _SCALARS if facts.get(key) is not None]
    found += _build(facts)
    found += [
        (key, f"{Decimal(facts[key]):f}") for key in ("income_annual", "net_worth") if key in facts
    ]
    found += [(key, str(facts[key]).lower()) for key in ("occupation", "visa") if key in facts]
    if facts.get("born"):
        found.append(("age", str(_age(str(facts["born"]), on))))
    for part in ("blood_pressure", "cholesterol"):
        found += [(part, key, _figure(told)) for key, told in (facts.get(part) or {}).items()]
    found += _nicotine(facts.get("nicotine"), on)
    for listed, key in _EVENTS:
        found += _entries(facts.get(listed), listed, key)
    found += _drugs(facts.get("medications"))
    found += _family(facts.get("family"))
    found += _travel(facts.get("travel"))
    for entry in facts.get("evidence") or ():
        found.append(("evidence", str(entry.get("kind")), str(entry.get("on"))))
    found += _wants(facts.get("wants"))
    return found


def _age(born: str, on: date) -> int:
    year, month, day = (*map(int, born.split("-")), 1, 1)[:3]
    return on.year - year - ((on.month, on.day) < (month, day))


def _build(facts: Mapping[str, Any]) -> Iterator[Atom]:
    for metric, imperial, unit in (
        ("height_cm", "height_in", _CM),
        ("weight_kg", "weight_lb", _KG),
    ):
        if facts.get(imperial) is not None:
            yield (imperial, str(round(Decimal(str(facts[imperial])))))
        elif facts.get(metric) is not None:
            yield (imperial, str(round(Decimal(str(facts[metric])) / unit)))


def _nicotine(told: Sequence[Mapping[str, Any]] | None, on: date) -> Iterator[Atom]:
    if told is None:
        return
    if not told:
        yield ("nicotine", "none")
    for entry in told:
        product = str(entry.get("product"))
        last = entry.get("last_used")
        present = last is not None and str(last)[:7] >= f"{on:%Y-%m}"
        yield ("nicotine", product, "present" if present else "past")
        if last and not present:
            yield ("nicotine", product, "last_used", str(last)[:7])
        if entry.get("per_week") is not None:
            yield ("nicotine", product, "per_week", _figure(entry["per_week"]))


def codes_of(entry: Mapping[str, Any], listed: str, key: str) -> tuple[str, ...]:
    """What an entry names: by its code, its words, or its ICD-10 code."""
    name = str(entry.get(key) or "")
    if name in conditions():
        return (name,)
    found = recognised(name, listed) or recognised(name)
    icd10 = by_icd10(str(entry.get("icd10") or ""))
    return found or ((icd10,) if icd10 else (name.lower(),))


def _entries(told: Sequence[Mapping[str, Any]] | None, listed: str, key: str) -> Iterator[Atom]:
    if told is not None and not told:
        yield (listed, "none")
    for entry in told or ():
        for code in codes_of(entry, listed, key):
            yield (listed, code)
            for when in ("since", "until", "on", "ended"):
                if entry.get(when):
                    yield (listed, code, "date", str(entry[when])[:7])
            for name, value in (entry.get("details") or {}).items():
                yield (listed, code, "detail", name, _figure(value))


def _drugs(told: Sequence[Mapping[str, Any]] | None) -> Iterator[Atom]:
    if told is not None and not told:
        yield ("medications", "none")
    for entry in told or ():
        known = drug(str(entry.get("name")))
        yield ("medications", known.name if known else str(entry.get("name")).lower())


def _family(told: Sequence[Mapping[str, Any]] | None) -> Iterator[Atom]:
    if told is not None and not told:
        yield ("family", "none")
    for entry in told or ():
        relation = str(entry.get("relation") or "")
        codes = recognised(str(entry.get("condition") or "")) or ("",)
        yield ("family", relation, codes[0])
        for key in ("onset_age", "death_age", "alive"):
            if entry.get(key) is not None:
                yield ("family", relation, codes[0], key, _figure(entry[key]))


def _travel(told: Sequence[Mapping[str, Any]] | None) -> Iterator[Atom]:
    if told is not None and not told:
        yield ("travel", "none")
    for entry in told or ():
        yield ("travel", str(entry.get("country")))
        if entry.get("days") is not None:
            yield ("travel", str(entry.get("country")), "days", _figure(entry["days"]))


def _wants(told: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None) -> Iterator[Atom]:
    for wish in [told] if isinstance(told, Mapping) else told or ():
        for key, value in wish.items():
            if (value is not None and key not in ("people", "mode")) or (
                key == "mode" and "budget" in wish
            ):
                yield ("wants", key, _figure(value))


def _figure(value: object) -> str:
    text = str(value).lower()
    try:
        return f"{Decimal(text).normalize():f}"
    except ArithmeticError:
        return text


def is_kind_of(code: str, other: str) -> bool:
    """Whether one is the other, or a kind of it.

    >>> is_kind_of("myocardial_infarction", "coronary_artery_disease")
    True
    """
    return other in wider(code)
