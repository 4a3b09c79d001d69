"""What an agent types on the quote page, read into the facts document.

People in the trade write 5'10, 500k and 128/82; each is read as it is meant, or named as a problem
with the field it stands in. An empty field is unknown, never "no".
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from megler.vocabulary.numbers import whole
from megler.vocabulary.problems import Problem

Document = dict[str, object]
_T = TypeVar("_T")

_HISTORY = ("conditions", "medications", "driving", "criminal", "avocations", "travel")
_DIGITS_MAX = 12
_TIMES = {"": 1, "K": 1_000, "M": 1_000_000, "MM": 1_000_000}
_AMOUNT = re.compile(r"\$?\s*([\d.,\s]*\d)\s*(K|MM|M)?\s*\$?", re.IGNORECASE)
_FEET = re.compile(r"(\d)\s*(?:'|’|′|ft|-|\s)\s*(?:(\d{1,2}(?:\.\d)?)\s*(?:\"|''|”|″|in)?)?", re.I)
_NUMBER = re.compile(r"(\d{1,3}(?:[.,]\d{1,2})?)\s*(cm|in|\"|lbs?|kg)?", re.IGNORECASE)
_PRESSURE = re.compile(r"(\d{2,3})\s*(?:/|over|-|\s)\s*(\d{2,3})", re.IGNORECASE)


class _Unread(ValueError):
    """A field that could not be read; the argument says what was expected."""


def amount(text: str) -> str:
    """Money as a decimal string.

    >>> amount("1.5M"), amount("$250,000"), amount("500k")
    ('1500000', '250000', '500000')
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise _Unread("an amount such as 500000, 500k or 1.5M")
    digits = re.sub(r"[,\s](?=\d{3}(\D|$))", "", found[1])
    try:
        value = Decimal(digits) * _TIMES[(found[2] or "").upper()]
    except InvalidOperation:
        raise _Unread("an amount such as 500000, 500k or 1.5M") from None
    return f"{value.normalize():f}"


def height(text: str) -> Document:
    """Height under its own unit's key; a bare number from 36 to 96 is inches, above that centimetres.

    >>> height("5'10"), height("178 cm"), height("70")
    ({'height_in': 70}, {'height_cm': 178}, {'height_in': 70})
    """
    clean = text.strip()
    if feet := _FEET.fullmatch(clean):
        return {"height_in": _plain(Decimal(feet[1]) * 12 + Decimal(feet[2] or 0))}
    found = _NUMBER.fullmatch(clean)
    if not found or (found[2] or "").lower() in {"lb", "lbs", "kg"}:
        raise _Unread("a height such as 5'10 or 178 cm")
    value = Decimal(found[1].replace(",", "."))
    metric = (found[2] or "").lower() == "cm" or (not found[2] and value > 96)
    return {"height_cm" if metric else "height_in": _plain(value)}


def weight(text: str) -> Document:
    """Weight under its own unit's key; a bare number is pounds.

    >>> weight("180"), weight("82 kg")
    ({'weight_lb': 180}, {'weight_kg': 82})
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found or (found[2] or "").lower() in {"cm", "in", '"'}:
        raise _Unread("a weight such as 180 or 82 kg")
    value = _plain(Decimal(found[1].replace(",", ".")))
    return {"weight_kg" if (found[2] or "").lower() == "kg" else "weight_lb": value}


def pressure(text: str) -> Document:
    """Blood pressure, systolic over diastolic, in mmHg.

    >>> pressure("128/82")
    {'systolic': 128, 'diastolic': 82}
    """
    found = _PRESSURE.fullmatch(text.strip())
    if not found:
        raise _Unread("a blood pressure such as 128/82")
    return {"systolic": int(found[1]), "diastolic": int(found[2])}


def _plain(value: Decimal) -> int | float:
    """A JSON number: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _whole(text: str) -> int:
    found = whole(text.strip())
    if found is None:
        raise _Unread("a whole number")
    return found


def _figure(text: str) -> int | float:
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise _Unread("a number") from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS_MAX:
        raise _Unread("a number")
    return _plain(value)


class _Reader:
    """Reads fields of one entry and gathers what could not be read."""

    def __init__(self, entry: Mapping[str, str]) -> None:
        self.entry = entry
        self.problems: list[Problem] = []

    def text(self, name: str) -> str:
        return self.entry.get(name, "").strip()

    def read(self, name: str, how: Callable[[str], _T]) -> _T | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return how(text)
        except _Unread as unread:
            self.problems.append(Problem("cannot_read", name, text[:40], str(unread)))
            return None


def facts_from_entry(entry: Mapping[str, str], on: date) -> tuple[Document, list[Problem]]:
    """The facts document of what was typed on day `on`, and every field that could not be read."""
    reader = _Reader(entry)
    facts: Document = {}
    for name in ("born", "sex", "jurisdiction", "zip", "county"):
        facts[name] = reader.text(name) or None
    facts["age"] = None if facts["born"] else reader.read("age", _whole)
    facts |= reader.read("height", height) or {}
    facts |= reader.read("weight", weight) or {}
    facts["nicotine"] = _nicotine(reader, on)
    facts["blood_pressure"] = _blood_pressure(reader)
    facts["cholesterol"] = _cholesterol(reader)
    facts["family"] = _family(reader)
    if reader.text("history") == "none":
        facts |= {name: [] for name in _HISTORY}
    facts["wants"] = _without_unknown(
        {
            "line": reader.text("line") or None,
            "face_amount": reader.read("face_amount", amount),
            "term_years": reader.read("term_years", _whole),
            "mode": reader.text("mode") or None,
            "class": reader.text("class") or None,
        }
    )
    return _without_unknown(facts), reader.problems


def _nicotine(reader: _Reader, on: date) -> list[Document] | None:
    use = reader.text("nicotine")
    if use in {"", "never"}:
        return [] if use == "never" else None
    product = reader.text("nicotine_product") or "cigarette"
    last = reader.text("nicotine_last_used")
    if use == "now":
        return [{"product": product, "last_used": on.isoformat()}]
    if not last:
        expected = "the month it was last used"
        reader.problems.append(Problem("missing", "nicotine_last_used", "", expected))
        return None
    return [{"product": product, "last_used": last}]


def _treated(reader: _Reader, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(reader.text(name))


def _blood_pressure(reader: _Reader) -> Document | None:
    read = reader.read("blood_pressure", pressure)
    if read is None:
        return None
    return _without_unknown({**read, "treated": _treated(reader, "blood_pressure_treated")})


def _cholesterol(reader: _Reader) -> Document | None:
    read = _without_unknown(
        {
            "total": reader.read("cholesterol_total", _figure),
            "hdl_ratio": reader.read("cholesterol_ratio", _figure),
            "treated": _treated(reader, "cholesterol_treated"),
        }
    )
    return read or None


def _family(reader: _Reader) -> list[Document] | None:
    known = reader.text("family")
    if known in {"", "none"}:
        return [] if known == "none" else None
    rows = []
    for number in ("1", "2"):
        row = _without_unknown(
            {
                "relation": reader.text(f"family_relation_{number}") or None,
                "condition": reader.text(f"family_condition_{number}") or None,
                "onset_age": reader.read(f"family_onset_age_{number}", _whole),
                "death_age": reader.read(f"family_death_age_{number}", _whole),
            }
        )
        if row:
            rows.append(row if "death_age" in row else {**row, "alive": True})
    return rows or None


def _without_unknown(document: Document) -> Document:
    return {key: value for key, value in document.items() if value is not None}
